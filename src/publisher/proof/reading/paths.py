"""Paths as they are drawn: lines and areas, and which of them are boxes (ISO 32000-1, 8.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from publisher.pdf.read.syntax import Value
from publisher.proof.reading.geometry import Box, Point, around, moved
from publisher.proof.reading.painted import Ink
from publisher.proof.reading.state import State, numbers

FILLS = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
STROKES = frozenset((b"S", b"s", b"B", b"B*", b"b", b"b*"))
CURVES = frozenset((b"m", b"l", b"c", b"v", b"y"))
OPERATORS = frozenset((b"re", b"h", b"n")) | CURVES | FILLS | STROKES
THIN = 3.0
"""Points; a rectangle that is not higher and wider than this is a rule."""


@dataclass(slots=True)
class Path:
    """What was drawn since the last path was painted."""

    boxes: list[Box] = field(default_factory=list)
    """Rectangles that were filled or framed."""
    _points: list[Point] = field(default_factory=list)
    _rectangles: list[Box] = field(default_factory=list)

    def take(self, operator: bytes, operands: list[Value], state: State) -> Iterator[tuple[Ink, Box]]:
        """Follows an instruction; yields the colours that it puts on the page, and where."""
        if operator == b"re":
            self._rectangle(numbers(operands), state)
        elif operator in CURVES:
            ends = numbers(operands)
            self._points += [moved(point, state.matrix) for point in zip(ends[::2], ends[1::2], strict=True)]
        elif operator != b"h":
            yield from self._painted(operator, state)

    def _rectangle(self, edges: list[float], state: State) -> None:
        x, y, width, height = edges
        corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        points = [moved(corner, state.matrix) for corner in corners]
        self._points += points
        self._rectangles.append(around(points))

    def _painted(self, operator: bytes, state: State) -> Iterator[tuple[Ink, Box]]:
        if self._points and operator in FILLS:
            yield state.fill, around(self._points)
        if self._points and operator in STROKES:
            yield state.stroke, around(self._points)
        if operator in FILLS | STROKES:
            self.boxes += [one for one in self._rectangles if min(one.width, one.height) > THIN]
        self._points.clear()
        self._rectangles.clear()
