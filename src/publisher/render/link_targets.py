"""Where every element of a publication is: which section holds the id that a link points at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from publisher.model.block import Block, ListBlock, ThematicBreak
from publisher.model.inline import NoteCall, PageBreak
from publisher.model.publication import Role, Section
from publisher.model.walk import blocks_of, inlines_of, nest, place_ids


def places(sections: Iterable[Section], *, gathered: Iterable[str]) -> Mapping[str, str]:
    """The id of the section that holds it, for each element id.

    `gathered` names the series whose notes are in the section of notes and not where they are called.
    """
    apart = frozenset(gathered)
    return {name: section.id for section in sections for name in _ids(section, apart)}


def _ids(section: Section, gathered: frozenset[str]) -> Iterator[str]:
    """The ids in a section: its own, its title's, those of its blocks, calls, page breaks and notes."""
    yield section.id
    yield f"{section.id}-title"
    yield from (page.id for page in section.page_breaks)
    yield from block_ids(section.blocks)
    for inline in (*nest(section.title), *inlines_of(section.blocks)):
        if isinstance(inline, NoteCall | PageBreak):
            yield inline.id
    yield from (name for name, _ in place_ids((*nest(section.title), *inlines_of(section.blocks))))
    for note in section.notes:
        if (note.series in gathered) == (section.role is Role.NOTES):
            yield note.id
            yield from block_ids(note.blocks)
            yield from (name for name, _ in place_ids(inlines_of(note.blocks)))
            yield from (inline.id for inline in inlines_of(note.blocks) if isinstance(inline, NoteCall | PageBreak))


def block_ids(blocks: Iterable[Block]) -> Iterator[str]:
    """The ids of the blocks, outer before inner."""
    for block in blocks_of(blocks):
        if not isinstance(block, ListBlock | ThematicBreak) and block.id:
            yield block.id
