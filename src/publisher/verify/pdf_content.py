"""What the content of a page shows, and to which marked sequence each word belongs (ISO 32000-1, 9.4 and 14.6)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from publisher.verify.pdf_file import Dictionary, PdfFile, Stream
from publisher.verify.pdf_fonts import Font, font
from publisher.verify.pdf_syntax import Malformed, Name, Ref, Scanner, Value, Word, text_string

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
SHOWN = re.compile(rb"\s*\[((?:\s*(?:<[0-9A-Fa-f]*>|\(\)|[-+]?[\d.]+))*)\s*\]\s*TJ\b")
"""The commonest instruction, which would be slow to take apart piece by piece."""
HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
SHIFT = re.compile(rb"[>)]\s*([-+.\d]+)")
UNSEEN_MODES = (3, 7)
"""Text rendering modes that paint nothing (ISO 32000-1, table 106)."""
DEEPEST = 12
"""How many forms may be drawn inside one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Characters shown by one instruction."""

    text: str
    page: int
    x: float
    end: float
    """Where the next character would stand."""
    y: float
    """Of its baseline, in points from the bottom left of the page."""
    size: float
    """Of its letters, in points."""
    seen: bool
    """Whether it is painted, and on the page."""
    actual: bool = False
    """Whether it is what a reader is told in place of what is painted (ActualText)."""


@dataclass(slots=True)
class PageContent:
    """The words and pictures of a page."""

    sequences: defaultdict[int, list[Chunk]] = field(default_factory=lambda: defaultdict(list))
    """The words of each marked sequence."""
    pictures: set[int] = field(default_factory=set)
    """The sequences that draw a picture."""
    artifacts: list[Chunk] = field(default_factory=list)
    loose: list[Chunk] = field(default_factory=list)
    """Words that belong to nothing."""


@dataclass(slots=True)
class _Marked:
    """A sequence that has begun and not ended."""

    mcid: int | None = None
    artifact: bool = False
    optional: bool = False
    """Whether a reader can switch it off."""
    actual: str | None = None
    told: bool = False
    """Whether its ActualText has been said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """The graphics state, as far as text needs it."""

    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0
    leading: float = 0
    mode: int = 0


def page_content(file: PdfFile, page: Dictionary, number: int, fonts: dict[int, Font]) -> PageContent:
    """What a page shows; `fonts` keeps fonts that were met, by the numbers of their objects."""
    reader = _Reader(file, number, _box(file, page), fonts)
    reader.run(file.stream(page.get("Contents")), file.dictionary(page.get("Resources")))
    return reader.content


def _box(file: PdfFile, page: Dictionary) -> tuple[float, ...]:
    """The edges of what is seen of a page."""
    box = file.array(page.get("CropBox") or page.get("MediaBox"))
    return tuple(one for one in map(file.resolve, box) if isinstance(one, int | float)) or (0, 0, 1e6, 1e6)


class _Reader:
    """Goes through content instruction by instruction."""

    def __init__(self, file: PdfFile, number: int, box: tuple[float, ...], fonts: dict[int, Font]) -> None:
        self.content = PageContent()
        self._file = file
        self._number = number
        self._box = box
        self._fonts = fonts
        self._state = _State()
        self._kept: list[_State] = []
        self._marked: list[_Marked] = []
        self._line = self._text = IDENTITY
        self._resources: Dictionary = {}
        self._named: dict[str, Font] = {}
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
                shift = sum(map(float, SHIFT.findall(shown[1])))
                self._show(bytes.fromhex(b"".join(HEX.findall(shown[1])).decode()), shift)
                continue
            value = scanner.value()
            if not isinstance(value, Word):
                operands.append(value)
            elif value == b"ID":
                scanner.at = _after_image(content, scanner.at)
                operands.clear()
            else:
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
                self._state = replace(self._state, matrix=_product(_matrix(operands), self._state.matrix))
            case b"BT":
                self._line = self._text = IDENTITY
            case b"Tm":
                self._line = self._text = _matrix(operands)
            case b"Td" | b"TD":
                x, y = _numbers(operands)
                if operator == b"TD":
                    self._state = replace(self._state, leading=-y)
                self._move(x, y)
            case b"T*":
                self._move(0, -self._state.leading)
            case b"TL":
                self._state = replace(self._state, leading=_numbers(operands)[0])
            case b"Tf":
                self._state = replace(self._state, font=self._font(operands[0]), size=_numbers(operands[1:])[0])
            case b"Tr":
                self._state = replace(self._state, mode=int(_numbers(operands)[0]))
            case b"Tj" | b"'" | b'"' | b"TJ":
                if operator in (b"'", b'"'):
                    self._move(0, -self._state.leading)
                self._show(*_shown(operands[-1]))
            case b"BMC" | b"BDC":
                self._marked.append(self._begun(operands))
            case b"EMC":
                if self._marked:
                    self._marked.pop()
            case b"Do":
                self._draw(operands[0])
            case b"sh":
                self._picture()
            case _:
                pass

    def _move(self, x: float, y: float) -> None:
        self._line = self._text = _product((1, 0, 0, 1, x, y), self._line)

    def _font(self, name: Value) -> Font:
        key = str(name)
        if key not in self._named:
            resource = self._file.dictionary(self._resources.get("Font")).get(key)
            number = resource.number if isinstance(resource, Ref) else -1
            if number not in self._fonts or number < 0:
                self._fonts[number] = font(self._file, self._file.dictionary(resource))
            self._named[key] = self._fonts[number]
        return self._named[key]

    def _begun(self, operands: list[Value]) -> _Marked:
        """A sequence with what its properties say."""
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, Name):
            properties = self._file.dictionary(self._resources.get("Properties")).get(properties)
        known = self._file.dictionary(properties)
        mcid, actual = known.get("MCID"), self._file.resolve(known.get("ActualText"))
        return _Marked(
            mcid=mcid if isinstance(mcid, int) else None,
            artifact=operands[0] == "Artifact",
            optional=operands[0] == "OC",
            actual=text_string(actual) if isinstance(actual, bytes) else None,
        )

    def _show(self, shown: bytes, shift: float) -> None:
        """Shows a string; `shift` is by how much its glyphs are moved back, in thousandths of the size."""
        state = self._state
        if state.font is None:
            raise Malformed("text is shown without a font")
        text = state.font.text(shown)
        told = next((one for one in self._marked if one.actual is not None), None)
        if told is not None:
            text, told.told = ("" if told.told else told.actual or ""), True
        advance = (state.font.advance(shown) - shift) / 1000 * state.size
        if text:
            self._place(text, advance, actual=told is not None)
        self._text = _product((1, 0, 0, 1, advance, 0), self._text)

    def _place(self, text: str, advance: float, *, actual: bool) -> None:
        state = self._state
        a, b, c, d, x, y = _product(self._text, state.matrix)
        size = state.size * abs(a * d - b * c) ** 0.5
        left, bottom, right, top = self._box
        seen = state.mode not in UNSEEN_MODES and size > 0.5 and left <= x <= right and bottom <= y <= top
        optional = any(one.optional for one in self._marked)
        chunk = Chunk(
            text=text,
            page=self._number,
            x=x,
            end=x + advance * a,
            y=y,
            size=size,
            seen=seen and not optional,
            actual=actual,
        )
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

    def _draw(self, name: Value) -> None:
        """A picture, or a form: content of its own."""
        drawn = self._file.resolve(self._file.dictionary(self._resources.get("XObject")).get(str(name)))
        self._picture()
        if not isinstance(drawn, Stream) or drawn.dictionary.get("Subtype") != "Form":
            return
        self._depth += 1
        if self._depth > DEEPEST:
            raise Malformed("forms are drawn inside one another without end")
        kept, lines = self._state, (self._line, self._text)
        matrix = _matrix(self._file.array(drawn.dictionary.get("Matrix", list(IDENTITY))))
        self._state = replace(kept, matrix=_product(matrix, kept.matrix))
        resources = self._file.dictionary(drawn.dictionary.get("Resources")) or self._resources
        self.run(self._file.stream(drawn), resources)
        self._state, (self._line, self._text) = kept, lines
        self._depth -= 1


def _after_image(content: bytes, at: int) -> int:
    """Where an image that stands in the content ends."""
    end = re.compile(rb"\sEI(?=\s|$)").search(content, at)
    if end is None:
        raise Malformed("an image in the content does not end")
    return end.end()


def _shown(value: Value) -> tuple[bytes, float]:
    """The string of an operand, and by how much its glyphs are moved back."""
    parts = value if isinstance(value, list) else [value]
    shift = sum(part for part in parts if isinstance(part, int | float))
    return b"".join(part for part in parts if isinstance(part, bytes)), shift


def _numbers(values: Sequence[Value]) -> list[float]:
    numbers = [value for value in values if isinstance(value, int | float)]
    if len(numbers) != len(values):
        raise Malformed("an instruction has other operands than numbers")
    return numbers


def _matrix(values: Sequence[Value]) -> Matrix:
    a, b, c, d, e, f = _numbers(values)
    return a, b, c, d, e, f


def _product(one: Matrix, other: Matrix) -> Matrix:
    """One transformation after the other (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, x, y = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + x, e * h + f * j + y
