"""What the content of a page paints: its instructions gone through one by one (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from publisher.pdf.read.file import Dictionary, PdfFile, Stream
from publisher.pdf.read.syntax import Malformed, Name, Ref, Scanner, Value, Word, text_string
from publisher.proof.reading.colours import ink_of
from publisher.proof.reading.geometry import IDENTITY, UNIT_SQUARE, Box, around, moved, product
from publisher.proof.reading.glyphs import Face, face
from publisher.proof.reading.painted import Ink, Kind, Paint, Picture, Stretch
from publisher.proof.reading.paths import OPERATORS, Path
from publisher.proof.reading.state import Marked, State, matrix_of, numbers, pieces_of, with_number

SHOWN = re.compile(rb"\s*\[((?:\s*(?:<[0-9A-Fa-f]*>|\(\)|[-+]?[\d.]+))*)\s*\]\s*TJ\b")
"""The commonest instruction, which would be slow to take apart piece by piece."""
IMAGE_END = re.compile(rb"\sEI(?=\s|$)")
INVISIBLE = (3, 7)
"""Text rendering modes that paint nothing (ISO 32000-1, table 106)."""
DEEPEST = 12
"""How many forms and patterns may be drawn inside one another."""
DEVICE_COLOURS = {b"g": Ink.GRAY, b"rg": Ink.RGB, b"k": Ink.CMYK}
COLOURS = frozenset((b"g", b"rg", b"k", b"cs", b"sc", b"scn"))


@dataclass(slots=True)
class Content:
    """What was found on a page."""

    stretches: list[Stretch] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    paints: list[Paint] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    """Rectangles that were filled or framed."""


class Painter:
    """Goes through the content of one page."""

    def __init__(self, file: PdfFile, number: int, faces: dict[int, Face]) -> None:
        """Begin with the content of one page of a file, counted from 0."""
        self._path = Path()
        self.content = Content(boxes=self._path.boxes)
        self._file = file
        self._number = number
        self._faces = faces
        self._state = State()
        self._kept: list[State] = []
        self._marked: list[Marked] = []
        self._line = self._text = self._base = IDENTITY
        self._resources: Dictionary = {}
        self._named: dict[str, Face] = {}
        self._depth = 0

    def run(self, content: bytes, resources: Dictionary) -> None:
        """Reads a content stream with its resources."""
        outer, self._resources, self._named = (self._resources, self._named), resources, {}
        scanner, end = Scanner(content), len(content.rstrip(b"\x00\t\n\x0c\r "))
        operands: list[Value] = []
        while scanner.at < end:
            shown = SHOWN.match(content, scanner.at)
            if shown is not None:
                scanner.at = shown.end()
                self._show(list(pieces_of(shown[1])))
                continue
            value = scanner.value()
            if not isinstance(value, Word):
                operands.append(value)
                continue
            if value == b"ID":
                self._inline_image(operands)
                found = IMAGE_END.search(content, scanner.at)
                scanner.at = found.end() if found else end
            elif value != b"BI":
                self._do(value, operands)
            operands.clear()
        self._resources, self._named = outer

    def _do(self, operator: bytes, operands: list[Value]) -> None:
        match operator:
            case b"q":
                self._kept.append(self._state)
            case b"Q":
                self._state = self._kept.pop() if self._kept else self._state
            case b"cm":
                self._state = replace(self._state, matrix=product(matrix_of(operands), self._state.matrix))
            case b"BMC" | b"BDC":
                self._marked.append(self._begun(operands))
            case b"EMC":
                del self._marked[-1:]
            case b"Do":
                self._draw(self._resource("XObject", operands[0]))
            case b"sh":
                space = self._file.dictionary(self._resource("Shading", operands[0])).get("ColorSpace")
                self._paint(Kind.SHADING, ink_of(self._file, space, self._resources), self._square())
            case _ if operator in OPERATORS:
                for ink, box in self._path.take(operator, operands, self._state):
                    self._paint(Kind.LINE, ink, box)
            case _ if operator.lower() in COLOURS:
                self._colour(operator, operands)
            case _:
                self._set_text(operator, operands)

    def _set_text(self, operator: bytes, operands: list[Value]) -> None:
        match operator:
            case b"BT":
                self._line = self._text = IDENTITY
            case b"Tm":
                self._line = self._text = matrix_of(operands)
            case b"Td" | b"TD":
                x, y = numbers(operands)
                if operator == b"TD":
                    self._state = replace(self._state, leading=-y)
                self._move(x, y)
            case b"T*":
                self._move(0, -self._state.leading)
            case b"Tf":
                self._state = replace(self._state, face=self._face(operands[0]), size=numbers(operands[1:])[0])
            case b"Tj" | b"TJ" | b"'" | b'"':
                if operator in (b"'", b'"'):
                    self._move(0, -self._state.leading)
                self._show(operands[-1] if isinstance(operands[-1], list) else [operands[-1]])
            case b"TL" | b"Tc" | b"Tw" | b"Tz" | b"Tr":
                (number,) = numbers(operands)
                self._state = with_number(self._state, operator, number)
            case _:
                pass

    def _move(self, x: float, y: float) -> None:
        self._line = self._text = product((1, 0, 0, 1, x, y), self._line)

    def _face(self, name: Value) -> Face:
        key = str(name)
        if key not in self._named:
            resource = self._file.dictionary(self._resources.get("Font")).get(key)
            number = resource.number if isinstance(resource, Ref) else -1
            if number not in self._faces or number < 0:
                self._faces[number] = face(self._file, self._file.dictionary(resource))
            self._named[key] = self._faces[number]
        return self._named[key]

    def _resource(self, kind: str, name: Value) -> Value:
        return self._file.resolve(self._file.dictionary(self._resources.get(kind)).get(str(name)))

    def _begun(self, operands: list[Value]) -> Marked:
        """A sequence with what its properties say."""
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, Name):
            properties = self._file.dictionary(self._resources.get("Properties")).get(properties)
        known = self._file.dictionary(properties)
        mcid, actual = known.get("MCID"), self._file.resolve(known.get("ActualText"))
        return Marked(
            mcid=mcid if isinstance(mcid, int) else None,
            artifact=operands[0] == "Artifact",
            actual=text_string(actual) if isinstance(actual, bytes) else None,
        )

    def _show(self, pieces: Sequence[Value]) -> None:
        """Shows strings, and moves by the numbers between them, in thousandths of the size."""
        state = self._state
        if state.face is None:
            raise Malformed("text is shown without a font")
        at, places, glyphs = 0.0, list[tuple[float, float]](), []
        for piece in pieces:
            if isinstance(piece, int | float):
                at -= piece / 1000 * state.size * state.stretch
            elif isinstance(piece, bytes):
                for glyph in state.face.glyphs(piece):
                    end = at + glyph.advance / 1000 * state.size * state.stretch
                    places.append((at, end))
                    glyphs.append(glyph)
                    wide = state.word_space if state.face.font.width == 1 and glyph.text == " " else 0
                    at = end + (state.letter_space + wide) * state.stretch
        if glyphs:
            said = "".join([glyph.text for glyph in glyphs])
            missing = tuple(number for number, glyph in enumerate(glyphs) if glyph.missing)
            self._place(said, "".join([glyph.text[:1] or "\ufffc" for glyph in glyphs]), places, missing)
        self._text = product((1, 0, 0, 1, at, 0), self._text)

    def _place(self, said: str, shown: str, places: list[tuple[float, float]], missing: tuple[int, ...]) -> None:
        state = self._state
        a, b, c, d, x, y = product(self._text, state.matrix)
        told = next((one for one in self._marked if one.actual is not None), None)
        if told is not None:
            said, told.told = ("" if told.told else told.actual or ""), True
        stretch = Stretch(
            text=said,
            shown=shown,
            page=self._number,
            starts=tuple([x + a * start for start, _ in places]),
            ends=tuple([x + a * end for _, end in places]),
            y=y,
            size=state.size * abs(a * d - b * c) ** 0.5,
            mcid=self._mcid(),
            artifact=any(one.artifact for one in self._marked),
            seen=state.mode not in INVISIBLE,
            missing=missing,
        )
        self.content.stretches.append(stretch)
        if stretch.seen and not shown.isspace():
            self._paint(Kind.TEXT, state.stroke if state.mode in (1, 5) else state.fill, stretch.box)

    def _mcid(self) -> int | None:
        return next((one.mcid for one in reversed(self._marked) if one.mcid is not None), None)

    def _paint(self, kind: Kind, ink: Ink, box: Box) -> None:
        self.content.paints.append(Paint(kind=kind, ink=ink, box=box, mcid=self._mcid()))

    def _square(self) -> Box:
        return around([moved(corner, self._state.matrix) for corner in UNIT_SQUARE])

    def _colour(self, operator: bytes, operands: list[Value]) -> None:
        """A colour, or a colour space, for areas (small letters) or for lines (capitals)."""
        if operator.lower() in (b"sc", b"scn"):
            if operands and isinstance(operands[-1], Name):
                self._set_ink(operator, self._pattern(self._resource("Pattern", operands[-1])))
            return
        ink = DEVICE_COLOURS.get(operator.lower())
        self._set_ink(operator, ink or ink_of(self._file, operands[0], self._resources))

    def _set_ink(self, operator: bytes, ink: Ink) -> None:
        if operator.islower():
            self._state = replace(self._state, fill=ink)
        else:
            self._state = replace(self._state, stroke=ink)

    def _pattern(self, pattern: Value) -> Ink:
        """What a pattern is painted with; one of tiles is gone through like a form, for its pictures."""
        if isinstance(pattern, Stream):
            kept = self._state
            self._state = replace(kept, matrix=self._base)
            self._form(pattern)
            self._state = kept
            return Ink.UNKNOWN
        space = self._file.dictionary(self._file.dictionary(pattern).get("Shading")).get("ColorSpace")
        return ink_of(self._file, space, self._resources)

    def _draw(self, drawn: Value) -> None:
        """A picture, or a form: content of its own."""
        if not isinstance(drawn, Stream):
            return
        if drawn.dictionary.get("Subtype") == "Form":
            group = self._file.dictionary(drawn.dictionary.get("Group"))
            if "CS" in group:
                self._paint(Kind.GROUP, ink_of(self._file, group["CS"], self._resources), self._square())
            self._form(drawn)
        else:
            self._picture(drawn.dictionary)

    def _form(self, form: Stream) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Malformed("forms are drawn inside one another without end")
        kept, lines, base = self._state, (self._line, self._text), self._base
        matrix = matrix_of(self._file.array(form.dictionary.get("Matrix", list(IDENTITY))))
        self._base = product(matrix, kept.matrix)
        self._state = replace(kept, matrix=self._base)
        self.run(self._file.stream(form), self._file.dictionary(form.dictionary.get("Resources")) or self._resources)
        self._state, (self._line, self._text), self._base = kept, lines, base
        self._depth -= 1

    def _inline_image(self, operands: list[Value]) -> None:
        pairs = zip(operands[::2], operands[1::2], strict=False)
        self._picture({str(key): value for key, value in pairs})

    def _picture(self, known: Dictionary) -> None:
        width, height = (self._file.resolve(known.get(long) or known.get(long[0])) for long in ("Width", "Height"))
        masks = self._file.resolve(known.get("ImageMask") or known.get("IM"))
        a, b, c, d, _, _ = self._state.matrix
        if isinstance(width, int) and isinstance(height, int):
            across, upward = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
            self.content.pictures.append(
                Picture(
                    page=self._number,
                    width=width,
                    height=height,
                    across=across,
                    upward=upward,
                    box=self._square(),
                    mcid=self._mcid(),
                )
            )
        space = known.get("ColorSpace") or known.get("CS")
        ink = self._state.fill if masks is True else ink_of(self._file, space, self._resources)
        self._paint(Kind.PICTURE, ink, self._square())
