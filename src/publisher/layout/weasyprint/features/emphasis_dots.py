"""Dots next to the characters of an emphasis (CSS Text Decoration 3, `text-emphasis`), which WeasyPrint does not have.

They are above the characters, in Chinese below. Spaces and punctuation have none
(https://www.w3.org/TR/jlreq/#composition_of_emphasis_dots).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import category
from xml.etree.ElementTree import Element

from weasyprint.text.ffi import FROM_UNITS, ffi
from weasyprint.text.line_break import create_layout

from publisher.layout.weasyprint.hooks import Hook, on_drawing

_CLASS = "dots"
_RADIUS = 0.085
"""Of a dot, in ems of the text."""
_ABOVE, _BELOW = -1.05, 0.32
"""How far the middle of dots is from the baseline, in ems."""
_ROUND = 0.5523
"""Where the handles of a quarter of a circle are (https://spencermortensen.com/articles/bezier-circle/)."""


def emphasis_dot_hooks(root: Element) -> tuple[Hook, ...]:
    """Return the hook by which the texts inside elements of the class get their dots."""
    dotted = {
        element for marked in root.iter() if _CLASS in marked.get("class", "").split() for element in marked.iter()
    }
    if not dotted:
        return ()

    def draw(proceed: Callable[..., None], stream: Any, box: Any, *others: Any) -> None:
        proceed(stream, box, *others)
        if box.element in dotted and box.style["visibility"] == "visible":
            _draw_dots(stream, box)

    return (on_drawing(draw),)


def _draw_dots(stream: Any, box: Any) -> None:
    size = float(box.style["font_size"])
    below = (box.style["lang"] or "").lower().startswith("zh")
    y = box.position_y + box.baseline + (_BELOW if below else _ABOVE) * size
    stream.set_color(box.style["color"])
    for middle in _middles(box):
        _draw_dot(stream, box.position_x + middle, y, _RADIUS * size)


def _middles(box: Any) -> Iterator[float]:
    """Where the middle of each character that has a dot is, from the left edge of its text."""
    layout = create_layout(box.text, box.style, None, None, box.justification_spacing)
    line, _ = layout.get_first_line()
    content, node, at = box.text.encode(), line.runs[0], 0
    while node != ffi.NULL:
        item, glyphs = node.data.item, node.data.glyphs
        for number in range(glyphs.num_glyphs):
            width = glyphs.glyphs[number].geometry.width
            letter = content[item.offset + glyphs.log_clusters[number] :].decode()[:1]
            if width and category(letter)[:1] in ("L", "N", "S"):
                yield (at + width / 2) * FROM_UNITS
            at += width
        node = node.next
    layout.deactivate()


def _draw_dot(stream: Any, x: float, y: float, radius: float) -> None:
    """Fill a circle."""
    handle = radius * _ROUND
    stream.move_to(x + radius, y)
    for right, down in ((1, 1), (-1, 1), (-1, -1), (1, -1)):
        if right == down:
            start, end = (x + right * radius, y), (x, y + down * radius)
            stream.curve_to(start[0], y + down * handle, x + right * handle, end[1], *end)
        else:
            start, end = (x, y + down * radius), (x + right * radius, y)
            stream.curve_to(x + right * handle, start[1], end[0], y + down * handle, *end)
    stream.fill()
