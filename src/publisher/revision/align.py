"""Which words of an earlier text are which words of a text now: runs of equal words, in the order of both.

Words that occur once on both sides are anchors (patience diff), first runs of words, then single ones; what lies
between two anchors is compared in the same way, and at last word by word (Ratcliff and Obershelp). Of the anchors, the
heaviest sequence that rises on both sides is used.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\w+|[^\w\s]")
"""A word, or a sign that is no part of one."""
SHINGLES = (8, 3, 1)
"""How many words an anchor has, from the first pass to the last."""
COMPARED = 40_000
"""Up to so many pairs of words, the words of a gap are compared one by one."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of equal words."""

    old: int
    """The number of its first word in the earlier text."""
    new: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a text with their places in it."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a text whose white space is folded."""
        spans = [found.span() for found in TOKEN.finditer(text)]
        return cls(text=text, starts=tuple(start for start, _ in spans), ends=tuple(end for _, end in spans))

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.starts)

    def words(self) -> list[str]:
        """Return the words themselves."""
        return [self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True)]

    def range_at(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the words that lie at least partly between two offsets: the first, and one past the last."""
        return bisect_right(self.ends, start), max(bisect_right(self.starts, end - 1), bisect_right(self.ends, start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The words of two texts, and which are the same."""

    old: Words
    new: Words
    blocks: tuple[Block, ...]
    """In the order of both texts."""
    _olds: tuple[int, ...]
    _news: tuple[int, ...]

    def forward(self, word: int) -> int | None:
        """The number in the new text of a word of the earlier one; None if it is not there in its place."""
        at = bisect_right(self._olds, word) - 1
        if at < 0:
            return None
        block = self.blocks[at]
        return block.new + word - block.old if word < block.old + block.length else None

    def backward(self, word: int) -> int | None:
        """The number in the earlier text of a word of the new one; None if it was not there in its place."""
        at = bisect_right(self._news, word) - 1
        if at < 0:
            return None
        block = self.blocks[at]
        return block.old + word - block.new if word < block.new + block.length else None

    def between(self, first: int, last: int) -> tuple[int, int]:
        """Where in the new text the words from `first` to before `last` were: the numbers of the words in this gap."""
        before = bisect_right(self._olds, first - 1) - 1
        begin = 0 if before < 0 else min(self.blocks[before].length, first - self.blocks[before].old)
        begin += 0 if before < 0 else self.blocks[before].new
        after = bisect_right(self._olds, last) - 1
        if after >= 0 and last < self.blocks[after].old + self.blocks[after].length:
            return begin, self.blocks[after].new + last - self.blocks[after].old
        return begin, self.blocks[after + 1].new if after + 1 < len(self.blocks) else len(self.new)


def align(old: str, new: str) -> Alignment:
    """The alignment of two texts whose white space is folded."""
    before, after = Words.of(old), Words.of(new)
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(word, len(numbers)) for word in words.words()] for words in (before, after))
    blocks = tuple(_join(_blocks(a, b, 0, len(a), 0, len(b), 0)))
    return Alignment(
        old=before,
        new=after,
        blocks=blocks,
        _olds=tuple(block.old for block in blocks),
        _news=tuple(block.new for block in blocks),
    )


def _blocks(a: Sequence[int], b: Sequence[int], i: int, j: int, k: int, m: int, level: int) -> Iterator[Block]:
    """The equal runs of `a` from `i` to `j` and of `b` from `k` to `m`; `level` says which anchors come next."""
    head = 0
    while i + head < j and k + head < m and a[i + head] == b[k + head]:
        head += 1
    if head:
        yield Block(i, k, head)
    i, k, tail = i + head, k + head, 0
    while i < j - tail and k < m - tail and a[j - tail - 1] == b[m - tail - 1]:
        tail += 1
    yield from _inner(a, b, i, j - tail, k, m - tail, level)
    if tail:
        yield Block(j - tail, m - tail, tail)


def _inner(a: Sequence[int], b: Sequence[int], i: int, j: int, k: int, m: int, level: int) -> Iterator[Block]:
    """The equal runs between two that are known."""
    if i == j or k == m:
        return
    if (j - i) * (m - k) <= COMPARED or level == len(SHINGLES):
        if (j - i) * (m - k) <= COMPARED:
            matcher = SequenceMatcher(None, a[i:j], b[k:m], autojunk=False)
            yield from (
                Block(i + matching_block.a, k + matching_block.b, matching_block.size)
                for matching_block in matcher.get_matching_blocks()
                if matching_block.size
            )
        return
    runs = _rising(_runs(a, b, i, j, k, m, SHINGLES[level]))
    for run in runs:
        yield from _blocks(a, b, i, run.old, k, run.new, level + 1)
        yield run
        i, k = run.old + run.length, run.new + run.length
    yield from _blocks(a, b, i, j, k, m, level + 1) if runs else _inner(a, b, i, j, k, m, level + 1)


def _runs(a: Sequence[int], b: Sequence[int], i: int, j: int, k: int, m: int, size: int) -> list[Block]:
    """Runs of words that begin with `size` words which each side has once, in the order of the earlier text."""
    ours, theirs = _once(a, i, j, size), _once(b, k, m, size)
    runs: list[Block] = []
    for shingle, old in ours.items():
        new = theirs.get(shingle)
        if new is None:
            continue
        last = runs[-1] if runs else None
        if last is not None and new - last.new == old - last.old and old <= last.old + last.length:
            runs[-1] = Block(last.old, last.new, old + size - last.old)
        else:
            runs.append(Block(old, new, size))
    return runs


def _once(words: Sequence[int], start: int, end: int, size: int) -> dict[tuple[int, ...], int]:
    """The runs of `size` words that occur once between two places, with their places, in order."""
    shingles = list(zip(*(words[start + at : end - size + 1 + at] for at in range(size)), strict=True))
    counts = Counter(shingles)
    return {shingle: start + at for at, shingle in enumerate(shingles) if counts[shingle] == 1}


def _rising(runs: list[Block]) -> list[Block]:
    """The heaviest of the sequences of runs that rise on both sides without overlapping."""
    best: list[tuple[int, int, int]] = []  # the end of a sequence in the new text, its weight, its last run
    previous = [-1] * len(runs)
    for number, run in enumerate(runs):
        at = bisect_right(best, run.new, key=_end) - 1
        while at >= 0 and runs[best[at][2]].old + runs[best[at][2]].length > run.old:
            at -= 1
        weight = run.length + (best[at][1] if at >= 0 else 0)
        previous[number] = best[at][2] if at >= 0 else -1
        entry = (run.new + run.length, weight, number)
        place = bisect_right(best, entry[0], key=_end)
        if place and best[place - 1][1] >= weight:
            continue
        end = place
        while end < len(best) and best[end][1] <= weight:
            end += 1
        best[place:end] = [entry]
    chain: list[Block] = []
    number = best[-1][2] if best else -1
    while number >= 0:
        chain.append(runs[number])
        number = previous[number]
    return chain[::-1]


def _end(entry: tuple[int, int, int]) -> int:
    return entry[0]


def _join(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks; those that continue each other are one."""
    held: Block | None = None
    for block in blocks:
        if held is not None and block.old == held.old + held.length and block.new == held.new + held.length:
            held = Block(held.old, held.new, held.length + block.length)
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held
