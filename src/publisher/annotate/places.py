"""What notes can be about apart from the text: front and back matter, agreements, other notes, author's footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publisher.annotate.report import Miss
from publisher.diagnostics import Diagnostic, Fix
from publisher.model.agreement import parts_of
from publisher.model.apparatus import Note, NotePlace, PdfPlacement, PlaceKind, Series
from publisher.model.edition import Edition
from publisher.model.inline import FootnoteCall
from publisher.model.text import Text, written_label
from publisher.model.walk import inlines_of, nest, plain
from publisher.selectors.fold import Folded
from publisher.selectors.match import Quotation
from publisher.selectors.names import KnownNames

Key = tuple[PlaceKind, str]
DEEPEST = 8
"""How many notes may be about one another in a row."""
_AT_CALLS = (PdfPlacement.FOOT, PdfPlacement.MARGIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The words that notes can be about."""

    text: Text
    name: str
    """For messages: the file, or the note."""
    written: str
    """How `in=` names it."""
    is_counted: bool
    """Whether its runs know no offsets in it."""


def grounds_of(edition: Edition) -> Mapping[Key, Ground]:
    """Everything that a note can be about, by what `in=` says; a document of matter by its file too."""
    found: dict[Key, Ground] = {}
    for matter in (*edition.front, *edition.back):
        ground = Ground(text=matter.text, name=matter.text.source.name, written=matter.id, is_counted=False)
        found |= {(PlaceKind.MATTER, name): ground for name in matter.names(edition.settings)}
    for agreement in edition.agreements:
        blocks = parts_of(agreement)
        text = Text(title=(), blocks=blocks, plain=plain(blocks), source=agreement.span.source)
        found[PlaceKind.AGREEMENT, agreement.id] = Ground(
            text=text, name=text.source.name, written=f"agreement:{agreement.id}", is_counted=True
        )
    for note in edition.notes:
        text = Text(title=(), blocks=note.blocks, plain=plain(note.blocks), source=note.span.source)
        name, written = f"note “{note.id}”", f"note:{note.id}"
        found[PlaceKind.NOTE, note.id] = Ground(text=text, name=name, written=written, is_counted=True)
    called = {
        footnote_call.label
        for footnote_call in inlines_of(edition.text.blocks)
        if isinstance(footnote_call, FootnoteCall)
    }
    called |= {
        footnote_call.label for footnote_call in nest(edition.text.title) if isinstance(footnote_call, FootnoteCall)
    }
    for footnote in edition.text.footnotes:
        if footnote.label not in called:
            continue
        text = Text(title=(), blocks=footnote.blocks, plain=plain(footnote.blocks), source=edition.text.source)
        name, written = f"footnote “{written_label(footnote.label)}”", f"footnote:{footnote.label}"
        found[PlaceKind.FOOTNOTE, footnote.label] = Ground(text=text, name=name, written=written, is_counted=True)
    return found


def place_faults(edition: Edition) -> Iterator[Diagnostic]:
    """M-042 for what is not there, M-043 for notes about one another in a circle, M-044 for a foot note on a list."""
    placed = [note for note in edition.notes if note.place is not None]
    if not placed:
        return
    grounds = grounds_of(edition)
    by_id = {note.id: note for note in edition.notes}
    for note in placed:
        assert note.place is not None
        if (note.place.kind, note.place.id) not in grounds:
            yield _not_there(note.place, grounds)
    yield from _chains(placed, by_id)
    yield from _foot_notes_on_lists(placed, by_id, edition.settings.series)


def _not_there(place: NotePlace, grounds: Mapping[Key, Ground]) -> Diagnostic:
    what = {
        PlaceKind.MATTER: "front or back matter",
        PlaceKind.AGREEMENT: "agreement or document",
        PlaceKind.NOTE: "note",
        PlaceKind.FOOTNOTE: "footnote of the text",
    }[place.kind]
    names = KnownNames(tuple(sorted(name for kind, name in grounds if kind is place.kind)))
    otherwise = (
        "write in=introduction (a file of front or back matter), in=agreement:ID, in=note:ID or in=footnote:LABEL"
    )
    return Diagnostic(
        code="M-042",
        message=f"there is no {what} “{place.id}” that the note could be about",
        span=place.span,
        hint=names.hint(place.id, otherwise=otherwise),
    )


def _chains(placed: Iterable[Note], by_id: Mapping[str, Note]) -> Iterator[Diagnostic]:
    """M-043 for each note that leads back to itself, or that is too far from a text."""
    for note in placed:
        way, at = [note.id], note
        while at.place is not None and at.place.kind is PlaceKind.NOTE and at.place.id in by_id and len(way) <= DEEPEST:
            at = by_id[at.place.id]
            if at.id == note.id:
                way.append(at.id)
                break
            way.append(at.id)
        if at is note and len(way) > 1:
            circle = " → ".join(f"“{name}”" for name in way)
            yield Diagnostic(
                code="M-043",
                message=f"the notes are about one another in a circle: {circle}",
                span=note.span,
                hint="let one of them be about the text: take in=… out of its heading",
            )
        elif len(way) > DEEPEST:
            yield Diagnostic(
                code="M-043",
                message=f"more than {DEEPEST} notes are about one another in a row",
                span=note.span,
                hint="write what it says into the note that it is about",
            )


def _foot_notes_on_lists(
    placed: Iterable[Note], by_id: Mapping[str, Note], series: Sequence[Series]
) -> Iterator[Diagnostic]:
    """M-044 for a note at the foot or in the margin that is about a note in a list."""
    places = {item.id: item.pdf for item in series}
    for note in placed:
        host = by_id.get(note.place.id) if note.place and note.place.kind is PlaceKind.NOTE else None
        if host and places.get(note.series) in _AT_CALLS and places.get(host.series) not in _AT_CALLS:
            yield Diagnostic(
                code="M-044",
                message=f"the note is printed at its call, and “{host.id}”, which it is about, in a list",
                span=note.span,
                hint=f"move it to a series with the placement “pdf: {places.get(host.series)}”",
                related=(("the note that it is about", host.span),),
            )


def with_other_places(lost: Iterable[Diagnostic], misses: Sequence[Miss], edition: Edition) -> tuple[Diagnostic, ...]:
    """The reports of lemmas that the text does not have; if one other place has the words, the hint names it."""
    lost = tuple(lost)
    if not lost or len(lost) > DEEPEST * 10:
        return lost
    folded = {ground.written: (ground, Folded.of(ground.text.plain).text) for ground in grounds_of(edition).values()}
    return tuple(_elsewhere(diagnostic, miss, folded) for diagnostic, miss in zip(lost, misses, strict=True))


def _elsewhere(diagnostic: Diagnostic, miss: Miss, folded: Mapping[str, tuple[Ground, str]]) -> Diagnostic:
    quotation: Quotation | None = miss.quotation
    if diagnostic.code != "N-003" or quotation is None:
        return diagnostic
    own = f"note:{miss.note.id}"
    found = [ground for name, (ground, text) in folded.items() if name != own and text.count(quotation.text) == 1]
    if len(found) != 1:
        return diagnostic
    ground = found[0]
    hint = f"{ground.name} has these words: if the note is about them, write {{in={ground.written}}} after its heading"
    return replace(diagnostic, hint=hint, fix=_place_fix(miss.note, ground))


def _place_fix(note: Note, ground: Ground) -> Fix | None:
    """The change of a heading without attributes, to be confirmed."""
    heading = note.span.source.text[note.span.start : note.span.end].rstrip()
    if "{" in heading:
        return None
    at = note.span.start + len(heading)
    return Fix(span=note.span.source.span(at, at), text=f" {{in={ground.written}}}", is_certain=False)
