"""Every note anchored: its lemma found in the text exactly once, and the place of its call."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.annotate.call import call_offset
from publisher.annotate.crossing import crossings
from publisher.annotate.report import Miss, reports
from publisher.diagnostics import PublisherError
from publisher.model.apparatus import Anchor, Note, Series
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.quoting.fold import Folded
from publisher.quoting.match import Quotation
from publisher.quoting.search import places

SHOWN = 20
"""So many candidates of an ambiguous lemma are listed."""


def annotate(edition: Edition) -> AnnotatedEdition:
    """The edition with one anchor for each note.

    Ordered by call, then lemma start, then wider first, then series in the order of `edition.yaml`, then the
    order of the notes. Raises `PublisherError` with every lemma that is not found (N-003), ambiguous (N-004),
    crossing another of its series (N-005) or empty (N-006).
    """
    folded = Folded.of(edition.text.plain)
    anchors, misses = anchored(edition.notes, plain=edition.text.plain, folded=folded)
    diagnostics = (*reports(misses, text=edition.text, folded=folded), *crossings(anchors))
    if diagnostics:
        raise PublisherError(*diagnostics)
    return AnnotatedEdition(edition=edition, anchors=in_order(anchors, edition.settings.series))


def anchored(notes: Sequence[Note], *, plain: str, folded: Folded) -> tuple[tuple[Anchor, ...], tuple[Miss, ...]]:
    """The anchors of the notes whose lemma stands in the text once, and the misses of the others."""
    quotations = [Quotation.of(note.selector) for note in notes]
    found = places(folded.text, (one.text for one in quotations if one is not None), keep=SHOWN)
    anchors, misses = [], []
    for note, quotation in zip(notes, quotations, strict=True):
        if quotation is not None and found[quotation.text].count == 1:
            anchors.append(_anchor(note, quotation, found[quotation.text].starts[0], plain=plain, folded=folded))
        else:
            misses.append(Miss(note, quotation, None if quotation is None else found[quotation.text]))
    return tuple(anchors), tuple(misses)


def _anchor(note: Note, quotation: Quotation, start: int, *, plain: str, folded: Folded) -> Anchor:
    lemma = quotation.lemma_at(folded, start)
    return Anchor(note=note, start=lemma.start, end=lemma.end, call=call_offset(plain, lemma.end))


def in_order(anchors: Sequence[Anchor], series: Sequence[Series]) -> tuple[Anchor, ...]:
    """The anchors as their calls follow one another; those that are alike stay as they are given."""
    rank = {one.id: index for index, one in enumerate(series)}
    last = len(rank)
    return tuple(sorted(anchors, key=lambda one: (one.call, one.start, -one.end, rank.get(one.note.series, last))))
