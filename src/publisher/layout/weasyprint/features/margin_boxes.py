"""Notes in the margin as boxes of laid-out pages: found, and moved to the outer edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NOTE = frozenset({"note", "margin"})
"""The classes of a note in the margin."""
_NUMBER = frozenset({"paragraph-number"})


def align(made: Any, *, lines_numbered: bool) -> None:
    """Moves notes in the margin to the wider one; where paragraphs have their numbers there, these to the other side.

    Where the lines are numbered, their numbers are there, and those of paragraphs stay between notes and text.
    What a note continues with would else are where the page before had its margin.
    """
    found = tuple(boxes(made))
    left, right = made.content_box_x(), made.content_box_x() + made.width
    mirrored = is_mirrored(made)
    for note in (box for box in found if box.is_floated() and is_note(box)):
        width = max((child.border_width() for child in note.children), default=0)
        edge = left - note.margin_left - width if mirrored else right + note.margin_left
        beside = note.border_width() - width if note.style["direction"] == "rtl" else 0
        note.translate(edge - note.border_box_x() - beside)
    for number in (box for box in found if not lines_numbered and _is_number(box)):
        if mirrored == (number.position_x < left):
            _move_across(number, left, right)


def _move_across(number: Any, left: float, right: float) -> None:
    """Moves the number of a paragraph to the other side of the text, as far away from it."""
    words = next((box for box in boxes(number) if hasattr(box, "text")), number)
    if number.position_x < left:
        gap = left - number.position_x - number.margin_width()
        number.translate(right + gap - words.position_x)
    else:
        gap = number.position_x - right
        number.translate(left - gap - words.position_x - words.width)


def no_target(box: Any) -> None:
    """Makes a box nothing that a link leads to: another part of the same element is."""
    box.style = box.style.copy()
    box.style["anchor"] = None


def is_mirrored(made: Any) -> bool:
    """Whether the margin for notes is the left one."""
    return bool(made.margin_left > made.margin_right)


def is_note(box: Any) -> bool:
    """Return whether a box is a note in the margin."""
    return _classes(box) >= NOTE


def _is_number(box: Any) -> bool:
    return box.is_absolutely_positioned() and _classes(box) >= _NUMBER


def boxes(box: Any) -> Iterator[Any]:
    """A box and everything in it."""
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def _classes(box: Any) -> frozenset[str]:
    """The classes of the element that a box comes from; none of a box that the style sheet adds."""
    return (
        frozenset()
        if box.element is None or "::" in box.element_tag
        else frozenset(box.element.get("class", "").split())
    )
