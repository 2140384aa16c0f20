"""A small reader of finished files for the tests, which knows nothing of how they are made or proved."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
CALL, NOTE, BACK = "doc-noteref", "doc-footnote", "doc-backlink"
_GAPS = re.compile(r"[\s\u200b\u00ad\u2010\u2011\ufffe\x02-]+")

LINE = 12
"""Less than this is never left of a paragraph on a page: the rest of a shortest line."""


def squeezed(text: str) -> str:
    """The text as every way of setting it leaves it: no white space, no hyphens, no ligatures."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text))


def words(element: Any, *, calls: bool = True, back: bool = False, notes: bool = False) -> str:
    """The text of an element, without paragraph numbers; calls, marks and notes in it only where asked for."""
    return "".join(_words(element, calls, back, notes))


def _words(element: Any, *keep: bool) -> Iterator[str]:
    calls, back, notes = keep
    yield element.text or ""
    for child in element:
        hidden = {CALL: not calls, BACK: not back, NOTE: not notes}.get(child.get("role"), False)
        if isinstance(child.tag, str) and not hidden and child.get("class") != "paragraph-number":
            yield from _words(child, *keep)
        yield child.tail or ""


class Epub:
    """An EPUB's documents in the order in which they are read."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        (package,) = (name for name in self.files if name.endswith(".opf"))
        self.package = etree.fromstring(self.files[package])
        folder = package.rpartition("/")[0]
        hrefs = {element.get("id"): element.get("href") for element in self.package.iterfind(".//{*}manifest/{*}item")}
        spine = [hrefs[element.get("idref")] for element in self.package.iterfind(".//{*}spine/{*}itemref")]
        self.documents: dict[str, Any] = {
            f"{folder}/{href}": etree.fromstring(self.files[f"{folder}/{href}"]) for href in spine
        }
        nav = next(element for element in self.package.iterfind(".//{*}item") if element.get("properties") == "nav")
        self.nav_name = f"{folder}/{nav.get('href')}"
        self.nav = etree.fromstring(self.files[self.nav_name])

    def of_role(self, role: str) -> list[Any]:
        """The elements of a DPUB-ARIA role, in reading order."""
        return [item for tree in self.documents.values() for item in tree.iter() if item.get("role") == role]

    def document(self, name: str) -> Any:
        """The document of that file name."""
        return next(tree for place, tree in self.documents.items() if place.endswith(f"/{name}.xhtml"))

    @property
    def notes(self) -> dict[str, Any]:
        """The notes by their ids, in reading order."""
        found = self.of_role(NOTE)
        assert len({item.get("id") for item in found}) == len(found)
        return {item.get("id"): item for item in found}

    @property
    def title(self) -> Any:
        """The title of the text, where it begins."""
        return self.document("text").find(f".//{XHTML}h1")

    @property
    def paragraphs(self) -> list[Any]:
        """The numbered paragraphs of the text."""
        return [item for item in self.document("text").iter() if "numbered" in (item.get("class") or "").split()]


@dataclass(frozen=True, order=True)
class Place:
    """Where words begin in a PDF."""

    page: int
    offset: int


def tops(path: Path, *, below: float) -> list[float | None]:
    """How far down the first line of each page begins, in points, what stands above `below` left out."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_top(page, below=below) for page in document]
    finally:
        document.close()


def _top(page: Any, *, below: float) -> float | None:
    text, height = page.get_textpage(), page.get_height()
    found = [height - text.get_charbox(number)[3] for number in range(text.count_chars())]
    text.close()
    return min((top for top in found if top > below), default=None)


class Pdf:
    """A PDF's pages as text, as a viewer's search sees them."""

    def __init__(self, path: Path) -> None:
        document = pypdfium2.PdfDocument(path)
        try:
            self.pages = [self._text(document[number]) for number in range(len(document))]
            self.labels = [document.get_page_label(number) for number in range(len(document))]
            self.bookmarks = [(item.level, item.get_title()) for item in document.get_toc()]
        finally:
            document.close()

    @staticmethod
    def _text(page: Any) -> str:
        text = page.get_textpage()
        try:
            return str(text.get_text_range())
        finally:
            text.close()
            page.close()

    @cached_property
    def squeezed(self) -> list[str]:
        """The pages, squeezed."""
        return [squeezed(page) for page in self.pages]

    def places(self, text: str) -> list[Place]:
        """Where a text begins, each time that it stands whole on a page or runs on to the next."""
        needle = squeezed(text)
        whole = [
            Place(number, found.start())
            for number, page in enumerate(self.squeezed)
            for found in re.finditer(re.escape(needle), page)
        ]
        cut = (self._cut(needle, number) for number in range(len(self.pages) - 1))
        return sorted((*whole, *(place for place in cut if place is not None)))

    def _cut(self, needle: str, number: int) -> Place | None:
        """Where a text begins that starts on a page and ends on the next."""
        here, there = self.squeezed[number : number + 2]
        if needle in here or needle in there:
            return None
        longest = bisect_left(range(1, len(needle)), True, key=lambda size: needle[:size] not in here)
        for size in range(min(longest, len(needle) - LINE), max(longest - 3, LINE), -1):
            if needle[size:] in there and needle[:size] in here:
                return Place(number, here.rindex(needle[:size]))
        return None
