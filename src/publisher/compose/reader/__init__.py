"""A course reader as a publication: the same sections as an edition's, many editions side by side."""

from publisher.compose.reader.volume import compose_reader

__all__ = ["compose_reader"]
