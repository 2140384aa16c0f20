"""Where and in what colour a page is painted, as far as it decides whether words are seen (ISO 32000-1, 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from publisher.pdf.read.colours import BLACK, DEVICE_GRAY, Colour, Space
from publisher.pdf.read.fonts import Font
from publisher.pdf.read.syntax import Malformed, Value

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points of the page."""
Point = tuple[float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
SLACK = 0.5
"""Points by which letters may stand out from what covers them or cuts them off."""
LETTER = 3.0
"""How many points are looked at over the size of a letter, across and up."""
MOST = 60
"""How many points are looked at in one direction at most."""
CURVE = (0.25, 0.5, 0.75, 1.0)
"""Where on a curve its points are taken."""


@dataclass(slots=True)
class State:
    """The graphics state, as far as text needs it."""

    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0
    leading: float = 0
    mode: int = 0
    stretch: float = 1
    """The horizontal scaling of letters."""
    rise: float = 0
    spacing: float = 0
    """The widest of the spaces that are put behind each letter and each word."""
    space: Space = DEVICE_GRAY
    ink: Colour | None = BLACK
    """The colour that letters and areas are filled with; None if it is not one colour, or not known."""
    alpha: float = 1
    line_space: Space = DEVICE_GRAY
    line_ink: Colour | None = BLACK
    """The colour of outlines."""
    line_alpha: float = 1
    line_width: float = 1
    blended: bool = False
    """Whether what is painted is mixed with what is under it in another way than by covering it."""
    masked: bool = False
    """Whether a mask takes away what is painted."""
    clip: Box | None = None
    """Outside of it nothing is painted."""
    shapes: tuple[Shape, ...] = ()
    """Outside of each of these nothing is painted either."""

    def copy(self) -> State:
        """One like it."""
        return replace(self)


@dataclass(frozen=True, slots=True)
class Shape:
    """An area of a page with any outline."""

    outlines: tuple[tuple[Point, ...], ...]
    even_odd: bool
    """Whether what is enclosed twice is outside (ISO 32000-1, 8.5.3.3.3)."""

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
    """A path that is being drawn."""

    outlines: list[list[Point]] = field(default_factory=list)

    def move(self, point: Point) -> None:
        """Begins an outline."""
        self.outlines.append([point])

    def line(self, *points: Point) -> None:
        """Goes on from where it is."""
        if not self.outlines:
            self.outlines.append([])
        self.outlines[-1] += points

    def curve(self, first: Point, second: Point, end: Point) -> None:
        """Goes on along a curve, some points of which are taken (8.5.2.2)."""
        start = self.current
        for t in CURVE:
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            near = (start, first, second, end)
            across = sum(weight * x for weight, (x, _) in zip(weights, near, strict=True))
            self.line((across, sum(weight * y for weight, (_, y) in zip(weights, near, strict=True))))

    @property
    def current(self) -> Point:
        """Where it is."""
        return self.outlines[-1][-1] if self.outlines and self.outlines[-1] else (0, 0)

    def box(self, matrix: Matrix) -> Box | None:
        """What encloses it on the page; None if it has no points."""
        points = [point for outline in self.outlines for point in outline]
        return enclosing(matrix, points) if points else None

    def shape(self, matrix: Matrix, *, even_odd: bool) -> Shape:
        """What it encloses on the page."""
        outlines = (tuple(placed(matrix, point) for point in outline) for outline in self.outlines if outline)
        return Shape(tuple(outlines), even_odd)

    def is_rectangle(self, matrix: Matrix) -> bool:
        """Whether it is one rectangle with upright sides, on the page too."""
        if len(self.outlines) != 1 or (any(matrix[1:3]) and any((matrix[0], matrix[3]))):
            return False
        (points,) = self.outlines
        across, up = {x for x, _ in points}, {y for _, y in points}
        return len(across) == len(up) == 2 and len(set(points)) == 4 and len(points) < 6


@dataclass(frozen=True, slots=True)
class Area:
    """Something painted on a part of a page."""

    box: Box
    colour: Colour | None
    """None for a picture, or what else has not one colour."""
    shapes: tuple[Shape, ...] = ()
    """It is painted only inside of each of these."""

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies under it."""
        left, bottom, right, top = self.box
        inside = left - SLACK <= x <= right + SLACK and bottom - SLACK <= y <= top + SLACK
        return inside and all(one.holds(x, y) for one in self.shapes)


def product(one: Matrix, other: Matrix) -> Matrix:
    """One transformation after the other (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, x, y = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + x, e * h + f * j + y


def placed(matrix: Matrix, point: Point) -> Point:
    """A point on the page."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def enclosing(matrix: Matrix, points: Sequence[Point]) -> Box:
    """The smallest upright box around points, on the page."""
    there = [placed(matrix, point) for point in points]
    across, up = [x for x, _ in there], [y for _, y in there]
    return min(across), min(up), max(across), max(up)


def shared(one: Box | None, other: Box) -> Box:
    """What two boxes share; an empty one where that is nothing."""
    if one is None:
        return other
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def within(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another, but for what nobody sees."""
    left, bottom, right, top = outer
    across = left - SLACK <= inner[0] and inner[2] <= right + SLACK
    return across and bottom - SLACK <= inner[1] and inner[3] <= top + SLACK


def meets(one: Box, other: Box) -> bool:
    """Whether two boxes share something."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def sampled(box: Box, size: float) -> list[Point]:
    """Points all over a box of letters of a size, none of them at its edge."""
    step = max(size / LETTER, 0.1)
    across = min(max(int((box[2] - box[0]) / step), 1), MOST)
    up = min(max(int((box[3] - box[1]) / step), 1), MOST)
    width, height = (box[2] - box[0]) / across, (box[3] - box[1]) / up
    return [(box[0] + (i + 0.5) * width, box[1] + (j + 0.5) * height) for j in range(up) for i in range(across)]


def numbers(values: Sequence[Value]) -> list[float]:
    """The operands of an instruction that wants numbers; raises `Malformed` where it has others."""
    found = [value for value in values if isinstance(value, int | float)]
    if len(found) != len(values):
        raise Malformed("an instruction has other operands than numbers")
    return found


def transformation(values: Sequence[Value]) -> Matrix:
    """The six numbers of a transformation."""
    a, b, c, d, e, f = numbers(values)
    return a, b, c, d, e, f
