"""Calls of notes on front and back matter, agreements, other notes and footnotes, woven in before anything is cut."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from publisher.compose.notes.apparatus import cited_lemma
from publisher.compose.notes.weave import Insertion, weave, weave_inlines
from publisher.model.agreement import Agreement, parts_of, with_parts
from publisher.model.apparatus import Anchor, Cite, Note, PlaceKind
from publisher.model.block import Block
from publisher.model.edition import AnnotatedEdition, Edition, Matter
from publisher.model.inline import NoteCall
from publisher.model.publication import PlacedNote
from publisher.model.settings import Settings
from publisher.model.target import Audience, is_for
from publisher.model.text import Footnote
from publisher.model.walk import plain_of_inlines

Calls = Mapping[tuple[PlaceKind, str], tuple[Insertion, ...]]


def with_calls(annotated: AnnotatedEdition, audience: Audience) -> AnnotatedEdition:
    """The edition with the calls of these notes in its front and back matter, agreements, notes and footnotes.

    The calls have no marks yet, and those of notes for another audience are left out.
    """
    if not annotated.elsewhere:
        return annotated
    calls = _calls(anchor for anchor in annotated.elsewhere if is_for(audience, anchor.note.audience))
    notes = {note.id: _note(note, calls) for note in annotated.edition.notes}
    return replace(
        annotated,
        edition=_edition(annotated.edition, calls, notes),
        anchors=tuple(replace(anchor, note=notes[anchor.note.id]) for anchor in annotated.anchors),
        elsewhere=tuple(replace(anchor, note=notes[anchor.note.id]) for anchor in annotated.elsewhere),
    )


def _calls(anchors: Iterable[Anchor]) -> Calls:
    """The calls in each place, in the order of their offsets."""
    found: defaultdict[tuple[PlaceKind, str], list[Insertion]] = defaultdict(list)
    counts: defaultdict[str, int] = defaultdict(int)
    for anchor in anchors:
        note, place = anchor.note, anchor.note.place
        assert place is not None
        counts[note.id] += 1
        nth = counts[note.id]
        call = NoteCall(note_id=note_id(note), id=call_id(note, nth), mark="", series=note.series)
        found[place.kind, place.id].append(Insertion(offset=anchor.call, node=call))
    return {place: tuple(calls) for place, calls in found.items()}


def note_id(note: Note) -> str:
    """The element id of a note."""
    return f"note-{note.series}-{note.id}"


def call_id(note: Note, nth: int = 1) -> str:
    """The element id of the call of a note, or of a further one."""
    return f"call{'' if nth == 1 else nth}-{note.series}-{note.id}"


def _edition(edition: Edition, calls: Calls, notes: Mapping[str, Note]) -> Edition:
    settings = edition.settings
    footnotes = tuple(_footnote(footnote, calls) for footnote in edition.text.footnotes)
    return replace(
        edition,
        text=replace(edition.text, footnotes=footnotes),
        front=tuple(_matter(matter, calls, settings) for matter in edition.front),
        back=tuple(_matter(matter, calls, settings) for matter in edition.back),
        notes=tuple(notes[note.id] for note in edition.notes),
        agreements=tuple(_agreement(agreement, calls) for agreement in edition.agreements),
    )


def _matter(matter: Matter, calls: Calls, settings: Settings) -> Matter:
    text = matter.text
    own = [call for name in matter.names(settings) for call in calls.get((PlaceKind.MATTER, name), ())]
    at_title = len(plain_of_inlines(text.title)) if text.title else -1
    title = weave_inlines(text.title, (call for call in own if call.offset <= at_title))
    blocks = weave(text.blocks, (call for call in own if call.offset > at_title))
    return replace(matter, text=replace(text, title=title, blocks=blocks)) if own else matter


def _agreement(agreement: Agreement, calls: Calls) -> Agreement:
    own = calls.get((PlaceKind.AGREEMENT, agreement.id), ())
    return with_parts(agreement, weave(parts_of(agreement), own, origin=0)) if own else agreement


def _note(note: Note, calls: Calls) -> Note:
    return replace(note, blocks=_weave(note.blocks, calls.get((PlaceKind.NOTE, note.id), ())))


def _footnote(footnote: Footnote, calls: Calls) -> Footnote:
    return replace(footnote, blocks=_weave(footnote.blocks, calls.get((PlaceKind.FOOTNOTE, footnote.label), ())))


def _weave(blocks: tuple[Block, ...], calls: tuple[Insertion, ...]) -> tuple[Block, ...]:
    return weave(blocks, calls, origin=0) if calls else blocks


def placed_elsewhere(annotated: AnnotatedEdition) -> tuple[PlacedNote, ...]:
    """The notes on what is not the text, without marks and sections, which follow from where they are called."""
    citing = {item.id for item in annotated.edition.settings.series if item.cite is Cite.LINES}
    bands = {item.id: at for at, item in enumerate(annotated.edition.settings.series, 1)}
    first: dict[str, Anchor] = {}
    for anchor in annotated.elsewhere:
        first.setdefault(anchor.note.id, anchor)
    return tuple(
        PlacedNote(
            id=note_id(anchor.note),
            note_id=anchor.note.id,
            series=anchor.note.series,
            mark="",
            lemma=anchor.lemma,
            kind=anchor.note.kind,
            blocks=anchor.note.blocks,
            call_id=call_id(anchor.note),
            section_id="",
            band=bands[anchor.note.series],
            cited=cited_lemma(anchor.lemma) if anchor.note.series in citing else "",
        )
        for anchor in first.values()
    )
