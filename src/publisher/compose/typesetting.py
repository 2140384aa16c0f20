"""Pictures in the widths that the edition gives them apart from its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publisher.model.block import Block, Figure
from publisher.model.change import with_blocks
from publisher.model.publication import Section
from publisher.model.typesetting import Typesetting


def with_picture_widths(sections: Iterable[Section], typesetting: Typesetting) -> tuple[Section, ...]:
    """The sections with these pictures in their widths, in text and notes."""
    widths = {picture_width.path: picture_width.width for picture_width in typesetting.pictures}
    if not widths:
        return tuple(sections)

    def change(block: Block) -> tuple[Block, ...]:
        if isinstance(block, Figure) and block.path in widths:
            return (replace(block, width=widths[block.path], height=None),)
        return (block,)

    return tuple(
        replace(
            section,
            blocks=with_blocks(section.blocks, change),
            notes=tuple(replace(note, blocks=with_blocks(note.blocks, change)) for note in section.notes),
        )
        for section in sections
    )
