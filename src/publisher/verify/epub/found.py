"""What was read in an EPUB, next to its lines: what is hidden, spoken, repeated, left out or strange."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from publisher.verify.epub.rules import Sheet
from publisher.verify.line import Found, Link

XHTML = "{http://www.w3.org/1999/xhtml}"


MATHML = "{http://www.w3.org/1998/Math/MathML}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFormula:
    """A formula in MathML."""

    markup: str
    """Its elements, in a form that is the same for the same formula."""
    text: str
    """The words that it is read as."""
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Words that a reading system holds back."""

    text: str
    place: str
    by: str = ""
    """The declaration of a style sheet that does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strange:
    """Something that no book of this house has."""

    words: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Words in an attribute."""

    text: str
    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlace:
    """Where a page break is."""

    label: str
    href: str
    """Its document."""
    first: int
    """Index of the first line of that document, its title apart."""
    line: int
    """Index of the line in which it is; of the next where it is between two."""
    offset: int
    """Its offset in that line."""


@dataclass(slots=True)
class Reading:
    """What was read in an EPUB."""

    lines: list[Found] = field(default_factory=list)
    pages: list[Link] = field(default_factory=list)
    """Its page breaks in reading order; the text is the label."""
    page_places: list[PagePlace] = field(default_factory=list)
    """Where they are."""
    page_source: str | None = None
    """What the package document names as that whose pages they are."""
    hidden: list[Hidden] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    """`text/text.xhtml#p1` for each element with an id, `text/text.xhtml` for each document."""
    repeated: list[str] = field(default_factory=list)
    """Ids that occur twice in one document."""
    unread: list[str] = field(default_factory=list)
    """Documents that the reading order leaves out."""
    strange: list[Strange] = field(default_factory=list)
    """What acts, comes from outside, or is read by no one here."""
    formulas: list[FoundFormula] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    """The style sheets that its documents are dressed in, by their names."""
    starts: list[str] = field(default_factory=list)
    """The numbers that lists begin with, if that is said."""
    faults: list[tuple[str, str]] = field(default_factory=list)
    """Codes and messages of what is wrong with the container and its files."""
    package: etree._Element | None = None
