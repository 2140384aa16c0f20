"""Lines: what a reader sees as one stretch of text, as the sources want it and as it was found in an artifact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from unicodedata import normalize

from publisher.diagnostics import Span

UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters that leave no trace on a page: soft hyphen, zero-width space, non-joiner, joiner, word joiner, mark."""
ONE_GLYPH = str.maketrans(
    {
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{MICRO SIGN}": "\N{GREEK SMALL LETTER MU}",
        "\N{INCREMENT}": "\N{GREEK CAPITAL LETTER DELTA}",
        "\N{MODIFIER LETTER APOSTROPHE}": "\N{RIGHT SINGLE QUOTATION MARK}",
        "\N{MODIFIER LETTER TURNED COMMA}": "\N{LEFT SINGLE QUOTATION MARK}",
        "\N{MODIFIER LETTER GRAVE ACCENT}": "`",
        "\N{MODIFIER LETTER ACUTE ACCENT}": "\N{ACUTE ACCENT}",
        "\N{MODIFIER LETTER MACRON}": "\N{MACRON}",
        **{chr(0xFB00 + at): letters for at, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "\u017ft", "st"))},
    }
)
"""Characters that one glyph serves in a typeface, which says of itself that it is one of them; ligatures as letters."""
PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Begins the line that represents a picture; its alternative text follows."""


class Bond(StrEnum):
    """What ties a link to its target."""

    NOTE = "note"
    """A call that leads to its note, or a mark that leads back to the call."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link in a line."""

    start: int
    """Offset of its first character in the line."""
    text: str
    target: str
    """Element id inside the artifact, or an address outside it."""
    bond: Bond = Bond.OTHER
    id: str | None = None
    """Id of its own element, where something has to lead back to it."""
    paged: bool = False
    """Whether paper has the number of the page that it leads to after it."""
    address: str = ""
    """The address that paper has after it."""

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """Characters of a line that are in one language."""

    start: int
    """Offset in the line."""
    end: int
    """Offset after the last of them."""
    language: str
    """BCP 47 tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Characters of a line that are in a source."""

    start: int
    """Offset in the line."""
    length: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPlace:
    """Where a cell is in its table; rows and columns count from 0."""

    row: int
    column: int
    columns: int = 1
    """How many columns it spans."""
    rows: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedWords:
    """Words of a line that are marked as what they are: the title of a work, a date, an abbreviation."""

    element: str
    """The element and its class: `cite.title`, `time`."""
    text: str
    value: str = ""
    """Of a date, the date."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of text with the marks of its notes: a paragraph, a heading, a cell, a picture."""

    text: str
    links: tuple[Link, ...] = ()
    tongues: tuple[Tongue, ...] = ()
    """The languages of its characters; in a line of the sources those that are not in its own language."""
    cell: CellPlace | None = None
    """Of a cell of a table, where it is there."""
    marked: tuple[MarkedWords, ...] = ()
    """Words in it that are marked as what they are; read in documents, not in PDFs."""
    kind: str = ""
    """Of a paragraph in a letter or a play, what it is: `salutation`, `speaker`; read in documents, not in PDFs."""
    within: tuple[str, ...] = ()
    """The letters, entries, plays around it, the outermost first; read in documents, not in PDFs."""

    @cached_property
    def bare(self) -> str:
        """Its text without the marks of notes."""
        parts: list[str] = []
        done = 0
        for link in self.links:
            if link.bond is Bond.NOTE:
                parts.append(self.text[done : link.start])
                done = link.end
        return "".join((*parts, self.text[done:]))

    @cached_property
    def key(self) -> str:
        """Its text without marks of notes, white space and what no one sees: lines are put side by side by it."""
        bare = "".join(self.bare.split()).translate(dict.fromkeys(map(ord, UNSEEN)))
        return normalize("NFC", bare).translate(ONE_GLYPH)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the notes that it calls or that it is the note of."""
        return tuple(link.text for link in self.links if link.bond is Bond.NOTE)


@dataclass(frozen=True, kw_only=True)
class Expected(Line):
    """A line as the sources want it."""

    name: str
    """What it is, for people: `paragraph 12`, `note 3 (Editorial notes)`."""
    ids: tuple[str, ...] = ()
    """Ids that lead to it."""
    places: tuple[str, ...] = ()
    """Ids of words in it."""
    pieces: tuple[Piece, ...] = ()
    note: str | None = None
    """Id of the note that it belongs to."""
    gathered: bool = False
    """Whether its note is in a list, away from its call."""
    picture: str | None = None
    """Where it is a picture: its path, as the manuscript names it."""
    numbered: str = ""
    """Where the PDF numbers the lines that it is set in: the id of its section."""
    top: int = 0
    """Which block of its section it is in: two lines of one block have the same number."""
    level: int = 0
    """Of a heading, its level; 0 for every other line."""
    language: str = ""
    """What its characters are in, but for its `tongues`; empty if the sources do not say."""

    def span(self, offset: int = 0) -> Span | None:
        """Where the character at an offset is in its source; the nearest that is in one."""
        best = next((piece for piece in self.pieces if piece.start + piece.length > offset), None)
        best = best or (self.pieces[-1] if self.pieces else None)
        if best is None:
            return None
        span, within = best.span, min(max(offset - best.start, 0), best.length)
        if span.end - span.start != best.length or not within:
            return span if within else span.source.span(span.start, span.end)
        return span.source.span(span.start + within, min(span.start + within + 1, span.end))


@dataclass(frozen=True, kw_only=True)
class Found(Line):
    """A line as it was read in an artifact."""

    place: str
    """Where: `text/text.xhtml, line 9`, `page 12`."""
    ids: tuple[str, ...] = ()
    """Ids of the elements that begin with it."""
    level: int = 0
    """Of a heading, its level; 0 for every other line."""
    picture: str | None = None
    """Where it is a picture in a file of its own: the SHA-256 of that."""
