"""The mark of a formula: a private property next to its ActualText, which represents all that is painted of it.

The tag is `Span`, the only one whose ActualText poppler reads. The first glyph of a formula is a space at the beginning
of its baseline, and the last one a space that ends where the formula does.
"""

from __future__ import annotations

FORMULA = "PUBL_Formula"
"""The name of the property."""


def formula_property(words: str) -> bytes:
    """Return the instruction that begins a formula which is read as some words."""
    written = f"\ufeff{words}".encode("utf-16-be").hex()
    return f"/Span <</{FORMULA} true /ActualText <{written}>>> BDC".encode()
