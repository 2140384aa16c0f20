"""Notes about the text, their series, and how each finds its place.

Selectors follow the W3C Web Annotation Data Model, §4.2.4 Text Quote Selector,
https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from publisher.diagnostics import Span
from publisher.model.block import Block
from publisher.model.target import Audience

AUTHOR_SERIES = "author"
"""The id of the series of the author's own footnotes, which no edition declares."""


class Marks(StrEnum):
    """What calls of a series look like (names from CSS Counter Styles)."""

    DECIMAL = "decimal"
    LOWER_ALPHA = "lower-alpha"
    LOWER_ROMAN = "lower-roman"
    SYMBOLS = "symbols"


class PdfPlacement(StrEnum):
    """Where the PDF prints the notes of a series."""

    FOOT = "foot"
    MARGIN = "margin"
    SECTION = "section"
    """At the end of the section that calls them."""
    END = "end"
    """At the end of the volume."""
    FACING = "facing"
    """On the right-hand page that faces the text; at the foot if leaves are printed on one side."""

    @property
    def is_at_call(self) -> bool:
        """Whether a note is laid out from its call."""
        return self in (PdfPlacement.FOOT, PdfPlacement.MARGIN, PdfPlacement.FACING)


class Arrangement(StrEnum):
    """How the notes of a series are arranged at the foot of a page, or on the page that faces the text."""

    LIST = "list"
    """Each in a paragraph of its own."""
    PARAGRAPH = "paragraph"
    """Short ones run in, one after another."""
    COLUMNS = "columns"
    """In two columns."""


class EpubPlacement(StrEnum):
    """Where the EPUB keeps the notes of a series."""

    POP_UP = "pop-up"
    END = "end"


class Cite(StrEnum):
    """What a note says of the words that it is about, before its own."""

    NOTHING = "nothing"
    LINES = "lines"
    """Their lines, where the PDF numbers lines, and the words themselves: `12–14 at the expense]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One kind of note with its own marks and placement."""

    id: str
    title: str
    file: str
    """Path of its Markdown file inside the edition's folder."""
    marks: Marks = Marks.DECIMAL
    pdf: PdfPlacement = PdfPlacement.FOOT
    epub: EpubPlacement = EpubPlacement.POP_UP
    cite: Cite = Cite.NOTHING
    arrangement: Arrangement = Arrangement.LIST


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """How a lemma is found: its words and, where they alone would be ambiguous, what is around them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lemma:
    """Words of the text that a note is about, as it quotes them."""

    selector: Selector
    span: Span
    """The block quote."""


class PlaceKind(StrEnum):
    """What a note can be about apart from the text."""

    MATTER = "matter"
    """A document of front or back matter."""
    AGREEMENT = "agreement"
    """An agreement or a document of the appendix."""
    NOTE = "note"
    """Another note of the editors."""
    FOOTNOTE = "footnote"
    """A footnote of the author's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePlace:
    """Where the words are that a note is about: the `in=` of its heading."""

    kind: PlaceKind
    id: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as its editor wrote it."""

    id: str
    """Unique among all notes of the edition."""
    series: str
    selector: Selector
    blocks: tuple[Block, ...]
    """What it says; runs count from an origin of their own."""
    kind: str | None
    """The `kind=` of its heading: correction, context, language, source, …"""
    span: Span
    """Its heading."""
    lemma_span: Span
    """Its block quote."""
    audience: Audience | None = None
    """The `audience=` of its heading; None where it is for everybody."""
    again: tuple[Lemma, ...] = ()
    """What else it is about, and called from too: the further block quotes that its `calls=` announces."""
    quoted: tuple[Lemma, ...] = ()
    """The quotations with which it begins where its heading has no `calls=`: perhaps passages that no one counted."""
    place: NotePlace | None = None
    """What it is about; None if that is the text."""

    @property
    def lemmas(self) -> tuple[Lemma, ...]:
        """Everything that it is about, as its editor wrote it."""
        return (Lemma(selector=self.selector, span=self.lemma_span), *self.again)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a lemma of a note was found, in offsets of the plain text of its place, end exclusive."""

    note: Note
    start: int
    end: int
    call: int
    """Where the call goes: after the lemma and the closing punctuation and quotation marks that follow it."""
    nth: int = 0
    """Which of the note's lemmas it is, counted from 0."""
    lemma: str = ""
    """The words, if they are not in the text."""

    @property
    def span(self) -> Span:
        """Where the note quotes it."""
        return self.note.lemmas[self.nth].span
