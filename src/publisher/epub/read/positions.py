"""Places in a document of an EPUB by number of characters, as text position selectors count them.

W3C Web Annotation Data Model, 4.2.5, https://www.w3.org/TR/annotation-model/#text-position-selector: positions are
counted in the character data of the body, in code points; comments are no part of it.
"""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from publisher.epub.read.book import XHTML, Book, Document, Place
from publisher.epub.read.chunks import Chunk, Point, character, chunks


class Positions:
    """One document, with its elements by their ids and the position at which each of its chunks begins."""

    def __init__(self, document: Document) -> None:
        """Take the document; nothing is counted before it is asked for."""
        self.document = document

    @cached_property
    def elements(self) -> dict[str, etree._Element]:
        """The elements that have an id."""
        return {element.get("id", ""): element for element in self.document.root.iter() if element.get("id")}

    @cached_property
    def _starts(self) -> dict[tuple[etree._Element, int], int]:
        """The position at which each chunk of the body begins."""
        body = self.document.root.find(f"{XHTML}body")
        starts: dict[tuple[etree._Element, int], int] = {}
        count = 0
        for chunk in chunks(self.document.root if body is None else body):
            if isinstance(chunk, Chunk):
                starts[chunk.parent, chunk.step] = count
                count += len(chunk.text)
        return starts

    def position(self, point: Point) -> int:
        """How many characters of the body precede a point."""
        return self._starts[point.chunk.parent, point.chunk.step] + point.offset

    def place(self, start: tuple[str, int], end: tuple[str, int]) -> Place:
        """The stretch from one character to another, each by the id of an element and how many precede it there.

        White space and what is no part of the text are not counted. Raises `ValueError` if there are not so many.
        """
        first, last = (character(self.elements[name], count) for name, count in (start, end))
        return Place(document=self.document, start=first, end=Point(last.chunk, last.offset + 1))


def positions(book: Book, section_id: str) -> Positions | None:
    """The document of a section; None if the EPUB has none."""
    found = (Positions(document) for document in book.documents)
    return next((item for item in found if section_id in item.elements), None)
