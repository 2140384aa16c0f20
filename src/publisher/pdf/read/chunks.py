"""The words of a page as they were painted, and to which marked sequence each belongs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Chunk(NamedTuple):
    """Characters shown by one instruction."""

    text: str
    page: int
    x: float
    end: float
    """Where the next character would be."""
    y: float
    """Of its baseline, in points from the bottom left of the page."""
    size: float
    """Of its letters, in points."""
    seen: bool
    """Whether it is painted, and on the page."""
    glyphs: tuple[str, ...] = ()
    """Where it has letters from right to left: what each glyph says, from left to right."""
    actual: bool = False
    """Whether it is what a reader is reported in place of what is painted (ActualText)."""
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    """What its letters fill, as high as small letters are: left, bottom, right and top in points of the page."""
    turned: bool = False
    """Whether it runs otherwise than from left to right."""
    formula: bool = False
    """Whether it is a formula, which has rules in it."""
    painted: tuple[str, ...] = ()
    """Where its text is next to what is painted: what each glyph says, from left to right."""


def join(parts: Sequence[Chunk], text: str) -> Chunk:
    """Return what several instructions show as one chunk that is read as a text."""
    boxes = [chunk.box for chunk in parts]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    level, _ = Counter(round(chunk.y, 2) for chunk in parts).most_common(1)[0]
    first = min(parts, key=lambda chunk: (abs(chunk.y - level), chunk.x))
    return first._replace(
        text=text,
        end=max(chunk.end for chunk in parts),
        size=max(chunk.size for chunk in parts),
        seen=all(chunk.seen for chunk in parts),
        box=box,
        turned=any(chunk.turned for chunk in parts),
    )


class Drawing(NamedTuple):
    """Something painted that is no text."""

    box: tuple[float, float, float, float]
    """What it fills of the page, as far as it is not cut off."""
    plain: bool
    """Whether it is painted in one colour: a picture, a pattern and a shading are not."""
    artifact: bool = False
    """Whether it is marked as no part of the text."""
    mcid: int | None = None
    """The marked sequence that it belongs to."""
    formula: bool = False
    """Whether it is a part of a formula."""


def _sequences() -> defaultdict[int, list[Chunk]]:
    return defaultdict(list)


@dataclass(slots=True)
class PageContent:
    """The words and pictures of a page."""

    sequences: defaultdict[int, list[Chunk]] = field(default_factory=_sequences)
    """The words of each marked sequence."""
    pictures: set[int] = field(default_factory=set)
    """The sequences that draw a picture."""
    artifacts: list[Chunk] = field(default_factory=list)
    loose: list[Chunk] = field(default_factory=list)
    """Words that belong to nothing."""
    covered: list[Chunk] = field(default_factory=list)
    """Words over which something was painted later."""
    drawings: list[Drawing] = field(default_factory=list)
    strange: set[str] = field(default_factory=set)
    """Ways of painting that a page of a book does not have."""
    formulas: list[tuple[str, str]] = field(default_factory=list)
    """What is painted of each formula, and what it is read as."""
    told: list[tuple[str, str]] = field(default_factory=list)
    """What is painted and what a reader is reported in its place, where these are not the same."""
