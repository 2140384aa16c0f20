"""The notes of a page as they were laid out, for when the next note joins them.

WeasyPrint 70 lays out all notes of a page again for each note that joins them, and for each that is divided or put off.
A note depends on its place in the area, on the width of this, and on the part of it that is wanted: if they are the
same, the boxes are too. What a page has is forgotten with the page.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint.formatting_structure.boxes import TableBox
from weasyprint.layout.absolute import AbsolutePlaceholder

_MARGINS = 2
"""Which argument has the margins that are joined with that of a block."""
_STYLES = slice(3, None)
"""Which arguments say more of how a block is laid out; a note is given none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidNote:
    """A note as it was laid out."""

    result: tuple[Any, ...]
    """What the engine returned; its boxes are a copy."""
    height: float
    resume: Any
    """Where the next part of the note begins."""
    style: Any
    """Its style, held so that no other style gets its identity."""


@dataclass(slots=True)
class LaidNotes:
    """The notes that were laid out on the page that is being made."""

    _known: dict[Hashable, LaidNote] = field(default_factory=dict)

    def forget(self) -> None:
        """Begin a page."""
        self._known.clear()

    def key(
        self, context: Any, box: Any, space: float, skip: Any, room: float | None, others: Sequence[Any]
    ) -> Hashable:
        """Return what a note is known by; None if it depends on more.

        `others` are the arguments of `block_level_layout` from the containing block on.
        """
        if space != -inf or context.excluded_shapes or box.style["position"] != "static":
            return None
        containing, page_is_empty, *more = others
        if any(more[_STYLES]):
            return None
        margins = more[_MARGINS] if len(more) > _MARGINS else None
        return (
            *(box.element, id(box.style), repr(skip), room),
            *(containing.width, box.position_x, box.position_y, page_is_empty, tuple(margins or ())),
            *(context.forced_break, context.in_column),
        )

    def find(self, key: Hashable) -> LaidNote | None:
        """Return a note as it was laid out, with boxes of its own."""
        known = self._known.get(key) if key is not None else None
        if known is None:
            return None
        return LaidNote(result=_copy(known.result), height=known.height, resume=known.resume, style=known.style)

    def store(self, key: Hashable, box: Any, result: tuple[Any, ...], *, height: float, resume: Any) -> None:
        """Store a note that was laid out, if it is nothing but text in its place."""
        if key is not None and _is_plain(result[0]):
            self._known[key] = LaidNote(result=_copy(result), height=height, resume=resume, style=box.style)


def _is_plain(made: Any) -> bool:
    """Whether everything in a note is in its place, and calls no other note."""
    return made is not None and not any(
        isinstance(descendant, AbsolutePlaceholder | TableBox)
        or descendant.footnote
        or not descendant.is_in_normal_flow()
        for descendant in made.descendants(placeholders=True)
    )


def _copy(result: tuple[Any, ...]) -> tuple[Any, ...]:
    """What the engine returned, with boxes and margins that may be changed."""
    made, resume_at, following, margins, *more = result
    return (made.deepcopy(), resume_at, following, [*margins], *more)
