"""A long text in chapters: each second-level heading begins a section of its own, laid out apart from the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from publisher.model.block import Block, BlockQuote, Division, Heading
from publisher.model.publication import PlacedNote, Section, notes_called
from publisher.model.walk import label_of

LEVEL = 2
"""The level of the headings with which chapters begin, below the title of the text."""


def chapters(section: Section, *, wanted: bool) -> tuple[Section, ...]:
    """The section up to its first chapter, then a section for each; itself alone where none are wanted or there.

    A chapter is named after its heading, which becomes its title; the headings in it rise one level.
    """
    starts = [at for at, block in enumerate(section.blocks) if _begins(block)]
    if not wanted or section.source is None or not starts:
        return (section,)
    opening = replace(section, blocks=section.blocks[: starts[0]])
    parts = (section.blocks[start:end] for start, end in pairwise((*starts, len(section.blocks))))
    return tuple(_with_notes((opening, *(_chapter(section, part) for part in parts)), section.notes))


def _begins(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == LEVEL and block.id is not None


def _chapter(text: Section, blocks: tuple[Block, ...]) -> Section:
    heading, *rest = blocks
    assert isinstance(heading, Heading)
    assert heading.id is not None
    return replace(
        text,
        id=heading.id,
        label=label_of(heading.children),
        title=heading.children,
        blocks=_all_risen(rest),
        running=heading.short or (text.running if text.depth > 1 else None),
        depth=text.depth + 1 if text.in_contents else text.depth,
        in_contents=True,
        continues=text.id,
    )


def _with_notes(sections: Iterable[Section], notes: Iterable[PlacedNote]) -> Iterator[Section]:
    """The sections with the notes that they call; one that several call, with the first of them."""
    waiting = {note.id: note for note in notes}
    for section in sections:
        called = notes_called(section.title, section.blocks, waiting)
        here = [waiting.pop(name) for name in called if name in waiting]
        yield replace(section, notes=tuple(replace(note, section_id=section.id) for note in here))


def _all_risen(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with their headings one level higher."""
    return tuple(_risen(block) for block in blocks)


def _risen(block: Block) -> Block:
    match block:
        case Heading():
            return replace(block, level=block.level - 1)
        case Division() | BlockQuote():
            return replace(block, blocks=_all_risen(block.blocks))
        case _:
            return block
