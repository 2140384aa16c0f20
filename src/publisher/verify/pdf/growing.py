"""A line of a PDF while it is read: its words, links and languages, and where one word ends and the next begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from publisher.pdf.read.chunks import Chunk
from publisher.verify.line import Link, Tongue

APART = 0.6
"""How far apart, in sizes of the letters, the baselines of two words are that are on different lines."""
GAP = 0.1
"""How wide, in sizes of the letters, a distance is that represents a space: half of the narrowest in use."""
BESIDE_SPACE = 0.5
"""How wide it may be next to a space that is there: as wide as letter-spacing behind the last letter."""


@dataclass(slots=True)
class Growing:
    """A line that has not ended."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    links: list[Link] = field(default_factory=list)
    first: Chunk | None = None
    last: Chunk | None = None
    words: list[Chunk] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    """The language of each word."""
    language: str = ""
    """The language of the block that it is in."""
    calls: list[Chunk] = field(default_factory=list)
    is_actual: bool = False
    """Whether its letters from right to left are in the order of the text: what is read in their place says so."""
    is_turned: bool = False
    """Whether it has letters from right to left, or is in a language that is written so."""
    drawn: str = ""
    tongues: list[Tongue] = field(default_factory=list)

    def say(self, length: int, language: str) -> None:
        """Grows by so many characters in a language."""
        start = self.length
        if self.tongues and self.tongues[-1].language == language:
            start = self.tongues.pop().start
        self.length += length
        self.tongues.append(Tongue(start=start, end=self.length, language=language))


def apart(chunk: Chunk, other: Chunk, *, beside: Iterable[Chunk] | None = None) -> bool:
    """Return whether two words that follow one another are on different lines, or at a distance in one.

    If letters of the line run from right to left, all words `beside` them on the page are given: the second word may be
    on either side of the first, and may have others of them between itself and that.
    """
    size = max(chunk.size, other.size)
    is_spaced = chunk.text[-1:].isspace() or other.text[:1].isspace()
    if beside is None:
        return wraps(chunk, other) or other.x - chunk.end > (BESIDE_SPACE if is_spaced else GAP) * size
    if wraps(chunk, other, turns=True):
        return True
    left, right = sorted((chunk, other), key=lambda word: word.x)
    if is_spaced or right.x - left.end <= GAP * size:
        return False
    return not _is_filled(left.end, right.x, beside) or _is_alone(chunk, beside) or _is_alone(other, beside)


def _is_filled(start: float, end: float, words: Iterable[Chunk]) -> bool:
    """Whether words take most of the room between two places."""
    parts = ((max(start, chunk.x), min(end, chunk.end)) for chunk in words)
    return sum(max(0.0, last - first) for first, last in parts) > (end - start) / 2


def _is_alone(word: Chunk, others: Iterable[Chunk]) -> bool:
    """Whether nothing is next to a word on its line, such as the number of a paragraph in the margin."""
    gap = GAP * word.size
    return not any(
        chunk is not word and (abs(chunk.x - word.end) <= gap or abs(word.x - chunk.end) <= gap) for chunk in others
    )


def wraps(chunk: Chunk, other: Chunk, *, turns: bool = False) -> bool:
    """Return whether the second of two words begins a line."""
    if chunk.page != other.page or abs(chunk.y - other.y) > APART * max(chunk.size, other.size):
        return True
    return other.x < chunk.x and not turns
