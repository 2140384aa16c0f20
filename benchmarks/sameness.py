"""Whether each program made the same text: its words read back from the PDF or the EPUB, with the notes.

What is undone, in all files alike:

- A hyphen at the end of a line is taken away, and the word put together (no word of the manuscripts has a hyphen).
- Digits are taken away: calls and marks of notes, folios (no word given has a digit). Ligatures are letters.
- Text above or below the type area of a page is left out: running heads, folios.
- What is set in type of less than 0.85 of the size of most words is a note; in an EPUB what has
  the role of a note is one. The title of a list of notes is neither.
- Text before the first word of the manuscript and after its last is left out: title pages, contents, imprints.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from benchmarks.manuscript import Manuscript

TOP, BOTTOM = 58.0, 598.0
"""Where the type area begins and ends, in points from the top of a page of 663 points."""
SMALL = 0.85
"""Type smaller than this part of the size of most words is that of notes."""
_WORD = re.compile(
    r'<word xMin="[\d.]+" yMin="(?P<top>[\d.]+)" xMax="[\d.]+" yMax="(?P<bottom>[\d.]+)">(?P<text>.*?)</word>'
)
_HYPHENS = ("-", "\u2010", "\u00ad")
_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"


class OtherText(Exception):
    """A program made another text than it was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a file."""

    text: tuple[str, ...]
    notes: tuple[str, ...]
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A word on a page."""

    text: str
    size: float
    """Height of its line's type, in points."""


def pdf_words(path: Path) -> Words:
    """The words of a PDF."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout.decode()
    pages = [tuple(_page_words(page)) for page in out.split("<page ")[1:]]
    sizes = Counter(round(word.size, 1) for page in pages for word in page)
    small = SMALL * max(sizes, key=lambda size: sizes[size], default=0.0)
    streams: tuple[list[_Placed], list[_Placed]] = ([], [])
    for page in pages:
        for word in page:
            streams[word.size < small].append(word)
    return Words(text=_joined(streams[0]), notes=_joined(streams[1]), pages=len(pages))


def _page_words(page: str) -> Iterable[_Placed]:
    """The words of a page that stand in the type area and have letters."""
    for found in _WORD.finditer(page):
        text, top, bottom = _plain(found["text"]), float(found["top"]), float(found["bottom"])
        if text and top > TOP and bottom < BOTTOM:
            yield _Placed(text=text, size=bottom - top)


def _plain(text: str) -> str:
    """A word without digits and ligatures; empty where no letter is left."""
    text = re.sub(r"\d|&#?\w+;", "", unicodedata.normalize("NFKC", text))
    return text if any(sign.isalpha() for sign in text) else ""


def _joined(words: Sequence[_Placed]) -> tuple[str, ...]:
    """The words, those put together that a line end divides."""
    joined: list[str] = []
    open_word = ""
    for word in words:
        text, open_word = open_word + word.text, ""
        if text.endswith(_HYPHENS):
            open_word = text[:-1]
        else:
            joined.append(text)
    return (*joined, open_word) if open_word else tuple(joined)


def epub_words(path: Path) -> Words:
    """The words of the documents of an EPUB, in the order of its spine."""
    text: list[str] = []
    notes: list[str] = []
    with zipfile.ZipFile(path) as book:
        for name in _spine(book):
            body = etree.fromstring(book.read(name)).find(f"{_XHTML}body")
            if body is not None:
                _collect(body, text, notes)
    return Words(text=_words("".join(text)), notes=_words("".join(notes)))


def _spine(book: zipfile.ZipFile) -> list[str]:
    """The paths of the documents of a book in reading order."""
    container = etree.fromstring(book.read("META-INF/container.xml"))
    path = next(element.get("full-path", "") for element in container.iter("{*}rootfile"))
    package = etree.fromstring(book.read(path))
    hrefs = {element.get("id"): element.get("href", "") for element in package.iter("{*}item")}
    folder = path.rpartition("/")[0]
    return [f"{folder}/{hrefs[element.get('idref')]}".lstrip("/") for element in package.iter("{*}itemref")]


def _collect(element: etree._Element, text: list[str], notes: list[str]) -> None:
    """Adds the characters of an element to those of the text, or of the notes where it is one."""
    kinds = f"{element.get('role', '')} {element.get(_TYPE, '')}".split()
    if (
        element.get("class") == "notes-title"
        or not isinstance(element.tag, str)
        or {"doc-noteref", "noteref", "doc-backlink", "backlink"} & {*kinds}
    ):
        return
    into = notes if {"doc-footnote", "footnote"} & {*kinds} else text
    into.append(element.text or "")
    for child in element:
        _collect(child, into, notes)
        into.append(child.tail or "")
    if element.tag in {_XHTML + name for name in ("p", "li", "aside", "h1", "h2", "h3", "section", "div")}:
        into.append(" ")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split() if (word := _plain(part)))


def demand_same(found: Words, wanted: Manuscript, *, maker: str) -> None:
    """Raises `OtherText` where text or notes are others than those of the manuscript."""
    for name, read, given in (("text", found.text, wanted.words()), ("notes", found.notes, wanted.note_words())):
        start = _start(read, given)
        stretch = read[start : start + len(given)]
        if stretch != given:
            raise OtherText(f"{maker}: the {name} is another: {_difference(stretch, given)}")


def _start(read: Sequence[str], given: Sequence[str]) -> int:
    """Where the first words of the manuscript stand in what was read; 0 where they do not."""
    head = tuple(given[:24])
    places = (
        at for at, word in enumerate(read) if head and word == head[0] and tuple(read[at : at + len(head)]) == head
    )
    return next(places, 0)


def _difference(read: Sequence[str], given: Sequence[str]) -> str:
    """The first words that differ, in words."""
    at = next((at for at, (a, b) in enumerate(zip(read, given, strict=False)) if a != b), min(len(read), len(given)))
    ours, theirs = (" ".join(words[max(0, at - 4) : at + 6]) for words in (given, read))
    return f"word {at + 1} of {len(given):,}: “{ours}” was given, “{theirs}” was read"
