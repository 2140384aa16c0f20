"""Letters set a little wider or narrower, so that the spaces of a justified line need to change less.

A line is scaled along its width (Tz), and the same amount is added behind each glyph (Tc): ISO 32000-2, 9.3.2 and
9.3.4. How much both may be is a custom property of the style, `--letter-fit` and `--glyph-scaling`, in hundredths of
the width.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Any

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import pango

from publisher.layout.weasyprint.features.complex_lines import is_complex

_FIT, _SCALING = "__letter_fit", "__glyph_scaling"
"""The properties, as the engine calls them."""
_EMPTY = pango.PANGO_GLYPH_EMPTY
"""What letters have that are part of a ligature before them: it is not drawn."""
_NUMBERS = 5
"""A `PangoGlyphInfo` is five numbers of 32 bits: the glyph, its width, two offsets, attributes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How the letters of a text are set."""

    scaling: float = 0.0
    """By which share each glyph is wider."""
    tracking: float = 0.0
    """How many pixels are added behind each glyph, before it is scaled."""

    def widen(self, width: float, glyphs: int) -> float:
        """How many pixels wider so many glyphs with this width are."""
        return width * self.scaling + glyphs * self.tracking * (1 + self.scaling)


NO_FIT = Fit()
"""Letters as their typeface has them."""


def letter_play(style: Any) -> float:
    """Return the share of its width by which the letters of a line may be wider or narrower in a style."""
    return _share(style, _FIT) + _share(style, _SCALING)


def fit_of(style: Any, share: float, width: float, glyphs: int) -> Fit:
    """Return how glyphs with a width are set so that they are wider by a share of it."""
    if not share or not glyphs:
        return NO_FIT
    scaling = share * _share(style, _SCALING) / letter_play(style)
    return Fit(scaling=scaling, tracking=(share - scaling) * width / glyphs / (1 + scaling))


def _share(style: Any, name: str) -> float:
    try:
        tokens = style[name]
    except KeyError:  # no style sheet has the property
        return 0.0
    return next((token.value / 100 for token in tokens if token.type in ("number", "percentage")), 0.0)


def fit_letters(box: Any) -> Iterator[Any]:
    """Yield the texts of a line whose letters may be set wider: those that have one glyph with a width each."""
    for child in box.children:
        if isinstance(child, TextBox):
            if is_fitted(child.pango_layout):
                yield child
        elif hasattr(child, "children") and child.is_in_normal_flow():
            yield from fit_letters(child)


def is_fitted(layout: Any) -> bool:
    """Return whether the letters of a piece may be set wider. Marks above letters have no width, and have to stay."""
    piece = getattr(layout, "piece", None)
    return piece is not None and may_fit(piece.text, piece.glyphs, exact=piece.exact)


def may_fit(text: str, glyphs: bytes | None, *, exact: bool) -> bool:
    """Return whether a text has one glyph with a width for each letter, and is drawn from these."""
    if exact or not glyphs or is_complex(text, turned=False):
        return False
    numbers = memoryview(glyphs).cast("i").tolist()
    return 0 not in compress(numbers[1::_NUMBERS], (number != _EMPTY for number in numbers[::_NUMBERS]))


def glyph_count(box: Any) -> int:
    """Return how many glyphs a text has that may be fitted."""
    numbers = memoryview(box.pango_layout.piece.glyphs).cast("i").tolist()[::_NUMBERS]
    return len(numbers) - numbers.count(_EMPTY)
