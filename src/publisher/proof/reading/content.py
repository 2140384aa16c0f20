"""What a page paints, as a proofreader needs it: a device that takes down glyphs, pictures and colours."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from publisher.pdf.read.content.device import Context, Device, FillRule, Form, FormKind, GlyphRun, Image
from publisher.pdf.read.content.interpreter import Interpreter
from publisher.pdf.read.content.path import Path
from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.fonts import UNKNOWN, Font, Fonts
from publisher.proof.reading.colours import ink_of_paint, ink_of_space
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.glyphs import missing_codes
from publisher.proof.reading.painted import Ink, Kind, Paint, Picture, Stretch

INVISIBLE = (3, 7)
"""Text rendering modes that paint nothing (ISO 32000-1, table 106)."""
OUTLINED = (1, 5)
"""Those that paint outlines only."""
THIN = 3.0
"""Points; a rectangle that is not higher and wider than this is a rule."""


@dataclass(slots=True)
class PagePaint:
    """What was found on a page."""

    stretches: list[Stretch] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    paints: list[Paint] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    """Rectangles that were filled or framed."""


def page_paint(file: PdfFile, content: bytes, resources: Dictionary, *, number: int, fonts: Fonts) -> PagePaint:
    """What the page with this index paints; raises `Malformed`."""
    painter = Painter(number)
    Interpreter(file, painter, fonts).run(content, resources)
    return painter.found


class Painter(Device):
    """Takes down what a page paints."""

    def __init__(self, number: int) -> None:
        """Begin with the page of this index."""
        self.found = PagePaint()
        self._number = number
        self._replaced = False
        """Whether the ActualText of the outermost sequence that has one is recorded."""
        self._missing: dict[int, frozenset[int]] = {}

    def begin_marked(self, context: Context) -> None:
        """Begin a sequence whose words represent what it paints."""
        if context.marked.replaced is context.marked:
            self._replaced = False

    def show_glyphs(self, context: Context, run: GlyphRun) -> None:
        """Record glyphs on one baseline."""
        state, marked = context.state, context.marked
        a, b, c, d, x, y = run.matrix
        codes, starts, ends = run.places(state)
        if not codes:
            return
        texts = [run.font.characters.get(code, UNKNOWN) for code in codes]
        missing = self._missing_in(context, run.font)
        words = "".join(texts)
        if marked.replaced is not None:
            words, self._replaced = ("" if self._replaced else marked.replaced.actual or ""), True
        stretch = Stretch(
            text=words,
            shown="".join([text[:1] or "\ufffc" for text in texts]),
            page=self._number,
            starts=array("d", [x + a * start for start in starts]),
            ends=array("d", [x + a * end for end in ends]),
            y=y,
            size=state.size * abs(a * d - b * c) ** 0.5,
            mcid=marked.mcid,
            artifact=marked.artifact,
            seen=state.mode not in INVISIBLE,
            missing=tuple([at for at, code in enumerate(codes) if code in missing]),
        )
        self.found.stretches.append(stretch)
        if stretch.seen and not stretch.shown.isspace():
            paint = state.stroke if state.mode in OUTLINED else state.fill
            self._paint(context, Kind.TEXT, ink_of_paint(context, paint), stretch.box)

    def _missing_in(self, context: Context, font: Font) -> frozenset[int]:
        if id(font) not in self._missing:
            self._missing[id(font)] = missing_codes(context.objects, font.resource)
        return self._missing[id(font)]

    def draw_path(self, context: Context, path: Path, *, fill: FillRule | None, stroke: bool) -> None:
        """Record lines and areas, and which of them are boxes."""
        if (hull := path.hull) is None:
            return
        box, state = Box.of(hull), context.state
        if fill is not None:
            self._paint(context, Kind.LINE, ink_of_paint(context, state.fill), box)
        if stroke:
            self._paint(context, Kind.LINE, ink_of_paint(context, state.stroke), box)
        rectangles = map(Box.of, path.rectangles)
        self.found.boxes += [rectangle for rectangle in rectangles if min(rectangle.width, rectangle.height) > THIN]

    def fill_shading(self, context: Context, shading: Dictionary) -> None:
        """Record a colour gradient."""
        ink = ink_of_space(context, shading.get("ColorSpace"))
        self._paint(context, Kind.SHADING, ink, Box.of(context.square()))

    def begin_form(self, context: Context, form: Form) -> bool:
        """Read every form and tile, and record a transparency group that has a colour space."""
        group = context.objects.dictionary(form.stream.dictionary.get("Group"))
        if form.kind is FormKind.FORM and "CS" in group:
            self._paint(context, Kind.GROUP, ink_of_space(context, group["CS"]), Box.of(context.square()))
        return True

    def draw_image(self, context: Context, image: Image) -> None:
        """Record a picture, with its size in pixels and on the page."""
        resolve, entries, box = context.objects.resolve, image.entries, Box.of(context.square())
        width, height = resolve(entries.get("Width")), resolve(entries.get("Height"))
        a, b, c, d, _, _ = context.state.matrix
        if isinstance(width, int | float) and isinstance(height, int | float):
            picture = Picture(
                page=self._number,
                width=int(width),
                height=int(height),
                across=(a * a + b * b) ** 0.5,
                upward=(c * c + d * d) ** 0.5,
                box=box,
                mcid=context.marked.mcid,
            )
            self.found.pictures.append(picture)
        masks = resolve(entries.get("ImageMask")) is True
        fill = context.state.fill
        ink = ink_of_paint(context, fill) if masks else ink_of_space(context, entries.get("ColorSpace"))
        self._paint(context, Kind.PICTURE, ink, box)

    def _paint(self, context: Context, kind: Kind, ink: Ink, box: Box) -> None:
        self.found.paints.append(Paint(kind=kind, ink=ink, box=box, mcid=context.marked.mcid))
