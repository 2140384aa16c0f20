"""The blocks of a PDF beside the lines of the edition, so that each knows its place in a source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from publisher.diagnostics import Span
from publisher.model.publication import Publication
from publisher.proofing.reading.painted import Picture, Stretch
from publisher.proofing.reading.setting import SetBlock, Setting, lines_of
from publisher.proofing.reading.sheets import sheets
from publisher.proofing.reading.structure import branches
from publisher.verify.compare import compare
from publisher.verify.expected_pdf import pdf_lines
from publisher.verify.line import PICTURE, UNSEEN, Bond, Expected
from publisher.verify.pdf_document import PdfDocument
from publisher.verify.pdf_lines import FoundInPdf, read_tree

Painted = TypeVar("Painted", Stretch, Picture)
Place = tuple[int, float, float]
"""A page, and a point on it, rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePlace:
    """A note and its call on pages."""

    expected: Expected
    called: int
    """The page of its first call, by index."""
    call: Place
    printed: FoundInPdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A PDF as it was set, with what its sources say of it."""

    setting: Setting
    notes: tuple[NotePlace, ...]
    strangers: tuple[FoundInPdf, ...]
    """Lines that no source holds."""
    lacking: tuple[Expected, ...]
    """Lines of the sources that are not in it."""


def sourced(document: PdfDocument, publication: Publication) -> Sourced:
    """The PDF beside the edition."""
    reading, expected = read_tree(document), pdf_lines(publication)
    text, notes = compare(expected.lines, reading.lines), compare(expected.notes, reading.notes)
    pairs = (*_in_pdf(text.pairs), *_in_pdf(notes.pairs))
    differences = (*text.differences, *notes.differences)
    near = ((one.expected, one.found) for one in differences if one.expected and one.found)
    return Sourced(
        setting=_setting(document, (*pairs, *_in_pdf(near))),
        notes=tuple(_note_places(pairs)),
        strangers=tuple(one.found for one in differences if isinstance(one.found, FoundInPdf) and one.expected is None),
        lacking=tuple(one.expected for one in differences if one.expected and one.found is None),
    )


def span_at(source: Expected, solid: int) -> Span | None:
    """Where the character of a line stands in its source that has so many others before it, white space left out."""
    seen = -1
    for offset, character in enumerate(source.text):
        seen += not character.isspace() and character not in UNSEEN
        if seen == solid:
            return source.span(offset)
    return source.span(max(len(source.text) - 1, 0))


def _in_pdf(pairs: Iterable[tuple[Expected, object]]) -> Iterator[tuple[Expected, FoundInPdf]]:
    return ((expected, found) for expected, found in pairs if isinstance(found, FoundInPdf))


def _setting(document: PdfDocument, pairs: tuple[tuple[Expected, FoundInPdf], ...]) -> Setting:
    pages = sheets(document)
    painted = {sheet.index: _by_sequence(sheet.stretches) for sheet in pages}
    drawn = {sheet.index: _by_sequence(sheet.pictures) for sheet in pages}
    words: defaultdict[Place, list[Expected]] = defaultdict(list)
    for expected, found in pairs:
        words[_place(found.page, found.x, found.y)].append(expected)
    pictures = [expected for expected, found in pairs if found.text.startswith(PICTURE)]
    blocks = []
    for branch in branches(document):
        stretches = [one for page, mcid in branch.sequences for one in painted[page].get(mcid, ()) if one.text]
        shown = [one for page, mcid in branch.sequences for one in drawn[page].get(mcid, ())]
        source = next((words[at].pop(0) for at in map(_start, stretches) if words.get(at)), None)
        if branch.path[-1:] == ("Figure",) and pictures:
            source = pictures.pop(0)
        if stretches or shown:
            lines = tuple(lines_of(stretches))
            blocks.append(SetBlock(branch=branch, lines=lines, pictures=tuple(shown), source=source))
    return Setting(sheets=pages, blocks=tuple(blocks))


def _by_sequence(painted: Iterable[Painted]) -> dict[int, list[Painted]]:
    """What is painted by the sequences that it belongs to."""
    found: defaultdict[int, list[Painted]] = defaultdict(list)
    for one in painted:
        if one.mcid is not None:
            found[one.mcid].append(one)
    return found


def _start(stretch: Stretch) -> Place:
    return _place(stretch.page, stretch.starts[0], stretch.y)


def _place(page: int, x: float, y: float) -> Place:
    return page, round(x, 1), round(y, 1)


def _note_places(pairs: Iterable[tuple[Expected, FoundInPdf]]) -> Iterator[NotePlace]:
    """Each note that is not gathered in a list, with its first call."""
    pairs = tuple(pairs)
    calls: dict[str, tuple[int, Place]] = {}
    for expected, found in pairs:
        marks = [link for link in expected.links if link.bond is Bond.NOTE]
        for link, chunk in zip(marks, found.calls, strict=False):
            calls.setdefault(link.target, (chunk.page, _place(chunk.page, chunk.x, chunk.y)))
    seen: set[str] = set()
    for expected, found in pairs:
        note = expected.note
        if note is not None and note not in seen and note in calls and not expected.gathered:
            page, place = calls[note]
            yield NotePlace(expected=expected, called=page, call=place, printed=found)
        seen.add(note or "")
