"""What a device is informed of the content of a page, in the order in which it is painted.

The interpreter follows the graphics state; a device decides what it takes down. Devices see paths, glyphs and images
in the space of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from publisher.pdf.read.content.colours import ColourSpace
from publisher.pdf.read.content.instructions import Shown
from publisher.pdf.read.content.path import Path
from publisher.pdf.read.content.state import GraphicsState
from publisher.pdf.read.file import Dictionary, Objects, Stream
from publisher.pdf.read.fonts import Font
from publisher.pdf.read.geometry import UNIT, Box, Matrix, enclosing


@dataclass(slots=True, kw_only=True, eq=False)
class MarkedContent:
    """A marked-content sequence that has begun, with what it has from those around it (ISO 32000-1, 14.6)."""

    tag: str = ""
    """Empty for what is in no sequence."""
    properties: Dictionary
    mcid: int | None = None
    """Its number, or that of the nearest sequence around it."""
    artifact: bool = False
    """Whether it or one around it is no part of the text."""
    optional: bool = False
    """Whether it or one around it belongs to a layer that can be switched off."""
    actual: str | None = None
    """Its own ActualText."""
    replaced: MarkedContent | None = None
    """The outermost sequence with an ActualText, which represents all that it holds."""


class Places(NamedTuple):
    """Where the glyphs of a run are along its baseline, in the space of text."""

    codes: list[int]
    starts: list[float]
    """Where each begins."""
    ends: list[float]
    """Where each ends by its own width; the next may begin elsewhere."""


@dataclass(slots=True)
class GlyphRun:
    """What one instruction shows."""

    shown: Shown
    font: Font
    matrix: Matrix
    """From the space of text to the page."""
    advance: float
    """How far the run goes along its baseline, in the space of text."""

    def places(self, state: GraphicsState) -> Places:
        """Where its glyphs are, in order (9.4.4)."""
        font, at = self.font, 0.0
        scale = state.size * state.stretch / 1000
        letter, word = state.letter_space * state.stretch, state.word_space * state.stretch
        widths, other, spaced = font.widths, font.other, word and font.width == 1
        places = Places([], [], [])
        for piece in self.shown.pieces():
            if not isinstance(piece, bytes):
                at -= piece * scale
                continue
            for code in font.codes(piece):
                end = at + widths.get(code, other) * scale
                places.codes.append(code)
                places.starts.append(at)
                places.ends.append(end)
                at = end + letter + (word if spaced and code == SPACE_CODE else 0)
        return places


SPACE_CODE = 32
"""The code that word spacing applies to (9.3.3)."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of pixels: an XObject, or one in the content (8.9)."""

    entries: Dictionary
    """What describes it; keys of inline images are written out."""
    inline: bool = False


class FillRule(Enum):
    """What a path encloses (8.5.3.3)."""

    NONZERO = auto()
    EVEN_ODD = auto()


class FormKind(Enum):
    """What a stream with content of its own is."""

    FORM = auto()
    TILE = auto()
    """The cell of a tiling pattern, which is met where it is chosen."""


@dataclass(frozen=True, slots=True)
class Form:
    """A stream with content of its own (8.7.3 and 8.10)."""

    stream: Stream
    kind: FormKind


@dataclass(slots=True, kw_only=True)
class Context:
    """Where the interpreter is; a device may read it while it is called, and changes nothing of it."""

    objects: Objects
    state: GraphicsState
    marked: MarkedContent
    resources: Dictionary
    depth: int = 0
    """How many forms the content is in."""

    def square(self) -> Box:
        """The box of the unit square, which pictures fill."""
        return enclosing(self.state.matrix, UNIT)

    def resource(self, kind: str, name: str) -> object:
        """The resource of a kind with a name, resolved; None if there is none."""
        return self.objects.resolve(self.objects.dictionary(self.resources.get(kind)).get(name))


class Device:
    """The protocol of devices: each replaces the methods that it needs, and the others do nothing."""

    def draw_path(self, context: Context, path: Path, *, fill: FillRule | None, stroke: bool) -> None:
        """A path that has points is filled, or stroked, or both."""

    def show_glyphs(self, context: Context, run: GlyphRun) -> None:
        """Glyphs are shown, in whatever rendering mode."""

    def draw_image(self, context: Context, image: Image) -> None:
        """A picture is drawn into the unit square."""

    def fill_shading(self, context: Context, shading: Dictionary) -> None:
        """What is not cut off is filled with a shading."""

    def begin_form(self, context: Context, form: Form) -> bool:
        """A form or tile begins; returns whether its content is to be interpreted."""
        return True

    def end_form(self, context: Context, form: Form) -> None:
        """A form or tile that was interpreted ends."""

    def begin_marked(self, context: Context) -> None:
        """A marked-content sequence has begun: that of the context."""

    def end_marked(self, context: Context) -> None:
        """The marked-content sequence of the context ends."""

    def set_colour(self, context: Context, space: ColourSpace, *, stroke: bool) -> None:
        """A colour or a colour space is chosen."""

    def set_state(self, context: Context, entries: Dictionary) -> None:
        """The parameters of a graphics state resource are set."""

    def miss_resource(self, context: Context, kind: str, name: str) -> None:
        """An instruction names a resource that is missing, or not of its kind; viewers skip it."""
