"""Faults of WeasyPrint, mended: one module each."""

from publisher.layout.weasyprint import engine as engine
