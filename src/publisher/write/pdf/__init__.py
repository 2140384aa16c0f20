"""PDF: each section laid out by WeasyPrint on its own."""
