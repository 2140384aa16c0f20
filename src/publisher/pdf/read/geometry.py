"""Points, boxes and transformations on a page: points of 1/72 inch from its bottom left corner (ISO 32000-1, 8.3)."""

from __future__ import annotations

from collections.abc import Sequence

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""
Point = tuple[float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
UNIT: tuple[Point, ...] = ((0, 0), (1, 0), (1, 1), (0, 1))
"""The corners of a picture before it is put in its place."""
SLACK = 0.5
"""Points by which letters may extend beyond what covers them or cuts them off."""
LETTER = 3.0
"""How many points are sampled over the size of a letter, across and up."""
MOST = 60
"""How many points are sampled in one direction at most."""


def product(first: Matrix, second: Matrix) -> Matrix:
    """One transformation after the other (8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, x, y = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + x, e * h + f * j + y


def place(matrix: Matrix, point: Point) -> Point:
    """Where a transformation puts a point."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def enclosing(matrix: Matrix, points: Sequence[Point]) -> Box:
    """The smallest upright box around points that a transformation puts in their place."""
    return around([place(matrix, point) for point in points])


def around(points: Sequence[Point]) -> Box:
    """The smallest upright box around points; raises `ValueError` if there are none."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def intersection(first: Box | None, second: Box) -> Box:
    """What two boxes share; an empty box if they share nothing, the second if there is no first."""
    if first is None:
        return second
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


def within(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another, give or take `SLACK`."""
    left, bottom, right, top = outer
    across = left - SLACK <= inner[0] and inner[2] <= right + SLACK
    return across and bottom - SLACK <= inner[1] and inner[3] <= top + SLACK


def meets(first: Box, second: Box) -> bool:
    """Whether two boxes share something."""
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def sample(box: Box, size: float) -> list[Point]:
    """Points all over a box of letters of a size, none of them at its edge."""
    step = max(size / LETTER, 0.1)
    across = min(max(int((box[2] - box[0]) / step), 1), MOST)
    up = min(max(int((box[3] - box[1]) / step), 1), MOST)
    width, height = (box[2] - box[0]) / across, (box[3] - box[1]) / up
    return [(box[0] + (i + 0.5) * width, box[1] + (j + 0.5) * height) for j in range(up) for i in range(across)]
