"""Notes in parts: as much of a note as a page has room for, and the rest of it on the next page.

A part is laid out as a block that a page ends: `orphans` and `widows` hold for its paragraphs, tables are divided
between rows, and lists continue their numbers (CSS Fragmentation Module Level 3,
https://www.w3.org/TR/css-break-3/). The parts have one element, so the binder makes them one again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import BlockBox, ReplacedBox, TextBox

from publisher.layout.weasyprint.features.laid_notes import LaidNotes

NOTE = "doc-footnote"
"""The role of a note."""
_PART = "publisher_part"
_SLACK = 0.01
"""In pixels: what is less comes from rounding."""


@dataclass(slots=True, eq=False)
class Part:
    """What is on one page of a note."""

    skip: Any = None
    """Where it begins in the note, as the engine resumes; None at the beginning."""
    room: float | None = None
    """How high it may be; None if it ends with the note."""
    resume: Any = None
    """Where the next part begins."""
    is_empty: bool = False
    """Whether no line of it had room."""


@dataclass(slots=True)
class Parts:
    """The notes of a document that are divided."""

    _heights: dict[Element, float] = field(default_factory=dict)
    """How high each note was when it was laid out last."""
    _laid: LaidNotes = field(default_factory=LaidNotes)

    def begin_page(self) -> None:
        """Forget the notes of the page before."""
        self._laid.forget()

    def height(self, note: Any) -> float:
        """Return how high a note is on its page."""
        return self._heights.get(note.element, 0.0)

    def join(self, note: Any) -> None:
        """Let a note end where it ends, not where its page did."""
        part = note.__dict__.get(_PART)
        if part is not None:
            part.room = None
            if part.skip is None:
                del note.__dict__[_PART]

    def divide(self, context: Any, note: Any, room: float, *, update: Callable[[Any], Any] | None = None) -> Any:
        """Return the rest of a note of which only so much is on a page; None if nothing of it has room.

        The notes of the page are laid out again, by `update` if they are not at its foot.
        """
        lay_out = update or type(context)._update_footnote_area
        known = note.__dict__.get(_PART)
        part = note.__dict__[_PART] = Part(skip=known.skip if known else None, room=room)
        if room > 0:
            lay_out(context)
        if room <= 0 or part.is_empty or part.resume is None:
            self.join(note)
            lay_out(context)
            return None
        rest = note.copy()
        rest.style = note.style.copy()
        rest.style["anchor"] = None
        rest.__dict__[_PART] = Part(skip=part.resume)
        return rest

    def lay_out(
        self,
        proceed: Callable[..., Any],
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool = True,
        *others: Any,
    ) -> Any:
        """Return a block laid out; of a note that is divided, the part of the page."""
        part = box.__dict__.get(_PART)
        if part is None and (box.element is None or box.element.get("role") != NOTE):
            return proceed(context, box, bottom_space, skip_stack, containing_block, page_is_empty, *others)
        part = part or Part(skip=skip_stack)
        given = (containing_block, page_is_empty, *others)
        key = self._laid.key(context, box, bottom_space, part.skip, part.room, given)
        known = self._laid.find(key)
        if known is not None:
            self._heights[box.element], part.resume, part.is_empty = known.height, known.resume, False
            return known.result
        if part.room is None:
            found = proceed(context, box, bottom_space, part.skip, *given)
        else:
            found = _divide(proceed, context, box, bottom_space, part, *given)
        if found[0] is not None and not part.is_empty:
            self._heights[box.element] = height = found[0].margin_height()
            self._laid.store(key, box, found, height=height, resume=part.resume)
        return found


def _divide(
    proceed: Callable[..., Any],
    context: Any,
    box: Any,
    bottom_space: float,
    part: Part,
    containing_block: Any,
    page_is_empty: bool,
    *others: Any,
) -> Any:
    """As much of a note as a page has room for; all of it if not even a line has."""
    space = context.page_bottom - (box.position_y + (part.room or 0) - _SLACK)
    made, part.resume, *more = proceed(context, box, space, part.skip, containing_block, False, *others)
    part.is_empty = made is None or not any(
        isinstance(descendant, TextBox | ReplacedBox) for descendant in made.descendants()
    )
    if part.is_empty:
        return proceed(context, box, bottom_space, part.skip, containing_block, page_is_empty, *others)
    if part.resume is not None:
        _end_with_words(made)
    return (made, None, *more)


def _end_with_words(box: Any) -> None:
    """Make a block that its page divides end with the last of its lines; the engine lets it fill the page."""
    children = getattr(box, "children", ())
    if not isinstance(box, BlockBox) or not children:
        return
    last = children[-1]
    _end_with_words(last)
    box.height = max(last.position_y + last.margin_height() - box.content_box_y(), 0.0)


def continues(note: Any, other: Any) -> bool:
    """Whether a note is the rest of another one."""
    part = note.__dict__.get(_PART) if hasattr(note, "element") else None
    return part is not None and part.skip is not None and note.element is other.element
