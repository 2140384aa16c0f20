"""What a page of a PDF draws that is no text: pictures that the structure tree has, and rules among the words.

The built-in templates and style sheets draw no more than this: pictures, each as an element of the tree; the ground of
the cover; and straight rules, over notes, in tables and agreements, next to quotations, under links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic
from publisher.model.block import Block, BlockQuote, ThematicBreak
from publisher.model.inline import Emphasis, Styled
from publisher.model.profile import Profile
from publisher.model.publication import Publication, Role, Section
from publisher.model.walk import blocks_of, inlines_of, nest
from publisher.pdf.read.chunks import Chunk, Drawing, PageContent
from publisher.pdf.read.document import PdfDocument
from publisher.pdf.read.frame import Frame
from publisher.pdf.read.geometry import Box, meets, within
from publisher.verify.diagnose import wrong
from publisher.verify.expected.pdf import pdf_sections
from publisher.verify.pdf.found import PdfReading
from publisher.verify.pdf.print_form import profile

THICKEST = 2.5
"""In points, the thickness of a rule; the built-in thickest has two."""
THIN = 1.0
"""In points: rules no thicker may be of any length, as those of a table are in a column that is blank or narrow."""
LEAST_LENGTH = 5
"""How many times as long as thick a rule is."""
BESIDE = 18.0
"""In points, how far in addition to the words of the volume a rule may be: as much as a quotation is set in."""
ABOVE = 36.0
"""How far above or below the words of a page."""
INSIDE = 0.12
"""How much of the size of letters a rule may reach into them."""
BESIDE_TEXT, ABOVE_OR_BELOW = "a rule is drawn at the side of the text", "a rule is drawn above or below the text"
APART = frozenset({BESIDE_TEXT, ABOVE_OR_BELOW})
"""What is said of rules far from words; a break in the text can be one, if a list or a page has nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page on which rules are drawn."""

    frame: Frame
    sides: tuple[float, float] | None
    """How far the text of such pages reaches to the left and to the right."""
    words: Sequence[Chunk]
    pictures: Sequence[Box]
    dotted: bool = False
    """Whether words of the volume have emphasis dots."""


def drawing_faults(
    document: PdfDocument, reading: PdfReading, publication: Publication, *, artifact: str
) -> Iterator[Diagnostic]:
    """V-064 for each thing that is drawn and is neither a picture of the volume nor a rule among its words.

    Style sheets and templates of the edition may draw anything: then nothing is reported.
    """
    if publication.stylesheets or publication.templates:
        return
    sides = _sides(document.contents, width=max(frame.seen[2] for frame in document.frames))
    on_paper = profile(publication, artifact) is Profile.PRINT
    apart: list[Diagnostic] = []
    dotted = any(_has_dots(section) for section in publication.sections)
    covers = any(section.role is Role.COVER for section in publication.sections)
    for number, content in enumerate(document.contents):
        frame, label = document.frames[number], document.labels[number]
        page = Page(
            frame=frame,
            sides=sides[number % 2],
            words=_words(content),
            dotted=dotted,
            pictures=[item.box for item in content.drawings if (number, item.mcid) in reading.figures],
        )
        marks = on_paper and publication.output.profiles.printed.marks
        for drawing in content.drawings:
            ground = covers and number == 0 and drawing.plain and within(frame.seen, drawing.box)
            outside = marks and not meets(drawing.box, frame.trimmed)
            pictured = drawing.mcid is not None and (number, drawing.mcid) in reading.figures
            what = None if ground or outside or pictured else _fault(drawing, page)
            if what:
                fault = wrong("V-064", f"(page {label}) {what}: {_where(drawing.box)}", artifact=artifact)
                if what in APART and within(drawing.box, frame.trimmed):
                    apart.append(fault)
                else:
                    yield fault
        for what in sorted(content.strange):
            if not (on_paper and what in PRINTED):
                message = f"(page {label}) the page is painted in a way that no book is: {what}"
                yield wrong("V-064", message, artifact=artifact)
    if len(apart) > _wordless_rules(publication):
        yield from apart


PRINTED = frozenset({"OP", "op", "OPM"})
"""How a file for the printer is painted: black over other inks."""


def _has_dots(section: Section) -> bool:
    parts = (section.blocks, *(note.blocks for note in section.notes))
    inlines = (*nest(section.title), *(inline for part in parts for inline in inlines_of(part)))
    return any(isinstance(styled, Styled) and styled.style is Emphasis.DOTS for styled in inlines)


def _where(box: Box) -> str:
    left, bottom, right, top = (round(number) for number in box)
    return f"{right - left} by {top - bottom} points, {left} from the left and {bottom} from the bottom"


def _wordless_rules(publication: Publication) -> int:
    """How many rules may be far from words and pictures: breaks in the text, and rules next to quotations of them."""
    sections = pdf_sections(publication)
    noted = (block for section in sections for note in section.notes for block in note.blocks)
    blocks = (*(block for section in sections for block in section.blocks), *noted)
    quoted = (quotation.blocks for quotation in blocks_of(blocks) if isinstance(quotation, BlockQuote))
    return _break_count(blocks) + sum(map(bool, map(_break_count, quoted)))


def _break_count(blocks: Iterable[Block]) -> int:
    return sum(isinstance(block, ThematicBreak) for block in blocks_of(blocks))


def _fault(drawing: Drawing, page: Page) -> str | None:
    """What is wrong with something drawn; None if it can be part of the book."""
    if not meets(drawing.box, page.frame.seen):
        return None
    if not drawing.plain:
        return "a picture is painted that belongs to no part of the text"
    if not drawing.artifact and drawing.mcid is None:
        return "something is drawn that belongs to no part of the text"
    left, bottom, right, top = drawing.box
    thick, long = sorted((right - left, top - bottom))
    if page.dotted and long <= THICKEST:
        return None
    if thick > THICKEST or (thick > THIN and long < LEAST_LENGTH * thick):
        return "an area is painted that no part of the book has"
    boxes = [*(chunk.box for chunk in page.words), *page.pictures]
    if page.sides is None or not boxes or left < page.sides[0] - BESIDE or right > page.sides[1] + BESIDE:
        return BESIDE_TEXT
    lowest, highest = min(box[1] for box in boxes), max(box[3] for box in boxes)
    beside = top - bottom > right - left and bottom < highest and top > lowest
    if not beside and (bottom < lowest - ABOVE or top > highest + ABOVE):
        return ABOVE_OR_BELOW
    through = next(
        (
            chunk
            for chunk in page.words
            if not (drawing.formula and chunk.formula) and _goes_through(drawing.box, chunk)
        ),
        None,
    )
    return None if through is None else f"a rule is drawn through the words “{through.text[:40]}”"


def _words(content: PageContent) -> list[Chunk]:
    chunks = (
        *content.artifacts,
        *content.loose,
        *(item for sequence in content.sequences.values() for item in sequence),
    )
    return [chunk for chunk in chunks if chunk.text.strip()]


def _sides(contents: Sequence[PageContent], *, width: float) -> list[tuple[float, float] | None]:
    """How far the text of even and of odd pages reaches to the left and to the right.

    Few words may reach to the right edge of the text, where the rules of a table end: left and right pages mirror each
    other, so that edge is as far from the edge of the page as the left edge of the text is on the pages between.
    """
    words = [[chunk for content in contents[parity::2] for chunk in _words(content)] for parity in (0, 1)]
    lefts = [min((item.box[0] for item in chunks), default=0.0) for chunks in words]
    rights = [max((item.box[2] for item in chunks), default=0.0) for chunks in words]
    return [
        (lefts[parity], max(rights[parity], width - lefts[1 - parity])) if words[parity] else None for parity in (0, 1)
    ]


def _goes_through(box: Box, chunk: Chunk) -> bool:
    """Whether something lies over the middle of letters."""
    if chunk.turned:
        return False
    left, bottom, right, top = chunk.box
    edge = INSIDE * chunk.size
    return right - left > 2 * edge and meets(box, (left + edge, bottom + edge, right - edge, top - edge / 2))
