"""What the sources want to be read, block by block: the words of every line, its links, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from publisher.diagnostics import Span
from publisher.model.block import (
    Block,
    BlockQuote,
    CodeBlock,
    DefinitionList,
    Division,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    ThematicBreak,
    Verse,
)
from publisher.model.inline import (
    Citation,
    Code,
    CrossReference,
    Emphasis,
    FootnoteCall,
    Foreign,
    Formula,
    Inline,
    InternalLink,
    LineBreak,
    NoteCall,
    PageBreak,
    Run,
    Styled,
)
from publisher.model.inline import (
    Link as OutwardLink,
)
from publisher.model.kinds import PARAGRAPHS, is_kind, machine_date
from publisher.model.links import needs_page, printed_address
from publisher.model.publication import PlacedNote, Publication, Section
from publisher.model.walk import plain_of_inlines
from publisher.verify.kinds import element_of
from publisher.verify.line import PICTURE, Bond, Expected, Link, MarkedWords, Piece, Tongue
from publisher.verify.tables import TableGrid

Inlines = tuple[Inline, ...]


@dataclass(slots=True)
class _Words:
    """A line as it grows."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    tongues: list[Tongue] = field(default_factory=list)
    marked: list[MarkedWords] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    """Ids of words at the beginning of the line."""
    places: list[str] = field(default_factory=list)
    """Ids of other words."""

    def add(self, text: str, span: Span | None = None) -> None:
        """More characters, and where they are in a source."""
        if span is not None:
            self.pieces.append(Piece(start=len(self.text), length=len(text), span=span))
        self.text += text

    def link(self, start: int, target: str, *, bond: Bond = Bond.OTHER, id: str | None = None) -> None:
        """A link over everything from an offset to here."""
        self.links.append(Link(start=start, text=self.text[start:], target=target, bond=bond, id=id))

    def on_paper(self, *, paged: bool = False, address: str = "") -> None:
        """Says what paper has after the last link."""
        self.links[-1] = replace(self.links[-1], paged=paged, address=address)

    def line(self, name: str, *, ids: tuple[str, ...] = ()) -> Expected:
        """The line, grown."""
        return Expected(
            text=self.text,
            links=tuple(self.links),
            pieces=tuple(self.pieces),
            tongues=tuple(self.tongues),
            marked=tuple(self.marked),
            name=name,
            ids=(*ids, *self.ids),
            places=tuple(self.places),
        )


def line(inlines: Iterable[Inline], *, name: str, ids: tuple[str | None, ...] = ()) -> Expected:
    """The line of some inlines."""
    words = _Words()
    _inlines(inlines, words)
    return words.line(name, ids=tuple(filter(None, ids)))


def plain_line(text: str, *, name: str, ids: tuple[str, ...] = (), level: int = 0) -> Expected:
    """A line of words that nothing is linked from: what the toolchain itself prints."""
    return Expected(text=fold(text), name=name, ids=ids, level=level)


def linked_line(text: str, target: str, *, name: str) -> Expected:
    """A line that is one link."""
    words = fold(text)
    return Expected(text=words, links=(Link(start=0, text=words, target=target),), name=name)


def fold(text: str) -> str:
    """The text with its line ends as spaces."""
    return text.replace("\r\n", " ").replace("\n", " ")


def block_lines(blocks: Iterable[Block], *, name: str) -> Iterator[Expected]:
    """The lines of blocks in order; `name` says what they are part of."""
    for block in blocks:
        yield from _block(block, name)


def note_lines(note: PlacedNote, publication: Publication, *, ways_back: bool = False) -> tuple[Expected, ...]:
    """The lines of a note; its mark leads back to its call and is before its first words.

    After it are, in lists on screens, the `ways_back` to its further calls.
    """
    title = next((series.title for series in publication.series if series.id == note.series), note.series)
    name = f"note {note.mark} ({title})"
    first, rest = note.blocks[:1], note.blocks[1:]
    words = _Words(text=note.mark)
    words.link(0, note.call_id, bond=Bond.NOTE)
    for number, call in enumerate(note.called_again if ways_back else (), 2):
        start = len(words.text)
        words.add(f"[{number}]")
        words.link(start, call, bond=Bond.NOTE)
    words.add(f" {note.cited} " if note.cited else " ")
    if first and isinstance(first[0], Paragraph):
        _inlines(first[0].children, words)
    else:
        rest = note.blocks
    opening = words.line(name, ids=(note.id,))
    language = note.language or publication.metadata.language
    lines = (opening, *block_lines(rest, name=name))
    return tuple(replace(item, note=note.id, language=item.language or language) for item in lines)


def title_line(section: Section) -> Expected:
    """The title of a section."""
    ids = section.id, f"{section.id}-title"
    return replace(line(section.title, name=f"the title of “{section.label}”", ids=ids), level=1)


def _inlines(inlines: Iterable[Inline], words: _Words) -> None:
    for inline in inlines:
        _inline(inline, words)


def _inline(inline: Inline, words: _Words) -> None:
    start = len(words.text)
    match inline:
        case Run():
            words.add(fold(inline.text), inline.span)
        case Code():
            words.add(inline.text, inline.span)
        case Formula():
            words.add(inline.text, inline.span)
        case LineBreak():
            words.add("\n")
        case Styled():
            _mark_words(inline, words)
        case Foreign():
            at = len(words.tongues)
            _inlines(inline.children, words)
            words.tongues.insert(at, Tongue(start=start, end=len(words.text), language=inline.language))
        case OutwardLink():
            _inlines(inline.children, words)
            words.link(start, inline.href)
            words.on_paper(address=printed_address(inline))
        case InternalLink():
            _inlines(inline.children, words)
            words.link(start, inline.target_id)
            words.on_paper(paged=needs_page(inline))
        case NoteCall():
            words.add(inline.mark)
            words.link(start, inline.note_id, bond=Bond.NOTE, id=inline.id)
        case PageBreak() | Citation() | CrossReference() | FootnoteCall():
            pass
        case _:
            assert_never(inline)


def _mark_words(styled: Styled, words: _Words) -> None:
    """Words set apart: what they are marked as, and their id."""
    start = len(words.text)
    _inlines(styled.children, words)
    if styled.style is Emphasis.RUBY:
        words.add(styled.value or "")
    if styled.id is not None:
        (words.places if words.text[:start].strip() else words.ids).append(styled.id)
    day = machine_date(styled.value) if styled.style is Emphasis.DATE and styled.value else None
    element = "time" if day else element_of(styled.style, styled.value)
    if element:
        words.marked.append(MarkedWords(element=element, text=words.text[start:], value=day or ""))


def _block(block: Block, name: str) -> Iterator[Expected]:
    match block:
        case Paragraph():
            yield _paragraph(block, name)
        case Heading():
            yield replace(line(block.children, name=f"a heading in {name}", ids=(block.id,)), level=block.level)
        case Division():
            within = _division_name(block, name)
            inner = tuple(block_lines(block.blocks, name=within))
            if is_kind(block.name):
                inner = tuple(replace(item, within=(block.name, *item.within)) for item in inner)
            yield from _beginning(block.id, inner)
        case BlockQuote():
            yield from _beginning(block.id, tuple(block_lines(block.blocks, name=f"a quotation in {name}")))
            if block.attribution:
                yield line(block.attribution, name=f"an attribution in {name}")
        case Verse():
            yield _verse(block, name)
        case ListBlock():
            for entry in block.entries:
                yield from block_lines(entry, name=f"a list in {name}")
        case DefinitionList():
            yield from _beginning(block.id, tuple(_definitions(block, name)))
        case Table():
            yield from _beginning(block.id, tuple(_table(block, name)))
        case Figure():
            yield Expected(
                text=PICTURE + block.alternative,
                name=f"a picture in {name}",
                pieces=_whole(block.span),
                picture=block.path,
            )
            if block.caption:
                yield line(block.caption, name=f"a caption in {name}")
        case CodeBlock():
            yield Expected(text=block.text, name=f"literal lines in {name}", pieces=_whole(block.span))
        case ThematicBreak():
            return
        case _:
            assert_never(block)


def _paragraph(block: Paragraph, name: str) -> Expected:
    words = _Words()
    if block.number:
        words.add(f"{block.number} ")
    _inlines(block.children, words)
    called = f"paragraph {block.number}" if block.number else f"a paragraph in {name}"
    line = words.line(called, ids=(block.id,) if block.id else ())
    return replace(line, kind=block.name) if block.name and block.name in PARAGRAPHS else line


def _verse(block: Verse, name: str) -> Expected:
    words = _Words()
    for at, verse in enumerate(block.lines):
        words.add("\n" if at else "")
        number = block.first + at
        if block.every and number % block.every == 0:
            words.add(f"{number} ")
        _inlines(verse, words)
    line = words.line(f"verse in {name}", ids=(block.id,) if block.id else ())
    return replace(line, language=block.language) if block.language else line


def _definitions(block: DefinitionList, name: str) -> Iterator[Expected]:
    for definition in block.entries:
        yield line(definition.term, name=f"a term in {name}")
        for description in definition.descriptions:
            yield from block_lines(description, name=f"“{plain_of_inlines(definition.term)}” in {name}")


def _table(block: Table, name: str) -> Iterator[Expected]:
    if block.caption:
        yield line(block.caption, name=f"the caption of a table in {name}")
    grid = TableGrid()
    for part in (block.head, *block.bodies):
        grid.next_part()
        for row in part:
            grid.next_row()
            for at, cell in enumerate(row):
                header = part is block.head or cell.heads_row or (block.row_headers and not at)
                place = grid.place(columns=cell.columns, rows=cell.rows, header=header)
                yield replace(line(cell.children, name=f"a cell of a table in {name}"), cell=place)


def _division_name(block: Division, name: str) -> str:
    title = next(
        (plain_of_inlines(heading.children) for heading in block.blocks if isinstance(heading, Heading)), block.id
    )
    return f"agreement “{title}”" if "agreement" in (block.name or "").split() else f"“{title}” in {name}"


def _beginning(id: str | None, lines: tuple[Expected, ...]) -> tuple[Expected, ...]:
    """The lines; the first of them that has words is where an id leads to."""
    first = next((at for at, item in enumerate(lines) if item.text.strip()), None)
    if id is None or first is None:
        return lines
    return (*lines[:first], replace(lines[first], ids=(id, *lines[first].ids)), *lines[first + 1 :])


def _whole(span: Span | None) -> tuple[Piece, ...]:
    return () if span is None else (Piece(start=0, length=span.end - span.start, span=span),)
