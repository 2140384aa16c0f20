"""The words of a PDF's pages with their places, as PDFium reads them: to be selected, read aloud and found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2

from publisher.diagnostics import Diagnostic, PublisherError

Box = tuple[float, float, float, float]
"""Left, top, width and height, in parts of the page's width and height."""
DIVIDED = "\x02\ufffe\u00ad"
"""What PDFium gives for the hyphen of a divided word, and the hyphen that is seen only there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words of one line in one type."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words are that were looked for."""

    page: int
    """Counted from 0."""
    number: int
    """Which place on the page it is, from 0."""
    boxes: tuple[Box, ...]
    """One for each line."""


def page_words(pdf: bytes, *, index: int) -> tuple[Stretch, ...]:
    """The words of one page, counted from 0, in their order. Raises `PublisherError` (O-014) if it has no such page."""
    with _open_file(pdf) as document:
        if not 0 <= index < len(document):
            raise _refusal(f"it has {len(document)} pages")
        page = document[index]
        text = page.get_textpage()
        rects = [text.get_rect(number) for number in range(text.count_rects())]
        found = (Stretch(text=_clean(text.get_text_bounded(*rect)), box=_box(rect, page)) for rect in rects)
        return tuple(stretch for stretch in found if stretch.text.strip())


def next_place(pdf: bytes, words: str, *, page: int, number: int) -> Place | None:
    """Where words are next, from a place on a page on and then from the first page; None if they are nowhere.

    Case, white space and the division of words at line ends do not matter. Raises `PublisherError` as `page_words`.
    """
    wanted, _ = _fold(words.strip())
    if not wanted:
        return None
    with _open_file(pdf) as document:
        count = len(document)
        start = min(max(page, 0), count - 1)
        for step in range(count + 1):
            at = (start + step) % count
            places = list(_places(document[at], wanted))
            first = number if step == 0 else 0
            if first < len(places):
                return Place(page=at, number=first, boxes=places[first])
    return None


def _places(page: Any, wanted: str) -> Iterator[tuple[Box, ...]]:
    text = page.get_textpage()
    folded, origins = _fold(text.get_text_range())
    at = folded.find(wanted)
    while at >= 0:
        first, last = origins[at], origins[at + len(wanted) - 1]
        rects = text.count_rects(first, last - first + 1)
        yield tuple(_box(text.get_rect(number), page) for number in range(rects))
        at = folded.find(wanted, at + len(wanted))


def _fold(text: str) -> tuple[str, list[int]]:
    """A text in lower case with single spaces and whole words, and the offset of each of its characters."""
    letters: list[str] = []
    origins: list[int] = []
    divided = False
    for at, character in enumerate(text):
        if character in DIVIDED:
            divided = True
        elif character.isspace():
            if not divided and letters and letters[-1] != " ":
                letters.append(" ")
                origins.append(at)
        else:
            divided = False
            for item in character.lower():
                letters.append(item)
                origins.append(at)
    return "".join(letters), origins


def _clean(text: str) -> str:
    """A text without the signs of divided words and line ends."""
    return "".join(
        "-" if item in DIVIDED else item for item in text.replace("\r", "").replace("\n", " ") if ord(item) != 0
    )


def _box(rect: tuple[float, float, float, float], page: Any) -> Box:
    left, bottom, right, top = rect
    wide, high = page.get_size()
    return left / wide, 1 - top / high, (right - left) / wide, (top - bottom) / high


@contextmanager
def _open_file(pdf: bytes) -> Iterator[Any]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise _refusal(f"PDFium says: {error}") from error
    try:
        yield document
    finally:
        document.close()


def _refusal(reason: str) -> PublisherError:
    return PublisherError(Diagnostic(code="O-014", message=f"the page cannot be read: {reason}"))
