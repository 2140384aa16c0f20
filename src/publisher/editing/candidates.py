"""Other words that a note can quote if its own are lost or ambiguous (N-003, N-004), ready to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.annotate.anchor import anchor_notes
from publisher.editing.notes_file import lemma_markdown
from publisher.selectors.describe import describe_folded
from publisher.selectors.fold import Folded
from publisher.selectors.nearest import Near, nearest
from publisher.selectors.search import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from publisher.annotate.report import Miss
    from publisher.model.apparatus import Note, Selector

MOST = 8
"""So many candidates of one lemma are offered."""
AROUND = 40
"""So many characters around a candidate are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words of the text that a lemma can be replaced by."""

    before: str
    words: str
    after: str
    markdown: str
    """The quotation to be written, without its `>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A note without a place, and where it could be."""

    note: str
    series: str
    line: int
    """Where the lemma is quoted, in the file of the note."""
    lemma: str
    candidates: tuple[Candidate, ...]


def lost_notes(notes: Sequence[Note], plain: str) -> tuple[Lost, ...]:
    """Return every lemma that is not in a text, or is there more than once, with its candidates."""
    folded = Folded.of(plain)
    _, misses = anchor_notes(notes, plain=plain, folded=folded)
    return tuple(_lost_note(miss, folded) for miss in misses if miss.quotation is not None)


def _lost_note(miss: Miss, folded: Folded) -> Lost:
    line, _ = miss.span.source.position(miss.span.start)
    return Lost(
        note=miss.note.id,
        series=miss.note.series,
        line=line,
        lemma=miss.span.source.text[miss.span.start : miss.span.end],
        candidates=tuple(_candidates(miss, folded)),
    )


def _candidates(miss: Miss, folded: Folded) -> Iterator[Candidate]:
    assert miss.quotation is not None
    places: Places | None = miss.places
    if places is not None and places.count:
        for start in places.starts[:MOST]:
            first = start + miss.quotation.lead
            yield _candidate(folded.text, first, first + miss.quotation.length)
        return
    words = miss.quotation.text[miss.quotation.lead : miss.quotation.lead + miss.quotation.length]
    seen = set[tuple[int, int]]()
    for lost in dict.fromkeys((miss.quotation.text, words)):
        near: Near | None = nearest(folded.text, [lost])[0]
        if near is not None and near.start < near.end and (near.start, near.end) not in seen:
            seen.add((near.start, near.end))
            yield _candidate(folded.text, near.start, near.end)


def _candidate(text: str, start: int, end: int) -> Candidate:
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    selector: Selector = describe_folded(text, start, end)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Candidate(before=before, words=text[start:end], after=after, markdown=lemma_markdown(selector)[2:])
