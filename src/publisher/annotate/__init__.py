"""Notes find their places in the text: each selector becomes an anchor."""

from publisher.annotate.anchor import annotate
from publisher.annotate.crossing import crossings

__all__ = ["annotate", "crossings"]
