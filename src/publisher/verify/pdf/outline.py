"""The bookmarks of a PDF, and the labels of its pages, next to the contents (ISO 32000-1, 12.3.3 and 12.4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from publisher.diagnostics import Diagnostic, amount
from publisher.model.publication import ContentsEntry, MatterKind, Publication
from publisher.pdf.read.document import Bookmark, PdfDocument
from publisher.pdf.read.labels import numeral
from publisher.verify.compare import compare
from publisher.verify.diagnose import changed_line, diagnostics, wrong
from publisher.verify.expected.pdf import bookmarks, pdf_sections
from publisher.verify.line import Found
from publisher.verify.pdf.found import FoundInPdf
from publisher.verify.pdf.places import Pairs, Starts, leads_to_line


def bookmark_faults(
    publication: Publication, document: PdfDocument, pairs: Pairs, starts: Starts, *, artifact: str
) -> Iterator[Diagnostic]:
    """Bookmarks with other words than the contents, at another level, that lead elsewhere or do more than lead."""
    found = [Found(text=item.title, place="bookmarks") for item in document.bookmarks]
    comparison = compare(bookmarks(publication), found)
    yield from diagnostics(comparison, artifact=artifact)
    for expected, pair in comparison.pairs:
        if expected.text != pair.text:
            yield changed_line(expected, pair, artifact=artifact)
    for bookmark in document.bookmarks:
        for key in bookmark.more:
            message = f"(bookmarks) “{bookmark.title[:60]}” does or shows more than lead somewhere: {key}"
            yield wrong("V-003", message, artifact=artifact)
    wanted = tuple(_entries(publication))
    if [entry.label for entry, _ in wanted] == [bookmark.title for bookmark in document.bookmarks]:
        lines = {id: found for expected, found in pairs for id in expected.ids}
        for (entry, depth), bookmark in zip(wanted, document.bookmarks, strict=True):
            yield from _astray(entry, depth, bookmark, lines, starts, artifact)


def _astray(
    entry: ContentsEntry,
    depth: int,
    bookmark: Bookmark,
    lines: Mapping[str, FoundInPdf],
    starts: Starts,
    artifact: str,
) -> Iterator[Diagnostic]:
    if bookmark.depth != depth:
        message = f"(bookmarks) “{entry.label}” is at level {bookmark.depth}, and should be at level {depth}"
        yield wrong("V-005", message, artifact=artifact)
    line = lines.get(entry.target_id) or lines.get(entry.section_id)
    if bookmark.place is None or (line is not None and not leads_to_line(bookmark.place, line, starts)):
        message = f"(bookmarks) “{entry.label}” should lead to {entry.target_id}, and does not"
        yield wrong("V-007", message, artifact=artifact)


def _entries(publication: Publication) -> Iterator[tuple[ContentsEntry, int]]:
    sections = frozenset(section.id for section in pdf_sections(publication))

    def below(entries: tuple[ContentsEntry, ...], depth: int) -> Iterator[tuple[ContentsEntry, int]]:
        for entry in entries:
            if entry.section_id in sections:
                yield entry, depth
                yield from below(entry.children, depth + 1)

    yield from below(publication.contents, 1)


def label_faults(
    publication: Publication, document: PdfDocument, pairs: Pairs, *, artifact: str
) -> Iterator[Diagnostic]:
    """V-014 if a page has another label than it should: roman in front, arabic from the first page after that on.

    A piece of a volume has the labels of the volume, which the layout of that alone reports.
    """
    if publication.excerpt is not None:
        return
    lines = {id: found for expected, found in pairs for id in expected.ids}
    later = (section.id for section in pdf_sections(publication) if section.matter is not MatterKind.FRONT)
    first = next((lines[id].page for id in later if id in lines), None)
    if first is None:
        return
    wanted = [numeral(page + 1, "r") for page in range(first)]
    wanted += [numeral(page + 1, "D") for page in range(len(document.labels) - first)]
    other = [at for at, label in enumerate(document.labels) if label != wanted[at]]
    if other:
        at = other[0]
        message = f"page {at + 1} of the file is called “{document.labels[at]}”, and should be called “{wanted[at]}”"
        more = (
            f"; {amount(len(other) - 1, 'more label')} {'is' if len(other) == 2 else 'are'} wrong" if other[1:] else ""
        )
        yield wrong("V-014", f"{message}{more}", artifact=artifact)
