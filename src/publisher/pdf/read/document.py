"""A PDF as a reader meets it: its pages with their labels, its named places, its structure tree."""

from __future__ import annotations

import struct
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, get_origin

from publisher.cache.fingerprint import program_digest
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.pdf.read.annotations import OF_ACTIONS, Annotation, led_element, page_annotations
from publisher.pdf.read.chunks import Chunk, PageContent
from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.fonts import Fonts
from publisher.pdf.read.frame import Frame, frame
from publisher.pdf.read.labels import page_labels
from publisher.pdf.read.page_digest import PageDigests
from publisher.pdf.read.syntax import Malformed, Ref, Value, text_string
from publisher.pdf.read.words import page_content
from publisher.workers.executor import SERIAL, Executor
from publisher.workers.remote import Remote, convert, no_hook

INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
OF_ITEMS = frozenset({"Title", "Parent", "Prev", "Next", "First", "Last", "Count", "Dest", "A", "SE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point on a page that a link leads to."""

    page: int
    x: float | None
    y: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An item of the outline."""

    title: str
    depth: int
    """1 for the outermost."""
    place: Place | None
    """Where it leads to; None if that is nowhere on a page."""
    element: int | None = None
    """The object of the element that it leads to, in PDF 2.0."""
    more: tuple[str, ...] = ()
    """What it does or shows in addition to leading there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfDocument:
    """A PDF, read."""

    file: PdfFile
    catalogue: Dictionary
    pages: tuple[Dictionary, ...]
    """With what they inherit."""
    numbers: dict[int, int]
    """The index of a page by the number of its object."""
    contents: tuple[PageContent, ...]
    labels: tuple[str, ...]
    places: dict[str, Place]
    annotations: dict[int, Annotation]
    """By the numbers of their objects."""
    acting: tuple[bool, ...]
    """Of each page, whether something happens when it is opened or left."""
    bookmarks: tuple[Bookmark, ...]
    """The outline, outer before inner."""
    frames: tuple[Frame, ...]
    """The pages without what is on them."""

    def label(self, name: str) -> str:
        """The label of the page on which a named place is; a question mark where there is no such place."""
        place = self.places.get(name)
        return "?" if place is None else self.labels[place.page]


UNREADABLE = (
    Malformed,
    ArithmeticError,
    AttributeError,
    IndexError,
    KeyError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What reading a file raises that has something else than ISO 32000 puts there."""
_MANY = 100
"""How many pages are read side by side at least."""
_SHARE = 8
"""How many of them are read, and stored, together."""


def read_pdf(content: bytes, executor: Executor = SERIAL) -> PdfDocument:
    """The document in the bytes of a PDF, many pages read by several executor.

    Raises `PublisherError` (V-011) where it can't be read.
    """
    try:
        return _read(PdfFile.read(content), executor)
    except UNREADABLE as error:
        raise unreadable(error) from error


def unreadable(error: Exception) -> PublisherError:
    """What is raised where a PDF is none."""
    return PublisherError(
        Diagnostic(
            code="V-011",
            message=f"the PDF cannot be read back: {str(error) or 'something that every PDF has is missing'}",
            hint="this is a fault of the program, not of your edition; please report it with this message",
        ),
        exit_code=ExitCode.UNPROVED,
    )


def _read(file: PdfFile, executor: Executor) -> PdfDocument:
    catalogue = file.dictionary(file.trailer.get("Root"))
    pages = tuple(_pages(file, catalogue.get("Pages"), {}))
    numbers = {number: index for index, (number, _) in enumerate(pages)}
    contents = tuple(_contents(file, [page for _, page in pages], executor))
    places = dict(_places(file, catalogue, numbers))
    annotations = {
        number: annotation
        for index, (_, page) in enumerate(pages)
        for number, annotation in page_annotations(file, page, index)
    }
    return PdfDocument(
        file=file,
        catalogue=catalogue,
        pages=tuple(page for _, page in pages),
        numbers=numbers,
        contents=contents,
        labels=page_labels(file, catalogue, len(pages)),
        places=places,
        annotations=annotations,
        acting=tuple("AA" in page or "PresSteps" in page for _, page in pages),
        bookmarks=tuple(_bookmarks(file, file.dictionary(catalogue.get("Outlines")).get("First"), places, numbers)),
        frames=tuple(frame(file, page) for _, page in pages),
    )


def _contents(file: PdfFile, pages: list[Dictionary], executor: Executor) -> Iterator[PageContent]:
    """What each page shows."""
    if executor.count == 1 or len(pages) < _MANY:
        yield from _display(file, pages, 0, Fonts(file))
        return
    digests = _digests(file, pages)
    parts = [
        Share(content=file.content, first=at, end=min(at + _SHARE, len(pages)), digests=digests[at : at + _SHARE])
        for at in range(0, len(pages), _SHARE)
    ]
    for read in executor.map(READ_SHARE, parts):
        if read.error is not None:
            raise Malformed(read.error)
        yield from read.pages


def _digests(file: PdfFile, pages: list[Dictionary]) -> tuple[bytes, ...]:
    """The digest of each page; that of the whole file if one of them refers to something that cannot be read."""
    digests = PageDigests(file)
    try:
        return tuple(map(digests.page, pages))
    except UNREADABLE:
        return (sha256(file.content).digest(),) * len(pages)


def _display(file: PdfFile, pages: list[Dictionary], first: int, fonts: Fonts) -> Iterator[PageContent]:
    return (page_content(file, page, index, fonts) for index, page in enumerate(pages, first))


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Some pages of a PDF, to be read."""

    content: bytes
    """The whole file."""
    first: int
    """Index of the first page."""
    end: int
    """Index behind the last one."""
    digests: tuple[bytes, ...] = ()
    """Those of these pages, with which they are known again in other files."""

    @property
    def key(self) -> str:
        """Return what the result is stored under: these pages at this place, read by this program."""
        return sha256(b"".join((b"read %d " % self.first, *self.digests, program_digest()))).hexdigest()

    def __str__(self) -> str:
        """Describe the work for the progress line."""
        return f"read the pages {self.first + 1} to {self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRead:
    """What the pages of a share show."""

    pages: tuple[PageContent, ...] = ()
    error: str | None = None
    """Why the file is no PDF; None where it is one."""


def read_share(share: Share) -> ShareRead:
    """What the pages of a share show."""
    try:
        file, pages, fonts = _open_file(share.content)
        read = tuple(_display(file, pages[share.first : share.end], share.first, fonts))
    except UNREADABLE as error:
        return ShareRead(error=str(error))
    file.forget()
    return ShareRead(pages=read)


@lru_cache(maxsize=1)
def _open_file(content: bytes) -> tuple[PdfFile, list[Dictionary], Fonts]:
    """A file, its pages and its fonts; a process reads many shares of one file."""
    file = PdfFile.read(content)
    pages = [page for _, page in _pages(file, file.dictionary(file.trailer.get("Root")).get("Pages"), {})]
    return file, pages, Fonts(file)


def _sequences(kind: type, value: Any) -> Any:
    """The words of the marked sequences of a page, which are a `defaultdict`."""
    if get_origin(kind) is not defaultdict:
        return no_hook(kind, value)
    return defaultdict(list, {int(mcid): convert(chunks, list[Chunk]) for mcid, chunks in value.items()})


READ_SHARE: Remote[Share, ShareRead] = Remote(
    reference="publisher.pdf.read.document:READ_SHARE",
    function=read_share,
    common=bytes,
    rest=tuple[int, int],
    split=lambda share: (share.content, (share.first, share.end)),
    join=lambda content, pages: Share(content=content, first=pages[0], end=pages[1]),
    made=ShareRead,
    fits=lambda share, read: read.error is not None or len(read.pages) == share.end - share.first,
    describe=str,
    hook=_sequences,
    key=lambda share: share.key,
    is_final=lambda read: read.error is None,
)
"""`read_share`, for other processes to call; they are sent the file once, and results are stored."""


def _pages(file: PdfFile, node: Value, inherited: Dictionary) -> Iterator[tuple[int, Dictionary]]:
    """The pages below a node of the page tree, with what they inherit (ISO 32000-1, 7.7.3)."""
    known = file.dictionary(node)
    passed = {**inherited, **{key: known[key] for key in INHERITED if key in known}}
    if "Kids" in known:
        for kid in file.array(known["Kids"]):
            yield from _pages(file, kid, passed)
    else:
        yield (node.number if isinstance(node, Ref) else -1), {**passed, **known}


def _places(file: PdfFile, catalogue: Dictionary, numbers: dict[int, int]) -> Iterator[tuple[str, Place]]:
    """The named places of a document (ISO 32000-1, 12.3.2.3)."""
    for name, value in named_entries(file, file.dictionary(catalogue.get("Names")).get("Dests")):
        found = file.resolve(value)
        place = _place(file, found.get("D") if isinstance(found, dict) else found, numbers)
        if place is not None:
            yield name, place


def _bookmarks(
    file: PdfFile, item: Value, places: dict[str, Place], numbers: dict[int, int], depth: int = 1
) -> Iterator[Bookmark]:
    """The bookmarks from an item of the outline on (ISO 32000-1, 12.3.3)."""
    seen: set[int] = set()
    while isinstance(item, Ref) and item.number not in seen:
        seen.add(item.number)
        known = file.dictionary(item)
        title = file.resolve(known.get("Title"))
        action = file.dictionary(known.get("A"))
        other = tuple(sorted(action.keys() - OF_ACTIONS)) if file.resolve(action.get("S")) == "GoTo" else ("A",)
        count = file.resolve(known.get("Count"))
        is_open = isinstance(count, int) and count > 0
        yield Bookmark(
            title=text_string(title) if isinstance(title, bytes) else "",
            depth=depth,
            place=_place_of(file, known.get("Dest") or action.get("D"), places, numbers),
            element=led_element(file, action),
            more=(*sorted(known.keys() - OF_ITEMS), *(other if action else ()), *(["Count"] if is_open else ())),
        )
        yield from _bookmarks(file, known.get("First"), places, numbers, depth + 1)
        item = known.get("Next")


def _place_of(file: PdfFile, target: Value, places: dict[str, Place], numbers: dict[int, int]) -> Place | None:
    """The place that a destination is, by name or as it is."""
    found = file.resolve(target)
    if isinstance(found, bytes):
        return places.get(text_string(found))
    return _place(file, found, numbers) if isinstance(found, list) else None


def _place(file: PdfFile, found: Value, numbers: dict[int, int]) -> Place | None:
    target = file.array(found)
    page = target[0] if target else None
    if not (isinstance(page, Ref) and page.number in numbers):
        return None
    x, y = (_coordinate(file, target, at) for at in (2, 3))
    return Place(page=numbers[page.number], x=x, y=y)


def _coordinate(file: PdfFile, target: list[Value], at: int) -> float | None:
    value = file.resolve(target[at]) if len(target) > at and target[1] == "XYZ" else None
    return value if isinstance(value, int | float) else None


def named_entries(file: PdfFile, node: Value) -> Iterator[tuple[str, Value]]:
    """The entries of a name tree (ISO 32000-1, 7.9.6)."""
    known = file.dictionary(node)
    entries = file.array(known.get("Names"))
    for name, value in zip(entries[::2], entries[1::2], strict=True):
        if isinstance(name, bytes):
            yield text_string(name), value
    for kid in file.array(known.get("Kids")):
        yield from named_entries(file, kid)
