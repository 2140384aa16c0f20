"""Where words are on their pages next to the order in which they are read: line below line, column next to column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from publisher.diagnostics import Diagnostic
from publisher.model.language import RTL, direction
from publisher.model.publication import Publication
from publisher.pdf.read.bidi import RIGHT_TO_LEFT
from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.document import PdfDocument
from publisher.verify.allowed import WORDS_OVER, is_allowed
from publisher.verify.diagnose import display, wrong
from publisher.verify.line import CellPlace, Expected
from publisher.verify.pdf.found import FoundInPdf, PdfReading
from publisher.verify.pdf.growing import APART
from publisher.verify.pdf.places import Pairs
from publisher.verify.pdf.visual import misplaced_word

SLACK = 1.0
"""Points by which a word may be before the end of the one before it."""
OVER = 0.4
"""How much of its size a word may be over another one."""
HALF = 0.5
EITHER_WAY = frozenset({"a line of the contents", "a line of the index"})
"""Lines of two parts: in a volume from right to left the page is on the left, whatever the letters of the label."""
ROW = 16
"""In points: words are looked for in rows of this height."""


def page_order_faults(
    text: Pairs, notes: Pairs, publication: Publication, document: PdfDocument, reading: PdfReading, *, artifact: str
) -> Iterator[Diagnostic]:
    """Words that are seen in another order than they are read (V-005), and words that are over others (V-008).

    A waiver of the edition may allow words over others (D-021).
    """
    series = {note.id: note.series for section in publication.sections for note in section.notes}
    placed = not publication.stylesheets
    turned = direction(publication.metadata.language) == RTL
    yield from _stream(text, artifact, placed=placed, turned=turned)
    streams: defaultdict[str, list[tuple[Expected, FoundInPdf]]] = defaultdict(list)
    for expected, found in notes:
        streams[series.get(expected.note or "", "")].append((expected, found))
    for stream in streams.values():
        yield from _stream(stream, artifact, placed=placed, turned=turned)
    for number, content in enumerate(() if is_allowed(publication, WORDS_OVER) else document.contents):
        words = [chunk for chunks in content.sequences.values() for chunk in chunks if chunk.text.strip()]
        words += (chunk for chunk in content.artifacts if chunk.text.strip())
        for item in _over(chunk for chunk in words if id(chunk) not in reading.in_pictures):
            message = f"(page {document.labels[number]}) words are printed over others: “{display(item.text[:70])}”"
            yield wrong("V-008", message, artifact=artifact)


def _stream(
    pairs: Iterable[tuple[Expected, FoundInPdf]], artifact: str, *, placed: bool, turned: bool
) -> Iterator[Diagnostic]:
    """The lines that are out of order, and those in which words do; some of a `turned` volume run either way.

    Only if blocks are `placed` by the house alone has each to be below or next to the one before it.
    """
    before: list[Chunk] = []
    above: list[Chunk] = []
    last: CellPlace | None = None
    for expected, found in pairs:
        words = [chunk for chunk in found.words if chunk.text.strip() and not chunk.turned]
        if not words or len(words) < sum(bool(chunk.text.strip()) for chunk in found.words):
            before, above, last = [], [], None
            continue
        if not _in_row(expected.cell, last):
            above = before
        beside = [chunk for chunk in before if above is before or chunk.page == words[0].page] or above
        last = expected.cell
        if placed and beside and _is_before(words[0], beside) and not _is_beside(words[0], beside):
            message = f"({found.place}) {expected.name} is on the page before what is read before it"
            yield wrong("V-005", message, artifact=artifact, line=expected)
        either_way = turned and expected.name in EITHER_WAY
        runs_left = either_way or direction(found.language) == RTL
        strayed = _stray(_without_number(expected, words), turned=runs_left)
        if strayed is None and expected.name not in EITHER_WAY:
            strayed = misplaced_word(expected, found)
        if strayed is not None:
            message = (
                f"({found.place}) words of {expected.name} are on the page in another order than they are read: "
                f"“{display(strayed.text[:70])}”"
            )
            yield wrong("V-005", message, artifact=artifact, line=expected)
        before = words


def reading_faults(document: PdfDocument, reading: PdfReading, *, artifact: str) -> Iterator[Diagnostic]:
    """V-005 for each reading that is not above its characters."""
    for base, above in reading.readings:
        apart = above.box[2] <= base.box[0] or above.box[0] >= base.box[2]
        if base.page != above.page or above.y <= base.y or above.y > base.y + 2 * base.size or apart:
            message = (
                f"(page {document.labels[above.page]}) the reading “{display(above.text)}” is not above its "
                f"characters: “{display(base.text)}”"
            )
            yield wrong("V-005", message, artifact=artifact)


def _in_row(cell: CellPlace | None, last: CellPlace | None) -> bool:
    """Whether a cell is in the row of the last one: a row may continue on the next page, with all of its cells."""
    return cell is not None and last is not None and cell.row == last.row and cell.column > last.column


def _without_number(expected: Expected, words: Sequence[Chunk]) -> Sequence[Chunk]:
    """The words without the number of their paragraph, which is next to their first line in either margin."""
    number, *others = words
    is_number = number.text.strip() == expected.name.removeprefix("paragraph ")
    beside = others and abs(number.y - others[0].y) <= APART * number.size
    return others if is_number and beside else words


def _stray(words: Sequence[Chunk], *, turned: bool) -> Chunk | None:
    """The first word that is before one that is read before it; None if there is none."""
    turns = turned or any(RIGHT_TO_LEFT.search(word.text) for word in words)
    column = [words[0]]
    for chunk in words[1:]:
        last = column[-1]
        if _is_before(chunk, column):
            return chunk
        same_line = chunk.page == last.page and abs(chunk.y - last.y) <= APART * max(chunk.size, last.size)
        if same_line and not turns and chunk.x < last.x - SLACK:
            return chunk
        higher = chunk.page != last.page or chunk.y > last.y + APART * max(chunk.size, last.size)
        column = [chunk] if higher else [*column, chunk]
    return None


def _is_before(chunk: Chunk, others: Sequence[Chunk]) -> bool:
    """Whether a word is on an earlier page than the last of others, or higher up and next to none of them."""
    last = others[-1]
    if chunk.page != last.page:
        return chunk.page < last.page
    if chunk.y <= last.y + APART * max(chunk.size, last.size):
        return False
    there = [other for other in others if other.page == chunk.page]
    right = chunk.box[0] >= max(other.box[2] for other in there) - SLACK
    left = chunk.box[2] <= min(other.box[0] for other in there) + SLACK
    turns = any(RIGHT_TO_LEFT.search(word.text) for word in (chunk, *there))
    return not (right or (left and turns))


def _is_beside(chunk: Chunk, others: Sequence[Chunk]) -> bool:
    """Whether a word is to the left of all others on its page, as next to a picture that text runs round."""
    there = [other for other in others if other.page == chunk.page]
    return bool(there) and chunk.box[2] <= min(other.box[0] for other in there) + SLACK


def _over(words: Iterable[Chunk]) -> Iterator[Chunk]:
    """The words of a page that are over another one."""
    rows: defaultdict[int, list[Chunk]] = defaultdict(list)
    for chunk in words:
        row = int(chunk.box[1] // ROW)
        near = (other for at in (row - 1, row, row + 1) for other in rows[at])
        if any(_stands_over(chunk, other) for other in near):
            yield chunk
        rows[row].append(chunk)


def _stands_over(chunk: Chunk, other: Chunk) -> bool:
    across = min(chunk.box[2], other.box[2]) - max(chunk.box[0], other.box[0])
    up = min(chunk.box[3], other.box[3]) - max(chunk.box[1], other.box[1])
    size, height = min(chunk.size, other.size), min(chunk.box[3] - chunk.box[1], other.box[3] - other.box[1])
    return across > OVER * size and up > HALF * height
