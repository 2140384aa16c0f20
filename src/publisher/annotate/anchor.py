"""Every note anchored: each of its lemmas found in the text exactly once, and the place of its call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publisher.annotate.call import call_offset
from publisher.annotate.places import grounds_of, place_faults, with_other_places
from publisher.annotate.repeated import find_repeated
from publisher.annotate.report import Miss, reports
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.apparatus import Anchor, Note, Series
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.selectors.fold import Folded
from publisher.selectors.match import Quotation
from publisher.selectors.search import places

SHOWN = 20
"""So many candidates of an ambiguous lemma are listed."""


def annotate(edition: Edition) -> AnnotatedEdition:
    """The edition with one anchor for each lemma of its notes.

    Ordered by call, then lemma start, then wider first, then series in the order of `edition.yaml`, then the
    order of the notes. Raises `PublisherError` with every lemma that is not found, ambiguous, empty or called where its
    note is called already, and with every place that a note cannot be about.
    """
    folded = Folded.of(edition.text.plain)
    on_text = [note for note in edition.notes if note.place is None]
    anchors, misses = anchor_notes(on_text, plain=edition.text.plain, folded=folded)
    elsewhere, faults = anchored_elsewhere(edition)
    lost = with_other_places(reports(misses, text=edition.text, folded=folded), misses, edition)
    diagnostics = (*lost, *find_repeated(anchors), *faults)
    if diagnostics:
        raise PublisherError(*diagnostics)
    series = edition.settings.series
    return AnnotatedEdition(edition=edition, anchors=in_order(anchors, series), elsewhere=in_order(elsewhere, series))


def anchored_elsewhere(edition: Edition) -> tuple[tuple[Anchor, ...], tuple[Diagnostic, ...]]:
    """The anchors of the notes that are about something else than the text, and what is wrong with them."""
    found, faults = list[Anchor](), list[Diagnostic](place_faults(edition))
    grounds = grounds_of(edition) if any(note.place for note in edition.notes) else {}
    for key, ground in grounds.items():
        notes = [note for note in edition.notes if note.place and (note.place.kind, note.place.id) == key]
        if not notes:
            continue
        text, folded = ground.text, Folded.of(ground.text.plain)
        anchors, misses = anchor_notes(notes, plain=text.plain, folded=folded)
        faults += reports(misses, text=text, folded=folded, name=ground.name, counted=ground.is_counted)
        faults += find_repeated(anchors)
        found += (replace(anchor, lemma=text.plain[anchor.start : anchor.end]) for anchor in anchors)
    return tuple(found), tuple(faults)


def anchor_notes(notes: Sequence[Note], *, plain: str, folded: Folded) -> tuple[tuple[Anchor, ...], tuple[Miss, ...]]:
    """The anchors of the lemmas that are in the text once, and the misses of the others."""
    lemmas = [(note, nth, lemma) for note in notes for nth, lemma in enumerate(note.lemmas)]
    quotations = [Quotation.of(lemma.selector) for _, _, lemma in lemmas]
    found = places(folded.text, (item.text for item in quotations if item is not None), keep=SHOWN)
    anchors, misses = [], []
    for (note, nth, lemma), quotation in zip(lemmas, quotations, strict=True):
        if quotation is not None and found[quotation.text].count == 1:
            at = quotation.lemma_at(folded, found[quotation.text].starts[0])
            call = call_offset(plain, at.end)
            anchors.append(Anchor(note=note, start=at.start, end=at.end, call=call, nth=nth))
        else:
            misses.append(Miss(note, lemma.span, quotation, None if quotation is None else found[quotation.text]))
    return tuple(anchors), tuple(misses)


def in_order(anchors: Sequence[Anchor], series: Sequence[Series]) -> tuple[Anchor, ...]:
    """The anchors as their calls follow one another; those that are alike stay as they are given."""
    rank = {item.id: index for index, item in enumerate(series)}
    last = len(rank)
    return tuple(
        sorted(anchors, key=lambda anchor: (anchor.call, anchor.start, -anchor.end, rank.get(anchor.note.series, last)))
    )
