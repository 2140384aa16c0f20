"""What was painted on a page, in order: the areas that lie on it, and the words that something was painted over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.content.colours import Colour
from publisher.pdf.read.content.path import Shape
from publisher.pdf.read.geometry import SLACK, Box, Point, intersection, meets, sample

FAINT = 0.05
"""How little of a thing is painted that no one sees."""
SOLID = 0.95
"""How much of a thing is painted that lets nothing through."""
THICK = 0.25
"""How much of the height of small letters a line has to cover to hide them."""
WIDE = 0.12
"""How much of the width of a letter has to be covered."""
ROW = 16
"""In points: words are looked for in rows of this height."""
PAPER: Colour = (1.0, 1.0, 1.0)


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
        return inside and all(shape.holds(x, y) for shape in self.shapes)


class Canvas:
    """A page while it is painted."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.covered: list[Chunk] = []
        """Words over which something was painted later."""
        self.areas: list[Area] = []
        self._rows: defaultdict[int, list[Chunk]] = defaultdict(list)

    def grounds(self, points: Iterable[Point]) -> set[Colour | None]:
        """The colours on which points lie; None if one lies on a picture."""
        areas = self.areas[::-1]
        return {next((area.colour for area in areas if area.holds(*point)), PAPER) for point in points}

    def paint(self, area: Area, *, alpha: float) -> None:
        """Something is painted over a part of the page, and so much of it covers what is under it."""
        box = area.box
        if alpha < FAINT or box[0] >= box[2] or box[1] >= box[3]:
            return
        if alpha > SOLID:
            self.areas.append(area)
        for row, chunk in [(row, item) for row, item in self._under(box) if _hides(area, item)]:
            self.covered.append(chunk)
            self._rows[row] = [item for item in self._rows[row] if item is not chunk]

    def _under(self, box: Box) -> Iterator[tuple[int, Chunk]]:
        """The words that a box may hide."""
        for row in [row for row in self._rows if row * ROW < box[3]]:
            yield from ((row, chunk) for chunk in self._rows[row] if meets(chunk.box, box))

    def remember(self, chunk: Chunk) -> None:
        """Letters were painted, which something may cover."""
        if chunk.text and not chunk.text.isspace():
            self._rows[int(chunk.box[1] // ROW)].append(chunk)


def middle(box: Box) -> Point:
    """The point in the middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _hides(area: Area, chunk: Chunk) -> bool:
    """Whether what is painted takes a letter, or a good part of one, from those who look."""
    left, bottom, right, top = intersection(area.box, chunk.box)
    width, height = chunk.box[2] - chunk.box[0], chunk.box[3] - chunk.box[1]
    short = min(WIDE * chunk.size, width / 2)
    if right - left < min(short, WIDE * chunk.size) or top - bottom < THICK * height:
        return False
    if right - left < SLACK:
        return False
    points = sample((left, bottom, right, top), chunk.size)
    return not area.shapes or sum(area.holds(x, y) for x, y in points) > THICK * len(points)
