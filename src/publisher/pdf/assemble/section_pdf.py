"""One section bound: its pages as a PDF of their own, and what has to be known of them to join them with others."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Diagnostic
from publisher.pdf.assemble.origin import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A glyph of a line, as it is written."""

    code: str
    """Hexadecimal, as in the content stream."""
    width: float
    """In thousandths of the type size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """A line in a margin that holds the page number, which is not set yet."""

    page: int
    """Index of its page in the section, from 0."""
    style: str
    """A counter style: `decimal`, `lower-roman`, `upper-roman`."""
    align: str
    """`left`, `center`, `right`."""
    setting: str
    """Content operators that set place and colour, before the text begins."""
    font: str
    """Name of the font resource."""
    size: float
    x: float
    y: float
    """Where the line begins, in the units of `setting`."""
    width: float
    """How wide the line was with the number that it was laid out with, in thousandths of the type size."""
    before: tuple[Glyph, ...]
    after: tuple[Glyph, ...]
    letters: tuple[tuple[str, Glyph], ...]
    """The glyph of every letter or figure that a number is written with."""
    high: bool
    """Whether it is in the upper half of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a page begins: an element, and how many of its characters are before."""

    element_id: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where an element begins."""

    page: int
    """Index of the page in the section, from 0."""
    top: float | None
    """Points from the foot of the page to a line above it; None where it is no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontUse:
    """What a section uses of a typeface that the volume brings."""

    name: str
    """Name of the font resource; the same in every section."""
    face: str
    """SHA-256 of the typeface's file, hexadecimal."""
    widths: tuple[tuple[int, int], ...]
    """Glyph and its width in thousandths of the type size."""
    characters: tuple[tuple[int, str], ...]
    """Glyph and what it represents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignSpot:
    """Where a page of a PDF from elsewhere is to be drawn."""

    page: int
    """Index of the page in the section, from 0."""
    mcid: int
    """Number of the marked sequence that its Figure holds."""
    source: str
    """SHA-256 of the file and number of its page, counted from 1: `4f…#3`."""
    box: tuple[float, float, float, float]
    """Left, bottom, right and top, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedLines:
    """The lines of the words that a note is about."""

    note_id: str
    first_page: int
    """Index of the page in the section, from 0."""
    first: int
    """The number of the line in which the words begin."""
    last_page: int
    last: int
    note_page: int | None
    """Where the note is; None where it is in another section."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """Words that are where no one can read them."""

    page: int
    """Index of its page in the section, from 0."""
    words: str
    over: str = ""
    """The words that they are over; empty if they are beyond the page, or are cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """How large a page is, and those after it up to the next of another size."""

    page: int
    """Index of the page in the section, from 0."""
    width: float
    """In points."""
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNumber:
    """The number of a note that was drawn, with zeros in the place of its figures."""

    element: int
    """The number of its element in the document, from 0."""
    codes: tuple[str, ...]
    """The glyph of each figure from 0 to 9, hexadecimal; nothing if no other number can take its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSpot:
    """Where a page shows zeros for the number of a note."""

    index: int
    """Which number of the section it is, from 0."""
    page: int
    """Index of the page in the section, from 0."""
    offset: int
    """Where the codes of the zeros begin in the content of the page, in bytes."""
    font: str
    """Name of the font resource."""
    codes: tuple[str, ...]
    """The glyph of each figure from 0 to 9, hexadecimal."""
    width: int
    """Of each of these, in thousandths of the type size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSection:
    """A section as the layout engine writes it."""

    content: bytes
    """A tagged PDF."""
    misplaced: tuple[Misplaced, ...]
    sizes: tuple[PageSize, ...]
    divided: tuple[str, ...]
    """Words that were divided because they are wider than their line."""
    origins: tuple[Origin, ...]
    """The elements of the document before it was laid out."""
    numbers: tuple[DrawnNumber, ...] = ()
    """The numbers of notes that were drawn."""
    left: tuple[tuple[str, int], ...] = ()
    """Why paragraphs were not broken as wholes but line by line, and how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPdf:
    """A section of a PDF, laid out and bound on its own."""

    id: str
    content: bytes
    """The pages with their part of the structure tree, in a PDF without metadata, outline or labels."""
    count: int
    """How many pages it has."""
    folios: tuple[Folio, ...]
    starts: tuple[Start | None, ...]
    """One for each page; None where there is nothing on it."""
    spots: tuple[tuple[str, Spot], ...]
    """Where each element with an id begins."""
    fonts: tuple[FontUse, ...]
    strange: tuple[tuple[str, str], ...]
    """Each typeface that is not the volume's, and the characters that it served for."""
    missing: str
    """Characters that no typeface has."""
    lost: tuple[tuple[int, str], ...]
    """Pages on which words run off the paper, with the first of them."""
    places: tuple[tuple[str, int], ...] = ()
    """The number of each element with an id in reading order, the root of the section being 0."""
    foreign: tuple[ForeignSpot, ...] = ()
    misplaced: tuple[Misplaced, ...] = ()
    sizes: tuple[PageSize, ...] = ()
    divided: tuple[str, ...] = ()
    """Words that were divided because they are wider than their line."""
    left: tuple[tuple[str, int], ...] = ()
    """Why paragraphs were not broken as wholes but line by line, and how many."""
    cited: tuple[CitedLines, ...] = ()
    """The lines that notes cite."""
    numbers: tuple[NumberSpot, ...] = ()
    """Where numbers of notes are to be set."""
    settable: bool = True
    """Whether they can be: if not, the section has to be laid out with its numbers in its document."""
    found: tuple[Diagnostic, ...] = ()
    """What the layout complained about; then there are no pages."""
