"""Titles: broken where the editor says, else into lines of about one length, as few as have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from publisher.layout.weasyprint.features.composer.breaks import WIDEST, Measure, Point, choose
from publisher.layout.weasyprint.features.composer.shaping import Run

_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = "data-breaks"
"""An attribute of a title: how many words are before each of its breaks."""
_STEPS = 8
"""How often the measure of a title is halved to find the narrowest one."""


def is_title(line: Any) -> bool:
    """Whether a line box is that of a title."""
    return line.element is not None and line.element_tag in _TITLES


def title_breaks(
    line: Any, runs: Sequence[Run], points: Sequence[Point], chosen: tuple[int, ...], measure: Measure
) -> tuple[int, ...]:
    """Return the indices of the points at which the lines of a title end.

    `chosen` are those of the usual lines, which a title has if none are better.
    """
    wanted = [int(count) for count in (line.element.get(_BREAKS) or "").split()]
    asked = _break_points(runs, points, wanted) if wanted else ()
    if asked and _fit(points, asked, measure):
        return asked
    return _even(points, chosen, measure)


def _break_points(runs: Sequence[Run], points: Sequence[Point], wanted: Sequence[int]) -> tuple[int, ...]:
    """The points before which so many words are; none if there is no point for one of them."""
    last = len(points) - 1
    counts = {_words(runs, points[at]): at for at in range(1, last)}
    found = tuple(counts[count] for count in wanted if count in counts)
    return (*found, last) if len(found) == len(wanted) else ()


def _words(runs: Sequence[Run], point: Point) -> int:
    before = "".join(run.text for run in runs[: point.run])
    return len((before + runs[point.run].text[: point.stop]).split())


def _fit(points: Sequence[Point], chosen: Sequence[int], measure: Measure) -> bool:
    """Whether each line has room."""
    start = points[0]
    for at in chosen:
        room = measure.first if start is points[0] else measure.rest
        if points[at].end - start.next > room:
            return False
        start = points[at]
    return True


def _even(points: Sequence[Point], chosen: tuple[int, ...], measure: Measure) -> tuple[int, ...]:
    """The breaks for the narrowest measure at which there are no more lines."""
    least, most, found = 0.0, 1.0, chosen
    for _ in range(_STEPS if len(chosen) > 1 else 0):
        share = (least + most) / 2
        narrow = replace(measure, first=measure.first * share, rest=measure.rest * share)
        other = choose(points, narrow, most=WIDEST)
        if other is not None and len(other) <= len(chosen):
            found, most = other, share
        else:
            least = share
    return found
