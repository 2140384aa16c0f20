"""Bytes of an edition's folder to the model: settings, text, matter, notes, agreements, references, images."""

from publisher.load.edition import load_edition
from publisher.load.settings import schema

__all__ = ["load_edition", "schema"]
