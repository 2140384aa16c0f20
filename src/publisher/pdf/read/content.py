"""What the content of a page shows, and to which marked sequence each word belongs (ISO 32000-1, 9.4 and 14.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from unicodedata import decomposition

from publisher.pdf.read.bidi import RIGHT_TO_LEFT, as_written
from publisher.pdf.read.chunks import Chunk, PageContent
from publisher.pdf.read.colours import UNKNOWN, Space, space
from publisher.pdf.read.file import Dictionary, PdfFile, Stream
from publisher.pdf.read.fonts import Font, font, strange_glyphs
from publisher.pdf.read.frame import frame
from publisher.pdf.read.instructions import instructions, shown_string
from publisher.pdf.read.paint import IDENTITY, Box, enclosing, numbers, product, shared, transformation
from publisher.pdf.read.painter import DRAWING, PAINTING, Painter
from publisher.pdf.read.syntax import Malformed, Name, Ref, Value, text_string

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
HYPHENS = frozenset("-\N{HYPHEN}\N{SOFT HYPHEN}")
SMALL_LETTERS = 0.45
"""How high letters without ascenders are, in sizes."""
OF_STATES = frozenset({"Type", "ca", "CA", "BM", "SMask", "LW", "SA", "AIS"})
"""What a graphics state of ours says (ISO 32000-1, table 58)."""
OF_PICTURES = frozenset(
    {"Type", "Subtype", "Width", "Height", "ColorSpace", "BitsPerComponent", "Filter", "DecodeParms", "Length"}
    | {"SMask", "Interpolate", "Decode", "Name", "Mask", "ImageMask", "Intent"}
)
"""What a picture of ours says (table 89)."""
DEFAULT_SPACES = frozenset({"DefaultGray", "DefaultRGB", "DefaultCMYK"})
"""What would change the meaning of every colour (8.6.5.6)."""
DEEPEST = 12
"""How many forms may be drawn inside one another."""


def _is_same_glyph(painted: str, actual: str) -> bool:
    """Whether a glyph may be read so: a hyphen at a line end, a raised character whose glyph marks of notes share."""
    if actual == SOFT_HYPHEN:
        return painted in HYPHENS
    return decomposition(actual) == f"<super> {ord(painted):04X}" if len(actual) == len(painted) == 1 else False


@dataclass(slots=True)
class _Marked:
    """A sequence that has begun and not ended."""

    mcid: int | None = None
    artifact: bool = False
    optional: bool = False
    """Whether a reader can switch it off."""
    actual: str | None = None
    painted: str | None = None
    """What was painted since it began; None before anything was."""


def page_content(file: PdfFile, page: Dictionary, number: int, fonts: dict[int, Font]) -> PageContent:
    """What a page shows; `fonts` keeps fonts that were met, by the numbers of their objects."""
    reader = _Reader(file, number, frame(file, page).seen, fonts)
    reader.run(file.stream(page.get("Contents")), file.dictionary(page.get("Resources")))
    reader.content.covered += reader.painter.canvas.covered
    return reader.content


class _Reader:
    """Goes through content instruction by instruction."""

    def __init__(self, file: PdfFile, number: int, box: Box, fonts: dict[int, Font]) -> None:
        self.content = PageContent()
        self._file = file
        self._number = number
        self.painter = Painter(box)
        self._fonts = fonts
        self._marked: list[_Marked] = []
        self._line = self._text = IDENTITY
        self._resources: Dictionary = {}
        self._named: dict[str, Font] = {}
        self._spaces: dict[str, Space] = {}
        self._depth = 0

    def run(self, content: bytes, resources: Dictionary) -> None:
        """Reads a content stream with its resources."""
        outer = self._resources, self._named, self._spaces
        self._resources, self._named, self._spaces = resources, {}, {}
        painter = self.painter
        self._notice(self._file.dictionary(resources.get("ColorSpace")).keys() & DEFAULT_SPACES)
        for operator, operands in instructions(content):
            if (paint := PAINTING.get(operator)) is not None:
                paint(painter, operands)
                if operator in DRAWING:
                    self._picture()
            elif (do := _READING.get(operator)) is not None:
                do(self, operands)
        self._resources, self._named, self._spaces = outer

    def begin_text(self, operands: Sequence[Value]) -> None:
        self._line = self._text = IDENTITY

    def place(self, operands: Sequence[Value]) -> None:
        self._line = self._text = transformation(operands)

    def move(self, operands: Sequence[Value]) -> None:
        x, y = numbers(operands)
        self._line = self._text = product((1, 0, 0, 1, x, y), self._line)

    def move_and_lead(self, operands: Sequence[Value]) -> None:
        self.painter.state.leading = -numbers(operands)[1]
        self.move(operands)

    def next_line(self, operands: Sequence[Value]) -> None:
        self.move((0, -self.painter.state.leading))

    def lead(self, operands: Sequence[Value]) -> None:
        self.painter.state.leading = numbers(operands)[0]

    def stretch(self, operands: Sequence[Value]) -> None:
        self.painter.state.stretch = numbers(operands)[0] / 100

    def mode(self, operands: Sequence[Value]) -> None:
        self.painter.state.mode = int(numbers(operands)[0])

    def raise_(self, operands: Sequence[Value]) -> None:
        self.painter.state.rise = numbers(operands)[0]

    def space_out(self, operands: Sequence[Value]) -> None:
        self.painter.state.spacing = max(self.painter.state.spacing, *map(abs, numbers(operands)))

    def choose_space(self, operands: Sequence[Value]) -> None:
        self._choose(operands, line=False)

    def choose_line_space(self, operands: Sequence[Value]) -> None:
        self._choose(operands, line=True)

    def _choose(self, operands: Sequence[Value], *, line: bool) -> None:
        """Another space of colours, by its name: of a device, or of a resource."""
        name = str(operands[0]) if operands else ""
        known = self._file.dictionary(self._resources.get("ColorSpace"))
        if name not in self._spaces:
            self._spaces[name] = UNKNOWN if name == "Pattern" else space(self._file, known.get(name, Name(name)))
        self.painter.choose(self._spaces[name], line=line)

    def set_state(self, operands: Sequence[Value]) -> None:
        known = self._file.dictionary(self._resources.get("ExtGState")).get(str(operands[0]))
        state = self._file.dictionary(known)
        self._notice(state.keys() - OF_STATES)
        self.painter.set_state(state, self._file)

    def _notice(self, keys: Set[str]) -> None:
        """Record ways of painting that no page of a book has; what a foreign page has is its own."""
        if not self._depth:
            self.content.strange.update(map(str, keys))

    def set_font(self, operands: Sequence[Value]) -> None:
        self.painter.state.font, self.painter.state.size = self._font(str(operands[0])), numbers(operands[1:])[0]

    def _font(self, key: str) -> Font:
        if key not in self._named:
            resource = self._file.dictionary(self._resources.get("Font")).get(key)
            number = resource.number if isinstance(resource, Ref) else -1
            if number not in self._fonts or number < 0:
                self._fonts[number] = font(self._file, self._file.dictionary(resource))
            self._notice(strange_glyphs(self._file, self._file.dictionary(resource)))
            self._named[key] = self._fonts[number]
        return self._named[key]

    def begin_sequence(self, operands: Sequence[Value]) -> None:
        """A sequence with what its properties say."""
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, Name):
            properties = self._file.dictionary(self._resources.get("Properties")).get(properties)
        known = self._file.dictionary(properties)
        mcid, actual = known.get("MCID"), self._file.resolve(known.get("ActualText"))
        self._marked.append(
            _Marked(
                mcid=mcid if isinstance(mcid, int) else None,
                artifact=operands[0] == "Artifact",
                optional=operands[0] == "OC",
                actual=text_string(actual) if isinstance(actual, bytes) else None,
            )
        )

    def end_sequence(self, operands: Sequence[Value]) -> None:
        marked = self._marked.pop() if self._marked else _Marked()
        painted, actual = marked.painted, marked.actual
        if painted is not None and actual is not None and painted != actual and not _is_same_glyph(painted, actual):
            self.content.told.append((painted, actual))

    def show(self, operands: Sequence[Value]) -> None:
        """Shows a string; the shift is by how much its glyphs are moved back, in thousandths of the size."""
        shown, shift = shown_string(operands)
        state = self.painter.state
        if state.font is None:
            raise Malformed("text is shown without a font")
        text = painted = state.font.text(shown)
        glyphs: tuple[str, ...] = ()
        if RIGHT_TO_LEFT.search(text):
            glyphs = state.font.letters(shown)
            text = painted = as_written(glyphs)
        told = next((one for one in self._marked if one.actual is not None), None) if self._marked else None
        if told is not None:
            text, glyphs = told.actual or "" if told.painted is None else "", ()
            told.painted = (told.painted or "") + painted
        advance = (state.font.advance(shown) - shift) / 1000 * state.size * state.stretch
        if text:
            self._place(text, advance, glyphs=glyphs, actual=told is not None)
        self._text = product((1, 0, 0, 1, advance, 0), self._text)

    def show_on_next_line(self, operands: Sequence[Value]) -> None:
        self.next_line(())
        self.show(operands)

    def _place(self, text: str, advance: float, *, glyphs: tuple[str, ...], actual: bool) -> None:
        state = self.painter.state
        matrix = product((1, 0, 0, 1, 0, state.rise), product(self._text, state.matrix))
        a, b, c, d, x, y = matrix
        size = state.size * abs(a * d - b * c) ** 0.5
        turned = bool(b or c) or a <= 0
        high = SMALL_LETTERS * state.size
        if turned:
            box = enclosing(matrix, ((0, 0), (advance, 0), (advance, high), (0, high)))
        else:
            box = (x, min(y, y + high * d), x + advance * a, max(y, y + high * d))
        optional = any(one.optional for one in self._marked)
        chunk = Chunk(
            text=text,
            page=self._number,
            x=x,
            end=x + advance * a,
            y=y,
            size=size,
            seen=a * d > b * c and not optional and self.painter.sees(box, size),
            glyphs=glyphs,
            actual=actual,
            box=box,
            turned=turned or d <= 0,
        )
        self.painter.canvas.remember(chunk)
        if any(one.artifact for one in self._marked):
            self.content.artifacts.append(chunk)
            return
        mcid = self._mcid()
        (self.content.loose if mcid is None else self.content.sequences[mcid]).append(chunk)

    def _mcid(self) -> int | None:
        return next((one.mcid for one in reversed(self._marked) if one.mcid is not None), None)

    def _picture(self) -> None:
        mcid = self._mcid()
        if mcid is not None:
            self.content.pictures.add(mcid)
        if self.painter.drawn:
            artifact = any(one.artifact for one in self._marked)
            self.content.drawings += (one._replace(artifact=artifact, mcid=mcid) for one in self.painter.drawn)
            self.painter.drawn.clear()

    def shade(self, operands: Sequence[Value]) -> None:
        self.painter.shade()
        self._picture()

    def draw_inline(self, operands: Sequence[Value]) -> None:
        """A picture that stands in the content (8.9.7)."""
        self.painter.picture()
        self._picture()

    def draw(self, operands: Sequence[Value]) -> None:
        """A picture, or a form: content of its own."""
        drawn = self._file.resolve(self._file.dictionary(self._resources.get("XObject")).get(str(operands[0])))
        if isinstance(drawn, Stream) and drawn.dictionary.get("Subtype") != "Form":
            self._notice(drawn.dictionary.keys() - OF_PICTURES)
            if drawn.dictionary.get("ColorSpace") != "DeviceCMYK":
                self._notice(drawn.dictionary.keys() & {"Decode"})
            self.painter.picture()
        self._picture()
        if not isinstance(drawn, Stream) or drawn.dictionary.get("Subtype") != "Form":
            return
        self._depth += 1
        if self._depth > DEEPEST:
            raise Malformed("forms are drawn inside one another without end")
        kept, lines = self.painter.state, (self._line, self._text)
        self.painter.state = kept.copy()
        matrix = transformation(self._file.array(drawn.dictionary.get("Matrix", list(IDENTITY))))
        self.painter.state.matrix = product(matrix, kept.matrix)
        self._clip(drawn.dictionary)
        self._marked.append(_Marked(optional="OC" in drawn.dictionary))
        resources = self._file.dictionary(drawn.dictionary.get("Resources")) or self._resources
        self.run(self._file.stream(drawn), resources)
        self._marked.pop()
        self.painter.state, (self._line, self._text) = kept, lines
        self._depth -= 1

    def _clip(self, form: Dictionary) -> None:
        """Cuts off what a form draws outside of its box (8.10.1)."""
        match [
            one for one in map(self._file.resolve, self._file.array(form.get("BBox"))) if isinstance(one, int | float)
        ]:
            case [left, bottom, right, top]:
                state = self.painter.state
                corners = ((left, bottom), (right, bottom), (right, top), (left, top))
                state.clip = shared(state.clip, enclosing(state.matrix, corners))


_READING: dict[bytes, Callable[[_Reader, Sequence[Value]], None]] = {
    b"BT": _Reader.begin_text,
    b"Tm": _Reader.place,
    b"Td": _Reader.move,
    b"TD": _Reader.move_and_lead,
    b"T*": _Reader.next_line,
    b"TL": _Reader.lead,
    b"Tz": _Reader.stretch,
    b"Tr": _Reader.mode,
    b"Ts": _Reader.raise_,
    **dict.fromkeys((b"Tc", b"Tw"), _Reader.space_out),
    b"cs": _Reader.choose_space,
    b"CS": _Reader.choose_line_space,
    b"EI": _Reader.draw_inline,
    b"Tf": _Reader.set_font,
    b"gs": _Reader.set_state,
    **dict.fromkeys((b"Tj", b"TJ"), _Reader.show),
    **dict.fromkeys((b"'", b'"'), _Reader.show_on_next_line),
    **dict.fromkeys((b"BMC", b"BDC"), _Reader.begin_sequence),
    b"EMC": _Reader.end_sequence,
    b"Do": _Reader.draw,
    b"sh": _Reader.shade,
}
"""What each instruction does, of those that words depend on."""
