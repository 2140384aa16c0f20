"""The interpreter of content: follows the graphics state, and calls a device for what is painted (ISO 32000-1, A).

It reads what another person may have written. Malformed content raises `Malformed`; saved states, marked sequences,
forms inside one another, and how much a page leads to are bounded. A form closes what it opens, and nothing around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from publisher.pdf.read.content.colours import CMYK, GRAY, RGB, UNKNOWN, ColourSpace, Paint, colour_space
from publisher.pdf.read.content.device import Context, Device, FillRule, Form, FormKind, GlyphRun, Image, MarkedContent
from publisher.pdf.read.content.instructions import Shown, instructions
from publisher.pdf.read.content.path import Path
from publisher.pdf.read.content.state import GraphicsState, numbers, transformation
from publisher.pdf.read.file import Dictionary, Objects, Stream
from publisher.pdf.read.fonts import Font
from publisher.pdf.read.geometry import IDENTITY, Box, enclosing, intersection, product
from publisher.pdf.read.line_text import LINE_TEXT
from publisher.pdf.read.syntax import Malformed, Name, Value, text_string

MOST_STATES = 1000
"""How many graphics states may be saved inside one another."""
MOST_SEQUENCES = 1000
"""How many marked-content sequences may be inside one another."""
MOST_FORMS = 32
"""How many forms may be drawn inside one another."""
MOST_BYTES = 100_000_000
"""How many bytes of content a page may lead to, each form counted as often as it is drawn."""
LEAST_BYTES = 100
"""What a form counts at least."""
NOTHING: Box = (0, 0, 0, 0)
"""What an empty path leaves of a page."""
ABBREVIATIONS = {
    **{"BPC": "BitsPerComponent", "CS": "ColorSpace", "D": "Decode", "DP": "DecodeParms", "F": "Filter"},
    **{"H": "Height", "IM": "ImageMask", "I": "Interpolate", "W": "Width"},
}
"""Keys of inline images (table 93)."""


class Interpreter:
    """Reads the content of one page for one device."""

    def __init__(self, objects: Objects, device: Device, fonts: Callable[[Value], Font]) -> None:
        """Begin with the state in which every page begins (8.4.1); `fonts` reads a font resource."""
        self._objects = objects
        self._device = device
        self._fonts = fonts
        self._context = Context(
            objects=objects, state=GraphicsState(), marked=MarkedContent(properties={}), resources={}
        )
        self._base = self._line = self._text = IDENTITY
        self._saved: list[GraphicsState] = []
        self._open: list[MarkedContent] = []
        self._floor = self._ground = 0
        """How many states and sequences the content around has, which are not to be touched."""
        self._path = Path()
        self._clips: FillRule | None = None
        self._named: dict[str, Font] = {}
        self._spaces: dict[str, ColourSpace] = {}
        self._read = 0

    def run(self, content: bytes, resources: Dictionary) -> None:
        """Reads the content of a page with its resources; raises `Malformed`."""
        try:
            self._run(content, resources)
        except (ArithmeticError, ValueError) as error:
            raise Malformed(f"the content has numbers that mean nothing: {error}") from error

    def _run(self, content: bytes, resources: Dictionary) -> None:
        """Reads a content stream with its resources."""
        self._read += max(len(content), LEAST_BYTES)
        if self._read > MOST_BYTES:
            raise Malformed(f"a page leads to more than {MOST_BYTES // 1_000_000} MB of content")
        context = self._context
        outer = context.resources, self._named, self._spaces, self._floor, self._ground, context.state
        context.resources, self._named, self._spaces = resources, {}, {}
        self._floor, self._ground = len(self._saved), len(self._open)
        for operator, operands in instructions(content):
            if (perform := OPERATORS.get(operator)) is not None:
                perform(self, operands)
        while len(self._open) > self._ground:
            self._end_marked(())
        del self._saved[self._floor :]
        context.resources, self._named, self._spaces, self._floor, self._ground, context.state = outer

    def _save(self, operands: Sequence[Value]) -> None:
        if len(self._saved) >= MOST_STATES:
            raise Malformed(f"more than {MOST_STATES} graphics states are saved")
        self._saved.append(self._context.state)
        self._context.state = self._context.state.copy()

    def _restore(self, operands: Sequence[Value]) -> None:
        if len(self._saved) > self._floor:
            self._context.state = self._saved.pop()

    def _transform(self, operands: Sequence[Value]) -> None:
        state = self._context.state
        state.matrix = product(transformation(operands), state.matrix)

    def _set_state(self, operands: Sequence[Value]) -> None:
        objects, state = self._objects, self._context.state
        if (found := self._resource("ExtGState", operands)) is None:
            return
        entries = objects.dictionary(found)
        state.apply(entries, objects)
        match objects.resolve(entries.get("Font")):
            case [font, int() | float() as size]:
                state.font, state.size = self._fonts(font), size
        self._device.set_state(self._context, entries)

    def _resource(self, kind: str, operands: Sequence[Value]) -> Value:
        """The resource that an instruction names; None if there is none. Raises `Malformed` if it names nothing."""
        name = operands[-1] if operands else None
        if not isinstance(name, Name):
            raise Malformed("an instruction names no resource")
        found = self._context.resource(kind, name)
        if not isinstance(found, dict | Stream):
            self._device.miss_resource(self._context, kind, name)
            return None
        return found

    def _choose_space(self, operands: Sequence[Value], *, stroke: bool) -> None:
        name = operands[-1] if operands else None
        if not isinstance(name, Name):
            raise Malformed("a colour space has no name")
        if name not in self._spaces:
            known = self._objects.dictionary(self._context.resources.get("ColorSpace"))
            self._spaces[name] = colour_space(self._objects, name, known)
        self._set_paint(Paint(self._spaces[name]), stroke=stroke)

    def _set_colour(self, operands: Sequence[Value], *, stroke: bool) -> None:
        """A colour of the current space, or a pattern."""
        state = self._context.state
        space = (state.stroke if stroke else state.fill).space
        if operands and isinstance(operands[-1], Name):
            pattern = self._resource("Pattern", operands)
            self._set_paint(Paint(UNKNOWN if pattern is None else space, pattern=pattern), stroke=stroke)
            if isinstance(pattern, Stream):
                self._enter(Form(pattern, FormKind.TILE))
        else:
            self._set_paint(Paint(space, tuple(numbers(operands, len(operands)))), stroke=stroke)

    def _set_device_colour(self, operands: Sequence[Value], *, space: ColourSpace, stroke: bool) -> None:
        self._set_paint(Paint(space, tuple(numbers(operands, space.components))), stroke=stroke)

    def _set_paint(self, paint: Paint, *, stroke: bool) -> None:
        if stroke:
            self._context.state.stroke = paint
        else:
            self._context.state.fill = paint
        self._device.set_colour(self._context, paint.space, stroke=stroke)

    def _clip(self, operands: Sequence[Value], *, rule: FillRule) -> None:
        self._clips = rule

    def _paint_path(self, *, fill: FillRule | None = None, stroke: bool = False, close: bool = False) -> None:
        path, state = self._path, self._context.state
        if close:
            path.close()
        if path.outlines and (fill or stroke):
            self._device.draw_path(self._context, path, fill=fill, stroke=stroke)
        if self._clips is not None:
            state.clip = intersection(state.clip, path.box or NOTHING)
            if not path.is_rectangle():
                state.shapes = (*state.shapes, path.shape(even_odd=self._clips is FillRule.EVEN_ODD))
        self._path, self._clips = Path(), None

    def _place(self, operands: Sequence[Value]) -> None:
        self._line = self._text = transformation(operands)

    def _advance_line(self, operands: Sequence[Value]) -> None:
        x, y = numbers(operands, 2)
        self._line = self._text = product((1, 0, 0, 1, x, y), self._line)

    def _advance_line_with_leading(self, operands: Sequence[Value]) -> None:
        self._context.state.leading = -numbers(operands, 2)[1]
        self._advance_line(operands)

    def _next_line(self, operands: Sequence[Value]) -> None:
        self._advance_line((0, -self._context.state.leading))

    def _set_font(self, operands: Sequence[Value]) -> None:
        name, (size,) = str(operands[0]) if operands else "", numbers(operands[1:], 1)
        if name not in self._named:
            known = self._objects.dictionary(self._context.resources.get("Font"))
            self._named[name] = self._fonts(known.get(name))
        self._context.state.font, self._context.state.size = self._named[name], size

    def _show(self, operands: Sequence[Value]) -> None:
        shown, state = operands[-1], self._context.state
        assert isinstance(shown, Shown)
        font = state.font
        if font is None:
            raise Malformed("text is shown without a font")
        advance = (font.advance(shown.codes) - shown.shift) / 1000 * state.size * state.stretch
        if state.letter_space or state.word_space:
            advance += font.spacing(shown.codes, state.letter_space, state.word_space) * state.stretch
        matrix = product(self._text, state.matrix)
        if state.rise:
            matrix = product((1, 0, 0, 1, 0, state.rise), matrix)
        self._device.show_glyphs(self._context, GlyphRun(shown, font, matrix, advance))
        a, b, c, d, x, y = self._text
        self._text = a, b, c, d, x + advance * a, y + advance * b

    def _show_on_next_line(self, operands: Sequence[Value]) -> None:
        self._next_line(())
        self._show(operands)

    def _show_spaced(self, operands: Sequence[Value]) -> None:
        state = self._context.state
        state.word_space, state.letter_space = numbers(operands[:-1], 2)
        self._show_on_next_line(operands)

    def _begin_marked(self, operands: Sequence[Value]) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, Name):
            properties = self._context.resource("Properties", properties)
        self._push(str(operands[0]) if operands else "", self._objects.dictionary(properties))

    def _push(self, tag: str, entries: Dictionary, *, optional: bool = False) -> None:
        """A marked sequence begins, or a form that belongs to a layer."""
        if len(self._open) >= MOST_SEQUENCES:
            raise Malformed(f"more than {MOST_SEQUENCES} marked sequences are inside one another")
        outer, mcid, actual = (
            self._context.marked,
            entries.get("MCID"),
            self._objects.resolve(entries.get(LINE_TEXT, entries.get("ActualText"))),
        )
        words = text_string(actual) if isinstance(actual, bytes) else None
        marked = MarkedContent(
            tag=tag,
            properties=entries,
            mcid=mcid if isinstance(mcid, int) else outer.mcid,
            artifact=outer.artifact or tag == "Artifact",
            optional=outer.optional or optional or tag == "OC",
            actual=words,
            replaced=outer.replaced,
        )
        if words is not None and marked.replaced is None:
            marked.replaced = marked
        self._open.append(marked)
        self._context.marked = marked
        self._device.begin_marked(self._context)

    def _end_marked(self, operands: Sequence[Value]) -> None:
        if len(self._open) > self._ground:
            self._device.end_marked(self._context)
            self._open.pop()
            self._context.marked = self._open[-1] if self._open else MarkedContent(properties={})

    def _fill_shading(self, operands: Sequence[Value]) -> None:
        if (shading := self._resource("Shading", operands)) is not None:
            self._device.fill_shading(self._context, self._objects.dictionary(shading))

    def _draw_inline_image(self, operands: Sequence[Value]) -> None:
        pairs = zip(operands[::2], operands[1::2], strict=False)
        entries = {ABBREVIATIONS.get(str(key), str(key)): value for key, value in pairs}
        self._device.draw_image(self._context, Image(entries, inline=True))

    def _draw(self, operands: Sequence[Value]) -> None:
        """A picture, or a form: content of its own."""
        drawn = self._resource("XObject", operands)
        if not isinstance(drawn, Stream):
            return
        if self._objects.resolve(drawn.dictionary.get("Subtype")) == "Form":
            self._enter(Form(drawn, FormKind.FORM))
        else:
            self._device.draw_image(self._context, Image(drawn.dictionary))

    def _enter(self, form: Form) -> None:
        """Reads the content of a form or tile, if the device needs it."""
        context, entries = self._context, form.stream.dictionary
        if not self._device.begin_form(context, form):
            return
        if context.depth >= MOST_FORMS:
            raise Malformed("forms are drawn inside one another without end")
        outer = context.state, self._base, self._line, self._text, self._path, self._clips
        if form.kind is FormKind.FORM:
            context.state, around = context.state.copy(), context.state.matrix
        else:
            context.state, around = GraphicsState(), self._base
        matrix = transformation([self._objects.resolve(part) for part in self._matrix(entries)])
        self._base = context.state.matrix = product(matrix, around)
        self._path, self._clips = Path(), None
        self._clip_to_box(entries)
        context.depth += 1
        self._push("", {}, optional="OC" in entries)
        resources = self._objects.dictionary(entries.get("Resources")) or context.resources
        self._run(self._objects.stream(form.stream), resources)
        self._end_marked(())
        context.depth -= 1
        context.state, self._base, self._line, self._text, self._path, self._clips = outer
        self._device.end_form(context, form)

    def _matrix(self, entries: Dictionary) -> Sequence[Value]:
        return self._objects.array(entries.get("Matrix")) or IDENTITY

    def _clip_to_box(self, form: Dictionary) -> None:
        """Cuts off what a form draws outside of its box (8.10.1)."""
        box = [self._objects.resolve(edge) for edge in self._objects.array(form.get("BBox"))]
        match box:
            case [int() | float() as left, int() | float() as bottom, int() | float() as right, int() | float() as top]:
                state = self._context.state
                corners = ((left, bottom), (right, bottom), (right, top), (left, top))
                state.clip = intersection(state.clip, enclosing(state.matrix, corners))


Perform = Callable[[Interpreter, Sequence[Value]], None]


def _path(build: Callable[..., None], count: int) -> Perform:
    """What adds to the path, from so many numbers."""

    def perform(interpreter: Interpreter, operands: Sequence[Value]) -> None:
        build(interpreter._path, interpreter._context.state.matrix, *numbers(operands, count))

    return perform


def _number(attribute: str, kind: Callable[[float], float] = float) -> Perform:
    """What sets one number of the graphics state."""

    def perform(interpreter: Interpreter, operands: Sequence[Value]) -> None:
        setattr(interpreter._context.state, attribute, kind(*numbers(operands, 1)))

    return perform


def _painting(**how: Any) -> Perform:
    return lambda interpreter, _: interpreter._paint_path(**how)


OPERATORS: dict[bytes, Perform] = {
    b"q": Interpreter._save,
    b"Q": Interpreter._restore,
    b"cm": Interpreter._transform,
    b"gs": Interpreter._set_state,
    b"w": _number("line_width"),
    b"g": partial(Interpreter._set_device_colour, space=GRAY, stroke=False),
    b"rg": partial(Interpreter._set_device_colour, space=RGB, stroke=False),
    b"k": partial(Interpreter._set_device_colour, space=CMYK, stroke=False),
    b"G": partial(Interpreter._set_device_colour, space=GRAY, stroke=True),
    b"RG": partial(Interpreter._set_device_colour, space=RGB, stroke=True),
    b"K": partial(Interpreter._set_device_colour, space=CMYK, stroke=True),
    b"cs": partial(Interpreter._choose_space, stroke=False),
    b"CS": partial(Interpreter._choose_space, stroke=True),
    **dict.fromkeys((b"sc", b"scn"), partial(Interpreter._set_colour, stroke=False)),
    **dict.fromkeys((b"SC", b"SCN"), partial(Interpreter._set_colour, stroke=True)),
    b"m": _path(Path.move, 2),
    b"l": _path(Path.line, 2),
    b"c": _path(Path.curve, 6),
    b"v": _path(Path.curve_from_here, 4),
    b"y": _path(Path.curve_to_there, 4),
    b"re": _path(Path.rectangle, 4),
    b"h": lambda interpreter, _: interpreter._path.close(),
    b"W": partial(Interpreter._clip, rule=FillRule.NONZERO),
    b"W*": partial(Interpreter._clip, rule=FillRule.EVEN_ODD),
    b"n": _painting(),
    **dict.fromkeys((b"f", b"F"), _painting(fill=FillRule.NONZERO)),
    b"f*": _painting(fill=FillRule.EVEN_ODD),
    b"S": _painting(stroke=True),
    b"s": _painting(stroke=True, close=True),
    b"B": _painting(fill=FillRule.NONZERO, stroke=True),
    b"B*": _painting(fill=FillRule.EVEN_ODD, stroke=True),
    b"b": _painting(fill=FillRule.NONZERO, stroke=True, close=True),
    b"b*": _painting(fill=FillRule.EVEN_ODD, stroke=True, close=True),
    b"BT": lambda interpreter, _: interpreter._place(IDENTITY),
    b"Tm": Interpreter._place,
    b"Td": Interpreter._advance_line,
    b"TD": Interpreter._advance_line_with_leading,
    b"T*": Interpreter._next_line,
    b"Tf": Interpreter._set_font,
    b"Tc": _number("letter_space"),
    b"Tw": _number("word_space"),
    b"Tz": _number("stretch", lambda percent: percent / 100),
    b"TL": _number("leading"),
    b"Ts": _number("rise"),
    b"Tr": _number("mode", int),
    **dict.fromkeys((b"Tj", b"TJ"), Interpreter._show),
    b"'": Interpreter._show_on_next_line,
    b'"': Interpreter._show_spaced,
    **dict.fromkeys((b"BMC", b"BDC"), Interpreter._begin_marked),
    b"EMC": Interpreter._end_marked,
    b"sh": Interpreter._fill_shading,
    b"EI": Interpreter._draw_inline_image,
    b"Do": Interpreter._draw,
}
"""What the interpreter does for each operator; what is not here changes nothing that a device is reported."""
