"""Publishes a text with notes about it, and without a letter changed, as EPUB and PDF."""

__version__ = "0.1.0"
