"""Whether links and bookmarks in PDF 2.0 lead to the elements that are at their places (ISO 32000-2, 12.3.2.3)."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic
from publisher.pdf.read.document import PdfDocument, Place
from publisher.pdf.read.file import Dictionary
from publisher.pdf.read.syntax import Ref, text_string
from publisher.verify.diagnose import excerpt, wrong

DEEPEST = 200
"""How many elements may be inside one another."""


def element_faults(document: PdfDocument, *, artifact: str) -> Iterator[Diagnostic]:
    """Yield V-007 for each link and bookmark whose element is not on the page of its place, or is another note."""
    for annotation in document.annotations.values():
        if annotation.element is None:
            continue
        label, place = document.labels[annotation.page], document.places.get(annotation.target)
        if not _is_at(document, annotation.element, place):
            message = f"(page {label}) the link to {annotation.target} leads to an element that is elsewhere"
            yield wrong("V-007", message, artifact=artifact)
        elif _other_note(document, annotation.element, annotation.target):
            message = f"(page {label}) the link to {annotation.target} leads to another note"
            yield wrong("V-007", message, artifact=artifact)
    for bookmark in document.bookmarks:
        if bookmark.element is not None and not _is_at(document, bookmark.element, bookmark.place):
            message = f"the bookmark {excerpt(bookmark.title, 0)} leads to an element that is elsewhere"
            yield wrong("V-007", message, artifact=artifact)


def _is_at(document: PdfDocument, element: int, place: Place | None) -> bool:
    """Whether an element has content on the page of a place."""
    known = document.file.dictionary(Ref(element))
    return "S" in known and place is not None and place.page in _pages(document, known, DEEPEST)


def _pages(document: PdfDocument, known: Dictionary, depth: int) -> Iterator[int]:
    """Yield the pages, by index, of the content of an element and of what is below it."""
    page = known.get("Pg")
    if isinstance(page, Ref) and page.number in document.numbers:
        yield document.numbers[page.number]
    for kid in document.file.array(known.get("K")) if depth else ():
        yield from _pages(document, document.file.dictionary(kid), depth - 1)


def _other_note(document: PdfDocument, element: int, target: str) -> bool:
    """Whether an element is a note, and not the one that a link is to."""
    known = document.file.dictionary(Ref(element))
    name = document.file.resolve(known.get("ID"))
    return isinstance(name, bytes) and text_string(name) != target
