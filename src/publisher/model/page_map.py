"""The pages of a printed book, frozen: the words with which each begins, so that they are found again.

First words are stored as a text quote selector, https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.model.apparatus import Selector

NAME = "page-map.json"
"""The file that holds them, next to `edition.yaml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPage:
    """One page of the printed book."""

    label: str
    """Its printed label: `iv`, `12`."""
    section: str
    """Id of the section in which it begins."""
    words: Selector | None = None
    """Its first words, with as much around them as distinguishes them; None where it begins with its section."""
    note: str | None = None
    """Element id of the note at whose call it begins."""
    picture: str | None = None
    """Path of the picture before which it begins."""
    span: Span | None = None
    """Its record in the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMap:
    """The pages of a printed book."""

    identifier: str
    """What names the printed book: `urn:isbn:9783161484100`."""
    pages: tuple[FrozenPage, ...]
    """One for each page, in order."""
