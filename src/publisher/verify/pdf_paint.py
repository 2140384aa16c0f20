"""Where and in what colour a page is painted, as far as it decides whether words are seen (ISO 32000-1, 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.verify.pdf_fonts import Font
from publisher.verify.pdf_syntax import Malformed, Value

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points of the page."""
Colour = tuple[float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
ALIKE = 0.03
"""How little, of 1, two colours differ that nobody can tell apart."""
SLACK = 0.5
"""Points by which letters may stand out from what covers them or cuts them off."""


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
    ink: Colour | None = (0, 0, 0)
    """The colour that letters and areas are filled with; None where it is none (a pattern)."""
    alpha: float = 1
    clip: Box | None = None
    """Outside of it nothing is painted."""

    def copy(self) -> State:
        """One like it."""
        return State(
            self.matrix,
            self.font,
            self.size,
            self.leading,
            self.mode,
            self.stretch,
            self.ink,
            self.alpha,
            self.clip,
        )


@dataclass(slots=True)
class Path:
    """A path that is being drawn."""

    points: list[tuple[float, float]] = field(default_factory=list)
    curved: bool = False

    def box(self, matrix: Matrix) -> Box | None:
        """What encloses it on the page; None where it has no points."""
        return enclosing(matrix, self.points) if self.points else None

    def is_rectangle(self) -> bool:
        """Whether it is one rectangle with upright sides."""
        across, up = {x for x, _ in self.points}, {y for _, y in self.points}
        return not self.curved and len(across) == len(up) == 2 and len(set(self.points)) == 4 and len(self.points) < 6


@dataclass(frozen=True, slots=True)
class Area:
    """Something painted that lets nothing through."""

    box: Box
    colour: Colour | None
    """None for a picture."""


def product(one: Matrix, other: Matrix) -> Matrix:
    """One transformation after the other (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, x, y = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + x, e * h + f * j + y


def enclosing(matrix: Matrix, points: Sequence[tuple[float, float]]) -> Box:
    """The smallest upright box around points, on the page."""
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x, y in points]
    up = [b * x + d * y + f for x, y in points]
    return min(across), min(up), max(across), max(up)


def shared(one: Box | None, other: Box) -> Box:
    """What two boxes share; an empty one where that is nothing."""
    if one is None:
        return other
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def holds(box: Box, left: float, right: float, y: float) -> bool:
    """Whether a stretch of a line lies within a box."""
    return box[0] - SLACK <= left and right <= box[2] + SLACK and box[1] - SLACK <= y <= box[3] + SLACK


def misses(box: Box, left: float, right: float, y: float) -> bool:
    """Whether nothing of a stretch of a line lies within a box."""
    return right < box[0] - SLACK or left > box[2] + SLACK or not box[1] - SLACK <= y <= box[3] + SLACK


def colour(values: Sequence[Value]) -> Colour | None:
    """The colour of one, three or four numbers: grey, red green blue, inks of print; None where it is another."""
    match [value for value in values if isinstance(value, int | float)]:
        case [grey] if len(values) == 1:
            return grey, grey, grey
        case [red, green, blue] if len(values) == 3:
            return red, green, blue
        case [cyan, magenta, yellow, black] if len(values) == 4:
            return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
        case _:
            return None


def alike(one: Colour, other: Colour) -> bool:
    """Whether nobody can tell two colours apart."""
    return max(abs(here - there) for here, there in zip(one, other, strict=True)) < ALIKE


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
