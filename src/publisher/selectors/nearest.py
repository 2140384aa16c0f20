"""The passage of a text that is most like words that are not in it: for hints, never for placing a note.

Short pieces of the words are looked for exactly; where several are at fitting distances a passage is
compared with the whole (rapidfuzz). The cost depends neither on the length of the words nor, beyond one
pass, on that of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from publisher.selectors.search import Places, places

_LONGEST = 200
"""So many characters of the words are compared."""
_SEEDS = 32
"""So many pieces of them are looked for."""
_RAREST = 12
"""So many of the pieces that were found vote for passages."""
_KEPT = 1000
"""So many places of a piece are considered."""
_PASSAGES = 8
"""So many passages are compared."""
_STRIDE = 16
_LIKE = 60.0
"""Percentage of likeness below which a passage is not worth showing."""


@dataclass(frozen=True, slots=True)
class Near:
    """A passage that is like the words looked for, in offsets of the text."""

    start: int
    end: int
    likeness: float


def likeness(text: str, other: str) -> float:
    """How much two stretches of words are alike, in per cent."""
    return fuzz.ratio(_lower(text), _lower(other))


def nearest(
    text: str, lost: Sequence[str], *, apart: Sequence[tuple[int, int] | None] | None = None
) -> tuple[Near | None, ...]:
    """For each of the lost words the passage most like them; None where nothing is like them.

    With `apart`, a stretch of the text for each of them, only passages outside of it are compared.
    """
    lowered = _lower(text)
    queries = [_lower(words[:_LONGEST]) for words in lost]
    seeds = [_seeds(query) for query in queries]
    found = places(lowered, (seed for some in seeds for _, seed in some), keep=_KEPT)
    outside = apart or [None] * len(lost)
    return tuple(
        _nearest(lowered, query, some, found, beyond)
        for query, some, beyond in zip(queries, seeds, outside, strict=True)
    )


def _lower(text: str) -> str:
    """The text in lower case, character for character."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _seeds(query: str) -> list[tuple[int, str]]:
    """Pieces of the words with their offsets, evenly spread; shorter ones for shorter words."""
    length = 3 if len(query) < 16 else 4 if len(query) < 40 else 6
    last = len(query) - length
    if last < 0:
        return []
    count = min(_SEEDS, last + 1)
    offsets = sorted({index * last // max(1, count - 1) for index in range(count)})
    return [(offset, query[offset : offset + length]) for offset in offsets]


def _nearest(
    text: str,
    query: str,
    seeds: list[tuple[int, str]],
    found: dict[str, Places],
    apart: tuple[int, int] | None = None,
) -> Near | None:
    """The best of the passages that the seeds vote for, outside of the stretch `apart`."""
    rarest = sorted((seed for seed in seeds if found[seed[1]].count), key=lambda seed: found[seed[1]].count)
    votes = Counter(
        max(0, start - offset) // _STRIDE
        for offset, seed in islice(rarest, _RAREST)
        for start in found[seed].starts
        if apart is None or not apart[0] <= start < apart[1]
    )
    ranked = sorted(votes, key=lambda stripe: (-votes[stripe] - votes[stripe + 1], stripe))[:_PASSAGES]
    passages = [_passage(text, query, stripe * _STRIDE) for stripe in ranked]
    if apart is not None:
        passages = [passage for passage in passages if passage.end <= apart[0] or apart[1] <= passage.start]
    best = max(passages, key=lambda near: near.likeness, default=None)
    return best if best is not None and best.likeness >= _LIKE else None


def _passage(text: str, query: str, about: int) -> Near:
    """The passage most like the query that begins near an offset, in whole words where that is likelier."""
    low = max(0, about - 2 * _STRIDE)
    window = text[low : about + len(query) + 3 * _STRIDE]
    aligned = fuzz.partial_ratio_alignment(query, window)
    if aligned is None:
        return Near(low, low, 0.0)
    begins = [aligned.dest_start, *_edges(window, aligned.dest_start, at_start=True)]
    ends = [aligned.dest_end, *_edges(window, aligned.dest_end, at_start=False)]
    pairs = [(begin, end) for begin in begins for end in ends if begin < end]
    start, end = max(pairs, key=lambda pair: (fuzz.ratio(query, window[pair[0] : pair[1]]), pair[0] - pair[1]))
    return Near(low + start, low + end, fuzz.ratio(query, window[start:end]))


def _edges(window: str, near: int, *, at_start: bool) -> list[int]:
    """Where words begin (or end) within a stride of an offset."""
    around = range(max(0, near - _STRIDE), min(len(window), near + _STRIDE) + 1)
    padded = f" {window} "
    if at_start:
        return [at for at in around if padded[at] == " " and padded[at + 1] != " "]
    return [at for at in around if padded[at] != " " and padded[at + 1] == " "]
