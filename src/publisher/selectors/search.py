"""Many words looked for in one pass over a text (Aho–Corasick).

A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 18 (1975), https://doi.org/10.1145/360825.360855
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import ahocorasick

from publisher.selectors.match import starts

_HEAD = 64
"""Longer words are looked for by so many of their first characters, so that the automaton stays small."""
_FEW = 256
"""With more places than these a long word is looked for by itself."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where words are."""

    count: int
    """How many places there are."""
    starts: tuple[int, ...]
    """The first of them."""
    at_least: bool = False
    """Whether counting ended before the text did: after 256 places of long words."""


@dataclass(slots=True)
class _Tally:
    """What is counted of one head while the automaton runs."""

    length: int
    count: int
    ends: list[int]


def places(text: str, words: Iterable[str], *, keep: int) -> dict[str, Places]:
    """For each of the words (none empty), how often it is in the text and the first `keep` offsets."""
    asked = dict.fromkeys(words)
    if not asked:
        return {}
    tallies = _tallies(text, {word[:_HEAD] for word in asked}, max(keep, _FEW))
    return {word: _places(text, word, tallies[word[:_HEAD]], keep) for word in asked}


def _tallies(text: str, heads: set[str], keep: int) -> dict[str, _Tally]:
    """How often each head is in the text, and where it ends the first `keep` times."""
    tallies = {head: _Tally(len(head), 0, []) for head in heads}
    automaton = ahocorasick.Automaton()
    for head, tally in tallies.items():
        automaton.add_word(head, tally)
    automaton.make_automaton()
    for end, tally in automaton.iter(text):
        tally.count += 1
        if tally.count <= keep:
            tally.ends.append(end)
    return tallies


def _places(text: str, word: str, head: _Tally, keep: int) -> Places:
    """The places of a word whose head was counted."""
    begins = (end - head.length + 1 for end in head.ends)
    if len(word) <= _HEAD:
        return Places(head.count, tuple(islice(begins, keep)))
    found = begins if head.count <= _FEW else islice(starts(text, word), _FEW)
    all_starts = tuple(start for start in found if text.startswith(word, start))
    return Places(len(all_starts), all_starts[:keep], at_least=len(all_starts) == _FEW)
