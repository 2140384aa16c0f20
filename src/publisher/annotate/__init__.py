"""Notes find their places in the text: each selector becomes an anchor."""

from publisher.annotate.anchor import annotate

__all__ = ["annotate"]
