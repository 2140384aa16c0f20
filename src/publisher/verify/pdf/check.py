"""The proof of a PDF: read along its structure tree, it has every line of the sources once, in order, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from publisher.diagnostics import Diagnostic
from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.pdf.read.chunks import PageContent
from publisher.pdf.read.document import PdfDocument, read_pdf
from publisher.verify.allowed import WORDS_BEYOND, is_allowed
from publisher.verify.compare import Comparison, compare
from publisher.verify.diagnose import changed_line, diagnostics, display, wrong
from publisher.verify.expected.pdf import pdf_lines, without
from publisher.verify.formulas import letters_by_words, painted_faults
from publisher.verify.headings import heading_faults
from publisher.verify.languages import language_faults
from publisher.verify.line import Expected, Found
from publisher.verify.metadata import information_faults
from publisher.verify.pdf.actions import action_faults
from publisher.verify.pdf.cited_lines import with_cited_lines
from publisher.verify.pdf.drawings import drawing_faults
from publisher.verify.pdf.elements import element_faults
from publisher.verify.pdf.found import FoundInPdf, PdfReading
from publisher.verify.pdf.frames import frame_faults
from publisher.verify.pdf.line_numbers import counted_lines, line_number_faults
from publisher.verify.pdf.lines import read_tree
from publisher.verify.pdf.margins import margin_faults
from publisher.verify.pdf.metadata import said_faults
from publisher.verify.pdf.order import page_order_faults, reading_faults
from publisher.verify.pdf.outline import bookmark_faults, label_faults
from publisher.verify.pdf.places import area_faults, folio_faults, link_faults, order_faults, starts_of
from publisher.verify.pdf.print_difference import print_difference
from publisher.verify.pdf.print_form import as_printed, prints_references, profile
from publisher.verify.pdf.sources import source_file_faults
from publisher.verify.pictures import picture_faults, with_invisible_drawings
from publisher.verify.tables import cell_faults
from publisher.workers.executor import SERIAL, Executor


def pdf_faults(
    content: bytes, publication: Publication, *, artifact: str, executor: Executor = SERIAL
) -> Iterator[Diagnostic]:
    """Everything in which a PDF departs from its sources; raises `PublisherError` (V-011) if it can't be read."""
    document = read_pdf(content, executor)
    reading = read_tree(document)
    document.file.forget()  # a long book has millions of objects
    on_paper = prints_references(publication, artifact)
    expected = pdf_lines(publication, ways_back=not on_paper)
    elsewhere = publication.excerpt.elsewhere if publication.excerpt else {}

    def label(target: str) -> str:
        return elsewhere.get(target) or document.label(target)

    if on_paper:
        expected = as_printed(expected, publication, label)
    expected = without(expected, elsewhere)
    leads = profile(publication, artifact) is not Profile.PRINT
    lines = with_invisible_drawings(expected.lines, reading.lines, publication.images)
    text = compare(lines, reading.lines)
    counted = counted_lines(_pairs(text.pairs), publication, on_paper=on_paper)
    cited = with_cited_lines(expected.notes, _pairs(text.pairs), counted, publication, document, reading)
    notes = compare(with_invisible_drawings(cited, reading.notes, publication.images), reading.notes)
    for comparison in (text, notes):
        yield from _line_faults(comparison, publication, artifact)
    pairs = _pairs((*text.pairs, *notes.pairs))
    yield from link_faults(pairs, document, reading, artifact=artifact, leads=leads)
    yield from area_faults(document, reading, artifact=artifact)
    yield from order_faults(_pairs(text.pairs), _pairs(notes.pairs), reading, artifact=artifact)
    paired = _pairs(text.pairs)
    yield from page_order_faults(paired, _pairs(notes.pairs), publication, document, reading, artifact=artifact)
    yield from reading_faults(document, reading, artifact=artifact)
    yield from element_faults(document, artifact=artifact)
    yield from folio_faults(pairs, document, artifact=artifact)
    yield from bookmark_faults(publication, document, paired, starts_of(reading.lines), artifact=artifact)
    yield from label_faults(publication, document, paired, artifact=artifact)
    yield from frame_faults(document.frames, document.labels, publication, artifact=artifact)
    formulas = letters_by_words(publication)
    beyond = is_allowed(publication, WORDS_BEYOND)
    yield from _unread_faults(document, reading, artifact, hidden=beyond, formulas=formulas)
    yield from drawing_faults(document, reading, publication, artifact=artifact)
    yield from line_number_faults(counted, publication, document, artifact=artifact)
    yield from margin_faults(publication, document, reading, artifact=artifact, label=label if on_paper else None)
    archived = profile(publication, artifact) is Profile.ARCHIVE
    yield from action_faults(document, reading, artifact=artifact, carries=archived)
    if archived:
        yield from source_file_faults(document, publication, artifact=artifact)
    yield from information_faults(document, publication, artifact=artifact)
    yield from said_faults(document, publication, profile(publication, artifact), artifact=artifact)


def _line_faults(comparison: Comparison, publication: Publication, artifact: str) -> Iterator[Diagnostic]:
    """In what the lines of the file depart from those of the sources, one by one."""
    yield from diagnostics(comparison, artifact=artifact)
    yield from _characters(comparison, artifact)
    yield from language_faults(comparison.pairs, artifact=artifact)
    yield from heading_faults(comparison.pairs, artifact=artifact, levels=False)
    if not publication.templates:
        yield from cell_faults(comparison.pairs, artifact=artifact)
    yield from picture_faults(comparison, publication.images, artifact=artifact)


def _pairs(pairs: Sequence[tuple[Expected, Found]]) -> tuple[tuple[Expected, FoundInPdf], ...]:
    return tuple((expected, found) for expected, found in pairs if isinstance(found, FoundInPdf))


def _characters(comparison: Comparison, artifact: str) -> Iterator[Diagnostic]:
    """Lines whose letters are right and whose spaces, line ends or unseen characters are not."""
    for expected, found in comparison.pairs:
        if expected.marks == found.marks:
            at = print_difference(expected, found)
            if at is not None:
                yield changed_line(expected, found, artifact=artifact, at=at)


def _seen_and_told(content: PageContent, reading: PdfReading, place: str, artifact: str) -> Iterator[Diagnostic]:
    """Words that something covers, and words that are read aloud otherwise than they are painted."""
    for chunk in (item for item in content.covered if id(item) not in reading.in_pictures):
        message = f"({place}) words are hidden under something: “{chunk.text[:70]}”"
        yield wrong("V-008", message, artifact=artifact)
    for painted, told in content.told:
        message = f"({place}) what is painted as “{display(painted[:70])}” is read as “{display(told[:70])}”"
        yield wrong("V-008", message, artifact=artifact)


def _unread_faults(
    document: PdfDocument,
    reading: PdfReading,
    artifact: str,
    *,
    hidden: bool,
    formulas: Mapping[str, frozenset[str]],
) -> Iterator[Diagnostic]:
    """Words on pages that the structure tree leaves out or has twice, and words that no one sees.

    Words may be `hidden` if the edition allows it.
    """
    for number, content in enumerate(document.contents):
        place = f"page {document.labels[number]}"
        if content.loose:
            words = "".join(chunk.text for chunk in content.loose)
            yield wrong("V-012", f"({place}) words belong to no part of the text: “{words[:70]}”", artifact=artifact)
        for mcid, chunks in content.sequences.items():
            words = "".join(chunk.text for chunk in chunks)
            if words.strip() and (number, mcid) not in reading.read:
                yield wrong("V-012", f"({place}) words are not read aloud: “{words[:70]}”", artifact=artifact)
        yield from _seen_and_told(content, reading, place, artifact)
        yield from painted_faults(content.formulas, formulas, place=place, artifact=artifact)
    for kind, words in reading.replaced:
        message = f"no source holds what is read aloud in place of a {kind}: “{display(words[:70])}”"
        yield wrong("V-003", message, artifact=artifact)
    for kind, key in sorted(reading.more):
        yield wrong("V-003", f"an element {kind} has something that none has: {key}", artifact=artifact)
    for number, _ in reading.twice:
        yield wrong("V-004", f"(page {document.labels[number]}) words are read twice", artifact=artifact)
    for chunk in () if hidden else reading.unseen:
        if chunk.text.strip():
            place = f"page {document.labels[chunk.page]}"
            yield wrong("V-008", f"({place}) words are hidden: “{chunk.text[:70]}”", artifact=artifact)
