"""What the content of a page shows, and to which marked sequence each word belongs (ISO 32000-1, 9.4 and 14.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from publisher.verify.pdf_chunks import Chunk, PageContent
from publisher.verify.pdf_file import Dictionary, PdfFile, Stream
from publisher.verify.pdf_fonts import Font, font
from publisher.verify.pdf_instructions import instructions
from publisher.verify.pdf_paint import IDENTITY, Box, numbers, product, transformation
from publisher.verify.pdf_painter import DRAWING, PAINTING, Painter
from publisher.verify.pdf_syntax import Malformed, Name, Ref, Value, text_string
from publisher.verify.pdf_turned import RIGHT_TO_LEFT, as_written

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
HYPHENS = frozenset("-\N{HYPHEN}\N{SOFT HYPHEN}")
DEEPEST = 12
"""How many forms may be drawn inside one another."""


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
    reader = _Reader(file, number, _box(file, page), fonts)
    reader.run(file.stream(page.get("Contents")), file.dictionary(page.get("Resources")))
    reader.content.covered += reader.painter.covered
    return reader.content


def _box(file: PdfFile, page: Dictionary) -> Box:
    """The edges of what is seen of a page."""
    box = file.array(page.get("CropBox") or page.get("MediaBox"))
    match [one for one in map(file.resolve, box) if isinstance(one, int | float)]:
        case [left, bottom, right, top]:
            return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
        case _:
            raise Malformed("a page has no size")


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
        self._depth = 0

    def run(self, content: bytes, resources: Dictionary) -> None:
        """Reads a content stream with its resources."""
        outer, self._resources, self._named = (self._resources, self._named), resources, {}
        painter = self.painter
        for operator, operands in instructions(content):
            if (paint := PAINTING.get(operator)) is not None:
                paint(painter, operands)
                if operator in DRAWING:
                    self._picture()
            elif (do := _READING.get(operator)) is not None:
                do(self, operands)
        self._resources, self._named = outer

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

    def set_state(self, operands: Sequence[Value]) -> None:
        known = self._file.dictionary(self._resources.get("ExtGState")).get(str(operands[0]))
        self.painter.set_state(self._file.dictionary(known), self._file)

    def set_font(self, operands: Sequence[Value]) -> None:
        self.painter.state.font, self.painter.state.size = self._font(str(operands[0])), numbers(operands[1:])[0]

    def _font(self, key: str) -> Font:
        if key not in self._named:
            resource = self._file.dictionary(self._resources.get("Font")).get(key)
            number = resource.number if isinstance(resource, Ref) else -1
            if number not in self._fonts or number < 0:
                self._fonts[number] = font(self._file, self._file.dictionary(resource))
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
        if marked.actual is not None and marked.painted is not None:
            is_hyphen = marked.actual == SOFT_HYPHEN and marked.painted in HYPHENS
            if not is_hyphen and marked.painted != marked.actual:
                self.content.told.append((marked.painted, marked.actual))

    def show(self, operands: Sequence[Value]) -> None:
        """Shows a string; the shift is by how much its glyphs are moved back, in thousandths of the size."""
        shown, shift = _shown(operands)
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
        a, b, c, d, x, y = product(self._text, state.matrix)
        size = state.size * abs(a * d - b * c) ** 0.5
        optional = any(one.optional for one in self._marked)
        end = x + advance * a
        seen = not optional and self.painter.sees(x, end, y, size)
        chunk = Chunk(
            text=text, page=self._number, x=x, end=end, y=y, size=size, seen=seen, glyphs=glyphs, actual=actual
        )
        self.painter.remember(chunk)
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

    def shade(self, operands: Sequence[Value]) -> None:
        self._picture()

    def draw(self, operands: Sequence[Value]) -> None:
        """A picture, or a form: content of its own."""
        drawn = self._file.resolve(self._file.dictionary(self._resources.get("XObject")).get(str(operands[0])))
        self._picture()
        if not isinstance(drawn, Stream):
            return
        if drawn.dictionary.get("Subtype") != "Form":
            self.painter.covers(drawn.dictionary)
            return
        self._depth += 1
        if self._depth > DEEPEST:
            raise Malformed("forms are drawn inside one another without end")
        kept, lines = self.painter.state, (self._line, self._text)
        self.painter.state = kept.copy()
        matrix = transformation(self._file.array(drawn.dictionary.get("Matrix", list(IDENTITY))))
        self.painter.state.matrix = product(matrix, kept.matrix)
        self._marked.append(_Marked(optional="OC" in drawn.dictionary))
        resources = self._file.dictionary(drawn.dictionary.get("Resources")) or self._resources
        self.run(self._file.stream(drawn), resources)
        self._marked.pop()
        self.painter.state, (self._line, self._text) = kept, lines
        self._depth -= 1


def _shown(operands: Sequence[Value]) -> tuple[bytes, float]:
    """The string of an instruction that shows one, and by how much its glyphs are moved back."""
    value = operands if len(operands) == 2 else operands[-1]
    parts = value if isinstance(value, list) else [value]
    shift = sum(part for part in parts if isinstance(part, int | float))
    return b"".join(part for part in parts if isinstance(part, bytes)), shift


_READING: dict[bytes, Callable[[_Reader, Sequence[Value]], None]] = {
    b"BT": _Reader.begin_text,
    b"Tm": _Reader.place,
    b"Td": _Reader.move,
    b"TD": _Reader.move_and_lead,
    b"T*": _Reader.next_line,
    b"TL": _Reader.lead,
    b"Tz": _Reader.stretch,
    b"Tr": _Reader.mode,
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
