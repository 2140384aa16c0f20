"""What was read in the structure tree of a PDF."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.pdf.read.chunks import Chunk
from publisher.verify.line import Found


@dataclass(frozen=True, kw_only=True)
class FoundInPdf(Found):
    """A line of a PDF."""

    page: int
    x: float
    y: float
    """Where its first word is."""
    folio: str = ""
    """In a line of the contents: the words that the layout has put after the link."""
    words: tuple[Chunk, ...] = ()
    """Its words, as they are on pages."""
    languages: tuple[str, ...] = ()
    """The language of each of its words."""
    language: str = ""
    """The language of the block that it is in."""
    calls: tuple[Chunk, ...] = ()
    """The marks of notes in it, as they are on the page."""
    drawn: str = ""
    """Where it is a picture: the words in it."""
    after: int = -1
    """For a line of a note: the index of the last line of the text that was begun before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """A link of the tree: its words, and what is laid over the pages for it."""

    words: tuple[Chunk, ...]
    annotations: tuple[int, ...]
    """By the numbers of their objects."""


@dataclass(slots=True)
class PdfReading:
    """What was read in the tree of a PDF."""

    lines: list[FoundInPdf] = field(default_factory=list)
    """Everything but the notes."""
    notes: list[FoundInPdf] = field(default_factory=list)
    labels: list[FoundInPdf] = field(default_factory=list)
    """The labels of lists with numbers or signs."""
    unseen: list[Chunk] = field(default_factory=list)
    """Words of the tree that no one sees."""
    read: set[tuple[int, int]] = field(default_factory=set)
    """The sequences that the tree holds: page and number."""
    twice: list[tuple[int, int]] = field(default_factory=list)
    """Those that it holds more than once."""
    annotations: set[int] = field(default_factory=set)
    """The annotations that it holds, by the numbers of their objects."""
    links: list[FoundLink] = field(default_factory=list)
    figures: set[tuple[int, int]] = field(default_factory=set)
    """The marked sequences of pictures, with their pages."""
    in_pictures: set[int] = field(default_factory=set)
    """What identifies words that belong to pictures: how these are painted is their own affair."""
    elements: dict[int, FoundInPdf] = field(default_factory=dict)
    """The line that each element begins with or belongs to, by the numbers of their objects."""
    more: set[tuple[str, str]] = field(default_factory=set)
    """Kinds of elements, and keys that they have and no element of a book has."""
    readings: list[tuple[Chunk, Chunk]] = field(default_factory=list)
    """Characters and the readings above them."""
    replaced: list[tuple[str, str]] = field(default_factory=list)
    """Kinds of elements that say something in place of their words, and what they say."""
