"""Every note anchored: each of its lemmas found in the text exactly once, and the place of its call."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.annotate.call import call_offset
from publisher.annotate.repeated import repeated
from publisher.annotate.report import Miss, reports
from publisher.diagnostics import PublisherError
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
    order of the notes. Raises `PublisherError` with every lemma that is not found (N-003), ambiguous (N-004),
    empty (N-006) or called where its note is called already (N-015).
    """
    folded = Folded.of(edition.text.plain)
    anchors, misses = anchored(edition.notes, plain=edition.text.plain, folded=folded)
    diagnostics = (*reports(misses, text=edition.text, folded=folded), *repeated(anchors))
    if diagnostics:
        raise PublisherError(*diagnostics)
    return AnnotatedEdition(edition=edition, anchors=in_order(anchors, edition.settings.series))


def anchored(notes: Sequence[Note], *, plain: str, folded: Folded) -> tuple[tuple[Anchor, ...], tuple[Miss, ...]]:
    """The anchors of the lemmas that stand in the text once, and the misses of the others."""
    lemmas = [(note, nth, lemma) for note in notes for nth, lemma in enumerate(note.lemmas)]
    quotations = [Quotation.of(lemma.selector) for _, _, lemma in lemmas]
    found = places(folded.text, (one.text for one in quotations if one is not None), keep=SHOWN)
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
    rank = {one.id: index for index, one in enumerate(series)}
    last = len(rank)
    return tuple(sorted(anchors, key=lambda one: (one.call, one.start, -one.end, rank.get(one.note.series, last))))
