"""The notes at the foot in bands: the author's own above, those of the editors below a rule.

WeasyPrint 70 sets the notes of a page in the order of their calls. The area that they are laid out in gets them in the
order of the bands; which notes are on a page, and which are put off, stays as the engine knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from weasyprint.css.properties import Dimension

APART = "apart"
"""The class of the notes that are set above the rule: the author's own."""
RULE = 0.4 * 96 / 72
"""How thick the rule between the bands is, in pixels."""
_GAP = 0.5
"""How many lines of notes there are above the rule, and below it."""


def in_bands(notes: Sequence[Any]) -> list[Any]:
    """The boxes of the notes of a page in the order of the bands, the first of the editors' with a rule above it."""
    own = [note for note in notes if _is_own(note)]
    others = [note for note in notes if not _is_own(note)]
    if own and others:
        others[0] = _below_rule(others[0])
    return [*own, *others]


def _is_own(note: Any) -> bool:
    return APART in (note.element.get("class") or "").split()


def _below_rule(note: Any) -> Any:
    """A copy of a note with a rule above it."""
    below = note.copy()
    below.style = style = note.style.copy()
    gap = _GAP * _line(style)
    style["margin_top"] = style["padding_top"] = Dimension(gap, "px")
    style["border_top_style"], style["border_top_width"] = "solid", RULE
    return below


def _line(style: Any) -> float:
    """How high a line of a note is, in pixels."""
    height, size = style["line_height"], float(style["font_size"])
    if isinstance(height, tuple | list):
        number, unit = height
        return float(number) if unit == "px" else size * float(number) / (100 if unit == "%" else 1)
    return size * 1.26
