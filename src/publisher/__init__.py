"""Turns an annotated text into EPUB and PDF without changing a letter of it."""

__version__ = "0.1.0"
