"""Paths: outlines of points, and the shapes that they enclose (ISO 32000-1, 8.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from publisher.pdf.read.geometry import IDENTITY, Box, Matrix, Point, around, place

CURVE = (0.25, 0.5, 0.75, 1.0)
"""Where on a curve its points are taken."""
WEIGHTS = tuple(((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in CURVE)
"""How much its start, its two control points and its end count at each of these places (8.5.2.2)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An area of a page with any outline."""

    outlines: tuple[tuple[Point, ...], ...]
    even_odd: bool
    """Whether what is enclosed twice is outside (8.5.3.3.3)."""

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        winding = crossings = 0
        for outline in self.outlines:
            before = outline[-1]
            for point in outline:
                if (before[1] > y) != (point[1] > y):
                    across = before[0] + (y - before[1]) / (point[1] - before[1]) * (point[0] - before[0])
                    if x < across:
                        crossings += 1
                        winding += 1 if point[1] > before[1] else -1
                before = point
        return bool(crossings % 2) if self.even_odd else winding != 0


@dataclass(slots=True)
class Path:
    """A path that is being built; its points are those of the page."""

    outlines: list[list[Point]] = field(default_factory=list)
    """Each with the points of its lines; of a curve, some points are taken."""
    rectangles: list[Box] = field(default_factory=list)
    """What encloses each rectangle that was added as such."""
    _controls: list[Point] = field(default_factory=list)
    """The control points of its curves."""

    def move(self, matrix: Matrix, x: float, y: float) -> None:
        """Begins an outline."""
        self.outlines.append([place(matrix, (x, y))])

    def line(self, matrix: Matrix, x: float, y: float) -> None:
        """Adds a line."""
        if not self.outlines:
            self.outlines.append([])
        self.outlines[-1].append(place(matrix, (x, y)))

    def curve(self, matrix: Matrix, a: float, b: float, c: float, d: float, x: float, y: float) -> None:
        """Adds a curve with two control points."""
        self._curve(place(matrix, (a, b)), place(matrix, (c, d)), place(matrix, (x, y)))

    def curve_from_here(self, matrix: Matrix, c: float, d: float, x: float, y: float) -> None:
        """Adds a curve whose first control point is where it begins."""
        self._curve(self._current(), place(matrix, (c, d)), place(matrix, (x, y)))

    def curve_to_there(self, matrix: Matrix, a: float, b: float, x: float, y: float) -> None:
        """Adds a curve whose second control point is where it ends."""
        self.curve(matrix, a, b, x, y, x, y)

    def _curve(self, first: Point, second: Point, end: Point) -> None:
        points = self._current(), first, second, end
        self._controls += (first, second)
        if not self.outlines:
            self.outlines.append([])
        for weights in WEIGHTS:
            pairs = [*zip(weights, points, strict=True)]
            self.outlines[-1].append((sum(w * x for w, (x, _) in pairs), sum(w * y for w, (_, y) in pairs)))

    def rectangle(self, matrix: Matrix, x: float, y: float, width: float, height: float) -> None:
        """Adds a closed rectangle."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        points = [place(matrix, corner) for corner in corners]
        self.rectangles.append(around(points))
        self.outlines.append([*points, points[0]])

    def close(self) -> None:
        """Closes the outline that is being built; the next line begins where it began."""
        if self.outlines and self.outlines[-1] and self.outlines[-1][-1] != self.outlines[-1][0]:
            self.outlines[-1].append(self.outlines[-1][0])

    @property
    def box(self) -> Box | None:
        """What encloses its outlines; None if it has no points."""
        points = [point for outline in self.outlines for point in outline]
        return around(points) if points else None

    @property
    def hull(self) -> Box | None:
        """What encloses its points and the control points of its curves; None if it has no points."""
        points = [*self._controls, *(point for outline in self.outlines for point in outline)]
        return around(points) if points else None

    def shape(self, *, even_odd: bool) -> Shape:
        """What it encloses."""
        return Shape(tuple(tuple(outline) for outline in self.outlines if outline), even_odd)

    def is_rectangle(self) -> bool:
        """Whether it is one rectangle with upright sides."""
        if len(self.outlines) != 1:
            return False
        (points,) = self.outlines
        if not 4 <= len(points) < 6 or len(set(points)) != 4:
            return False
        pairs = pairwise((*points, points[0]))
        return all((x == to_x) or (y == to_y) for (x, y), (to_x, to_y) in pairs) and _is_plain(points)

    def _current(self) -> Point:
        return self.outlines[-1][-1] if self.outlines and self.outlines[-1] else place(IDENTITY, (0, 0))


def _is_plain(points: Sequence[Point]) -> bool:
    """Whether points have two places across and two up."""
    return len({x for x, _ in points}) == len({y for _, y in points}) == 2
