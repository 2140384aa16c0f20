"""Two PDFs compared: every object that can be reached, every page as it is drawn, and how the file is put together."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

import pikepdf
from pikepdf import Array, Stream

from publisher.diagnostics import amount
from publisher.verify.comparison.difference import Difference, Kind
from publisher.verify.comparison.graph import Graph, same_content
from publisher.verify.comparison.raster import Drawings, Drawn, Undrawable
from publisher.verify.comparison.streams import TooLong, decode, longest_allowed
from publisher.verify.comparison.words import changes

END = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
LINEARIZED = re.compile(rb"\d+\s+\d+\s+obj\s*<<[^>]{0,400}/Linearized\b")
REPEATED_PAGE = re.compile("appears more than once in the pages tree")
"""What qpdf warns of where a program has stored equal pages once, which is no damage."""
MOST_FOR_PAGE = 12
"""How many differences of one page are reported."""
MOST_PICTURES = 20
"""How many pages that look different are shown."""


def pdf_differences(expected: bytes, found: bytes, *, drawn: bool = True) -> tuple[Difference, ...]:
    """Where a PDF differs from the one that it should be; nothing if another program only saved it again.

    Without `drawn` the pages are not drawn, which is faster and finds all but what programs read in two ways.
    """
    try:
        have = pikepdf.open(io.BytesIO(found), suppress_warnings=True)
    except pikepdf.PasswordError:
        return (_whole(Kind.UNREADABLE, "it is locked with a password"),)
    except (pikepdf.PdfError, RecursionError) as error:
        return (_whole(Kind.UNREADABLE, f"it is no PDF that can be read: {_first_line(error)}"),)
    with have, pikepdf.open(io.BytesIO(expected), suppress_warnings=True) as want:
        try:
            return _Comparison(expected, found, want, have).differences(drawn=drawn)
        except TooLong:
            return (_whole(Kind.LIMIT, "a stream is many times as long as it should be"),)
        except (pikepdf.PdfError, KeyError, TypeError, ValueError, AttributeError) as error:
            return (_whole(Kind.UNREADABLE, f"it is damaged: {_first_line(error)}"),)


class _Comparison:
    """Both files, opened."""

    def __init__(self, expected: bytes, found: bytes, want: pikepdf.Pdf, have: pikepdf.Pdf) -> None:
        self.expected, self.found, self.want, self.have = expected, found, want, have
        self.contents = [_contents(page.obj, most=1 << 40) for page in want.pages]
        most = longest_allowed(max(self.contents, key=len, default=b""))
        self.contents_there = [_contents(page.obj, most=most) for page in have.pages]
        self.pairs = tuple(_align(self.contents, self.contents_there))

    def differences(self, *, drawn: bool) -> tuple[Difference, ...]:
        """Everything that differs, the whole file first, then page by page."""
        whole = [*_revisions(self.found, self.have), *self._page_counts()]
        graph = Graph(want=self.want, have=self.have, pairs=self.pairs)
        graph.compare()
        by_page: dict[int, list[Difference]] = defaultdict(list)
        for place, difference in graph.differences:
            (whole if place.page is None else by_page[place.page]).append(difference)
        if any(not REPEATED_PAGE.search(text) for text in map(str, self.have.get_warnings())):
            whole.append(_whole(Kind.AMBIGUOUS, "it is damaged, and programs repair it each in their own way"))
        if graph.exhausted and not graph.differences:
            whole.append(_whole(Kind.LIMIT, "it has many times as many objects as it should have"))
        for at, found in self._pages(drawn=drawn):
            by_page[at] = [found, *by_page[at]] if found.kind is not Kind.OBJECT else [*by_page[at], found]
        pages = (item for at in sorted(by_page) for item in _few(by_page[at]))
        return tuple(dict.fromkeys((*_few(whole), *pages)))

    def _page_counts(self) -> Iterator[Difference]:
        """The pages that are missing, and those that came in."""
        for at in sorted({*range(len(self.contents))} - {at for at, _ in self.pairs}):
            yield Difference(kind=Kind.WORDS, place=f"page {at + 1}", message="this page is missing")
        for there in sorted({*range(len(self.contents_there))} - {there for _, there in self.pairs}):
            yield Difference(
                kind=Kind.WORDS, place=f"page {there + 1}", message="this page does not belong in the file"
            )

    def _pages(self, *, drawn: bool) -> Iterator[tuple[int, Difference]]:
        """What differs on each page in its instructions, its words and its picture."""
        changed = {at for at, there in self.pairs if not self._same_instructions(at, there)}
        if not drawn:
            yield from ((at, _instructions(there)) for at, there in self.pairs if at in changed)
            return
        try:
            drawings = Drawings(self.expected, self.found)
        except Undrawable as error:
            yield 0, _whole(Kind.UNREADABLE, f"it cannot be drawn: {error}")
            return
        try:
            if drawings.count() != len(self.contents_there):
                yield 0, _whole(Kind.AMBIGUOUS, "programs find different numbers of pages in it")
                return
            pictures = 0
            for at, there, item in drawings.each(self.pairs):
                found = tuple(_drawn_differences(item, there, changed=at in changed, shown=pictures < MOST_PICTURES))
                pictures += any(difference.picture for difference in found)
                yield from ((at, difference) for difference in found)
        except Undrawable as error:
            yield 0, _whole(Kind.UNREADABLE, f"it cannot be drawn: {error}")
        finally:
            drawings.close()

    def _same_instructions(self, at: int, there: int) -> bool:
        if self.contents[at] == self.contents_there[there]:
            return True
        return same_content(self.want.pages[at].obj, self.have.pages[there].obj)


def _drawn_differences(item: Drawn, there: int, *, changed: bool, shown: bool) -> Iterator[Difference]:
    """What is reported of a page as it is drawn."""
    place, picture = f"page {there + 1}", item.picture if shown else None
    for expected, found in () if item.same_words else changes(item.expected_words, item.found_words):
        yield Difference(
            kind=Kind.WORDS, place=place, message="the words differ", expected=expected, found=found, picture=picture
        )
        picture = None
    if not item.same_picture and (item.same_words or picture is not None):
        yield Difference(kind=Kind.DRAWING, place=place, message="the page looks different", picture=picture)
    if changed and item.same_words and item.same_picture:
        yield _instructions(there)


def _instructions(there: int) -> Difference:
    message = "the instructions that draw the page differ, though it looks the same"
    return Difference(kind=Kind.OBJECT, place=f"page {there + 1}", message=message)


def _contents(page: Any, *, most: int) -> bytes:
    """The instructions of a page, without compression. Raises `TooLong`."""
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    parts = (decode(stream, most=most)[0] for stream in streams if isinstance(stream, Stream))
    joined = b"\n".join(parts)
    if len(joined) > most:
        raise TooLong
    return joined


def _align(want: list[bytes], have: list[bytes]) -> Iterator[tuple[int, int]]:
    """The pages that belong together: by their place if there are as many, else by what they have."""
    if len(want) == len(have):
        yield from ((at, at) for at in range(len(want)))
        return
    wanted, others = ([sha256(content).digest() for content in contents] for contents in (want, have))
    for _, start, end, first, last in SequenceMatcher(a=wanted, b=others, autojunk=False).get_opcodes():
        yield from zip(range(start, end), range(first, last), strict=False)


def _revisions(found: bytes, pdf: pikepdf.Pdf) -> Iterator[Difference]:
    """What there is in a file next to its last revision, which some programs show or can bring back."""
    if not found.startswith(b"%PDF-"):
        yield _whole(Kind.AMBIGUOUS, "there are bytes before the beginning of the PDF")
    ends = list(END.finditer(found))
    if not ends:
        yield _whole(Kind.AMBIGUOUS, "its end is missing")
        return
    if found[ends[-1].end() :].strip(b"\0\t\n\f\r "):
        yield _whole(Kind.AMBIGUOUS, "there are bytes behind the end of the PDF")
    most = 2 if LINEARIZED.search(found[:1024]) else 1
    if len(ends) > most:
        yield _whole(Kind.AMBIGUOUS, f"it was changed afterwards: it holds {amount(len(ends) - most + 1, 'revision')}")
    if "/XRefStm" in pdf.trailer:
        yield _whole(Kind.AMBIGUOUS, "it holds other objects for older programs")
    if pdf.is_encrypted:
        yield _whole(Kind.OBJECT, "it is encrypted")


def _few(differences: list[Difference]) -> Iterator[Difference]:
    """The first of many differences at one place, and how many more there are."""
    seen = list(dict.fromkeys(differences))
    yield from seen[:MOST_FOR_PAGE]
    for kind, count in Counter(difference.kind for difference in seen[MOST_FOR_PAGE:]).items():
        yield Difference(kind=kind, place=seen[0].place, message=f"{amount(count, 'more difference')} of this kind")


def _whole(kind: Kind, message: str) -> Difference:
    return Difference(kind=kind, place="", message=message)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:120]
