"""What an edition says of single words, paragraphs and pictures in the PDF, so that its text need not be changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.diagnostics import Span

MOST_TRACKING = 20
"""By how many thousandths of an em the letters of a paragraph may be set closer or wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Divisible:
    """A word with the only places at which it may be divided."""

    word: str
    """In small letters, without hyphens."""
    places: tuple[int, ...]
    """After how many letters; none if it is never divided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """A paragraph whose letters are set closer or wider."""

    id: str
    """Its element id."""
    thousandths: int
    """Of an em."""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedElement:
    """A paragraph, heading or picture that begins a page."""

    id: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWidth:
    """A picture that is shown in another width than its file and its place in the text give it."""

    path: str
    width: str
    """In `%` of the column or in `mm`."""
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typesetting:
    """All of these."""

    hyphenation: tuple[tuple[str, tuple[Divisible, ...]], ...] = ()
    """The words of each language, by its primary subtag."""
    tracking: tuple[Tracking, ...] = ()
    page_breaks: tuple[PagedElement, ...] = ()
    pictures: tuple[PictureWidth, ...] = ()


NO_TYPESETTING = Typesetting()
