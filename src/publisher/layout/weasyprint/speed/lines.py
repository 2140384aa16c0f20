"""Lines stored as they were measured until they are drawn, and justified as they are drawn.

WeasyPrint 70 forgets the layout of each line, makes a new one where the line is justified, forgets that, too, and makes
a third to draw it, in which each word and each space is shaped apart. A line that was retained is drawn with more space
after each of its spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure.boxes import TextBox

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around

_ELSE = re.compile("[\n\t\u0590-\u08ff\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufb1d-\ufdff\ufe70-\ufeff]")
"""What Pango does more with than put it in its place, and spaces that are not widened."""


class _Unmade:
    """A layout that no one needs."""

    def deactivate(self) -> None:
        """Nothing is to be forgotten."""


def line_hooks() -> tuple[Hook, ...]:
    """Return the hooks by which what was measured is drawn."""
    lines = _Lines()
    return (
        around(patches.LINE_METRICS, lines.measure),
        around(patches.LAYOUT_DEACTIVATE, lines.deactivate),
        around(patches.LAYOUT_REACTIVATE, lines.reactivate),
        around(patches.ADD_WORD_SPACING, lines.add_word_spacing),
        around(patches.CREATE_LAYOUT, lines.create_layout),
    )


@dataclass(slots=True)
class _Lines:
    """Represents the functions of the engine that make and forget the layouts of lines."""

    _measuring: bool = False
    _keeping: bool = False

    def measure(self, proceed: Callable[..., Any], *given: Any, **named: Any) -> Any:
        self._measuring = True
        try:
            return proceed(*given, **named)
        finally:
            self._measuring = False

    def deactivate(self, proceed: Callable[[Any], None], layout: Any) -> None:
        if not (self._measuring and _is_plain(layout)):
            proceed(layout)

    def reactivate(self, proceed: Callable[[Any, Any], None], layout: Any, style: Any) -> None:
        layout.publisher_kept = hasattr(layout, "layout")
        if not layout.publisher_kept:
            proceed(layout, style)

    def add_word_spacing(
        self, proceed: Callable[..., Any], context: Any, box: Any, spacing: float, advance: float
    ) -> Any:
        kept = box.pango_layout if isinstance(box, TextBox) and _is_evenly_spaced(box) else None
        self._keeping = kept is not None
        advance = proceed(context, box, spacing, advance)
        self._keeping = False
        if kept is not None:
            kept.justification_spacing = spacing
            box.pango_layout = kept
        return advance

    def create_layout(self, proceed: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return _Unmade() if self._keeping else proceed(*given, **named)


def _is_plain(layout: Any) -> bool:
    """Whether a layout is one line of words from left to right."""
    return not _ELSE.search(layout.text) and layout.get_first_line()[1] is None


def _is_evenly_spaced(box: Any) -> bool:
    """Whether a text was stored as it is, and has no other spaces than its typeface gives it."""
    style, kept = box.style, box.pango_layout
    as_it_is = hasattr(kept, "layout") and kept.text == box.text
    return as_it_is and style["word_spacing"] == 0 and style["letter_spacing"] == "normal"


def spacing(layout: Any) -> float:
    """How much a line that is drawn as it was measured has to be widened at each space, in pixels."""
    return float(layout.justification_spacing) if getattr(layout, "publisher_kept", False) else 0.0
