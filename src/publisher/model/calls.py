"""The calls of notes: those of a section, in its words and in those of its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from publisher.model.block import Block
from publisher.model.inline import Inline, NoteCall
from publisher.model.publication import PlacedNote, Section
from publisher.model.walk import inlines_of, nested


def calls_of(section: Section) -> Iterator[NoteCall]:
    """Every call in the title and the blocks of a section, then those in its notes."""
    groups = (section.blocks, *(note.blocks for note in section.notes))
    lines = (*nested(section.title), *(inline for blocks in groups for inline in inlines_of(blocks)))
    return (inline for inline in lines if isinstance(inline, NoteCall))


def notes_called(
    title: Iterable[Inline], blocks: Iterable[Block], notes: Mapping[str, PlacedNote]
) -> Mapping[str, tuple[str, ...]]:
    """The element ids of the notes that words call, in the order of reading, each with the ids of its calls.

    The notes that are called in a note follow it.
    """
    found: dict[str, list[str]] = {}
    waiting: list[Iterator[Inline]] = [iter((*nested(title), *inlines_of(blocks)))]
    while waiting:
        inline = next(waiting[-1], None)
        if inline is None:
            waiting.pop()
        elif isinstance(inline, NoteCall):
            is_new = inline.note_id not in found
            found.setdefault(inline.note_id, []).append(inline.id)
            if is_new and inline.note_id in notes:
                waiting.append(iter(tuple(inlines_of(notes[inline.note_id].blocks))))
    return {name: tuple(calls) for name, calls in found.items()}
