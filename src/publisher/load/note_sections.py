"""Where each note is in its file, from its heading to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publisher.model.apparatus import Note

_HEADING = re.compile(r"^ {0,3}##(?:[ \t]|$)", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)


def note_section(note: Note, notes: Sequence[Note]) -> tuple[int, int]:
    """Where a note begins and ends in its file: at the next heading of its level, or where the file ends.

    `notes` are those of the file.
    """
    text = note.span.source.text
    known = [other.span.start for other in notes if other.span.start > note.span.start]
    return note.span.start, min((*known, *note_headings(text, note.span.end), len(text)))


def describe(note: Note, notes: Sequence[Note]) -> str:
    """What a note says, in Markdown, without its heading and the words that it quotes."""
    _, end = note_section(note, notes)
    return note.span.source.text[note.lemmas[-1].span.end : end].strip()


def note_headings(text: str, start: int = 0) -> Iterator[int]:
    """Where the headings of notes begin in a file of notes, from an offset on; none inside of code between fences."""
    fences = list(_fence(text, start))
    for found in _HEADING.finditer(text, start):
        if not any(begin < found.start() < end for begin, end in fences):
            yield found.start()


def _fence(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where code between fences begins and ends."""
    opened: re.Match[str] | None = None
    for found in _FENCE.finditer(text, start):
        if opened is None:
            opened = found
        elif found[1].startswith(opened[1]):
            yield opened.start(), found.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(text)
