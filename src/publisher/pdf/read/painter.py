"""Painting a page in thought: which letters somebody sees, by where, in what colour and under what they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from publisher.pdf.read.canvas import FAINT, Canvas, middle
from publisher.pdf.read.chunks import Drawing
from publisher.pdf.read.colours import BLACK, DEVICE_CMYK, DEVICE_GRAY, DEVICE_RGB, Colour, Space
from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.paint import (
    Area,
    Box,
    Path,
    Shape,
    State,
    enclosing,
    numbers,
    product,
    sampled,
    shared,
    transformation,
    within,
)
from publisher.pdf.read.syntax import Value

UNSEEN_MODES = (3, 4, 5, 6, 7)
"""Text rendering modes that paint nothing, or cut off what is painted next (ISO 32000-1, table 106)."""
FILLED, STROKED = 0, 1
"""Those that fill letters alone, and that draw their outlines alone."""
SMALLEST = 0.5
"""In points, the size of letters that somebody can see."""
NARROWEST = 0.05
"""The horizontal scaling below which letters are a line."""
WIDEST = 0.25
"""In sizes of letters, the space behind each of them above which words fall apart."""
DRAWING = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"))
"""Instructions that leave something on the page which is no text."""
UNIT = ((0, 0), (1, 0), (1, 1), (0, 1))
"""The corners of a picture before it is put in its place."""


class Painter:
    """The state of a page while it is painted."""

    def __init__(self, box: Box) -> None:
        """Begin with the initial graphics state (ISO 32000-2, 8.4.1) on a page with this box."""
        self.state = State()
        self.canvas = Canvas()
        self.drawn: list[Drawing] = []
        """What was painted by the last instruction, if it is no text."""
        self._box = box
        self._kept: list[State] = []
        self._path = Path()
        self._clips = ""

    def keep(self, operands: Sequence[Value]) -> None:
        """Push the graphics state (`q`)."""
        self._kept.append(self.state.copy())

    def restore(self, operands: Sequence[Value]) -> None:
        """Pop the graphics state (`Q`); without one, leave it unchanged."""
        self.state = self._kept.pop() if self._kept else self.state

    def transform(self, operands: Sequence[Value]) -> None:
        """Concatenate a matrix with the current one (`cm`)."""
        self.state.matrix = product(transformation(operands), self.state.matrix)

    def set_line_width(self, operands: Sequence[Value]) -> None:
        """Set the line width (`w`)."""
        self.state.line_width = numbers(operands)[0]

    def ink(self, operands: Sequence[Value]) -> None:
        """Set the colour for filling (`sc`, `scn`)."""
        self.state.ink = self.state.space.colour(operands)

    def line_ink(self, operands: Sequence[Value]) -> None:
        """Set the colour for stroking (`SC`, `SCN`)."""
        self.state.line_ink = self.state.line_space.colour(operands)

    def choose(self, space: Space, *, line: bool = False) -> None:
        """Another space of colours, which begins with black if it is one of colours (8.6.5 to 8.6.6)."""
        first = BLACK if space.components else None
        if line:
            self.state.line_space, self.state.line_ink = space, first
        else:
            self.state.space, self.state.ink = space, first

    def sees(self, box: Box, size: float) -> bool:
        """Whether letters in a box are painted, all of them on the page, in another colour than what is under them."""
        state = self.state
        if state.mode in UNSEEN_MODES or state.blended or state.masked or state.stretch < NARROWEST or size < SMALLEST:
            return False
        if abs(state.spacing) > WIDEST * state.size or not within(box, self._box):
            return False
        if state.clip is not None and not within(box, state.clip):
            return False
        points = sampled(box, size) if state.shapes or self.canvas.areas else [middle(box)]
        if any(not shape.holds(x, y) for shape in state.shapes for x, y in points):
            return False
        inks = self._inks()
        return any(all(self.canvas.shows(ink, point) for point in points) for ink in inks)

    def _inks(self) -> list[Colour]:
        """The colours in which letters are painted."""
        state = self.state
        filled = state.ink is not None and state.alpha >= FAINT and state.mode != STROKED
        stroked = state.line_ink is not None and state.line_alpha >= FAINT and state.mode != FILLED
        return [
            *([state.ink] if filled and state.ink else []),
            *([state.line_ink] if stroked and state.line_ink else []),
        ]

    def draw_rectangle(self, operands: Sequence[Value]) -> None:
        """Append a rectangle to the path (`re`)."""
        x, y, width, height = numbers(operands)
        self._path.move((x, y))
        self._path.line((x + width, y), (x + width, y + height), (x, y + height))

    def begin_line(self, operands: Sequence[Value]) -> None:
        """Begin a subpath (`m`)."""
        x, y = numbers(operands)
        self._path.move((x, y))

    def draw_line(self, operands: Sequence[Value]) -> None:
        """Append a straight line (`l`)."""
        x, y = numbers(operands)
        self._path.line((x, y))

    def draw_curve(self, operands: Sequence[Value]) -> None:
        """Append a Bézier curve with two control points (`c`)."""
        x, y, across, up, end, height = numbers(operands)
        self._path.curve((x, y), (across, up), (end, height))

    def draw_curve_from_here(self, operands: Sequence[Value]) -> None:
        """Append a Bézier curve whose first control point is the current point (`v`)."""
        across, up, end, height = numbers(operands)
        self._path.curve(self._path.current, (across, up), (end, height))

    def draw_curve_to_there(self, operands: Sequence[Value]) -> None:
        """Append a Bézier curve whose second control point is its end (`y`)."""
        x, y, end, height = numbers(operands)
        self._path.curve((x, y), (end, height), (end, height))

    def clip(self, operands: Sequence[Value]) -> None:
        """Clip by the path, by the nonzero winding rule (`W`)."""
        self._clips = "W"

    def clip_even_odd(self, operands: Sequence[Value]) -> None:
        """Clip by the path, by the even-odd rule (`W*`)."""
        self._clips = "W*"

    def fill(self, operands: Sequence[Value]) -> None:
        """Fill the path, by the nonzero winding rule (`f`)."""
        self._fill(even_odd=False)
        self.end_path(operands)

    def fill_even_odd(self, operands: Sequence[Value]) -> None:
        """Fill the path, by the even-odd rule (`f*`)."""
        self._fill(even_odd=True)
        self.end_path(operands)

    def stroke(self, operands: Sequence[Value]) -> None:
        """Stroke the path (`S`)."""
        self._stroke()
        self.end_path(operands)

    def close_and_stroke(self, operands: Sequence[Value]) -> None:
        """Close and stroke the path (`s`)."""
        for outline in self._path.outlines:
            outline.append(outline[0])
        self.stroke(operands)

    def fill_and_stroke(self, operands: Sequence[Value]) -> None:
        """Fill, close and stroke the path (`b`)."""
        self._fill(even_odd=False)
        self.close_and_stroke(operands)

    def end_path(self, operands: Sequence[Value]) -> None:
        """Ends the path, which may cut off what is painted from now on."""
        box = self._path.box(self.state.matrix) if self._clips else None
        if box is not None:
            self.state.clip = shared(self.state.clip, box)
            if not self._path.is_rectangle(self.state.matrix):
                shape = self._path.shape(self.state.matrix, even_odd=self._clips == "W*")
                self.state.shapes = (*self.state.shapes, shape)
        self._path, self._clips = Path(), ""

    def _fill(self, *, even_odd: bool) -> None:
        """Fills the path; what is under it is seen no more."""
        box = self._path.box(self.state.matrix)
        if box is None or self.state.alpha < FAINT:
            return
        shapes = self.state.shapes
        if not self._path.is_rectangle(self.state.matrix):
            shapes = (*shapes, self._path.shape(self.state.matrix, even_odd=even_odd))
        self._draw(box, plain=self.state.ink is not None)
        self._paint(box, self.state.ink, shapes)

    def _draw(self, box: Box, *, plain: bool) -> None:
        box = shared(self.state.clip, box)
        if box[0] < box[2] and box[1] < box[3]:
            self.drawn.append(Drawing(box=box, plain=plain))

    def _stroke(self) -> None:
        """Draws the path; a thick line covers words as an area does."""
        a, b, c, d, _, _ = self.state.matrix
        thick = self.state.line_width * abs(a * d - b * c) ** 0.5 / 2
        if self.state.line_alpha < FAINT:
            return
        for outline in self._path.outlines:
            for start, end in pairwise(outline):
                left, bottom, right, top = enclosing(self.state.matrix, (start, end))
                box = left - thick, bottom - thick, right + thick, top + thick
                self._draw(_without_ends(box, thick), plain=self.state.line_ink is not None)
                if (left == right or bottom == top) and thick >= SMALLEST:
                    self.canvas.paint(
                        Area(shared(self.state.clip, box), self.state.line_ink, self.state.shapes),
                        alpha=self.state.line_alpha,
                    )

    def shade(self) -> None:
        """Paints everything that is not cut off with colours that go over into one another."""
        self._draw(self._box, plain=False)
        self._paint(self._box, None, self.state.shapes)

    def picture(self) -> None:
        """A picture is put over a part of the page; what of it lets something through is not looked at."""
        self._draw(enclosing(self.state.matrix, UNIT), plain=False)
        self._paint(enclosing(self.state.matrix, UNIT), None, self.state.shapes)

    def _paint(self, box: Box, colour: Colour | None, shapes: tuple[Shape, ...]) -> None:
        self.canvas.paint(Area(shared(self.state.clip, box), colour, shapes), alpha=self.state.alpha)

    def set_state(self, known: Dictionary, file: PdfFile) -> None:
        """How much of what is painted covers; a mask may take all of it away."""
        alpha, lines, mask = (file.resolve(known.get(key)) for key in ("ca", "CA", "SMask"))
        width, blend = file.resolve(known.get("LW")), file.resolve(known.get("BM"))
        if isinstance(alpha, int | float):
            self.state.alpha = alpha
        if isinstance(lines, int | float):
            self.state.line_alpha = lines
        if isinstance(width, int | float):
            self.state.line_width = width
        if blend is not None:
            self.state.blended = blend not in ("Normal", "Compatible")
        if mask is not None:
            self.state.masked = isinstance(mask, dict)


def _without_ends(box: Box, thick: float) -> Box:
    """The box of a line; an upright or level one ends where its path does."""
    left, bottom, right, top = box
    if right - left > top - bottom:
        return left + thick, bottom, right - thick, top
    return left, bottom + thick, right, top - thick


def _set(space: Space, *, line: bool = False) -> Callable[[Painter, Sequence[Value]], None]:
    """What sets a colour of a device."""

    def choose(painter: Painter, operands: Sequence[Value]) -> None:
        if line:
            painter.state.line_space = space
            painter.line_ink(operands)
        else:
            painter.state.space = space
            painter.ink(operands)

    return choose


PAINTING: dict[bytes, Callable[[Painter, Sequence[Value]], None]] = {
    b"q": Painter.keep,
    b"Q": Painter.restore,
    b"cm": Painter.transform,
    b"w": Painter.set_line_width,
    b"g": _set(DEVICE_GRAY),
    b"rg": _set(DEVICE_RGB),
    b"k": _set(DEVICE_CMYK),
    b"G": _set(DEVICE_GRAY, line=True),
    b"RG": _set(DEVICE_RGB, line=True),
    b"K": _set(DEVICE_CMYK, line=True),
    **dict.fromkeys((b"sc", b"scn"), Painter.ink),
    **dict.fromkeys((b"SC", b"SCN"), Painter.line_ink),
    b"re": Painter.draw_rectangle,
    b"m": Painter.begin_line,
    b"l": Painter.draw_line,
    b"c": Painter.draw_curve,
    b"v": Painter.draw_curve_from_here,
    b"y": Painter.draw_curve_to_there,
    b"W": Painter.clip,
    b"W*": Painter.clip_even_odd,
    **dict.fromkeys((b"f", b"F"), Painter.fill),
    b"f*": Painter.fill_even_odd,
    **dict.fromkeys((b"B", b"b"), Painter.fill_and_stroke),
    **dict.fromkeys((b"B*", b"b*"), Painter.fill_and_stroke),
    b"S": Painter.stroke,
    b"s": Painter.close_and_stroke,
    b"n": Painter.end_path,
}
"""What each instruction does, of those that decide what is seen."""
