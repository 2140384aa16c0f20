"""An EPUB as a reading system sees it: documents in reading order, elements, links, navigation lists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element that has an id."""

    id: str
    name: str
    """Its XHTML name: `p`, `aside`."""
    roles: frozenset[str]
    """Its ARIA roles, its `epub:type`s and its classes."""
    language: str
    """Its own or the nearest around it."""
    text: str
    """Its characters as they stand, line breaks as newlines, without what is no text of the book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link, in document order."""

    id: str | None
    roles: frozenset[str]
    target: str
    """An address, or a place in the book: `text/text.xhtml#note-1`."""
    text: str
    """Its characters, all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of the reading order."""

    href: str
    """From the package document's folder."""
    linear: bool
    title: str
    elements: tuple[Element, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a navigation list."""

    label: str
    target: str
    depth: int
    """1 for the outermost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """An EPUB as a reading system sees it."""

    language: str
    documents: tuple[Document, ...]
    contents: tuple[Entry, ...]
    landmarks: tuple[Entry, ...]
    pages: tuple[Entry, ...]

    def places(self) -> frozenset[str]:
        """Everything in the reading order that a link can lead to: documents and their elements."""
        documents = (document.href for document in self.documents)
        return frozenset(documents) | {f"{d.href}#{element.id}" for d in self.documents for element in d.elements}
