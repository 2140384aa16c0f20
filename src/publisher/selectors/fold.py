"""Texts as quotations are looked for in them: white space folded, characters composed, with the way back.

Every run of white space becomes one space; every grapheme cluster is in Normalization Form C (UAX #15), so that a
quotation finds the same words however their accents are written. The text itself stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from unicodedata import is_normalized, normalize

import regex

_UNEVEN = re.compile(r"\s{2,}|[^\S ]")
_LONG = re.compile(r"\s{2,}")
_WORD = re.compile(r"\S+")
_CLUSTER = regex.compile(r"\X")
"""A letter with its marks (UAX #29): what composes is in one."""


def clusters(text: str) -> tuple[str, ...]:
    """The grapheme clusters of a text (UAX #29)."""
    return tuple(_CLUSTER.findall(text))


def fold(text: str) -> str:
    """The text with every run of white space as one space, and its characters composed."""
    return normalize("NFC", fold_spaces(text))


def fold_spaces(text: str) -> str:
    """The text with every run of white space as one space; white space is what Unicode calls so, U+00A0 included."""
    return _UNEVEN.sub(" ", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text folded."""

    text: str
    """The folded text."""
    folded_starts: tuple[int, ...]
    """Where each stretch that was changed begins in the folded text."""
    folded_ends: tuple[int, ...]
    """Where it ends in the folded text."""
    plain_ends: tuple[int, ...]
    """Where it ends in the text itself."""

    @classmethod
    def of(cls, plain: str) -> Folded:
        """The folded form of a text."""
        parts: list[str] = []
        folded_starts, folded_ends, plain_ends, at, length = [], [], [], 0, 0
        for start, end, new in merge(((run.start(), run.end(), " ") for run in _LONG.finditer(plain)), _compose(plain)):
            parts += (fold_spaces(plain[at:start]), new)
            folded_starts.append(length + start - at)
            length += start - at + len(new)
            at = end
            folded_ends.append(length)
            plain_ends.append(end)
        parts.append(fold_spaces(plain[at:]))
        return cls(
            text="".join(parts),
            folded_starts=tuple(folded_starts),
            folded_ends=tuple(folded_ends),
            plain_ends=tuple(plain_ends),
        )

    def plain_offset(self, offset: int) -> int:
        """The offset in the text itself of an offset in the folded text: of a character, or right after one.

        An offset inside a cluster that was composed is that of its end.
        """
        index = bisect_right(self.folded_ends, offset)
        if index < len(self.folded_starts) and self.folded_starts[index] < offset:
            return self.plain_ends[index]
        return offset + (self.plain_ends[index - 1] - self.folded_ends[index - 1] if index else 0)

    def folded_offset(self, offset: int) -> int:
        """The offset in the folded text of a character that is not white space, or of a place right after one."""
        index = bisect_right(self.plain_ends, offset)
        folded = offset - (self.plain_ends[index - 1] - self.folded_ends[index - 1] if index else 0)
        return min(folded, self.folded_ends[index] - 1) if index < len(self.folded_ends) else folded


def _compose(plain: str) -> Iterator[tuple[int, int, str]]:
    """Where each cluster begins and ends that is not composed, and its composed form."""
    if is_normalized("NFC", plain):
        return
    for word in _WORD.finditer(plain):
        if not is_normalized("NFC", word.group()):
            for cluster in _CLUSTER.finditer(plain, word.start(), word.end()):
                new = normalize("NFC", cluster.group())
                if new != cluster.group():
                    yield cluster.start(), cluster.end(), new
