"""The graphics state, as far as readers of pages need it (ISO 32000-1, 8.4 and 9.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from publisher.pdf.read.content.colours import GRAY, Paint
from publisher.pdf.read.content.path import Shape
from publisher.pdf.read.file import Dictionary, Objects
from publisher.pdf.read.fonts import Font
from publisher.pdf.read.geometry import IDENTITY, Box, Matrix
from publisher.pdf.read.syntax import Malformed, Value

FIRST = Paint(GRAY)
"""What a page begins with: black."""


@dataclass(slots=True)
class GraphicsState:
    """What is set when something is painted."""

    matrix: Matrix = IDENTITY
    """From the space of the content to the page."""
    clip: Box | None = None
    """Outside of it nothing is painted."""
    shapes: tuple[Shape, ...] = ()
    """Outside of each of these nothing is painted either."""
    fill: Paint = FIRST
    """What letters and areas are painted with."""
    stroke: Paint = FIRST
    """What lines and the outlines of letters are painted with."""
    fill_alpha: float = 1
    stroke_alpha: float = 1
    line_width: float = 1
    blended: bool = False
    """Whether what is painted is mixed with what is under it in another way than by covering it."""
    masked: bool = False
    """Whether a soft mask takes away what is painted."""
    overprints: bool = False
    """Whether areas and letters print over what is beneath."""
    font: Font | None = None
    size: float = 0
    letter_space: float = 0
    word_space: float = 0
    stretch: float = 1
    """The horizontal scaling of letters."""
    leading: float = 0
    rise: float = 0
    mode: int = 0
    """The text rendering mode (table 106)."""

    def copy(self) -> GraphicsState:
        """A state equal to this one."""
        return GraphicsState(*_VALUES(self))

    def apply(self, entries: Dictionary, objects: Objects) -> None:
        """Sets what the parameters of a resource say (table 58); the font apart."""
        for key, attribute in (("ca", "fill_alpha"), ("CA", "stroke_alpha"), ("LW", "line_width")):
            value = objects.resolve(entries.get(key))
            if isinstance(value, int | float):
                setattr(self, attribute, value)
        blend, mask = objects.resolve(entries.get("BM")), objects.resolve(entries.get("SMask"))
        if blend is not None:
            self.blended = blend not in ("Normal", "Compatible")
        if mask is not None:
            self.masked = isinstance(mask, dict)
        overprint = objects.resolve(entries.get("op", entries.get("OP")))
        if overprint is not None:
            self.overprints = bool(overprint)


_VALUES = attrgetter(*(field.name for field in fields(GraphicsState)))


def numbers(values: Sequence[Value], count: int) -> Sequence[float]:
    """The operands of an instruction that needs so many numbers; raises `Malformed` if it has others."""
    if len(values) != count:
        raise Malformed(f"an instruction has {len(values)} operands and needs {count}")
    for value in values:
        if not isinstance(value, int | float):
            raise Malformed("an instruction has other operands than numbers")
    return values  # type: ignore[return-value]


def transformation(values: Sequence[Value]) -> Matrix:
    """The six numbers of a transformation; raises `Malformed` if there are others."""
    a, b, c, d, e, f = numbers(values, 6)
    return a, b, c, d, e, f
