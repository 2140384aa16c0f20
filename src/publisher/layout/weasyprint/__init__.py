"""PDF: each section laid out by WeasyPrint on its own."""

from publisher.layout.weasyprint import engine as engine
