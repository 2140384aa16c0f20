"""Lines kept as they were measured until they are drawn, and justified as they are drawn.

WeasyPrint 70 forgets the layout of each line, makes a new one where the line is justified, forgets that, too, and makes
a third to draw it, in which each word and each space is shaped apart. A line that was kept is drawn with more space
after each of its spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import inline
from weasyprint.text import line_break

_ELSE = re.compile("[\n\t\u0590-\u08ff\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufb1d-\ufdff\ufe70-\ufeff]")
"""What Pango does more with than put it in its place, and spaces that are not widened."""


class _Unmade:
    """A layout that nobody needs."""

    def deactivate(self) -> None:
        """Nothing is to be forgotten."""


@contextmanager
def patch_lines() -> Iterator[None]:
    """While this is open, what was measured is drawn."""
    layout, measure = line_break.Layout, line_break.first_line_metrics
    forget, recall = layout.deactivate, layout.reactivate
    justify, make = inline.add_word_spacing, inline.create_layout
    measuring, keeping = [False], [False]

    def first_line_metrics(*given: Any, **named: Any) -> Any:
        measuring[0] = True
        try:
            return measure(*given, **named)
        finally:
            measuring[0] = False

    def deactivate(self: Any) -> None:
        if not (measuring[0] and _is_plain(self)):
            forget(self)

    def reactivate(self: Any, style: Any) -> None:
        self.publisher_kept = hasattr(self, "layout")
        if not self.publisher_kept:
            recall(self, style)

    def add_word_spacing(context: Any, box: Any, spacing: float, advance: float) -> Any:
        kept = box.pango_layout if isinstance(box, TextBox) and _is_evenly_spaced(box) else None
        keeping[0] = kept is not None
        advance = justify(context, box, spacing, advance)
        keeping[0] = False
        if kept is not None:
            kept.justification_spacing = spacing
            box.pango_layout = kept
        return advance

    def create_layout(*given: Any, **named: Any) -> Any:
        return _Unmade() if keeping[0] else make(*given, **named)

    line_break.first_line_metrics, layout.deactivate, layout.reactivate = first_line_metrics, deactivate, reactivate
    inline.add_word_spacing, inline.create_layout = add_word_spacing, create_layout
    try:
        yield
    finally:
        line_break.first_line_metrics, layout.deactivate, layout.reactivate = measure, forget, recall
        inline.add_word_spacing, inline.create_layout = justify, make


def _is_plain(layout: Any) -> bool:
    """Whether a layout is one line of words from left to right."""
    return not _ELSE.search(layout.text) and layout.get_first_line()[1] is None


def _is_evenly_spaced(box: Any) -> bool:
    """Whether a text was kept as it is, and has no other spaces than its typeface gives it."""
    style, kept = box.style, box.pango_layout
    as_it_is = hasattr(kept, "layout") and kept.text == box.text
    return as_it_is and style["word_spacing"] == 0 and style["letter_spacing"] == "normal"


def spacing(layout: Any) -> float:
    """How much a line that is drawn as it was measured has to be widened at each space, in pixels."""
    return float(layout.justification_spacing) if getattr(layout, "publisher_kept", False) else 0.0
