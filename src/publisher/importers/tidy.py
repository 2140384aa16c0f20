"""Blocks as Markdown can hold them: nothing empty, whole tables, headings without gaps, depth within limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import assert_never

from publisher.importers.document import (
    PLAIN,
    Block,
    Cell,
    Document,
    Edge,
    Entry,
    Heading,
    Kind,
    Line,
    Listing,
    Literal,
    Paragraph,
    Part,
    Picture,
    Point,
    Quotation,
    Rule,
    Stanza,
    Table,
    Terms,
    Words,
    with_format,
)
from publisher.importers.grid import whole_table
from publisher.importers.inline_writer import inline_markdown
from publisher.importers.line import is_blank, tidy_line
from publisher.load.decode import CONTROL

DEEPEST = 8
"""How deep quotations and lists may be in each other."""
_TAB = 4


@dataclass(slots=True, kw_only=True)
class Tidy:
    """Tidies the blocks of a document, and counts what it changes."""

    controls: int = 0
    hyphens: int = 0
    unstyled: int = 0
    flattened: int = 0
    levels: set[tuple[int, int]] = field(default_factory=set)
    _level: int = 1

    def blocks(self, blocks: Iterable[Block], *, depth: int = 0, is_top: bool = False) -> tuple[Block, ...]:
        """The blocks as Markdown can hold them; headings inside others are bold paragraphs."""
        return tuple(
            found for block in _joined_terms(_point(blocks)) for found in self._block(block, depth=depth, is_top=is_top)
        )

    def of_matter(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """The blocks of a file beside the text, whose levels of headings begin again."""
        self._level = 1
        return self.blocks(_one_title(tuple(blocks)), is_top=True)

    def line(self, line: Line, *, one_line: bool = False, is_verse: bool = False) -> Line:
        """A line as Markdown can hold it."""
        found = tidy_line(line, one_line=one_line, is_verse=is_verse)
        self.controls += found.controls
        self.hyphens += found.hyphens
        _, written = inline_markdown(found.line)
        self.unstyled += _has_format(found.line) and not _has_format(written)
        return tidy_line(written, one_line=one_line, is_verse=is_verse).line

    def caption(self, line: Line) -> Line:
        """The line of a caption or an attribution; an empty one if it prints nothing."""
        found = self.line(line, one_line=True)
        return () if is_blank(found) else found

    def _block(self, block: Block, *, depth: int, is_top: bool) -> Iterator[Block]:
        match block:
            case Paragraph():
                line = self.line(block.line)
                if not is_blank(line):
                    yield replace(block, line=line)
            case Heading():
                yield from self._heading(block, is_top=is_top)
            case Quotation() | Listing() | Part() if depth >= DEEPEST:
                self.flattened += 1
                yield from self.blocks(_inner(block), depth=depth)
            case Part():
                yield from self._part(block, depth=depth, is_top=is_top)
            case Quotation():
                yield from self._quotation(block, depth)
            case Listing():
                entries = tuple(self.blocks(entry, depth=depth + 1) for entry in block.entries)
                if any(entries):
                    start = min(max(block.start, 0), 999_999_999 - len(entries)) if block.ordered else 1
                    yield Listing(ordered=block.ordered, entries=entries, start=start)
            case Stanza():
                yield from self._stanza(block)
            case Terms():
                yield from self._terms(block, depth)
            case Table():
                yield from self._table(block)
            case Picture():
                alternative = " ".join(CONTROL.sub("", block.alternative).split())
                yield replace(block, alternative=alternative, caption=self.caption(block.caption))
            case Literal():
                text = CONTROL.sub("", block.text.replace("\r\n", "\n").replace("\r", "\n")).expandtabs(_TAB)
                if text.strip():
                    yield replace(block, text=text.strip("\n"))
            case Rule():
                yield block
            case _ as never:
                assert_never(never)

    def _heading(self, block: Heading, *, is_top: bool) -> Iterator[Block]:
        line = self.line(block.line, one_line=True)
        if is_blank(line):
            return
        if not is_top:
            yield Paragraph(line=self.line(with_format(line, bold=True)))
            return
        level = min(max(block.level, 2), self._level + 1, 6) if block.level > 1 else 1
        if level != block.level:
            self.levels.add((block.level, level))
        self._level = level
        yield replace(block, level=level, line=line)

    def _part(self, block: Part, *, depth: int, is_top: bool) -> Iterator[Block]:
        within = self.blocks(block.blocks, depth=depth + 1, is_top=is_top)
        if within:
            yield replace(block, blocks=within)

    def _quotation(self, block: Quotation, depth: int) -> Iterator[Block]:
        within = self.blocks(block.blocks, depth=depth + 1)
        attribution = self.caption(block.attribution)
        if within:
            yield Quotation(blocks=within, attribution=attribution)
        elif not is_blank(attribution):
            yield Paragraph(line=attribution)

    def _stanza(self, block: Stanza) -> Iterator[Block]:
        lines = [self.line(line, one_line=True, is_verse=True) for line in block.lines]
        while lines and is_blank(lines[0]):
            del lines[0]
        while lines and is_blank(lines[-1]):
            del lines[-1]
        if lines:
            yield replace(block, lines=tuple(lines))

    def _terms(self, block: Terms, depth: int) -> Iterator[Block]:
        entries: list[tuple[Line, tuple[tuple[Block, ...], ...]]] = []
        for term, descriptions in block.entries:
            line = self.line(term, one_line=True)
            said = tuple(
                item for item in (self.blocks(description, depth=depth + 1) for description in descriptions) if item
            )
            if is_blank(line) or not said:
                yield from _termless(tuple(entries), line, said)
                entries = []
            else:
                entries.append((line, said))
        if entries:
            yield Terms(entries=tuple(entries))

    def _table(self, block: Table) -> Iterator[Block]:
        def cell(item: Cell) -> Cell:
            return replace(item, line=self.line(_without_escaped_bars(item.line), one_line=True))

        head = tuple(tuple(cell(child) for child in row) for row in block.head)
        bodies = tuple(tuple(tuple(cell(child) for child in row) for row in body) for body in block.bodies)
        caption = self.caption(block.caption)
        whole = whole_table(replace(block, head=head, bodies=bodies, caption=caption))
        if whole is not None:
            yield whole
        elif not is_blank(caption):
            yield Paragraph(line=caption)

    def entries(self, where: str) -> Iterator[Entry]:
        """What was changed, for the report."""
        if self.controls:
            yield Entry(
                kind=Kind.DROPPED,
                where=where,
                what=f"characters that no book can print (control, private use): {self.controls}",
            )
        if self.hyphens:
            what = f"hyphens that let no line end after them are hyphens: {self.hyphens}"
            yield Entry(kind=Kind.CHANGED, where=where, what=what)
        if self.unstyled:
            yield Entry(kind=Kind.CHANGED, where=where, what=f"lines that lost their emphasis: {self.unstyled}")
        if self.flattened:
            what = f"lists and quotations more than {DEEPEST} deep, set at that depth: {self.flattened}"
            yield Entry(kind=Kind.CHANGED, where=where, what=what)
        for before, after in sorted(self.levels):
            what = f"headings of level {before} have level {after}, so that no level is left out"
            yield Entry(kind=Kind.CHANGED, where=where, what=what)


def _has_format(line: Line) -> bool:
    """Whether words of a line are set apart."""
    return any(isinstance(piece, Words) and piece.format != PLAIN for piece in line)


def _without_escaped_bars(line: Line) -> Line:
    """A line for a cell; code with a backslash before a bar, which no cell can hold, is no code there."""
    return tuple(
        replace(piece, format=replace(piece.format, code=False))
        if isinstance(piece, Words) and piece.format.code and "\\|" in piece.text
        else piece
        for piece in line
    )


def _termless(
    entries: tuple[tuple[Line, tuple[tuple[Block, ...], ...]], ...],
    line: Line,
    said: tuple[tuple[Block, ...], ...],
) -> Iterator[Block]:
    """A definition without a term, or a term without a definition, as paragraphs after the definitions before it."""
    if entries:
        yield Terms(entries=entries)
    if not is_blank(line):
        yield Paragraph(line=line)
    for item in said:
        yield from item


def _inner(block: Quotation | Listing | Part) -> Iterator[Block]:
    """The blocks inside a block."""
    if isinstance(block, Listing):
        for entry in block.entries:
            yield from entry
        return
    yield from block.blocks
    if isinstance(block, Quotation) and block.attribution:
        yield Paragraph(line=block.attribution)


def _point(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; comments before the first word of a paragraph are at literal lines before it, if there are some.

    Those in a paragraph without words are in the next one.
    """
    before: Block | None = None
    waiting: Line = ()
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield from () if before is None else (before,)
            before = block
            continue
        line = (*waiting, *block.line)
        waiting = ()
        if isinstance(before, Literal):
            points = _leading(line)
            before = replace(before, points=(*before.points, *points))
            line = tuple(item for item in line if not any(item is point for point in points))
        if is_blank(line):
            waiting = tuple(item for item in line if isinstance(item, Point))
            continue
        yield from () if before is None else (before,)
        before = replace(block, line=line)
    if before is not None:
        yield replace(before, line=(*before.line, *waiting)) if isinstance(before, Paragraph) else before


def _leading(line: Line) -> tuple[Point, ...]:
    """The points before the first word, of comments that end there."""
    first = tuple(takewhile(lambda item: isinstance(item, Point), line))
    points = tuple(point for point in first if isinstance(point, Point))
    ended = {point.comment for point in points if point.edge is Edge.END}
    return tuple(point for point in points if point.comment in ended)


def _joined_terms(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with lists of terms that follow each other joined, as Markdown reads them."""
    waiting: Terms | None = None
    for block in blocks:
        if isinstance(block, Terms):
            waiting = Terms(entries=(*waiting.entries, *block.entries)) if waiting else block
            continue
        if waiting:
            yield waiting
            waiting = None
        yield block
    if waiting:
        yield waiting


def _one_title(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with a title at the top alone: other headings of the first level have the second one."""
    return tuple(
        replace(block, level=2) if number and isinstance(block, Heading) and block.level < 2 else block
        for number, block in enumerate(blocks)
    )


def tidied_document(document: Document) -> Document:
    """The document as Markdown can hold it, with what that changed among its entries."""
    tidy = Tidy()
    blocks = tidy.blocks(_one_title(document.blocks), is_top=True)
    footnotes = tuple(replace(footnote, blocks=tidy.blocks(footnote.blocks)) for footnote in document.footnotes)
    comments = tuple(replace(comment, blocks=tidy.blocks(comment.blocks)) for comment in document.comments)
    matter = tuple(replace(item, blocks=tidy.of_matter(item.blocks)) for item in document.matter)
    entries = (*document.entries, *tidy.entries("the whole document"))
    return replace(document, blocks=blocks, footnotes=footnotes, comments=comments, entries=entries, matter=matter)
