"""What a page paints, and with which inks: a device that takes down colour spaces, texts, transparency and marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf

from publisher.pdf.read.content.colours import ColourSpace, colour_space
from publisher.pdf.read.content.device import Context, Device, FillRule, Form, GlyphRun, Image
from publisher.pdf.read.content.interpreter import Interpreter
from publisher.pdf.read.content.path import Path
from publisher.pdf.read.file import Dictionary
from publisher.pdf.read.fonts import Font
from publisher.pdf.read.syntax import Malformed, Value
from publisher.preflight.objects import OpenedObjects

_UNSEEN = (3, 7)
_DEEPEST = 32
"""How many nodes of the page tree may be one above the other."""
_ANY_FONT = Font(width=1, characters={}, widths={}, other=0)
"""A font by which nothing moves: inks do not depend on where text is."""

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words, as they are painted."""

    space: str
    ink: Numbers
    over: bool
    """Whether they print over what is beneath."""


@dataclass(slots=True, kw_only=True)
class Painted:
    """What a page paints."""

    spaces: set[str] = field(default_factory=set)
    """The families of the colour spaces of lines, areas, text and gradients."""
    pictures: set[str] = field(default_factory=set)
    """The families of the colour spaces of pictures."""
    texts: set[Text] = field(default_factory=set)
    through: set[str] = field(default_factory=set)
    """What lets shine through what is beneath it, in words."""
    marks: list[tuple[float, float]] = field(default_factory=list)
    """The points through which printer's marks run."""


def read_painted(page: pikepdf.Page, objects: OpenedObjects) -> Painted:
    """What a page paints; raises `Malformed` if its content does not follow ISO 32000."""
    device = _Inks()
    if "/Group" in page.obj:
        device.found.through.add("a transparency group")
    resources = objects.dictionary(objects.converted(_resources(page)))
    content = b"\n".join(part.read_bytes() for part in _streams(page))
    Interpreter(objects, device, lambda _: _ANY_FONT).run(content, resources)
    return device.found


def _resources(page: pikepdf.Page) -> Any:
    """The resources of a page, or of the nearest node above it that has some (ISO 32000-1, 7.7.3.4)."""
    node: Any = page.obj
    for _ in range(_DEEPEST):
        if "/Resources" in node or "/Parent" not in node:
            break
        node = node.Parent
    return node.get("/Resources", pikepdf.Dictionary())


def _streams(page: pikepdf.Page) -> list[Any]:
    content: Any = page.obj.get("/Contents", pikepdf.Array())
    return list(content) if isinstance(content, pikepdf.Array) else [content]


class _Inks(Device):
    """Takes down what a page paints with."""

    def __init__(self) -> None:
        self.found = Painted()
        self._sheets = 0
        """How many sequences are open that hold printer's marks."""

    def miss_resource(self, context: Context, kind: str, name: str) -> None:
        """A printer's program cannot know what is missing."""
        raise Malformed(f"a resource is missing: {kind} {name}")

    def set_colour(self, context: Context, space: ColourSpace, *, stroke: bool) -> None:
        """Record a colour space, and that of a shading that is chosen as a pattern."""
        self.found.spaces.add(family(space))
        if space.base is not None:
            self.found.spaces.add(family(space.base))
        pattern = (context.state.stroke if stroke else context.state.fill).pattern
        if isinstance(pattern, dict):
            shading = context.objects.dictionary(pattern.get("Shading"))
            self.found.spaces.add(_family(context, shading.get("ColorSpace")))

    def show_glyphs(self, context: Context, run: GlyphRun) -> None:
        """Record the ink of text that is painted."""
        state = context.state
        if state.mode not in _UNSEEN:
            ink = state.fill.amounts
            self.found.texts.add(Text(space=family(state.fill.space), ink=ink, over=state.overprints))

    def set_state(self, context: Context, entries: Dictionary) -> None:
        """Record what a graphics state lets shine through."""
        resolve = context.objects.resolve
        alphas = [resolve(entries.get(key)) for key in ("ca", "CA")]
        if any(isinstance(alpha, int | float) and alpha < 1 for alpha in alphas):
            self.found.through.add("a colour with an alpha below 1")
        if resolve(entries.get("BM")) not in (None, "Normal", "Compatible"):
            self.found.through.add("a blend mode")
        if resolve(entries.get("SMask")) not in (None, "None"):
            self.found.through.add("a soft mask")

    def fill_shading(self, context: Context, shading: Dictionary) -> None:
        """Record the colour space of a gradient."""
        self.found.spaces.add(_family(context, shading.get("ColorSpace")))

    def draw_image(self, context: Context, image: Image) -> None:
        """Record the colour space of a picture, and its soft mask; a stencil has the colour that is set."""
        entries = image.entries
        if "SMask" in entries or "SMaskInData" in entries:
            self.found.through.add("a picture with a soft mask")
        if context.objects.resolve(entries.get("ImageMask")) is not True:
            self.found.pictures.add(_family(context, entries.get("ColorSpace")))

    def begin_form(self, context: Context, form: Form) -> bool:
        """Read every form and tile, and record transparency groups."""
        if "Group" in form.stream.dictionary:
            self.found.through.add("a transparency group")
        return True

    def begin_marked(self, context: Context) -> None:
        """Follow what printer's marks are in: they are artifacts of the sheet (ISO 32000-1, 14.8.2.2)."""
        self._sheets += _is_of_the_sheet(context)

    def end_marked(self, context: Context) -> None:
        """Follow what printer's marks are in."""
        self._sheets -= _is_of_the_sheet(context)

    def draw_path(self, context: Context, path: Path, *, fill: FillRule | None, stroke: bool) -> None:
        """Record where printer's marks run."""
        if self._sheets:
            self.found.marks += (point for outline in path.outlines for point in outline)


def _is_of_the_sheet(context: Context) -> bool:
    return context.marked.properties.get("Type") == "Page"


def _family(context: Context, space: Value) -> str:
    named = context.objects.dictionary(context.resources.get("ColorSpace"))
    return family(colour_space(context.objects, space, named))


def family(space: ColourSpace) -> str:
    """The family of a colour space; of one that represents others, of these (ISO 32000-1, 8.6)."""
    if space.family in ("Separation", "DeviceN", "Indexed"):
        return family(space.base) if space.base else "unknown"
    return f"ICCBased with {space.components} colours" if space.family == "ICCBased" else space.family
