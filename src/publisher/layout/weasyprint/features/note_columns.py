"""Pages that nothing but notes in the margin continue on: side by side in as many columns as the page has room for.

There the text leaves its place to them. The engine makes each column as a page of its own; all go onto the first.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from publisher.layout.weasyprint.features.margin_boxes import is_mirrored, is_note, no_target


def column_count(page: Any) -> int:
    """How many columns of notes have room on a page, the margin among them: at least that one."""
    return max((1 + int(_room(page) / (_width(note) + _gap(note))) for note in _notes(page)), default=1)


def join(columns: list[Any]) -> None:
    """Moves the notes of pages onto the first of them, from left to right over the whole width of the page.

    What only waited in a column is in the next one.
    """
    page, *_ = columns
    (root, *_), count = page.children, column_count(page)
    for at, column in enumerate(columns):
        for note in _notes(column):
            step = _room(page) / (count - 1)
            note.translate((at if is_mirrored(page) else at + 1 - count) * step)
    found = [note for column in columns for note in _notes(column)]
    for before, note in itertools.pairwise(found):
        if note.element is before.element:
            no_target(note)
    root.children = [*found, *(box for box in root.children if not (box.is_floated() and is_note(box)))]


def _room(page: Any) -> float:
    """How far the last column may be from the margin: as far as the text is wide, and the gap next to it."""
    return max((float(page.width) + _gap(note) for note in _notes(page)), default=0.0)


def _notes(page: Any) -> Iterator[Any]:
    """The notes of which something is on a page."""
    root, *_ = page.children
    yield from (box for box in root.children if box.is_floated() and is_note(box) and box.children)


def _width(note: Any) -> float:
    return max((float(child.border_width()) for child in note.children), default=0.0)


def _gap(note: Any) -> float:
    return float(note.margin_left)
