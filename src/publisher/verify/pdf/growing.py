"""A line of a PDF while it is read: its words, links and languages, and where one word ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.pdf.read.chunks import Chunk
from publisher.verify.line import Link, Tongue

APART = 0.6
"""How far apart, in sizes of the letters, the baselines of two words are that are on different lines."""
GAP = 0.1
"""How wide, in sizes of the letters, a distance is that represents a space: half of the narrowest in use."""


@dataclass(slots=True)
class Growing:
    """A line that has not ended."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    links: list[Link] = field(default_factory=list)
    first: Chunk | None = None
    last: Chunk | None = None
    words: list[Chunk] = field(default_factory=list)
    calls: list[Chunk] = field(default_factory=list)
    is_actual: bool = False
    """Whether its letters from right to left are in the order of the text: what is read in their place says so."""
    is_turned: bool = False
    """Whether it has letters from right to left."""
    drawn: str = ""
    tongues: list[Tongue] = field(default_factory=list)

    def say(self, length: int, language: str) -> None:
        """Grows by so many characters in a language."""
        start = self.length
        if self.tongues and self.tongues[-1].language == language:
            start = self.tongues.pop().start
        self.length += length
        self.tongues.append(Tongue(start=start, end=self.length, language=language))


def apart(one: Chunk, other: Chunk, *, turns: bool = False) -> bool:
    """Return whether two words that follow one another are on different lines, or at a distance in one.

    The second may be on either side of the first if the line `turns`: it runs from right to left. A space between them
    is then as wide as the line needs.
    """
    size = max(one.size, other.size)
    behind = max(other.x - one.end, one.x - other.end) if turns else other.x - one.end
    is_spaced = turns and (one.text[-1:].isspace() or other.text[:1].isspace())
    return wraps(one, other, turns=turns) or (behind > GAP * size and not is_spaced)


def wraps(one: Chunk, other: Chunk, *, turns: bool = False) -> bool:
    """Return whether the second of two words begins a line."""
    if one.page != other.page or abs(one.y - other.y) > APART * max(one.size, other.size):
        return True
    return other.x < one.x and not turns
