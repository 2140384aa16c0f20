"""Notes in the margin on finished pages: each at the outer edge, and no rest of one that begins on another page.

WeasyPrint 70 floats them to the right of what calls them. On a page whose left margin is the wider one they are moved
there, and the numbers of paragraphs to the other side of the text. Where a page ends before a line that was begun, the
engine still prints on the next page what a note of that line had left over, although the note is whole there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout import page

_NOTE = frozenset({"note", "margin"})
_NUMBER = frozenset({"paragraph-number"})
_AWAY = 100_000.0
"""Where what a note goes on with waits beside its page; where the page before has its margin, it would narrow lines."""


@contextmanager
def notes_at_the_outer_edge(root: Element) -> Iterator[None]:
    """While this is open, the notes in the margin of a document stand at the outer edge of their pages."""
    original, go_on = page.make_page, page.float_layout
    if not any(_NOTE.issubset(element.get("class", "").split()) for element in root.iter()):
        yield
        return

    def make_page(context: Any, *others: Any) -> Any:
        made, *more = original(context, *others)
        if context.broken_out_of_flow:
            _forget_what_was_not_begun(context, made)
        _align(made)
        return (made, *more)

    def float_layout(*given: Any) -> Any:
        rest, resume_at = go_on(*given)
        if _classes(rest) >= _NOTE:
            rest.translate(_AWAY)
        return rest, resume_at

    page.make_page, page.float_layout = make_page, float_layout
    try:
        yield
    finally:
        page.make_page, page.float_layout = original, go_on


def _forget_what_was_not_begun(context: Any, made: Any) -> None:
    """Takes rests of notes from what the next page begins with, where the page has no beginning of them."""
    there = {id(box.element) for box in _boxes(made) if box.is_floated()}
    for box in tuple(context.broken_out_of_flow):
        if box.is_floated() and id(box.element) not in there:
            del context.broken_out_of_flow[box]


def _align(made: Any) -> None:
    """Moves notes in the margin to the wider one; where that is the left one, numbers to the right of the text.

    What a note goes on with would else stand where the page before had its margin.
    """
    boxes = tuple(_boxes(made))
    left, right = made.content_box_x(), made.content_box_x() + made.width
    mirrored = made.margin_left > made.margin_right
    for note in (box for box in boxes if box.is_floated() and _classes(box) >= _NOTE):
        width = max((child.border_width() for child in note.children), default=0)
        edge = left - note.margin_left - width if mirrored else right + note.margin_left
        note.translate(edge - note.border_box_x())
    for number in (box for box in boxes if mirrored and _is_number(box)):
        words = next((box for box in _boxes(number) if hasattr(box, "text")), number)
        gap = left - number.position_x - number.margin_width()
        number.translate(right + gap - words.position_x)


def _is_number(box: Any) -> bool:
    return box.is_absolutely_positioned() and _classes(box) >= _NUMBER


def _boxes(box: Any) -> Iterator[Any]:
    """A box and everything in it."""
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _classes(box: Any) -> frozenset[str]:
    """The classes of the element that a box comes from; none of a box that the style sheet adds."""
    return (
        frozenset()
        if box.element is None or "::" in box.element_tag
        else frozenset(box.element.get("class", "").split())
    )
