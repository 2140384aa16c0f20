"""Bytes of a folder to the model: settings, text, matter, notes, agreements, references, images.

`load.reader` does the same for course readers; it is imported apart, because it needs the libraries for PDFs.
"""

from publisher.load.checksum import AlteredText
from publisher.load.config.settings import schema
from publisher.load.edition import load_edition

__all__ = ["AlteredText", "load_edition", "schema"]
