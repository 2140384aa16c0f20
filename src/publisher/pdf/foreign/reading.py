"""PDFs of other programs read in a child process: their pages rebuilt, with their words and sizes.

All PDFs of a reader go to one child, so that an ordinary reader waits for one. Only if that child fails are they read
one by one, to find out which of them is to blame.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import msgspec
import pikepdf
import pypdfium2
from pikepdf import String

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.pdf.foreign.builder import Note
from publisher.pdf.foreign.limits import MEGABYTE, limit_qpdf
from publisher.pdf.foreign.pages import UnusablePage, count_pages, rebuild
from publisher.pdf.foreign.values import entry, is_dictionary
from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits, run_limited

HINT = "print the file into a new PDF with another program, look at every page, and use that"
_FUNCTION = "publisher.pdf.foreign.reading:answer"
_COUNT = "publisher.pdf.foreign.reading:count_objects"
_MEASURE = "publisher.pdf.foreign.reading:measure"
_LIMITS = frozenset({"D-010", "D-011", "D-012", "D-018"})
_MEMORY = 640 * MEGABYTE
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufffd]")
"""What the text of a PDF may hold and no document of ours can."""
_LINE_END_HYPHEN = "\x02"
"""What PDFium writes for a hyphen at a line end; the word continues in the next line."""


class Wanted(msgspec.Struct, frozen=True, array_like=True):
    """Pages that are wanted of a PDF."""

    content: bytes
    first: int | None
    """Counted from 1; None for all pages."""
    last: int | None
    bound: bool = True
    """Whether the pages are to be bound into a volume: then their words and sizes are read, and a file that has to be
    repaired or decrypted is refused."""


class Fault(msgspec.Struct, frozen=True, array_like=True):
    """Why pages cannot be used, or what was left out of one."""

    code: str
    message: str
    page: int
    """Counted from 1; 0 for the whole file."""
    hint: str | None = None

    def shown(self, name: str) -> str:
        """The message with the name of the file and the page."""
        return f"{name}, page {self.page}: {self.message}" if self.page else f"{name}: {self.message}"


class PagesRead(msgspec.Struct, frozen=True, array_like=True):
    """What was read of a PDF."""

    count: int = 0
    """Pages of the whole file."""
    content: bytes = b""
    """A PDF of the wanted pages alone, rebuilt."""
    texts: tuple[str, ...] = ()
    """The words of each of them."""
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of each as it is seen, in points."""
    notes: tuple[Fault, ...] = ()
    """What was left out."""
    repaired: bool = False
    """Whether the file had to be repaired."""
    title: str | None = None
    language: str | None = None
    fault: Fault | None = None
    """Why there is no content: D-010 to D-018; C-011 (damaged), C-012 (encrypted), C-013 (no pages), C-014 (a page
    is asked for that is not there)."""


def read_pages(wanted: Sequence[Wanted]) -> tuple[PagesRead, ...]:
    """What a child process reads of PDFs, one answer for each."""
    if not wanted:
        return ()
    try:
        return _asked_pages(wanted, seconds=5)
    except (LimitExceeded, ChildFailed) as error:
        if len(wanted) == 1:
            return (PagesRead(fault=exhausts(error)),)
    found: list[PagesRead] = []
    for item in wanted:
        try:
            found += _asked_pages((item,), seconds=4)
        except (LimitExceeded, ChildFailed) as error:
            unread = (PagesRead(),) * (len(wanted) - len(found) - 1)
            return (*found, PagesRead(fault=exhausts(error)), *unread)
    return tuple(found)


def demand_bounded(content: bytes, *, name: str) -> None:
    """Raises `PublisherError` for a PDF that takes too much time or memory to be read.

    Other faults are not looked for: that is left to whatever reads the file.
    """
    size = len(content)
    try:
        found = run_limited(_MEASURE, content, limits=limits_for(size, seconds=6 + 4 * (size // MEGABYTE)))
        fault = msgspec.msgpack.decode(found, type=Fault | None)
    except (LimitExceeded, ChildFailed) as error:
        fault = exhausts(error)
    if fault is not None:
        diagnostic = Diagnostic(code=fault.code, message=fault.shown(name), hint=fault.hint or HINT)
        raise PublisherError(diagnostic, exit_code=ExitCode.FILES)


def measure(content: bytes) -> bytes:
    """The limit that the pages of a PDF exceed; nothing if they exceed none. Runs in the child."""
    limit_qpdf()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            rebuild(pdf, range(1, count_pages(pdf) + 1), size=len(content))
    except UnusablePage as error:
        if error.cause.code in _LIMITS:
            return msgspec.msgpack.encode(Fault(error.cause.code, error.cause.message, error.page))
    except MemoryError:
        raise
    except (pikepdf.exceptions.PikepdfError, ValueError, RuntimeError, TypeError, KeyError):
        return msgspec.msgpack.encode(None)
    return msgspec.msgpack.encode(None)


def pages_in(content: bytes) -> int | Fault:
    """How many pages a PDF has, counted in a child process; a fault if it cannot be read or has none."""
    try:
        found = int(run_limited(_COUNT, content, limits=limits_for(len(content))))
    except ChildFailed:
        return Fault("C-011", "it is damaged, or no PDF", 0)
    except LimitExceeded as error:
        return exhausts(error)
    return found or Fault("C-013", "it has no pages", 0)


def count_objects(content: bytes) -> bytes:
    """How many pages a PDF has, in digits; runs in the child."""
    limit_qpdf()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return str(len(pdf.pages)).encode()


def limits_for(size: int, *, seconds: int = 5) -> Limits:
    """The limits of a child that reads so many bytes of PDFs."""
    scale = size / MEGABYTE
    return Limits(seconds=seconds + int(scale), memory=_MEMORY + 8 * size, output=64 * MEGABYTE + 8 * size)


def refuse(error: LimitExceeded | ChildFailed, *, name: str) -> PublisherError:
    """What is raised (D-016, exit code 4) for a PDF that a child could not read."""
    fault = exhausts(error)
    return PublisherError(
        Diagnostic(code=fault.code, message=fault.shown(name), hint=fault.hint or HINT), exit_code=ExitCode.FILES
    )


def exhausts(error: LimitExceeded | ChildFailed) -> Fault:
    """D-016 for a PDF that a child could not read."""
    match error:
        case LimitExceeded(limit=Limit.TIME):
            why = "reading it takes too long"
        case LimitExceeded():
            why = "reading it takes too much memory"
        case _:
            why = "it cannot be read: a library that reads PDFs fails on it"
    return Fault("D-016", why, 0, HINT)


def _asked_pages(wanted: Sequence[Wanted], *, seconds: int) -> tuple[PagesRead, ...]:
    limits = limits_for(sum(len(item.content) for item in wanted), seconds=seconds)
    content = run_limited(_FUNCTION, msgspec.msgpack.encode(list(wanted)), limits=limits)
    try:
        found = msgspec.msgpack.decode(content, type=tuple[PagesRead, ...])
    except msgspec.DecodeError as error:
        raise ChildFailed("the answer cannot be read") from error
    if len(found) != len(wanted):
        raise ChildFailed("the answer is not complete")
    return found


def answer(request: bytes) -> bytes:
    """What is read of each PDF of a request; runs in the child."""
    limit_qpdf()
    wanted = msgspec.msgpack.decode(request, type=list[Wanted])
    return msgspec.msgpack.encode([_read(item) for item in wanted])


def _read(wanted: Wanted) -> PagesRead:
    try:
        with pikepdf.open(io.BytesIO(wanted.content), attempt_recovery=not wanted.bound) as pdf:
            if pdf.is_encrypted and wanted.bound:
                return PagesRead(fault=Fault("C-012", "it is encrypted", 0))
            return _pages(pdf, wanted)
    except MemoryError:
        raise
    except pikepdf.PasswordError:
        return PagesRead(fault=Fault("C-012", "it is encrypted", 0))
    except UnusablePage as error:
        cause = error.cause
        return PagesRead(fault=Fault(cause.code, cause.message, error.page, cause.hint or HINT))
    except (
        pikepdf.exceptions.PikepdfError,
        pypdfium2.PdfiumError,
        ValueError,
        RuntimeError,
        TypeError,
        KeyError,
    ) as error:
        reason = str(error) if wanted.content.startswith(b"%PDF-") else "it is no PDF"
        return PagesRead(fault=Fault("C-011", reason, 0))


def _pages(pdf: pikepdf.Pdf, wanted: Wanted) -> PagesRead:
    count = count_pages(pdf)
    if not count:
        return PagesRead(fault=Fault("C-013", "it has no pages", 0))
    first, last = wanted.first or 1, wanted.last or count
    if last > count:
        return PagesRead(count=count, fault=Fault("C-014", f"it has no page {last}", 0))
    made = rebuild(pdf, range(first, last + 1), size=len(wanted.content))
    notes, warnings = tuple(map(_fault, made.notes)), pdf.get_warnings()
    if warnings and wanted.bound:
        return PagesRead(fault=Fault("C-011", str(warnings[0]), 0))
    if not wanted.bound:
        title, language = _text_of(pdf.docinfo, "/Title"), _text_of(pdf.Root, "/Lang")
        repaired = bool(warnings)
        return PagesRead(
            count=count, content=made.content, notes=notes, repaired=repaired, title=title, language=language
        )
    document = pypdfium2.PdfDocument(made.content)
    try:
        texts = tuple(_text(document, at) for at in range(len(document)))
        sizes = tuple((float(wide), float(high)) for wide, high in map(document.get_page_size, range(len(document))))
    finally:
        document.close()
    return PagesRead(count=count, content=made.content, texts=texts, sizes=sizes, notes=notes)


def _text_of(holder: Any, key: str) -> str | None:
    """A string of a dictionary; None if it has none, or one that no document should show."""
    found = entry(holder, key) if is_dictionary(holder) else None
    return _UNPRINTABLE.sub("", str(found))[:1000] if isinstance(found, String) else None


def _fault(note: Note) -> Fault:
    return Fault(note.code, note.message, note.page, note.hint)


def _text(document: pypdfium2.PdfDocument, at: int) -> str:
    page = document[at]
    words = page.get_textpage()
    try:
        found = str(words.get_text_range())
    finally:
        words.close()
        page.close()
    joined = found.replace(f"{_LINE_END_HYPHEN}\r\n", "").replace(f"{_LINE_END_HYPHEN}\n", "")
    return _UNPRINTABLE.sub("", joined.replace("\r\n", "\n").replace("\r", "\n")).strip()
