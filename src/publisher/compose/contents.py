"""The contents of a volume: its sections, and what is worth finding inside them."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.model.block import Heading
from publisher.model.publication import ContentsEntry, Section
from publisher.model.walk import plain_of_inlines


def contents(sections: Iterable[Section]) -> tuple[ContentsEntry, ...]:
    """One entry for each section that has its place in the contents, with its second-level headings below it."""
    return tuple(
        ContentsEntry(label=section.label, target_id=section.id, section_id=section.id, children=_below(section))
        for section in sections
        if section.in_contents
    )


def _below(section: Section) -> tuple[ContentsEntry, ...]:
    """What the section says it holds, else its headings of the second level."""
    return section.entries or tuple(
        ContentsEntry(label=plain_of_inlines(block.children), target_id=block.id, section_id=section.id)
        for block in section.blocks
        if isinstance(block, Heading) and block.level == 2 and block.id
    )
