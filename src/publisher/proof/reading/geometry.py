"""Points, boxes and transformations in the space of a page: points of 1/72 inch from its bottom left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
UNIT_SQUARE = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
"""The corners that a picture is drawn between."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From its left edge to its right one."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From its bottom edge to its top one."""
        return self.top - self.bottom

    def meets(self, other: Box) -> bool:
        """Whether it shares some of the page with another."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0 and min(self.top, other.top) - max(self.bottom, other.bottom) > 0

    def holds(self, x: float, y: float, *, slack: float = 0) -> bool:
        """Whether a point lies in it."""
        return self.left - slack <= x <= self.right + slack and self.bottom - slack <= y <= self.top + slack


def around(points: Iterable[Point]) -> Box:
    """The smallest box that holds all the points."""
    xs, ys = zip(*points, strict=True)
    return Box(left=min(xs), bottom=min(ys), right=max(xs), top=max(ys))


def product(one: Matrix, other: Matrix) -> Matrix:
    """One transformation after the other (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, x, y = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + x, e * h + f * j + y


def moved(point: Point, matrix: Matrix) -> Point:
    """Where a transformation takes a point."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
