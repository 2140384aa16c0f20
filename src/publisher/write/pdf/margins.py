"""Notes in the margin, page by page: each at the outer edge, below those before it, and no word off the page.

WeasyPrint 70 floats them to the right of what calls them. On a page whose left margin is the wider one they are moved
there, and the numbers of paragraphs to the other side of the text. Where a page ends before a line that was begun, the
engine still prints on the next page what a note of that line had left over, although the note is whole there.

It has no place for a note that is called beside or below one that does not fit on the page, and sets its first lines
far off; what several notes go on with, it sets in one place; what is left when the text ends, it forgets. So such a
note waits for the next page, there each stands below the one before, and a text that ends before its notes gets pages
for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout import block, inline, page

_NOTE = frozenset({"note", "margin"})
_NUMBER = frozenset({"paragraph-number"})
_AWAY = 100_000.0
"""Where what a note goes on with waits beside its page; where the page before has its margin, it would narrow lines."""


@contextmanager
def notes_at_the_outer_edge(root: Element) -> Iterator[None]:
    """While this is open, the notes in the margin of a document stand at the outer edge of their pages."""
    original, set_float, lowest = page.make_page, page.float_layout, [0.0]
    if not any(_NOTE.issubset(element.get("class", "").split()) for element in root.iter()):
        yield
        return

    def make_page(context: Any, *others: Any) -> Any:
        lowest[0] = 0.0
        made, resume_at, *more = original(context, *others)
        if context.broken_out_of_flow:
            _forget_what_was_not_begun(context, made)
        if context.broken_out_of_flow and resume_at is None and not context.reported_footnotes:
            context.reported_footnotes = _More()
        _align(made)
        return (made, resume_at, *more)

    def begin(context: Any, box: Any, *others: Any, skip_stack: Any) -> Any:
        note, resume_at = set_float(context, box, *others, skip_stack)
        return _waiting(context, note) if _is_note(note) and _is_off(context, note) else (note, resume_at)

    def go_on(context: Any, box: Any, *others: Any) -> Any:
        if not _is_note(box):
            return set_float(context, box, *others)
        box.position_y = max(box.position_y, lowest[0])
        rest, resume_at = set_float(context, box, *others)
        if lowest[0] and _is_off(context, rest):
            rest, resume_at = _waiting(context, rest, others[-1])
        lowest[0] = rest.position_y + rest.margin_height()
        rest.translate(_AWAY)
        return rest, resume_at

    page.make_page, page.float_layout = make_page, go_on
    inline.float_layout = block.float_layout = begin
    try:
        yield
    finally:
        page.make_page, page.float_layout = original, set_float
        inline.float_layout = block.float_layout = set_float


class _More(list[Any]):
    """No notes at the foot, but a reason for one more page after the end of the text, as those would be."""

    def __bool__(self) -> bool:
        return True


def _is_off(context: Any, note: Any) -> bool:
    """Whether the first line of a note stands below the page."""
    first = next((box for box in _boxes(note) if hasattr(box, "text")), None)
    return first is not None and first.position_y + first.height / 2 > context.page_bottom


def _waiting(context: Any, note: Any, skip_stack: Any = None) -> tuple[Any, Any]:
    """Nothing of a note on this page, and all that there was to set of it to go on with."""
    context.excluded_shapes.remove(note)
    nothing = note.copy_with_children(())
    nothing.remove_decoration(start=True, end=True)
    nothing.style = nothing.style.copy()
    nothing.style["anchor"] = None
    nothing.height = 0
    nothing.translate(dy=context.page_bottom - nothing.position_y)
    return nothing, skip_stack or {0: None}


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
    for note in (box for box in boxes if box.is_floated() and _is_note(box)):
        width = max((child.border_width() for child in note.children), default=0)
        edge = left - note.margin_left - width if mirrored else right + note.margin_left
        note.translate(edge - note.border_box_x())
    for number in (box for box in boxes if mirrored and _is_number(box)):
        words = next((box for box in _boxes(number) if hasattr(box, "text")), number)
        gap = left - number.position_x - number.margin_width()
        number.translate(right + gap - words.position_x)


def _is_note(box: Any) -> bool:
    return _classes(box) >= _NOTE


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
