"""The document model of the import: what every reader returns and the writer turns into the files of an edition.

Words are flat: each stretch carries its whole format, so that readers need not nest what a source nests otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from publisher.model.block import Alignment
from publisher.model.inline import CitedReference


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a stretch of words is set apart."""

    italic: bool = False
    bold: bool = False
    small_caps: bool = False
    raised: bool = False
    lowered: bool = False
    code: bool = False
    language: str | None = None
    """BCP 47 tag; None in the language around it."""
    link: str | None = None
    """Where a link leads to; `#id` inside the document."""
    kind: str | None = None
    """What the words are, as Markdown has it: `title`, `ship`, `speaker`."""
    abbreviation: str | None = None
    """The kind of an abbreviation."""
    date: str | None = None
    """The date that the words say."""
    place: str | None = None
    """The id of the words, that links lead to."""


PLAIN = Format()
"""The format of words that are not set apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A stretch of words in one format."""

    text: str
    format: Format = PLAIN


@dataclass(frozen=True, slots=True)
class Break:
    """A forced line end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The call of a footnote or endnote."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """A citation of references."""

    references: tuple[CitedReference, ...]
    narrative: bool = False
    shown: str = ""
    """What the source printed in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula that the program can set."""

    tex: str
    words: str
    """How the program reads it in one line: its part of the plain text."""
    display: bool = False
    """Whether it is set off in a line of its own."""
    is_worded: bool = False
    """Whether the source says how it is read."""


class Edge(StrEnum):
    """Which end of a range a point is."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where the words that a comment is about begin or end; prints nothing."""

    comment: str
    edge: Edge


Piece = Words | Break | Call | Cite | Formula | Point
Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    line: Line
    kind: str | None = None
    """What it is, as Markdown has it: `salutation`, `speaker`."""
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    line: Line
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A letter, an entry, a scene, a group of pictures: what Markdown has between lines of colons."""

    kind: str
    blocks: tuple[Block, ...]
    id: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation set off, perhaps with its attribution."""

    blocks: tuple[Block, ...]
    attribution: Line = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stanza:
    """Verse: lines with their ends."""

    lines: tuple[Line, ...]
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list; each entry holds blocks."""

    ordered: bool
    entries: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Terms with their descriptions."""

    entries: tuple[tuple[Line, tuple[tuple[Block, ...], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table, in the first of its columns and rows."""

    line: Line = ()
    columns: int = 1
    rows: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table."""

    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]
    alignments: tuple[Alignment, ...]
    """One for each column."""
    caption: Line = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture in a paragraph of its own."""

    file: str
    """Its name among the pictures of the document."""
    alternative: str
    caption: Line = ()
    width: str | None = None
    """As Markdown has it: `60mm`, `40%`."""
    id: str | None = None
    is_plate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """Lines that are stored as they are."""

    text: str
    language: str | None = None
    points: tuple[Point, ...] = ()
    """Where comments on its last word begin and end."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A break in the text without a heading."""

    is_page_break: bool = False


Block = Paragraph | Heading | Part | Quotation | Stanza | Listing | Terms | Table | Picture | Literal | Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A footnote or an endnote of the source."""

    label: str
    blocks: tuple[Block, ...]
    is_endnote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment that a reviewer made."""

    id: str
    author: str
    date: str
    """ISO 8601, or empty."""
    blocks: tuple[Block, ...]
    parent: str | None = None
    """The comment that it replies to."""
    resolved: bool = False
    title: str = ""
    """What the series of its author is called, if not after the author."""
    kind: str = ""
    """What its author says it is: `context`."""
    quoted: str = ""
    """The words that it begins with, if the source says them."""


class Kind(StrEnum):
    """What happened to something that is not in the edition as it was in the source."""

    DROPPED = "dropped"
    CHANGED = "changed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the report: what was dropped, changed or added, and where."""

    kind: Kind
    where: str
    """The place in the source, for people: `word/document.xml, paragraph 12`."""
    what: str
    words: str = ""
    """Words of the source that are neither in the text nor in a note."""
    is_note: bool = False
    """Whether the words are also in the edition, so that they do not count as left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a source says of itself; empty where it says nothing."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    date: str = ""
    publisher: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    identifier: str = ""
    url: str = ""
    statement: str = ""
    """A sentence on the provenance."""
    rights: str = ""
    rights_status: str = "unknown"
    apparatus: str = ""
    """The rights in what editors added."""
    contributors: tuple[tuple[str, str], ...] = ()
    """Names with roles (MARC relators); empty if the source says no more than authors."""
    settings: tuple[tuple[str, object], ...] = ()
    """Keys of `output` that the source shows."""


class Place(StrEnum):
    """Where in an edition a part beside the text is."""

    FRONT = "front"
    BACK = "back"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An introduction, an afterword, an agreement: a file beside that of the text."""

    name: str
    place: Place
    blocks: tuple[Block, ...]
    facts: tuple[tuple[str, str], ...] = ()
    """The head of an agreement."""

    @property
    def path(self) -> str:
        """The file."""
        return f"agreements/{self.name}.md" if self.place is Place.AGREEMENT else f"{self.name}.md"

    @property
    def target(self) -> str:
        """What notes about it call it."""
        return f"agreement:{self.name}" if self.place is Place.AGREEMENT else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a reader found in a source."""

    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()
    footnotes: tuple[Footnote, ...] = ()
    comments: tuple[Comment, ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()
    """The pictures by the names that `Picture.file` gives them."""
    references: tuple[tuple[str, str], ...] = ()
    """Keys and records of CSL-JSON, as text."""
    entries: tuple[Entry, ...] = ()
    matter: tuple[Matter, ...] = ()
    """What is beside the text, in its order."""
    series: tuple[tuple[str, tuple[tuple[str, object], ...]], ...] = ()
    """The settings of series of notes, by their names, as far as the source shows them."""


def further_call(comment: str, count: int) -> str:
    """What the points of the second call of a note, and of those after it, have for their comment."""
    return f"{comment}#{count}"


def text_of(line: Line) -> str:
    """The characters of a line; a forced line end is a newline, a citation what it showed."""
    parts = []
    for piece in line:
        match piece:
            case Words():
                parts.append(piece.text)
            case Break():
                parts.append("\n")
            case Cite():
                parts.append(piece.shown)
            case Formula():
                parts.append(piece.words)
            case Call() | Point():
                pass
            case _ as never:
                assert_never(never)
    return "".join(parts)


def lines_of(block: Block) -> Iterator[Line]:
    """The lines of words of a block, in the order of the plain text."""
    match block:
        case Paragraph() | Heading():
            yield block.line
        case Part():
            for inner in block.blocks:
                yield from lines_of(inner)
        case Quotation():
            for inner in block.blocks:
                yield from lines_of(inner)
            if block.attribution:
                yield block.attribution
        case Stanza():
            yield from block.lines
        case Listing():
            for entry in block.entries:
                for inner in entry:
                    yield from lines_of(inner)
        case Terms():
            for term, descriptions in block.entries:
                yield term
                for inner in (inner for description in descriptions for inner in description):
                    yield from lines_of(inner)
        case Table():
            if block.caption:
                yield block.caption
            for row in (*block.head, *(row for body in block.bodies for row in body)):
                yield from (cell.line for cell in row)
        case Picture():
            if block.caption:
                yield block.caption
        case Literal():
            yield (Words(text=block.text), *block.points)
        case Rule():
            pass
        case _ as never:
            assert_never(never)


def words_of(blocks: tuple[Block, ...]) -> str:
    """The characters of some blocks, a line for each leaf."""
    return "\n".join(text_of(line) for block in blocks for line in lines_of(block))


def with_format(line: Line, **changes: object) -> Line:
    """A line whose words have some properties of their format changed."""
    return tuple(
        replace(piece, format=replace(piece.format, **changes)) if isinstance(piece, Words) else piece  # type: ignore[arg-type]
        for piece in line
    )
