"""The pages of the PDF marked in the publication, so that the EPUB's page list leads to the very word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from publisher.compose.weave import Insertion, plain, weave, weave_inlines
from publisher.model.block import Block, BlockQuote, Definition, DefinitionList, Division, ListBlock, ThematicBreak
from publisher.model.edition import Format
from publisher.model.inline import PageBreak
from publisher.model.publication import PageTarget, Publication, Section
from publisher.model.rendition import PageStart
from publisher.model.walk import inlines_of, nested, plain_of_inlines

_Starts = dict[str, list[PageStart]]


def with_page_breaks(publication: Publication, starts: Iterable[PageStart]) -> Publication:
    """The publication with a `PageBreak` at the word that begins each page; every page has its break.

    Raises `ValueError` where a page begins at an element that the publication does not have.
    """
    waiting: _Starts = defaultdict(list)
    for start in starts:
        waiting[start.element_id].append(start)
    sections = _carried(_section(section, waiting) for section in publication.sections)
    if waiting:
        raise ValueError(f"pages begin at unknown elements: {', '.join(sorted(waiting))}")
    return replace(publication, sections=sections, pages=_targets(sections))


def title_id(section: Section) -> str:
    """The element id of a section's title."""
    return f"{section.id}-title"


def _section(section: Section, waiting: _Starts) -> Section:
    """The section with the breaks of its own, of its title and of its blocks."""
    opening = waiting.pop(section.id, [])
    title = waiting.pop(title_id(section), [])
    opening += [start for start in title if start.offset == 0]
    later = tuple(_insertion(start, plain_of_inlines(section.title)) for start in title if start.offset)
    return replace(
        section,
        page_breaks=tuple(_break(start) for start in opening),
        title=weave_inlines(section.title, later, origin=0) if later else section.title,
        blocks=_blocks(section.blocks, waiting),
    )


def _blocks(blocks: Iterable[Block], waiting: _Starts) -> tuple[Block, ...]:
    return tuple(new for block in blocks for new in _block(block, waiting))


def _block(block: Block, waiting: _Starts) -> tuple[Block, ...]:
    """One block with the breaks inside it; those of a block in it are woven into that one."""
    match block:
        case Division() | BlockQuote():
            block = replace(block, blocks=_blocks(block.blocks, waiting))
        case ListBlock():
            block = replace(block, entries=tuple(_blocks(entry, waiting) for entry in block.entries))
        case DefinitionList():
            block = replace(block, entries=tuple(_definition(entry, waiting) for entry in block.entries))
        case _:
            pass
    name = None if isinstance(block, ListBlock | ThematicBreak) else block.id
    starts = waiting.pop(name, []) if name else []
    text = plain((block,)) if starts else ""
    return weave((block,), tuple(_insertion(start, text) for start in starts), origin=0) if starts else (block,)


def _definition(definition: Definition, waiting: _Starts) -> Definition:
    return replace(definition, descriptions=tuple(_blocks(blocks, waiting) for blocks in definition.descriptions))


def _insertion(start: PageStart, text: str) -> Insertion:
    """The break at the character before which so many others stand, white space not counted."""
    return Insertion(offset=_offset(text, start.offset), node=_break(start))


def _offset(text: str, count: int) -> int:
    for at, character in enumerate(text):
        if character.isspace():
            continue
        if count == 0:
            return at
        count -= 1
    return len(text)


def _break(start: PageStart) -> PageBreak:
    return PageBreak(id=f"page-{start.label}", label=start.label)


def _targets(sections: Iterable[Section]) -> tuple[PageTarget, ...]:
    """Every page break with its section, in the order in which a reader meets them."""
    return tuple(PageTarget(page=page, section_id=section.id) for section in sections for page in _breaks_in(section))


def _breaks_in(section: Section) -> tuple[PageBreak, ...]:
    within = (*nested(section.title), *inlines_of(section.blocks))
    return (*section.page_breaks, *(inline for inline in within if isinstance(inline, PageBreak)))


def _carried(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with the pages of those that the EPUB does not have at the beginning of the next that it has."""
    carried: tuple[PageBreak, ...] = ()
    result: list[Section] = []
    for section in sections:
        if Format.EPUB in section.formats:
            result.append(replace(section, page_breaks=(*carried, *section.page_breaks)))
            carried = ()
        else:
            carried = (*carried, *_breaks_in(section))
            result.append(replace(section, page_breaks=()))
    return tuple(result)
