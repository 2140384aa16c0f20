"""The pages of the PDF marked in the publication, so that the EPUB's page list leads to the very word.

A page that begins inside a hyphenated word is marked at the word's beginning; one that begins inside a note, before
the note's call, or at its word where the note is in a list; one that begins with a picture, before the picture.
Pages of sections and lists that the EPUB does not have begin where its next section does.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from publisher.compose.notes.lists import Lists
from publisher.compose.notes.weave import Insertion, is_wordless, plain, weave, weave_inlines
from publisher.model.block import (
    Block,
    BlockQuote,
    Definition,
    DefinitionList,
    Division,
    Figure,
    ListBlock,
    Paragraph,
    ThematicBreak,
)
from publisher.model.inline import CrossReference, Foreign, Inline, InternalLink, Link, NoteCall, PageBreak, Styled
from publisher.model.publication import PageTarget, PlacedNote, Publication, Section
from publisher.model.rendition import PageStart
from publisher.model.target import Format
from publisher.model.walk import blocks_of, inlines_of, nest, place_ids, plain_of_inlines, rebuilt

Line = tuple[Inline, ...]


@dataclass(kw_only=True)
class _Starts:
    """The pages that have no break yet, by the element at which they begin."""

    waiting: dict[str, list[PageStart]]
    taken: frozenset[str]
    """The ids of the publication."""

    def take(self, *element_ids: str | None) -> list[PageStart]:
        """The pages that begin at these elements, in order."""
        found = [start for name in element_ids if name for start in self.waiting.pop(name, ())]
        return sorted(found, key=lambda start: start.page)

    def page_break(self, start: PageStart) -> PageBreak:
        """The break of a page, with an id that nothing else has."""
        name = f"page-{start.label}"
        while name in self.taken:
            name = f"{name}-begins"
        return PageBreak(id=name, label=start.label)

    def breaks(self, starts: Iterable[PageStart]) -> tuple[PageBreak, ...]:
        """The breaks of pages."""
        return tuple(map(self.page_break, starts))

    def insertions(self, starts: Iterable[PageStart], text: str) -> tuple[Insertion, ...]:
        """The breaks at the words before which so many characters are, white space not counted."""
        return tuple(
            Insertion(offset=word_start(text, offset_of(text, start.offset)), node=self.page_break(start))
            for start in starts
        )


def with_page_breaks(publication: Publication, starts: Iterable[PageStart]) -> Publication:
    """The publication with a `PageBreak` at the word that begins each page; every page has its break.

    Raises `ValueError` where a page begins at an element that the publication does not have.
    """
    waiting: dict[str, list[PageStart]] = defaultdict(list)
    for start in starts:
        waiting[start.element_id].append(start)
    pages = _Starts(waiting=waiting, taken=frozenset(ids_of(publication.sections)))
    lists = Lists.of(publication.series)
    sections = carry((_section(section, pages, lists) for section in publication.sections), lists)
    if waiting:
        raise ValueError(f"pages begin at unknown elements: {', '.join(sorted(waiting))}")
    return replace(publication, sections=sections, pages=targets(sections, lists))


def ids_of(sections: Iterable[Section]) -> Iterator[str]:
    """Every id that sections, blocks, calls and notes have."""
    for section in sections:
        yield from (section.id, title_id(section))
        yield from (note.id for note in section.notes)
        for block in blocks_of(section.blocks):
            if not isinstance(block, ListBlock | ThematicBreak) and block.id:
                yield block.id
        yield from (name for name, _ in place_ids((*nest(section.title), *inlines_of(section.blocks))))


def title_id(section: Section) -> str:
    """The element id of a section's title."""
    return f"{section.id}-title"


def _section(section: Section, pages: _Starts, lists: Lists) -> Section:
    """The section with the breaks of its own, of its title, of its blocks and of the notes listed in it."""
    starts = pages.take(section.id, title_id(section))
    later = [start for start in starts if start.element_id != section.id and start.offset]
    title = plain_of_inlines(section.title)
    woven = weave_inlines(section.title, pages.insertions(later, title), origin=0) if later else section.title
    return replace(
        section,
        page_breaks=pages.breaks(start for start in starts if start not in later),
        title=_before_calls(woven, pages),
        blocks=_break_at_calls(_blocks(section.blocks, pages), pages),
        notes=with_notes(section, (_note(note, pages) for note in lists.printed(section))),
    )


def with_notes(section: Section, changed: Iterable[PlacedNote]) -> tuple[PlacedNote, ...]:
    """The notes of a section, some of them changed, in the order that they have there."""
    by_id = {note.id: note for note in changed}
    return tuple(by_id.get(note.id, note) for note in section.notes)


def _note(note: PlacedNote, pages: _Starts) -> PlacedNote:
    """A listed note; a page that begins with the heading of its series begins with the first one below."""
    starts = pages.take(f"notes-{note.series}-{note.section_id}", note.id)
    blocks = _blocks(note.blocks, pages)
    return replace(note, blocks=_with_breaks(blocks, starts, pages)) if starts else note


def _with_breaks(blocks: tuple[Block, ...], starts: Sequence[PageStart], pages: _Starts) -> tuple[Block, ...]:
    """Blocks with breaks at their words; before those that have no words, as a picture, a table of empty cells."""
    if is_wordless(blocks):
        return (Paragraph(children=pages.breaks(starts)), *blocks)
    return weave(blocks, pages.insertions(starts, plain(blocks)), origin=0)


def _blocks(blocks: Iterable[Block], pages: _Starts) -> tuple[Block, ...]:
    return tuple(new for block in blocks for new in _block(block, pages))


def _block(block: Block, pages: _Starts) -> tuple[Block, ...]:
    """One block with the breaks inside it; those of a block in it are woven into that one."""
    match block:
        case Division() | BlockQuote():
            block = replace(block, blocks=_blocks(block.blocks, pages))
        case ListBlock():
            block = replace(block, entries=tuple(_blocks(entry, pages) for entry in block.entries))
        case DefinitionList():
            block = replace(block, entries=tuple(_definition(entry, pages) for entry in block.entries))
        case _:
            pass
    starts = pages.take(None if isinstance(block, ListBlock | ThematicBreak) else block.id)
    if not starts:
        return (block,)
    if isinstance(block, Figure):
        return (Paragraph(children=pages.breaks(starts)), block)
    return _with_breaks((block,), starts, pages)


def _definition(definition: Definition, pages: _Starts) -> Definition:
    return replace(definition, descriptions=tuple(_blocks(blocks, pages) for blocks in definition.descriptions))


def _break_at_calls(blocks: tuple[Block, ...], pages: _Starts) -> tuple[Block, ...]:
    """The blocks with the breaks of the pages that begin at calls."""
    return rebuilt(blocks, line=lambda line: _before_calls(line, pages), code=lambda block: (block,))


def _before_calls(line: Line, pages: _Starts) -> Line:
    return tuple(new for node in line for new in _before_call(node, pages))


def _before_call(node: Inline, pages: _Starts) -> Line:
    match node:
        case NoteCall():
            return (*pages.breaks(pages.take(node.id)), node)
        case Styled() | Foreign() | Link() | CrossReference() | InternalLink():
            return (replace(node, children=_before_calls(node.children, pages)),)
        case _:
            return (node,)


def offset_of(text: str, count: int) -> int:
    """The offset of the character before which so many others are, white space not counted."""
    for at, character in enumerate(text):
        if character.isspace():
            continue
        if count == 0:
            return at
        count -= 1
    return len(text)


def word_start(text: str, at: int) -> int:
    """The offset, or where it lies inside a word the beginning of the word.

    A hyphen or a dash that the text has ends a word; Chinese, Japanese, Thai and their like have no spaces, there each
    character is one (https://www.unicode.org/reports/tr29/#Word_Boundaries, in short).
    """
    while 0 < at < len(text) and _is_joined(text, at):
        at -= 1
    return at


def _is_joined(text: str, at: int) -> bool:
    """Whether the characters before and at an offset belong to one word."""
    if _is_mark(text[at]):
        return True
    before, here = _unmark(text, at - 1), text[at]
    if here in _INNER:
        return at + 1 < len(text) and _spells(before) and _spells(text[at + 1])
    return _spells(here) and (_spells(before) or (before in _INNER and at > 1 and _spells(text[at - 2])))


_INNER = frozenset("'’\u00ad\u200d\u2060")
"""What may be between two letters of a word."""
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


def _unmark(text: str, at: int) -> str:
    """The character at an offset, without the marks that follow it."""
    while at > 0 and _is_mark(text[at]):
        at -= 1
    return text[at]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _spells(character: str) -> bool:
    """Whether a character makes words together with its neighbours."""
    return character.isalnum() and not unicodedata.name(character, "").startswith(_UNSPACED)


def targets(sections: Iterable[Section], lists: Lists) -> tuple[PageTarget, ...]:
    """Every page break with its section, in the order in which a reader meets them."""
    return tuple(
        PageTarget(page=page, section_id=section.id) for section in sections for page in _breaks_in(section, lists)
    )


def _breaks_in(section: Section, lists: Lists) -> tuple[PageBreak, ...]:
    within = (*nest(section.title), *inlines_of(section.blocks))
    in_notes = (inline for note in lists.printed(section) for inline in inlines_of(note.blocks))
    return (*section.page_breaks, *(inline for inline in (*within, *in_notes) if isinstance(inline, PageBreak)))


@dataclass(kw_only=True)
class _Carrier:
    """The pages that begin where the EPUB has nothing, on their way to the next place that it has."""

    lists: Lists
    breaks: tuple[PageBreak, ...] = field(default=())

    def section(self, section: Section) -> Section:
        """The section with what was carried to it; without breaks where the EPUB does not have it."""
        if Format.EPUB not in section.formats:
            self.breaks += _breaks_in(section, self.lists)
            return _unbroken(section, self.lists)
        opening, self.breaks = self.breaks, ()
        there = frozenset(note.id for note in self.lists.shown(section))
        notes = with_notes(
            section,
            [self.note(placed_note, shown=placed_note.id in there) for placed_note in self.lists.printed(section)],
        )
        return replace(section, page_breaks=(*opening, *section.page_breaks), notes=notes)

    def note(self, note: PlacedNote, *, shown: bool) -> PlacedNote:
        """A listed note with what was carried to it."""
        within = tuple(inline for inline in inlines_of(note.blocks) if isinstance(inline, PageBreak))
        if not shown:
            self.breaks += within
            return replace(note, blocks=_without_breaks(note.blocks)) if within else note
        if not self.breaks:
            return note
        opening, self.breaks = self.breaks, ()
        return replace(
            note, blocks=weave(note.blocks, (Insertion(offset=0, node=page_break) for page_break in opening), origin=0)
        )


def _unbroken(section: Section, lists: Lists) -> Section:
    listed = (replace(note, blocks=_without_breaks(note.blocks)) for note in lists.printed(section))
    return replace(
        section,
        page_breaks=(),
        blocks=_without_breaks(section.blocks),
        notes=with_notes(section, listed),
    )


def _without_breaks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return rebuilt(
        blocks,
        line=lambda line: tuple(node for node in line if not isinstance(node, PageBreak)),
        code=lambda block: (replace(block, breaks=()),),
    )


def carry(sections: Iterable[Section], lists: Lists) -> tuple[Section, ...]:
    """The sections with the pages of what the EPUB does not have at the beginning of the next that it has.

    Pages after the last section that it has end up before the first block of that one.
    """
    carrier = _Carrier(lists=lists)
    result = [carrier.section(section) for section in sections]
    if carrier.breaks:
        last = max(at for at, section in enumerate(result) if Format.EPUB in section.formats)
        result[last] = replace(result[last], page_breaks=(*result[last].page_breaks, *carrier.breaks))
    return tuple(result)
