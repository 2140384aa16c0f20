"""What a text is built of: paragraphs, headings, quotations, verse, lists, tables, figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import final

from publisher.diagnostics import Span
from publisher.model.inline import Inline, PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]
    id: str | None = None
    """Element id; `compose` sets it where something points here."""
    name: str | None = None
    """What it is, a class for styling: `salutation`, `speaker` (`model.kinds`); `reference`, if `compose` makes it."""
    number: int | None = None
    """The paragraph number in the margin, counted from 1 through the work; None where not numbered."""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `level` 1 is the title of the document that it is in."""

    level: int
    children: tuple[Inline, ...]
    id: str | None = None
    """From `{#id}` after the heading, else set by `compose`."""
    short: str | None = None
    """From `{short="…"}`: what running heads print instead."""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockQuote:
    """A quotation set off; a last paragraph that begins with an em dash is its attribution."""

    blocks: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verse:
    """Lines stored as they are (line block: each line begins with `| `)."""

    lines: tuple[tuple[Inline, ...], ...]
    """Leading spaces of a line are stored as U+00A0 in its first run."""
    id: str | None = None
    language: str | None = None
    """BCP 47 tag, if it is in another language than the text around it."""
    every: int | None = None
    """At each how many lines a number is printed; None if its lines are not numbered."""
    first: int = 1
    """The number of its first line."""
    is_centred: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock:
    """A list; each entry holds blocks."""

    ordered: bool
    entries: tuple[tuple[Block, ...], ...]
    start: int = 1
    tight: bool = True
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A term and what is said of it."""

    term: tuple[Inline, ...]
    descriptions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionList:
    """Terms with their definitions."""

    entries: tuple[Definition, ...]
    name: str | None = None
    """A class for styling where `compose` makes the list: `agreement-facts`, `colophon`."""
    id: str | None = None


class Alignment(StrEnum):
    """How a table column is set."""

    START = "start"
    CENTER = "center"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table, in the first of its columns and rows."""

    children: tuple[Inline, ...] = ()
    columns: int = 1
    """How many columns it spans."""
    rows: int = 1
    """How many rows it spans."""
    alignment: Alignment = Alignment.START
    heads_row: bool = False
    """Whether it says what the rest of its row is about."""
    name: str | None = None
    """A class for styling, in a column of figures with decimals: `places-2`, how many places are missing."""


TableRow = tuple[Cell, ...]
"""The cells that begin in a row; those that span it from above are in a row before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: rows of a head, which may be missing, and rows of one or several bodies."""

    head: tuple[TableRow, ...]
    bodies: tuple[tuple[TableRow, ...], ...]
    width: int
    """How many columns it has."""
    caption: tuple[Inline, ...] = ()
    row_headers: bool = False
    """Whether the first cell of each row is a header."""
    id: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows of the bodies."""
        return tuple(row for body in self.bodies for row in body)

    @property
    def groups(self) -> tuple[int, ...]:
        """How many columns each cell of the first row of the head spans; nothing where none spans several."""
        spans = tuple(cell.columns for cell in self.head[0]) if self.head else ()
        return spans if max(spans, default=1) > 1 else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An image in a paragraph of its own: `![alternative text](file "caption"){width=40%}`."""

    path: str
    """Path inside the edition's folder, with `/`; `validate` has proved that it is there."""
    alternative: str
    caption: tuple[Inline, ...] = ()
    width: str | None = None
    """How wide it is shown at most, in `%` of the column or in `mm`."""
    height: str | None = None
    """How high it is shown at most, in `mm`."""
    id: str | None = None
    is_plate: bool = False
    """Whether it has a page of its own, as large as the page allows."""
    span: Span | None = field(default=None, compare=False, repr=False)

    @property
    def size(self) -> str:
        """Its size as CSS; nothing where it has none."""
        given = (("width", self.width), ("height", self.height))
        return "; ".join(f"{name}: {value}" for name, value in given if value)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """Literal lines."""

    text: str
    start: int = 0
    language: str | None = None
    id: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    breaks: tuple[tuple[int, PageBreak], ...] = ()
    """Pages of the PDF that begin inside it, each with the number of characters before; woven in by `compose`."""

    @property
    def pieces(self) -> tuple[str | PageBreak, ...]:
        """The text with the page breaks in it."""
        cuts = (0, *(at for at, _ in self.breaks), len(self.text))
        texts = [self.text[start:end] for start, end in pairwise(cuts)]
        return (
            texts[0],
            *(item for (_, node), text in zip(self.breaks, texts[1:], strict=True) for item in (node, text)),
        )


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ThematicBreak:
    """A break in the text without a heading, or the end of a page that an editor wants."""

    is_page_break: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Blocks that belong together: under a heading that `compose` makes, or between `:::` lines."""

    id: str
    """Empty until `compose` has named what an editor marked."""
    name: str
    """What it is, a class for styling: `agreement`, `provision`; `letter`, `entry`, `play` (`model.kinds`);

    for an audience, `for-instructor`, `for-student`.
    """
    blocks: tuple[Block, ...]
    date: str | None = None
    """Of a letter or an entry, its date in EDTF."""
    running: str = ""
    """What the running head of the PDF prints from here on; empty for that of the section."""
    span: Span | None = field(default=None, compare=False, repr=False)


Block = (
    Paragraph
    | Heading
    | BlockQuote
    | Verse
    | ListBlock
    | DefinitionList
    | Table
    | Figure
    | CodeBlock
    | ThematicBreak
    | Division
)
