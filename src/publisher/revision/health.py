"""How safely each note is anchored: how much context makes its words unique, and how like the next passage is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from publisher.model.apparatus import Note
from publisher.model.text import Text
from publisher.revision.classify import REACH
from publisher.revision.places import LISTED, lemma_places, quote, word_places
from publisher.selectors.describe import describe_folded
from publisher.selectors.fold import Folded
from publisher.selectors.nearest import nearest


class Hold(StrEnum):
    """What makes an anchor the only one."""

    WORDS = "words"
    """The words alone."""
    CONTEXT = "context"
    """The words between those that are quoted with them."""
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The health of one anchor."""

    note: Note
    nth: int
    hold: Hold
    words: str
    """The lemma."""
    times: int
    """How often its words are in the text, up to 20."""
    context: int
    """How many characters around the words are needed to make them unique; 0 if the words alone are."""
    next: float
    """How much the most similar other passage is like the words, in per cent; 0 if nothing is like them."""
    nearest: str
    """That passage; empty if there is none."""


def anchor_health(notes: Sequence[Note], text: Text) -> tuple[Health, ...]:
    """The health of every anchor of the notes, in order."""
    lemmas, folded = quote(notes), Folded.of(text.plain)
    here, words = lemma_places(lemmas, folded), word_places(lemmas, folded)
    own = [(at[0], at[0] + lemma.quotation.length) if at else None for lemma, at in zip(lemmas, here, strict=True)]
    nears = nearest(folded.text, [lemma.words for lemma in lemmas], apart=own)
    found = []
    for quoted, at, all_places, near in zip(lemmas, here, words, nears, strict=True):
        others = [start for start in all_places if not at or start != at[0]]
        selector = describe_folded(folded.text, at[0], at[0] + quoted.quotation.length, reach=REACH) if at else None
        exact = folded.text[others[0] : others[0] + quoted.quotation.length] if others else ""
        found.append(
            Health(
                note=quoted.note,
                nth=quoted.nth,
                hold=_anchor_health(len(at), len(all_places)),
                words=quoted.words,
                times=len(all_places),
                context=0 if selector is None else len(selector.prefix) + len(selector.suffix),
                next=100.0 if others else round(near.likeness, 1) if near else 0.0,
                nearest=exact or (folded.text[near.start : near.end] if near else ""),
            )
        )
    return tuple(found)


def _anchor_health(places: int, times: int) -> Hold:
    if places == 0:
        return Hold.MISSING
    if places > 1:
        return Hold.AMBIGUOUS
    return Hold.WORDS if times == 1 else Hold.CONTEXT


MOST_TIMES = LISTED
"""The number of times at which counting ends."""
