"""Lines with too few words to be justified are set as last lines are.

CSS Text 3 leaves it to the program how a line is justified that has no good place for the space that is left
(https://www.w3.org/TR/css-text-3/#justify-algos); WeasyPrint 70 widens spaces without end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import inline
from weasyprint.text.line_break import line_size

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around

WIDEST = 4.0
"""How many times as wide as normal the spaces of a line may be, on average."""
_KEPT = "publisher_space"


def loose_line_hooks() -> tuple[Hook, ...]:
    """Return the hook by which no line is justified whose spaces would be wider than `WIDEST`."""
    return (around(patches.JUSTIFY_LINE, _justify_line),)


def _justify_line(proceed: Callable[..., None], context: Any, line: Any, extra_width: float) -> None:
    """Widen the spaces of a line, unless they would become too wide."""
    count = inline.count_expandable_spaces(line)
    if count and extra_width / count <= (WIDEST - 1) * _space(context, line):
        proceed(context, line, extra_width)


def _space(context: Any, line: Any) -> float:
    """How wide a space of a line is, in its first text that has one."""
    spaced = (box for box in line.descendants() if isinstance(box, TextBox) and " " in box.text)
    style = next(spaced, line).style
    known = style.__dict__.get(_KEPT)
    if known is None:
        layout = inline.create_layout("n n", style, context, None, 0)
        both = line_size(layout.get_first_line()[0], style)[0]
        layout = inline.create_layout("nn", style, context, None, 0)
        known = style.__dict__[_KEPT] = float(both - line_size(layout.get_first_line()[0], style)[0])
    return float(known)
