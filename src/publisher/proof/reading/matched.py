"""The blocks of a PDF next to the lines of the edition, so that each knows its place in a source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from publisher.diagnostics import Span
from publisher.model.publication import Publication
from publisher.pdf.read.document import PdfDocument
from publisher.proof.reading.lines import SetBlock, Setting, lines_of
from publisher.proof.reading.note_places import NotePlace, note_places
from publisher.proof.reading.painted import Picture, Sheet, Stretch
from publisher.proof.reading.sheets import sheets
from publisher.proof.reading.structure import Branch, branches
from publisher.proof.reading.untagged import untagged_blocks
from publisher.verify.compare import compare
from publisher.verify.expected.pdf import pdf_lines
from publisher.verify.line import PICTURE, UNSEEN, Expected, Found
from publisher.verify.pdf.lines import read_tree

Painted = TypeVar("Painted", Stretch, Picture)
Place = tuple[int, float, float]
"""A page, and a point on it, rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a line begins that `verify` has read."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A line that no source holds."""

    page: int
    text: str


Pairs = tuple[tuple[Expected, Found, Standing], ...]
"""Lines of the sources with those of the PDF, and where these begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A PDF as it was set, with what its sources say of it."""

    setting: Setting
    notes: tuple[NotePlace, ...]
    strangers: tuple[Stranger, ...]
    """Lines that no source holds."""
    lacking: tuple[Expected, ...]
    """Lines of the sources that are not in it."""


def match_sources(document: PdfDocument, publication: Publication) -> Sourced:
    """The PDF next to the edition."""
    expected, pages = pdf_lines(publication), sheets(document)
    tree = branches(document)
    if not tree:
        blocks = untagged_blocks(pages, expected)
        return _match_sources(Setting(sheets=pages, blocks=blocks))
    reading = read_tree(document)
    standing = {id(line): Standing(page=line.page, x=line.x, y=line.y) for line in (*reading.lines, *reading.notes)}
    text, notes = compare(expected.lines, reading.lines), compare(expected.notes, reading.notes)
    differences = (*text.differences, *notes.differences)
    near = (
        (difference.expected, difference.found)
        for difference in differences
        if difference.expected and difference.found
    )
    pairs = tuple((pair, other, standing[id(other)]) for pair, other in (*text.pairs, *notes.pairs, *near))
    strange = (difference.found for difference in differences if difference.found and difference.expected is None)
    return _match_sources(
        Setting(sheets=pages, blocks=tuple(_blocks(tree, pages, pairs))),
        strangers=tuple(Stranger(page=standing[id(item)].page, text=item.text) for item in strange),
        lacking=tuple(
            difference.expected for difference in differences if difference.expected and difference.found is None
        ),
    )


def setting_of(document: PdfDocument) -> Setting:
    """Return a tagged PDF as it was set, without its sources; no blocks if it is not tagged."""
    pages = sheets(document)
    return Setting(sheets=pages, blocks=tuple(_blocks(branches(document), pages, ())))


def _match_sources(
    setting: Setting, *, strangers: tuple[Stranger, ...] = (), lacking: tuple[Expected, ...] = ()
) -> Sourced:
    notes = tuple(note_places(setting.blocks))
    return Sourced(setting=setting, notes=notes, strangers=strangers, lacking=lacking)


def span_at(source: Expected, solid: int) -> Span | None:
    """Where the character of a line is in its source that has so many others before it, white space left out."""
    seen = -1
    for offset, character in enumerate(source.text):
        seen += not character.isspace() and character not in UNSEEN
        if seen == solid:
            return source.span(offset)
    return source.span(max(len(source.text) - 1, 0))


def _blocks(tree: Iterable[Branch], pages: Iterable[Sheet], pairs: Pairs) -> Iterator[SetBlock]:
    """The blocks of a structure tree, each with the line of the sources that begins where it begins."""
    painted = {sheet.index: _by_sequence(sheet.stretches) for sheet in pages}
    drawn = {sheet.index: _by_sequence(sheet.pictures) for sheet in pages}
    words: defaultdict[Place, list[Expected]] = defaultdict(list)
    for expected, _, at in pairs:
        words[_place(at.page, at.x, at.y)].append(expected)
    pictures = [expected for expected, found, _ in pairs if found.text.startswith(PICTURE)]
    for branch in tree:
        stretches = [
            stretch for page, mcid in branch.sequences for stretch in painted[page].get(mcid, ()) if stretch.text
        ]
        shown = [picture for page, mcid in branch.sequences for picture in drawn[page].get(mcid, ())]
        source = next((words[at].pop(0) for at in map(_start, stretches) if words.get(at)), None)
        if branch.path[-1:] == ("Figure",) and pictures:
            source = pictures.pop(0)
        if stretches or shown:
            lines = tuple(lines_of(stretches))
            yield SetBlock(branch=branch, lines=lines, pictures=tuple(shown), source=source)


def _by_sequence(painted: Iterable[Painted]) -> dict[int, list[Painted]]:
    """What is painted by the sequences that it belongs to."""
    found: defaultdict[int, list[Painted]] = defaultdict(list)
    for stretch in painted:
        if stretch.mcid is not None:
            found[stretch.mcid].append(stretch)
    return found


def _start(stretch: Stretch) -> Place:
    return _place(stretch.page, stretch.starts[0], stretch.y)


def _place(page: int, x: float, y: float) -> Place:
    return page, round(x, 1), round(y, 1)
