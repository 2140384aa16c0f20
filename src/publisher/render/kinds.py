"""Whether a volume has anything of letters, diaries, plays and plates, which need style sheets of their own."""

from __future__ import annotations

from collections.abc import Iterable

from publisher.model.block import Block, Division, Figure, Paragraph, ThematicBreak, Verse
from publisher.model.inline import ITALICS, Emphasis, Inline, Styled
from publisher.model.kinds import PARAGRAPHS, is_kind
from publisher.model.publication import Publication
from publisher.model.walk import blocks_of, inlines_of, nest

MARKED = (ITALICS - {Emphasis.ITALIC}) | {
    *(Emphasis.SOURCE, Emphasis.ROMAN, Emphasis.ABBREVIATION, Emphasis.DATE, Emphasis.SPEAKER, Emphasis.ALL_SMALL_CAPS)
}
"""What has rules in these style sheets."""


def has_kinds(publication: Publication) -> bool:
    """Whether some block or some words of a volume are of a kind."""
    for section in publication.sections:
        groups = (section.blocks, *(note.blocks for note in section.notes))
        if any(_is_of_kind(block) for blocks in groups for block in blocks_of(blocks)):
            return True
        if _are_marked(nest(section.title)) or any(_are_marked(inlines_of(blocks)) for blocks in groups):
            return True
    return False


def has_readings(publication: Publication) -> bool:
    """Whether some words of a volume have a reading above them, or dots."""
    for section in publication.sections:
        groups = (section.blocks, *(note.blocks for note in section.notes))
        if _are_read(nest(section.title)) or any(_are_read(inlines_of(blocks)) for blocks in groups):
            return True
    return False


def _are_read(inlines: Iterable[Inline]) -> bool:
    return any(isinstance(styled, Styled) and styled.style in (Emphasis.RUBY, Emphasis.DOTS) for styled in inlines)


def _is_of_kind(block: Block) -> bool:
    match block:
        case Division():
            return is_kind(block.name)
        case Paragraph():
            return block.name in PARAGRAPHS
        case Verse():
            return block.every is not None or block.is_centred
        case Figure():
            return block.is_plate
        case ThematicBreak():
            return block.is_page_break
        case _:
            return False


def _are_marked(inlines: Iterable[Inline]) -> bool:
    return any(isinstance(styled, Styled) and styled.style in MARKED for styled in inlines)
