"""Where the links of a PDF lead, where its notes are read, and which page numbers its contents print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from publisher.diagnostics import Diagnostic
from publisher.pdf.read.annotations import Annotation
from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.document import PdfDocument, Place
from publisher.verify.diagnose import display, wrong
from publisher.verify.line import ONE_GLYPH, Bond, Expected, Link
from publisher.verify.pdf.found import FoundInPdf, PdfReading

Pairs = tuple[tuple[Expected, FoundInPdf], ...]
Starts = dict[int, list[FoundInPdf]]
"""The lines that begin on each page, by its index."""
HALF = 0.5
"""How much of a word a link has to lie over."""
ABOVE, BELOW = 1.0, 0.3
"""In sizes of its letters, how far a word reaches over and under its line."""
HIGHEST = 4.0
"""In sizes of its letters, how high a link may be."""
SLACK = 1.5
"""Points by which places may lie next to what they lead to."""
ASIDE = 72.0
"""Points from which on lines are next to one another, as notes in the margin do next to those at the foot."""
GAP = 6.0
"""Points between the end of a line and the beginning of one next to it at least."""


def link_faults(
    pairs: Pairs, document: PdfDocument, reading: PdfReading, *, artifact: str, leads: bool
) -> Iterator[Diagnostic]:
    """Links that lead elsewhere, are missing or too many, and named places that are not where they should be.

    Where nothing `leads` anywhere, since it is printed, the words of links are still there.
    """
    targets = frozenset(link.target for expected, _ in pairs for link in expected.links)
    starts = {True: starts_of(reading.notes), False: starts_of(reading.lines)}
    notes = {id(line) for line in reading.notes}
    for expected, found in pairs:
        if expected.marks != found.marks:
            continue
        yield from _line_links(expected, found, artifact, leads=leads)
        for target in sorted(targets.intersection(expected.ids)):
            if not leads_to_line(document.places.get(target), found, starts[id(found) in notes]):
                yield _astray(target, expected, found, artifact)
        for target in sorted(targets.intersection(expected.places)):
            if not _leads_into_line(document.places.get(target), found):
                yield _astray(target, expected, found, artifact)
        calls = [link for link in expected.links if link.bond is Bond.NOTE]
        for link, mark in zip(calls, found.calls, strict=False):
            if link.id in targets and not _leads_to_mark(document.places.get(link.id or ""), mark):
                yield _astray(link.id or "", expected, found, artifact)


def _astray(id: str, expected: Expected, found: FoundInPdf, artifact: str) -> Diagnostic:
    message = f"({found.place}) links to {expected.name} lead elsewhere: {id} is not at its place"
    return wrong("V-007", message, artifact=artifact, line=expected)


def _line_links(expected: Expected, found: FoundInPdf, artifact: str, *, leads: bool) -> Iterator[Diagnostic]:
    want, have = list(map(_words, expected.links)), list(map(_words, found.links))
    if want != have:
        message = f"({found.place}) {expected.name} has other links than its source: expected {want}, found {have}"
        yield wrong("V-007", message, artifact=artifact, line=expected)
        return
    for link, other in zip(expected.links, found.links, strict=True):
        if other.target != (link.target if leads else ""):
            message = (
                f"({found.place}) the link “{link.text}” in {expected.name} should lead to {link.target}, "
                f"and leads to {other.target or 'nothing'}"
            )
            yield wrong("V-007", message, artifact=artifact, line=expected)


def _words(link: Link) -> str:
    return normalize("NFC", "".join(link.text.split())).translate(ONE_GLYPH)


def starts_of(lines: Iterable[FoundInPdf]) -> Starts:
    """The lines that begin on each page: of the text or of notes, which may be next to it in the margin."""
    starts: defaultdict[int, list[FoundInPdf]] = defaultdict(list)
    for line in lines:
        starts[line.page].append(line)
    return starts


def leads_to_line(place: Place | None, line: FoundInPdf, starts: Starts) -> bool:
    """Whether the first line at or below a place is this one."""
    if place is None or place.page != line.page:
        return False
    top = place.y
    if top is None:
        return True
    between = (found_in_pdf for found_in_pdf in starts[line.page] if line.y + SLACK < found_in_pdf.y <= top)
    return line.y <= top + SLACK and all(_is_aside(found_in_pdf, line) for found_in_pdf in between)


def _is_aside(found_in_pdf: FoundInPdf, line: FoundInPdf) -> bool:
    """Whether a line is next to another one, which is in the margin or has one there, on either side."""
    return (
        abs(found_in_pdf.x - line.x) >= ASIDE or _end(found_in_pdf) + GAP < line.x or _end(line) + GAP < found_in_pdf.x
    )


def _end(line: FoundInPdf) -> float:
    """Where a line ends on the page that it begins on."""
    return max((word.end for word in line.words if word.page == line.page), default=line.x)


def _leads_into_line(place: Place | None, line: FoundInPdf) -> bool:
    """Whether a place is that of some words of a line, or directly above them."""
    if place is None:
        return False
    words = [word for word in line.words if word.page == place.page]
    top = place.y
    return bool(words) and (top is None or any(-SLACK <= top - word.y <= 2.5 * word.size for word in words))


def _leads_to_mark(place: Place | None, mark: Chunk) -> bool:
    """Whether a place is that of a note's mark in the text."""
    if place is None or place.page != mark.page or place.x is None or place.y is None:
        return False
    return abs(place.x - mark.x) < SLACK and -SLACK <= place.y - mark.y <= 2.5 * mark.size


def order_faults(text: Pairs, notes: Pairs, reading: PdfReading, *, artifact: str) -> Iterator[Diagnostic]:
    """Notes that are read elsewhere than at their call or after the block that calls them."""
    index = {id(line): at for at, line in enumerate(reading.lines)}
    called: dict[str, tuple[int, int]] = {}
    last: dict[int, int] = {}
    for expected, found in text:
        at = index[id(found)]
        last[expected.top] = max(last.get(expected.top, -1), at)
        for link in expected.links:
            if link.bond is Bond.NOTE:
                called.setdefault(link.target, (at, expected.top))
    for expected, found in notes:
        at, top = called.get(expected.note or "", (-1, -1))
        if expected.gathered or top < 0:
            continue
        if not at <= found.after <= last[top]:
            message = f"({found.place}) {expected.name} is not read where it is called, nor after that paragraph"
            yield wrong("V-005", message, artifact=artifact, line=expected)


def folio_faults(pairs: Pairs, document: PdfDocument, *, artifact: str) -> Iterator[Diagnostic]:
    """Lines of the contents with another page number than that of the page that they lead to."""
    for expected, found in pairs:
        place = document.places.get(expected.links[0].target) if found.folio and expected.links else None
        if place is not None and document.labels[place.page] != found.folio:
            message = (
                f"({found.place}) the contents say that “{expected.text}” is on page {found.folio}, "
                f"and it is on page {document.labels[place.page]}"
            )
            yield wrong("V-014", message, artifact=artifact, line=expected)
        if expected.name in ("a line of the contents", "a line of the index") and not found.folio:
            yield wrong("V-014", f"({found.place}) “{expected.text}” has no page number", artifact=artifact)


def area_faults(document: PdfDocument, reading: PdfReading, *, artifact: str) -> Iterator[Diagnostic]:
    """Links that lie next to their words, or whose description is not where they lead (ISO 14289-1, 7.18.5)."""
    for link in reading.links:
        there = [document.annotations[number] for number in link.annotations if number in document.annotations]
        for annotation in there:
            place = f"page {document.labels[annotation.page]}"
            words = [word for word in link.words if word.page == annotation.page and word.text.strip()]
            if not _lies_over(annotation, words):
                text = "".join(word.text for word in link.words)[:60]
                yield wrong("V-007", f"({place}) the link “{display(text)}” is not at its words", artifact=artifact)
            if annotation.contents != annotation.target:
                described = display((annotation.contents or "")[:60])
                message = f"({place}) a link to {annotation.target} is described as “{described}”"
                yield wrong("V-007", message, artifact=artifact)
        for word in link.words:
            if there and word.text.strip() and not any(_lies_over(item, [word]) for item in there):
                place = f"page {document.labels[word.page]}"
                message = f"({place}) no link lies over the words “{display(word.text[:60])}”, which are one"
                yield wrong("V-007", message, artifact=artifact)


def _lies_over(annotation: Annotation, words: Iterable[Chunk]) -> bool:
    """Whether what is laid over a page lies over one of some words at least, and reaches no further than these do."""
    left, bottom, right, top = annotation.box
    for word in words:
        lowest, highest = word.box[1] - BELOW * word.size, word.box[1] + ABOVE * word.size
        across = min(right, word.box[2]) - max(left, word.box[0])
        up = min(top, highest) - max(bottom, lowest)
        if (
            word.page == annotation.page
            and across > HALF * (word.box[2] - word.box[0])
            and up >= HALF * min(top - bottom, word.size)
            and top - bottom < HIGHEST * word.size
        ):
            return True
    return False
