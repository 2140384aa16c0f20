"""The best places to end the lines of a paragraph, of all of them together.

The total-fit method of Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and Experience 11, 1981).
A line has demerits for spaces that are narrower or wider than natural, for a hyphen, for a hyphen in the line before,
and for a line of another class next to it; the lines of least demerits in all are chosen. Widths are in units of Pango,
1/1024 of a pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

SHRINK = 0.2
"""The share of its width that a space may lose."""
STRETCH = 0.33
"""The share of its width that a space gains in a line of badness 100."""
EASY = 0.33
"""A paragraph in which no space gains more has no hyphens."""
LOOSE, WIDEST = 1.0, 8.0
"""What a space may gain in a paragraph with hyphens, and if there is no other way."""
RAGGED = 5.0
"""In a ragged paragraph: how many ems short a line of badness 100 is."""
_LINE, _HYPHEN = 10.0, 50.0**2
_TWO_HYPHENS, _THREE_HYPHENS = 10_000.0, 200_000.0
_CLASSES_APART = 5_000.0
_ROUNDING = 8.0
"""How much longer than its room a line may be: a box that is as wide as its text is rounded."""
_SINGLE = 30.0
"""The highest ratio of a line that holds a single word, and stays short."""
_SHORT_LAST, _LAST_HYPHEN = 40_000.0, 400_000.0


class Hyphen(IntEnum):
    """What a hyphen at the end of a line would be, the worse the higher."""

    NONE = 0
    USUAL = 1
    CAPITAL = 2
    """In a word that begins with a capital: most often a name."""
    SHORT = 3
    """After two letters."""


class Point(NamedTuple):
    """A place at which a line may end."""

    order: int
    """Places later in the paragraph have higher numbers."""
    end: int
    """Where a line that ends here ends, from the beginning of the paragraph set in one line."""
    next: int
    """Where the line behind it begins."""
    spaces_before: int
    """How wide all spaces are together, up to the end of the line."""
    spaces_after: int
    """The same, up to the beginning of the line behind it."""
    hyphen: Hyphen
    run: int
    """The text that it is in."""
    stop: int
    """How many characters of that text are before the end of the line."""
    resume: int | None
    """How many are before the beginning of the next line; None at the end of the paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The lines that a paragraph fills."""

    first: float
    """The room on its first line."""
    rest: float
    """The room on each other line."""
    em: float
    ragged: bool = False
    """Whether spaces keep their width."""
    last_is_full: bool = False
    """Whether the last line is justified too, as in the first part of a paragraph that continues elsewhere."""
    shortest: float = 0.0
    """How long the last line should be."""
    fit: float = 0.0
    """The share of its width by which the letters of a line may be set wider or narrower."""
    unfitted: tuple[tuple[int, int], ...] = ()
    """Where texts begin and end whose letters may not, from the beginning of the paragraph set in one line."""

    def play(self, begin: Point, end: Point) -> float:
        """How much wider or narrower the letters of a line may be set."""
        natural = end.end - begin.next
        for first, last in self.unfitted:
            natural -= max(0, min(last, end.end) - max(first, begin.next))
        return self.fit * natural


class _Node(NamedTuple):
    """The best way to a point whose last line has one class."""

    demerits: float
    point: int
    fitness: int
    hyphens: int
    """How many lines before it end with hyphens, one after the other."""
    before: _Node | None


def _fitness(ratio: float) -> int:
    """The class of a line: 0 tight, 1 decent, 2 loose, 3 very loose; the ratio is 1 at a badness of 100."""
    if ratio < -0.5:
        return 0
    if ratio <= 0.5:
        return 1
    return 2 if ratio <= 1.0 else 3


def choose(points: Sequence[Point], measure: Measure, *, most: float) -> tuple[int, ...] | None:
    """Return the indices of the points at which the best lines end; None if there are no such lines.

    The first point is the beginning of the paragraph, the last one its end. `most` is the share of its width that a
    space may gain.
    """
    last = len(points) - 1
    ways: list[list[_Node]] = [[_Node(0.0, 0, 1, 0, None)]]
    active = [0]
    low = 0
    for at in range(1, last + 1):
        best, low = _best(points, at, last, active, low, ways, measure, most)
        ways.append(best)
        if best:
            active.append(at)
        elif low >= len(active):
            return None
    if not ways[last]:
        return None
    return _way(min(ways[last], key=lambda node: node.demerits))


def _way(node: _Node) -> tuple[int, ...]:
    """The points of a way, in their order."""
    found = []
    here: _Node | None = node
    while here is not None and here.before is not None:
        found.append(here.point)
        here = here.before
    return tuple(reversed(found))


def _best(
    points: Sequence[Point],
    at: int,
    last: int,
    active: list[int],
    low: int,
    ways: list[list[_Node]],
    measure: Measure,
    most: float,
) -> tuple[list[_Node], int]:
    """The best way to a point for each class of its line, and the first active point that later lines may begin at."""
    point = points[at]
    best: dict[int, _Node] = {}
    for k in range(low, len(active)):
        begin = active[k]
        start = points[begin]
        gap = (measure.rest if begin else measure.first) - (point.end - start.next)
        spaces = point.spaces_before - start.spaces_after
        play = measure.play(start, point) if measure.fit else 0.0
        ratio = _ratio(gap, spaces, play, measure, most, is_last=at == last)
        if ratio is None:
            if gap < 0:
                if k == low and not point.hyphen:
                    low += 1
            elif most < WIDEST:
                break  # lines that begin later are looser still; only a single word may be so short
            continue
        demerits, fitness = _demerits(ratio, point, gap, measure, begin, is_last=at == last), _fitness(ratio)
        for way in ways[begin]:
            total = demerits + way.demerits + _beside(way, point, fitness, is_last=at == last)
            if fitness not in best or total < best[fitness].demerits:
                best[fitness] = _Node(total, at, fitness, way.hyphens + 1 if point.hyphen else 0, way)
    return [*best.values()], low


def _ratio(gap: float, spaces: float, play: float, measure: Measure, most: float, *, is_last: bool) -> float | None:
    """How far a line is from its natural width, 1 at a badness of 100; None if that is too far.

    Letters and spaces share what is missing or too much in the proportion of their play; more than the play of the
    letters is left to the spaces.
    """
    if gap < 0:
        if gap >= -_ROUNDING:
            return 0.0
        if measure.ragged or gap < -SHRINK * spaces - play:
            return None
        return gap / (SHRINK * spaces + play)
    if is_last and not measure.last_is_full:
        return 0.0
    if measure.ragged:
        return gap / (RAGGED * measure.em) if gap <= most * RAGGED * measure.em else None
    if not spaces and most >= WIDEST:
        return min(gap / (STRETCH * measure.em), _SINGLE)
    if gap > most * spaces + play:
        return None
    if not spaces:
        return 0.0
    usual = STRETCH * spaces + play
    return gap / usual if gap <= usual else (gap - play) / (STRETCH * spaces)


def _demerits(ratio: float, point: Point, gap: float, measure: Measure, begin: int, *, is_last: bool) -> float:
    """The demerits of a line by itself."""
    found = (_LINE + 100.0 * abs(ratio) ** 3) ** 2 + _HYPHEN * point.hyphen**2
    if is_last and begin and (measure.rest - gap) < measure.shortest:
        found += _SHORT_LAST
    return found


def _beside(way: _Node, point: Point, fitness: int, *, is_last: bool) -> float:
    """The demerits of a line for the line before it."""
    found = 0.0
    if way.before is not None and abs(way.fitness - fitness) > 1:
        found += _CLASSES_APART
    if way.hyphens and is_last:
        found += _LAST_HYPHEN
    if way.hyphens and point.hyphen:
        found += _TWO_HYPHENS if way.hyphens == 1 else _THREE_HYPHENS
    return found


def loosest(points: Sequence[Point], chosen: Sequence[int], measure: Measure) -> float:
    """Return the largest share of its width that a space gains, the last line left aside."""
    worst, previous = 0.0, points[0]
    for index in chosen[:-1]:
        point = points[index]
        spaces = point.spaces_before - previous.spaces_after
        room = measure.first if previous is points[0] else measure.rest
        if spaces:
            gap = room - point.end + previous.next
            worst = max(worst, (gap - measure.play(previous, point)) / spaces)
        previous = point
    return worst


def letter_fit(begin: Point, end: Point, measure: Measure, room: float, *, is_last: bool) -> float:
    """Return by which share of their width the letters of a line are set wider, or narrower if it is negative."""
    natural = end.end - begin.next
    gap, spaces = room - natural, end.spaces_before - begin.spaces_after
    if measure.ragged or not measure.fit or not spaces or (gap >= 0 and is_last and not measure.last_is_full):
        return 0.0
    play = measure.play(begin, end)
    share = gap / ((STRETCH if gap > 0 else SHRINK) * spaces + play)
    return measure.fit * max(-1.0, min(share, 1.0))
