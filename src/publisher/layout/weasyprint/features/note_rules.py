"""Short rules above the notes of a page, and below those of the author.

WeasyPrint 70 draws them as borders, which are as wide as the page.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure.boxes import FootnoteAreaBox

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around

WIDTH = 48.0
"""How wide a rule is, in pixels: 36 points."""
RULED = "publisher_ruled"
"""An attribute of a block whose upper border is such a rule."""


def note_rule_hooks() -> tuple[Hook, ...]:
    """Return the hook by which the rules above notes are short."""
    return (around(patches.DRAW_BORDER, _draw),)


def _draw(proceed: Callable[..., None], stream: Any, box: Any) -> None:
    """Draw the borders of a box; of notes, a part of the upper one, where their lines begin."""
    if isinstance(box, FootnoteAreaBox) or RULED in box.__dict__:
        short = copy.copy(box)
        short.width = min(WIDTH, box.width)
        short.height = short.padding_top = short.padding_bottom = 0
        if box.style["direction"] == "rtl":
            short.position_x += box.width - short.width
        box = short
    proceed(stream, box)
