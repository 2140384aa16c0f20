"""White space folded: every run of it becomes one space, with the way back to where it stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_UNEVEN = re.compile(r"\s{2,}|[^\S ]")
_LONG = re.compile(r"\s{2,}")


def fold(text: str) -> str:
    """The text with every run of white space as one space; white space is what Unicode calls so, U+00A0 included."""
    return _UNEVEN.sub(" ", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text with its white space folded."""

    text: str
    """The folded text."""
    folded_ends: tuple[int, ...]
    """Where each run of two or more white space characters ends in the folded text."""
    plain_ends: tuple[int, ...]
    """Where it ends in the text itself."""

    @classmethod
    def of(cls, plain: str) -> Folded:
        """The folded form of a text."""
        folded_ends, plain_ends, lost = [], [], 0
        for run in _LONG.finditer(plain):
            lost += run.end() - run.start() - 1
            folded_ends.append(run.end() - lost)
            plain_ends.append(run.end())
        return cls(text=fold(plain), folded_ends=tuple(folded_ends), plain_ends=tuple(plain_ends))

    def plain_offset(self, offset: int) -> int:
        """The offset in the text itself of an offset in the folded text."""
        index = bisect_right(self.folded_ends, offset)
        return offset + (self.plain_ends[index - 1] - self.folded_ends[index - 1] if index else 0)

    def folded_offset(self, offset: int) -> int:
        """The offset in the folded text of a character that is not white space, or of a place right after one."""
        index = bisect_right(self.plain_ends, offset)
        return offset - (self.plain_ends[index - 1] - self.folded_ends[index - 1] if index else 0)
