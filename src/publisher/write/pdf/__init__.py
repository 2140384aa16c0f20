"""PDF: each section laid out by WeasyPrint on its own."""

from publisher.write.pdf import engine as engine
