"""A PDF as a printer opens it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Dictionary

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.page import name_pages
from publisher.model.pdf_standard import Demands, PrintStandard, standard_of
from publisher.pdf.read.syntax import Malformed
from publisher.preflight.objects import OpenedObjects
from publisher.preflight.painted import Painted, read_painted

UNREADABLE = (
    AttributeError,
    ArithmeticError,
    IndexError,
    KeyError,
    Malformed,
    NotImplementedError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    pikepdf.exceptions.PikepdfError,
)
"""What is raised where a file has something else than ISO 32000 puts there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something for which a printer would send the file back."""

    code: str
    message: str
    """What is wrong, without the page."""
    page: int | None
    """Its index; None where it is the matter of the whole file."""
    hint: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A PDF that was opened, and what its pages paint."""

    name: str
    content: bytes
    standard: PrintStandard
    """What it has to follow."""
    pdf: pikepdf.Pdf
    labels: tuple[str, ...]
    """The label of every page."""
    paint: tuple[Painted, ...]
    """What each page paints."""
    least_bleed: float
    """In points."""
    unread: tuple[Fault, ...] = ()
    """X-015 for each page whose content cannot be read to its end."""

    @property
    def demands(self) -> Demands:
        """What the standard demands."""
        return self.standard.demands

    @property
    def version(self) -> str:
        """The standard with its version of PDF, in words."""
        return f"{self.demands.title} (PDF {self.demands.pdf})"

    @property
    def grey(self) -> bool:
        """Whether it is meant for a press that knows grey only."""
        intents = self.pdf.Root.get("/OutputIntents", ())
        return any(int(intent.get("/DestOutputProfile", Dictionary()).get("/N", 4)) == 1 for intent in intents)

    def fault(self, code: str, message: str, *, page: int | None = None, hint: str | None = None) -> Fault:
        """What is wrong, on the page with this index or with the whole."""
        return Fault(code=code, message=message, page=page, hint=hint)

    def told(self, faults: Iterable[Fault]) -> tuple[Diagnostic, ...]:
        """Each fault once, with all its pages."""
        pages: dict[Fault, list[int]] = {}
        for fault in faults:
            found = pages.setdefault(replace(fault, page=None), [])
            if fault.page is not None and fault.page not in found:
                found.append(fault.page)
        return tuple(self._told(fault, found) for fault, found in pages.items())

    def _told(self, fault: Fault, pages: list[int]) -> Diagnostic:
        where = f"{self.name}, {name_pages(pages, self.labels)}" if pages else self.name
        return Diagnostic(code=fault.code, message=f"{where}: {fault.message}", hint=fault.hint)


@contextmanager
def open_printed(content: bytes, *, name: str, least_bleed: float, standard: PrintStandard | None) -> Iterator[Printed]:
    """A PDF, opened; without a standard it has to follow the one that it claims, else PDF/X-4.

    Raises `PublisherError`: X-011 where it is encrypted, X-001 where it cannot be read.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise _refusal("X-011", f"{name}: the file is encrypted")
            objects = OpenedObjects()
            paint = tuple(_paint(page, objects) for page in pdf.pages)
            yield Printed(
                name=name,
                content=content,
                standard=standard or _claim(pdf),
                pdf=pdf,
                labels=tuple(_label(page, index) for index, page in enumerate(pdf.pages)),
                paint=tuple(painted or Painted() for painted in paint),
                least_bleed=least_bleed,
                unread=tuple(_unread_fault(index) for index, painted in enumerate(paint) if painted is None),
            )
    except pikepdf.PasswordError as error:
        raise _refusal("X-011", f"{name}: the file is encrypted, and asks for a password") from error
    except UNREADABLE as error:
        raise _refusal("X-001", f"{name}: it cannot be read as a PDF: {_reason(error)}") from error


def _claim(pdf: pikepdf.Pdf) -> PrintStandard:
    """The standard that a file claims in its information dictionary; PDF/X-4 if it claims none that is known."""
    return standard_of(str(pdf.docinfo.get("/GTS_PDFXVersion", ""))) or PrintStandard.X_4


def _paint(page: pikepdf.Page, objects: OpenedObjects) -> Painted | None:
    """What a page paints; None if its content cannot be read."""
    try:
        return read_painted(page, objects)
    except UNREADABLE:
        return None


def _label(page: pikepdf.Page, index: int) -> str:
    """The label of a page; its number in the file if the labels cannot be read."""
    try:
        return page.label
    except UNREADABLE:
        return str(index + 1)


def _unread_fault(index: int) -> Fault:
    message = "the page does not follow ISO 32000, and what it paints cannot be read"
    return Fault(code="X-015", message=message, page=index, hint="print the file into a new PDF with another program")


def _reason(error: Exception) -> str:
    """What is wrong, without the name of a stream in memory."""
    return (
        str(error).rpartition(">: ")[2].partition("\n")[0] if isinstance(error, pikepdf.PdfError) else "it is damaged"
    )


def _refusal(code: str, message: str) -> PublisherError:
    return PublisherError(
        Diagnostic(code=code, message=message, hint="build it again: publisher build --profile print"),
        exit_code=ExitCode.UNPROVED,
    )
