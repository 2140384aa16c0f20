"""How long anchoring takes: 5,000 notes in a text of 1,000,000 words, made from a fixed seed.

Run from the project's folder: `python -m benchmarks.anchoring`.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Sequence
from itertools import accumulate, pairwise

from publisher.annotate.anchor import anchor_notes
from publisher.diagnostics import Source
from publisher.model.apparatus import Anchor, Note, Selector
from publisher.selectors.fold import Folded

WORDS = 1_000_000
NOTES = 5_000
RUNS = 5
SEED = 1999
VOCABULARY = 20_000
_CONTEXT = 12
"""Words quoted before and after a lemma, so that it is unique."""


def volume(*, words: int = WORDS, notes: int = NOTES) -> tuple[str, tuple[Note, ...]]:
    """A text of so many words, in paragraphs, with no-break spaces and line ends, and so many notes about it."""
    chance = random.Random(SEED)
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(VOCABULARY)]
    frequencies = tuple(accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))
    tokens = chance.choices(vocabulary, cum_weights=frequencies, k=words)
    spaces = chance.choices((" ", ", ", ". ", "\u00a0", "\n", "  "), weights=(80, 8, 6, 2, 2, 2), k=words)
    text = "".join(token + space for token, space in zip(tokens, spaces, strict=True))
    ends = list(accumulate(len(token) + len(space) for token, space in zip(tokens, spaces, strict=True)))
    begins = [0, *ends[:-1]]
    places = chance.sample(range(_CONTEXT, words - 2 * _CONTEXT), notes)
    return text, tuple(_note(number, text, begins, place, chance) for number, place in enumerate(places))


def _note(number: int, text: str, begins: Sequence[int], place: int, chance: random.Random) -> Note:
    """A note about one to eight words, quoted with what stands around them, its white space folded."""
    length = chance.randint(1, 8)
    edges = (begins[place - _CONTEXT], begins[place], begins[place + length], begins[place + length + _CONTEXT])
    prefix, exact, suffix = (" ".join(text[a:b].split()) for a, b in pairwise(edges))
    source = Source(name="notes.md", text=f"> {exact}")
    return Note(
        id=f"note-{number}",
        series="editorial",
        selector=Selector(exact=exact, prefix=f"{prefix} ", suffix=f" {suffix}"),
        blocks=(),
        kind=None,
        span=source.line_span(1),
        lemma_span=source.line_span(1),
    )


def anchor(text: str, notes: tuple[Note, ...]) -> tuple[Anchor, ...]:
    """The anchors of the notes; raises `ValueError` where one is not found."""
    anchors, misses = anchor_notes(notes, plain=text, folded=Folded.of(text))
    if misses:
        raise ValueError(f"{len(misses)} notes were not anchored, the first is {misses[0].note.id}")
    return anchors


def main() -> None:
    """Nothing; the median of five runs is printed."""
    text, notes = volume()
    seconds = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        anchor(text, notes)
        seconds.append(time.perf_counter() - begun)
    median = statistics.median(seconds)
    sys.stdout.write(f"words {WORDS:,}  notes {NOTES:,}  median of {RUNS} runs {median:.2f} s\n")


if __name__ == "__main__":
    main()
