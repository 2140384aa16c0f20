"""Faults of WeasyPrint, mended: one module each."""
