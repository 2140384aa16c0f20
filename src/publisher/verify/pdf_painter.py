"""Painting a page in thought: which letters somebody sees, by where, in what colour and under what they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from publisher.verify.pdf_chunks import Chunk
from publisher.verify.pdf_file import Dictionary, PdfFile
from publisher.verify.pdf_paint import (
    Area,
    Box,
    Path,
    State,
    alike,
    colour,
    enclosing,
    holds,
    misses,
    numbers,
    product,
    shared,
    transformation,
)
from publisher.verify.pdf_syntax import Value

UNSEEN_MODES = (3, 7)
"""Text rendering modes that paint nothing (ISO 32000-1, table 106)."""
FILLED_MODES = (0, 4)
"""Those that fill letters and draw no outline."""
SMALLEST = 0.5
"""In points, the size of letters that somebody can see."""
NARROWEST = 0.05
"""The horizontal scaling below which letters are a line."""
FAINT = 0.05
"""How little of a thing is painted that nobody sees."""
SOLID = 0.95
"""How much of a thing is painted that lets nothing through."""
PAPER = (1.0, 1.0, 1.0)
DRAWING = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"))
"""Instructions that leave something on the page which is no text."""
UNIT = ((0, 0), (1, 0), (1, 1), (0, 1))
"""The corners of a picture before it is put in its place."""


class Painter:
    """The state of a page while it is painted."""

    def __init__(self, box: Box) -> None:
        self.state = State()
        self.covered: list[Chunk] = []
        """Words over which something was painted later."""
        self._box = box
        self._kept: list[State] = []
        self._path = Path()
        self._clips = False
        self._areas: list[Area] = []
        self._chunks: list[Chunk] = []

    def keep(self, operands: Sequence[Value]) -> None:
        self._kept.append(self.state.copy())

    def restore(self, operands: Sequence[Value]) -> None:
        self.state = self._kept.pop() if self._kept else self.state

    def transform(self, operands: Sequence[Value]) -> None:
        self.state.matrix = product(transformation(operands), self.state.matrix)

    def ink(self, operands: Sequence[Value]) -> None:
        self.state.ink = colour(operands)

    def inks(self, operands: Sequence[Value]) -> None:
        """Another space of colours, which begins with black."""
        self.state.ink = (0, 0, 0)

    def sees(self, x: float, end: float, y: float, size: float) -> bool:
        """Whether letters that begin at a place are painted, on the page, in another colour than what is under them."""
        state = self.state
        left, bottom, right, top = self._box
        if state.mode in UNSEEN_MODES or state.alpha < FAINT or state.stretch < NARROWEST or size < SMALLEST:
            return False
        if not (left <= x <= right and bottom <= y <= top):
            return False
        if state.clip is not None and misses(state.clip, x, max(end, x), y):
            return False
        if state.ink is None or state.mode not in FILLED_MODES:
            return True
        middle = y + size / 4
        ground = next((area.colour for area in reversed(self._areas) if holds(area.box, x, x, middle)), PAPER)
        return ground is None or not alike(state.ink, ground)

    def draw_rectangle(self, operands: Sequence[Value]) -> None:
        x, y, width, height = numbers(operands)
        self._path.curved = self._path.curved or bool(self._path.points)
        self._path.points += ((x, y), (x + width, y), (x + width, y + height), (x, y + height))

    def draw_line(self, operands: Sequence[Value]) -> None:
        x, y = numbers(operands)
        self._path.points.append((x, y))

    def draw_curve(self, operands: Sequence[Value]) -> None:
        values = numbers(operands)
        self._path.curved = True
        self._path.points += zip(values[::2], values[1::2], strict=True)

    def clip(self, operands: Sequence[Value]) -> None:
        self._clips = True

    def fill(self, operands: Sequence[Value]) -> None:
        """Fills the path; what is under a rectangle is seen no more."""
        box = self._path.box(self.state.matrix) if self._path.is_rectangle() else None
        if box is not None and self.state.alpha > SOLID and self.state.ink is not None:
            self.cover(Area(box, self.state.ink))
        self.end_path(operands)

    def end_path(self, operands: Sequence[Value]) -> None:
        """Ends the path, which may cut off what is painted from now on."""
        box = self._path.box(self.state.matrix) if self._clips else None
        if box is not None:
            self.state.clip = shared(self.state.clip, box)
        self._path, self._clips = Path(), False

    def cover(self, area: Area) -> None:
        """Something is painted over a part of the page."""
        box = shared(self.state.clip, area.box)
        self._areas.append(Area(box, area.colour))
        hidden = [one for one in self._chunks if holds(box, one.x, one.end, one.y + one.size / 4)]
        if hidden:
            self.covered += hidden
            self._chunks = [one for one in self._chunks if one not in hidden]

    def covers(self, drawn: Dictionary) -> None:
        """A picture is put over a part of the page; one with a mask lets something through."""
        if self.state.alpha > SOLID and "SMask" not in drawn and "Mask" not in drawn:
            self.cover(Area(enclosing(self.state.matrix, UNIT), None))

    def remember(self, chunk: Chunk) -> None:
        """Letters were painted, which something may cover."""
        if chunk.text and not chunk.text.isspace():
            self._chunks.append(chunk)

    def set_state(self, known: Dictionary, file: PdfFile) -> None:
        """How much of what is painted covers; a mask may take all of it away."""
        alpha, mask = file.resolve(known.get("ca")), file.resolve(known.get("SMask"))
        if isinstance(alpha, int | float):
            self.state.alpha = alpha
        if mask is not None:
            self.state.alpha = 0 if isinstance(mask, dict) else self.state.alpha


PAINTING: dict[bytes, Callable[[Painter, Sequence[Value]], None]] = {
    b"q": Painter.keep,
    b"Q": Painter.restore,
    b"cm": Painter.transform,
    **dict.fromkeys((b"g", b"rg", b"k", b"sc", b"scn"), Painter.ink),
    b"cs": Painter.inks,
    b"re": Painter.draw_rectangle,
    **dict.fromkeys((b"m", b"l"), Painter.draw_line),
    **dict.fromkeys((b"c", b"v", b"y"), Painter.draw_curve),
    **dict.fromkeys((b"W", b"W*"), Painter.clip),
    **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), Painter.fill),
    **dict.fromkeys((b"n", b"S", b"s"), Painter.end_path),
}
"""What each instruction does, of those that decide what is seen."""
