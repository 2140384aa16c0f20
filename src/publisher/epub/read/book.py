"""A finished EPUB in which places are looked for: its documents in reading order, and its page list."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from publisher.epub.read.cfi import range_cfi
from publisher.epub.read.chunks import Chunk, Point, character, chunks
from publisher.sanitize.xml import parse_xml

OPF = "{http://www.idpf.org/2007/opf}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of the reading order."""

    itemref: etree._Element
    name: str
    """Its path in the container."""
    root: etree._Element

    def element(self, name: str) -> etree._Element | None:
        """The element with an id."""
        return next((item for item in self.root.iter() if item.get("id") == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of text in a document."""

    document: Document
    start: Point
    end: Point

    @property
    def cfi(self) -> str:
        """Its EPUB CFI."""
        return range_cfi(self.document.itemref, self.start, self.end)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A finished EPUB."""

    documents: tuple[Document, ...]
    page_source: str | None
    """What its pages are those of; None where it has no pages."""

    def place(self, section_id: str, start: tuple[str, int], end: tuple[str, int]) -> Place:
        """The stretch of a section from one character to another, both in it.

        Each is given by the id of an element and how many of its characters, white space not counted, are before.
        """
        wanted = (section_id, start[0], end[0])
        document = next(item for item in self.documents if all(item.element(name) is not None for name in wanted))
        points = [_point(document, *pair) for pair in (start, end)]
        last = Point(points[1].chunk, points[1].offset + 1)
        return Place(document=document, start=points[0], end=last)

    def pages(self, place: Place) -> tuple[str, ...]:
        """The labels of the pages on which a stretch begins and ends, one where they are the same."""
        labels = (self.page_of(place.document, point.chunk) for point in (place.start, place.end))
        return tuple(dict.fromkeys(label for label in labels if label is not None))

    def page_at(self, name: str) -> str | None:
        """The label of the page on which the element with an id begins."""
        found = ((document, document.element(name)) for document in self.documents)
        document, element = next(((item, two) for item, two in found if two is not None), (None, None))
        return None if document is None or element is None else self.page_of(document, element)

    def page_of(self, document: Document, node: Chunk | etree._Element) -> str | None:
        """The label of the last page that begins before a node in reading order."""
        label = None
        for item in self.documents:
            for here in chunks(item.root):
                if item is document and _same(here, node):
                    return label
                if not isinstance(here, Chunk):
                    label = self._labels.get((item.name, here.get("id", "")), label)
        return label

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        """The labels of the page list by document and id."""
        return {target: label for document in self.documents for target, label in _list_all(document)}


def _same(item: Chunk | etree._Element, other: Chunk | etree._Element) -> bool:
    """Whether two nodes are one."""
    if isinstance(item, Chunk) and isinstance(other, Chunk):
        return item.parent is other.parent and item.step == other.step
    return item is other


def _point(document: Document, name: str, count: int) -> Point:
    element = document.element(name)
    if element is None:
        raise ValueError(f"no {name} is in {document.name}")
    return character(element, count)


def _list_all(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    """The entries of the page list, where this document has it."""
    for nav in document.root.iter(f"{XHTML}nav"):
        if nav.get(TYPE) == "page-list":
            for link in nav.iter(f"{XHTML}a"):
                path, _, name = link.get("href", "").partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(document.name), unquote(path)))
                yield (target, unquote(name)), "".join(map(str, link.itertext()))


def open_book(content: bytes) -> Book:
    """The EPUB of these bytes, which has been proved before."""
    with ZipFile(BytesIO(content)) as archive:
        container = _parse(archive, "META-INF/container.xml")
        package_name = next(container.iter(f"{CONTAINER}rootfile")).get("full-path", "")
        package = _parse(archive, package_name)
        folder = posixpath.dirname(package_name)
        hrefs = {item.get("id"): unquote(item.get("href", "")) for item in package.iter(f"{OPF}item")}
        documents = tuple(
            Document(itemref=itemref, name=name, root=_parse(archive, name))
            for itemref in package.iter(f"{OPF}itemref")
            for name in [posixpath.join(folder, hrefs[itemref.get("idref")])]
        )
        sources = (
            element.text for element in package.iter(f"{OPF}meta") if element.get("property") == "pageBreakSource"
        )
    return Book(documents=documents, page_source=next(sources, None))


def _parse(archive: ZipFile, name: str) -> etree._Element:
    """The root of an XML file of the container, no entity resolved and nothing fetched."""
    return parse_xml(archive.read(name), long=True)
