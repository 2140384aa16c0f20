"""What a PDF does, or carries with it, next to showing its pages: a book does nothing and carries nothing."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic
from publisher.pdf.read.document import PdfDocument
from publisher.pdf.read.file import Dictionary
from publisher.verify.diagnose import wrong
from publisher.verify.pdf.found import PdfReading

OF_FILES = ("OpenAction", "AA", "AcroForm", "Collection", "AF", "Requirements", "URI", "Threads", "OCProperties")
"""Entries of the catalogue that act, ask or carry files (ISO 32000-1, table 28)."""
PLACES = "Dests"
"""The only name tree of a book; the others act or hold files (table 31)."""


OF_SOURCES = frozenset({"AF", "EmbeddedFiles"})
"""Where a file for the archive carries its sources."""


def action_faults(
    document: PdfDocument, reading: PdfReading, *, artifact: str, carries: bool = False
) -> Iterator[Diagnostic]:
    """Scripts, forms, attached files, actions, and links that are on a page and belong to no words.

    A file for the archive `carries` its sources, which are looked at apart.
    """
    names = document.file.dictionary(document.catalogue.get("Names"))
    others = tuple(sorted(names.keys() - {PLACES}))
    carried = (*_there(document, document.catalogue, OF_FILES), *_there(document, names, others))
    for key in (key for key in carried if not (carries and key in OF_SOURCES)):
        yield wrong("V-003", f"the file has something that acts or is attached: {key}", artifact=artifact)
    for label, acts in zip(document.labels, document.acting, strict=True):
        if acts:
            yield wrong("V-003", f"(page {label}) something happens when the page is opened", artifact=artifact)
    for number, annotation in document.annotations.items():
        place = f"page {document.labels[annotation.page]}"
        if annotation.kind == "Link" and number not in reading.annotations:
            message = f"({place}) a link is laid over the page that belongs to no words"
            yield wrong("V-003", message, artifact=artifact)
        for key in annotation.more:
            yield wrong("V-003", f"({place}) a link does or shows more than lead somewhere: {key}", artifact=artifact)


def _there(document: PdfDocument, known: Dictionary, keys: tuple[str, ...]) -> Iterator[str]:
    return (key for key in keys if document.file.resolve(known.get(key)) is not None)
