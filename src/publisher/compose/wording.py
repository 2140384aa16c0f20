"""A section as one text: its lines joined by newlines, with the way from an offset to an element and to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from publisher.diagnostics import Span
from publisher.model.block import (
    Block,
    BlockQuote,
    CodeBlock,
    DefinitionList,
    Division,
    Figure,
    ListBlock,
    Paragraph,
    ThematicBreak,
)
from publisher.model.inline import Code, Formula, Inline, LineBreak, NoteCall, PageBreak, Run
from publisher.model.publication import PlacedNote, Section
from publisher.model.walk import Inlines, leaf_text, lines, nest, only_woven

Worded = Run | Code | CodeBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element with an id, and where its text begins."""

    id: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph, a heading, a cell …: what is between two newlines of the text."""

    start: int
    """Offset of its first character."""
    text: str
    element: Element
    """The innermost element that holds it and has an id."""
    leaves: tuple[tuple[int, Worded], ...]
    """Its words, each with the offset at which they begin."""
    paragraph: int | None = None
    """The number in the margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in the text where something is that has no words: a page break, a call, a picture."""

    offset: int
    node: PageBreak | NoteCall | Figure
    before: NoteCall | Figure | None = None
    """What a page break is directly before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A section, or a note, as one text."""

    section: Section
    text: str
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    note: PlacedNote | None = None
    """The note of which it is the text."""

    def line_at(self, offset: int) -> Line:
        """The line that holds an offset; the last that begins before it."""
        return self.lines[max(bisect_right(self.lines, offset, key=lambda line: line.start) - 1, 0)]

    def place(self, offset: int) -> tuple[str, int]:
        """The id of the innermost element at an offset, and how many of its characters, white space apart, precede."""
        element = self.line_at(offset).element
        return element.id, sum(not character.isspace() for character in self.text[element.start : offset])

    def span(self, start: int, end: int) -> Span | None:
        """Where a stretch is in its source; None where the toolchain wrote it."""
        first, last = self._source(start), self._source(max(start, end - 1))
        if first is None or last is None or first.source is not last.source:
            return first
        return first.source.span(first.start, max(first.end, last.end))

    def _source(self, offset: int) -> Span | None:
        """The character at an offset in its source, the nearest before it where it has no place of its own."""
        line = self.line_at(offset)
        held = [(at, leaf) for at, leaf in line.leaves if leaf.span is not None and at <= offset]
        at, leaf = held[-1] if held else next(((a, item) for a, item in line.leaves if item.span), (0, None))
        if leaf is None or leaf.span is None:
            return None
        begin = min(leaf.span.start + max(offset - at, 0), max(leaf.span.start, leaf.span.end - 1))
        return leaf.span.source.span(begin, begin + 1)


@dataclass(kw_only=True)
class _Writer:
    """What has been read so far."""

    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0
    loose: int = 0
    """How many of the last marks are page breaks before which nothing is known to be yet."""

    @property
    def start(self) -> int:
        """Where the next line begins."""
        return self.length + 1 if self.lines else 0

    def blocks(self, blocks: Iterable[Block], element: Element) -> None:
        for block in blocks:
            self.block(block, element)

    def block(self, block: Block, around: Element) -> None:
        """Reads a block; its own id, where it has one, is the element of what it holds."""
        name = None if isinstance(block, ListBlock | ThematicBreak) else block.id
        element = Element(id=name, start=self.start) if name else around
        match block:
            case Division():
                self.blocks(block.blocks, element)
            case BlockQuote():
                self.blocks(block.blocks, element)
                if block.attribution:
                    self.line(block.attribution, element)
            case ListBlock():
                for entry in block.entries:
                    self.blocks(entry, element)
            case DefinitionList():
                for definition in block.entries:
                    self.line(definition.term, element)
                    for description in definition.descriptions:
                        self.blocks(description, element)
            case _:
                self.leaf_block(block, element)

    def leaf_block(self, block: Block, element: Element) -> None:
        if isinstance(block, Figure):
            self.before(block)
            self.marks.append(Mark(offset=self.start, node=block))
        paragraph = block.number if isinstance(block, Paragraph) else None
        for line in lines((block,)):
            self.line(line, element, paragraph=paragraph)

    def line(self, line: Inlines | CodeBlock, element: Element, *, paragraph: int | None = None) -> None:
        """Reads a line; one that only weaving made has no words and belongs to what follows."""
        start = self.start
        if isinstance(line, CodeBlock):
            self.marks += [Mark(offset=start + at, node=node) for at, node in line.breaks]
            self.lines.append(Line(start=start, text=line.text, element=element, leaves=((start, line),)))
            self.length, self.loose = start + len(line.text), 0
            return
        text, leaves = self.words(line, start)
        if not only_woven(line):
            self.loose = 0
            self.lines.append(Line(start=start, text=text, element=element, leaves=tuple(leaves), paragraph=paragraph))
            self.length = start + len(text)

    def words(self, line: Iterable[Inline], start: int) -> tuple[str, list[tuple[int, Worded]]]:
        """The text of a line and its words; its marks are noted."""
        text, leaves, self.loose = "", list[tuple[int, Worded]](), 0
        for node in nest(line):
            match node:
                case Run() | Code() | LineBreak():
                    if not isinstance(node, LineBreak):
                        leaves.append((start + len(text), node))
                    text, self.loose = text + leaf_text(node), 0
                case Formula():
                    text, self.loose = text + node.text, 0
                case PageBreak():
                    self.marks.append(Mark(offset=start + len(text), node=node))
                    self.loose += 1
                case NoteCall():
                    self.before(node)
                    self.marks.append(Mark(offset=start + len(text), node=node))
                case _:
                    pass
        return text, leaves

    def before(self, node: NoteCall | Figure) -> None:
        """Notes what the last page breaks are before."""
        first = len(self.marks) - self.loose
        self.marks[first:] = [replace(mark, before=node) for mark in self.marks[first:]]
        self.loose = 0


def wording(section: Section, *, notes: Iterable[PlacedNote] = ()) -> Wording:
    """The title and the blocks of a section as one text; `notes` are those of its list that belong to it."""
    writer = _Writer()
    title = Element(id=f"{section.id}-title", start=0)
    if section.title:
        writer.line(section.title, title)
    writer.blocks(section.blocks, Element(id=section.id, start=0))
    for note in notes:
        writer.blocks(note.blocks, Element(id=note.id, start=writer.start))
    return _write(writer, section)


def wording_of_note(note: PlacedNote, *, section: Section) -> Wording:
    """The text of a note that a section calls."""
    writer = _Writer()
    writer.blocks(note.blocks, Element(id=note.id, start=0))
    return replace(_write(writer, section), note=note)


def _write(writer: _Writer, section: Section) -> Wording:
    text = "\n".join(line.text for line in writer.lines)
    return Wording(section=section, text=text, lines=tuple(writer.lines), marks=tuple(writer.marks))
