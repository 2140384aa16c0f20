"""The contents of a volume: its sections, and what is worth finding inside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from publisher.model.block import Heading
from publisher.model.publication import LISTS, ContentsEntry, Role, Section
from publisher.model.walk import label_of


def contents(sections: Iterable[Section]) -> tuple[ContentsEntry, ...]:
    """One entry for each section that has its place in the contents; below it its headings, and what is deeper."""
    listed = [section for section in sections if section.in_contents]
    return _entries(listed, depth=1)


def _entries(sections: Sequence[Section], *, depth: int) -> tuple[ContentsEntry, ...]:
    """The entries of sections, each with those that follow it and are deeper."""
    entries: list[ContentsEntry] = []
    starts = [at for at, section in enumerate(sections) if at == 0 or section.depth <= depth]
    for start, end in pairwise((*starts, len(sections))):
        section, deeper = sections[start], sections[start + 1 : end]
        children = (*below(section), *_entries(deeper, depth=depth + 1))
        entry = ContentsEntry(label=section.label, target_id=section.id, section_id=section.id, children=children)
        entries.append(entry)
    return tuple(entries)


def below(section: Section) -> tuple[ContentsEntry, ...]:
    """What the section says it holds, else its headings of the second level."""
    if section.role in LISTS:
        return ()
    if section.entries or section.role is Role.OPENING:
        return section.entries
    return tuple(
        ContentsEntry(label=label_of(block.children), target_id=block.id, section_id=section.id)
        for block in section.blocks
        if isinstance(block, Heading) and block.level == 2 and block.id
    )
