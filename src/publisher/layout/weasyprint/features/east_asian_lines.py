"""Lines of Chinese and Japanese justified between their letters, since they have no spaces.

CSS Text 3 leaves it to the program where a line gets wider (https://www.w3.org/TR/css-text-3/#text-justify-property);
WeasyPrint 70 widens spaces alone. A letter may be moved by half of its width at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from unicodedata import east_asian_width

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around

_WIDE = frozenset("WF")
"""Letters as wide as high (UAX #11)."""
_MOST = 0.5
"""How many ems a letter may be moved away from the one before it."""
_SHARE = 0.5
"""The share of wide letters from which on a line is justified between its letters."""


def east_asian_line_hooks() -> tuple[Hook, ...]:
    """Return the hook by which lines of wide letters fill their measure."""
    return (around(patches.JUSTIFY_LINE, _justify_line),)


def _justify_line(proceed: Callable[..., None], context: Any, line: Any, extra_width: float) -> None:
    """Widen what is between the letters of a line, if most of them are wide; else the spaces."""
    texts = [box.text for box in _texts(line)]
    if not any(map(has_wide_letters, texts)):
        proceed(context, line, extra_width)
        return
    count = sum(map(len, texts))
    wide = sum(letter_is_wide(letter) for text in texts for letter in text)
    if not count or wide < _SHARE * count:
        proceed(context, line, extra_width)
        return
    gaps = sum(len(text) for text in texts if has_wide_letters(text))
    if 0 < extra_width <= _MOST * line.style["font_size"] * gaps:
        _spread(context, line, extra_width / gaps, 0.0)


def has_wide_letters(text: str) -> bool:
    """Return whether a text has a letter that is as wide as high."""
    return not text.isascii() and any(map(letter_is_wide, frozenset(text)))


@cache
def letter_is_wide(letter: str) -> bool:
    """Return whether a letter is as wide as high."""
    return east_asian_width(letter) in _WIDE


def _texts(box: Any) -> Iterator[Any]:
    """The texts of a line, without those of blocks in it."""
    for child in box.children:
        if isinstance(child, TextBox):
            yield child
        elif isinstance(child, InlineBox):
            yield from _texts(child)


def _spread(context: Any, box: Any, gap: float, advance: float) -> float:
    """How far what follows a box is moved, after a gap was put behind each of its letters."""
    if isinstance(box, TextBox):
        box.position_x += advance
        if not has_wide_letters(box.text):
            return advance
        style = box.style.copy()
        before = style["letter_spacing"]
        style["letter_spacing"] = gap + (0 if before == "normal" else before)
        box.style = style
        box.pango_layout = inline.create_layout(box.text, style, context, None, 0)
        box.pango_layout.deactivate()
        box.width += gap * len(box.text)
        return advance + gap * len(box.text)
    if isinstance(box, LineBox | InlineBox):
        box.position_x += advance
        moved = advance
        for child in box.children:
            if child.is_in_normal_flow():
                moved = _spread(context, child, gap, moved)
        box.width += moved - advance
        return moved
    box.translate(advance, 0)
    return advance
