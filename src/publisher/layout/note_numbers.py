"""The numbers of notes, taken out of the document of a section before it is laid out.

A section whose notes have other numbers than before is the same section otherwise. It is laid out with zeros in the
place of the figures, which are as wide, and the numbers are set into the pages when the sections are joined. So a note
that is added changes the layout of its own section alone, and of those in which a number gets another length.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count

from publisher.layout.section_key import Task

_NUMBER = re.compile(r'<a (?:data-number="[0-9]+" )?(class="note-(?:call|mark)\b[^>]*>)([0-9]{1,9})(?=</a>)')
_TURNED = 'dir="rtl"'
"""In documents with lines from right to left, figures are a part of what such a line is read as."""


def note_numbers(document: str) -> tuple[str, ...]:
    """Return the numbers of calls and notes in a document, in its order."""
    return tuple(found[2] for found in _NUMBER.finditer(document))


def without_numbers(task: Task) -> Task:
    """Return the task with zeros for the numbers of notes; each element that had one says which it is, from 0."""
    document = task.section.document
    if _TURNED in document:
        return task
    numbers = count()

    def zeros(found: re.Match[str]) -> str:
        return f'<a data-number="{next(numbers)}" {found[1]}{"0" * len(found[2])}'

    bare = _NUMBER.sub(zeros, document)
    return task if bare == document else replace(task, section=replace(task.section, document=bare))
