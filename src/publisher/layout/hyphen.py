"""The hyphen that is set at line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HYPHENS = ("-", "\u2010")
_TAG = re.compile("<[^>]*>")


def own_hyphen(documents: Iterable[str]) -> str:
    """The hyphen of a volume's own text, which every typeface of the edition has; for its line ends.

    In most typefaces the two hyphens are one glyph, which a PDF can read back as one character only: with the other
    one, words with a hyphen of their own could not be found by searching for them.
    """
    counts = dict.fromkeys(_HYPHENS, 0)
    for document in documents:
        text = _TAG.sub("", document)
        for hyphen in _HYPHENS:
            counts[hyphen] += text.count(hyphen)
    return max(_HYPHENS, key=counts.__getitem__)
