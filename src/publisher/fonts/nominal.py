"""The glyph that a typeface has for a character by itself (the table `cmap` of OpenType)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from unicodedata import bidirectional, category

import uharfbuzz
from bidi.mirror import MIRRORED

OPEN = "\N{ZERO WIDTH SPACE}"
"""What a glyph is read as by itself that represents several characters, or for one together with others."""


@dataclass(slots=True)
class NominalGlyphs:
    """The glyphs of a typeface by their characters; `font` is from HarfBuzz."""

    font: uharfbuzz.Font
    shared: frozenset[int]
    """The glyphs that represent several characters."""
    known: dict[str, int | None] = field(default_factory=dict)

    def is_mark(self, glyph: int) -> bool:
        """Return whether a glyph is drawn about another one (the table `GDEF`)."""
        return bool(self.font.face.get_layout_glyph_class(glyph) == uharfbuzz.OTLayoutGlyphClass.MARK)

    def glyph(self, character: str) -> int | None:
        """Return the number of the glyph; None if the typeface lacks the character."""
        if character not in self.known:
            self.known[character] = self.font.get_nominal_glyph(ord(character))
        return self.known[character]


def mirror(character: str) -> str:
    """Return the character whose shape is painted for another one in text from right to left (UAX #9, rule L4)."""
    return str(MIRRORED.get(character, character))


def is_apart(text: str) -> bool:
    """Return whether a text has letters from right to left, or marks: its lines say themselves what they are."""
    return any(map(_is_apart, frozenset(text)))


@cache
def _is_apart(character: str) -> bool:
    """Whether a character is a letter from right to left, or a mark."""
    return bidirectional(character) in ("R", "AL") or category(character).startswith("M")


def agree(texts: Mapping[str, int]) -> str:
    """Return what a glyph is read as that was met as several texts, each so many times.

    A glyph of letters or marks whose lines say themselves what they are is open if it was met as several. Of other
    texts the most frequent one is right; the glyph of the word space is a space, whichever spaces were drawn with it.
    """
    if " " in texts:
        return " "
    texts = {text: count for text, count in texts.items() if text != OPEN} or texts
    if len(texts) > 1 and all(map(is_apart, texts)):
        return OPEN
    return min(texts, key=lambda text: (-texts[text], text))


def nominal_glyphs(content: bytes, index: int = 0) -> NominalGlyphs:
    """Return the glyphs of a typeface from the bytes of its file; `index` is its place in a collection."""
    face = uharfbuzz.Face(content, index)
    font = uharfbuzz.Font(face)
    counts = Counter(font.get_nominal_glyph(character) for character in face.unicodes)
    shared = frozenset(glyph for glyph, count in counts.items() if glyph is not None and count > 1)
    return NominalGlyphs(font=font, shared=shared)
