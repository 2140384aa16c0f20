"""From the structure elements of a PDF back to the words of the sources, for anyone who objects to one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from publisher.diagnostics import Span
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.pdf.read.document import PdfDocument, read_pdf
from publisher.pdf.read.syntax import Ref
from publisher.verify.compare import compare
from publisher.verify.expected.pdf import pdf_lines
from publisher.verify.line import Expected, Found
from publisher.verify.pdf.lines import read_tree


def element_places(artifact: Artifact, publication: Publication) -> Mapping[int, Span]:
    """Where in the sources the words of each structure element of a PDF are, by the number of its object.

    That of a page, or of what it draws, is the place of the first words that begin on it.
    """
    document = read_pdf(artifact.content)
    reading = read_tree(document)
    expected = pdf_lines(publication)
    spans = {**_spans(expected.lines, reading.lines), **_spans(expected.notes, reading.notes)}
    places = ((number, spans.get(id(found))) for number, found in reading.elements.items())
    pages = _pages(
        document,
        [(found_in_pdf.page, spans.get(id(found_in_pdf))) for found_in_pdf in (*reading.lines, *reading.notes)],
    )
    return {**pages, **{number: span for number, span in places if span is not None}}


def _pages(document: PdfDocument, begun: Sequence[tuple[int, Span | None]]) -> dict[int, Span]:
    """The place of each page's first words, by the numbers of its own object and of those that draw it."""
    places: dict[int, Span] = {}
    first: dict[int, Span] = {}
    for page, span in begun:
        if span is not None:
            first.setdefault(page, span)
    for number, index in document.numbers.items():
        drawn = document.file.dictionary(Ref(number)).get("Contents")
        parts = (drawn, *document.file.array(drawn))
        near = first.get(index) or first.get(max((page for page in first if page < index), default=-1))
        if near is not None:
            places |= dict.fromkeys((number, *(part.number for part in parts if isinstance(part, Ref))), near)
    return places


def _spans(expected: Sequence[Expected], found: Sequence[Found]) -> dict[int, Span | None]:
    """The place of each line that was found; one that is like none is the next that is waited for."""
    places = {id(line): at for at, line in enumerate(expected)}
    paired = {id(there): places[id(wanted)] for wanted, there in compare(expected, found).pairs}
    spans: dict[int, Span | None] = {}
    last = -1
    for line in found:
        last = paired.get(id(line), min(last + 1, len(expected) - 1))
        spans[id(line)] = expected[last].span() if expected else None
    return spans
