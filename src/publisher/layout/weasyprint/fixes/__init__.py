"""Faults of WeasyPrint, corrected: one module each."""

from publisher.layout.weasyprint import engine as engine
