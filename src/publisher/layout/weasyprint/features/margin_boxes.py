"""Notes in the margin as boxes of laid-out pages: found, and moved to the outer edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NOTE = frozenset({"note", "margin"})
"""The classes of a note in the margin."""
_NUMBER = frozenset({"paragraph-number"})


def align(made: Any, *, lines_numbered: bool) -> None:
    """Moves notes in the margin to the wider one; where that is the left one, numbers to the right of the text.

    Where the lines are numbered, their numbers are there, and those of paragraphs stay between notes and text.
    What a note continues with would else are where the page before had its margin.
    """
    found = tuple(boxes(made))
    left, right = made.content_box_x(), made.content_box_x() + made.width
    mirrored = is_mirrored(made)
    for note in (box for box in found if box.is_floated() and is_note(box)):
        width = max((child.border_width() for child in note.children), default=0)
        edge = left - note.margin_left - width if mirrored else right + note.margin_left
        note.translate(edge - note.border_box_x())
    for number in (box for box in found if mirrored and not lines_numbered and _is_number(box)):
        words = next((box for box in boxes(number) if hasattr(box, "text")), number)
        gap = left - number.position_x - number.margin_width()
        number.translate(right + gap - words.position_x)


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
