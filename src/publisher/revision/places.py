"""The lemmas of notes with their places in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publisher.model.apparatus import Lemma, Note
from publisher.selectors.fold import Folded
from publisher.selectors.match import Quotation, starts
from publisher.selectors.search import places

LISTED = 20
"""Up to how many places of a lemma are considered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A lemma of a note as it is looked for."""

    note: Note
    nth: int
    """Which of the note's lemmas it is, counted from 0."""
    quotation: Quotation

    @property
    def lemma(self) -> Lemma:
        """The lemma as its editor wrote it."""
        return self.note.lemmas[self.nth]

    @property
    def words(self) -> str:
        """The words that the note is about, folded, without their context."""
        return self.quotation.text[self.quotation.lead : self.quotation.lead + self.quotation.length]


def quote(notes: Sequence[Note]) -> tuple[Quoted, ...]:
    """The lemmas of the notes, in order; those without words, which are reported elsewhere, are left out."""
    found = ((note, nth, Quotation.of(lemma.selector)) for note in notes for nth, lemma in enumerate(note.lemmas))
    return tuple(
        Quoted(note=note, nth=nth, quotation=quotation) for note, nth, quotation in found if quotation is not None
    )


def lemma_places(lemmas: Sequence[Quoted], folded: Folded) -> tuple[tuple[int, ...], ...]:
    """For each lemma, where it begins in the folded text between its context; at most `LISTED` places."""
    found = places(folded.text, (quoted.quotation.text for quoted in lemmas), keep=LISTED)
    return tuple(
        tuple(start + quoted.quotation.lead for start in found[quoted.quotation.text].starts[:LISTED])
        for quoted in lemmas
    )


def word_places(lemmas: Sequence[Quoted], folded: Folded) -> tuple[tuple[int, ...], ...]:
    """For each lemma, where its words begin in the folded text, whatever is around them; at most `LISTED` places."""
    found = places(folded.text, (quoted.words for quoted in lemmas), keep=LISTED)
    return tuple(found[quoted.words].starts[:LISTED] for quoted in lemmas)


def starts_of(lemma: Quoted, text: str) -> list[int]:
    """Where a lemma begins in a folded text between its context."""
    return [start + lemma.quotation.lead for start in starts(text, lemma.quotation.text)]
