"""Fonts that turn the codes of a content stream into characters, by their ToUnicode maps (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from struct import unpack

from publisher.pdf.read.file import Dictionary, Objects
from publisher.pdf.read.syntax import Malformed, Ref, Value

CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F\s]*)>")
RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(?:<([0-9a-fA-F\s]*)>|\[([^\]]*)\])")
HEX = re.compile(rb"<([0-9a-fA-F\s]*)>")
MOST_CODES = 65536
"""How many codes a range may have."""
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""What a glyph says that no map knows."""


@dataclass(frozen=True, slots=True)
class Font:
    """What the codes of a font say."""

    width: int
    """How many bytes a code has."""
    characters: dict[int, str]
    widths: dict[int, float]
    """In thousandths of the size."""
    other: float
    """The width of every other glyph."""
    resource: Dictionary = field(default_factory=dict, repr=False, compare=False)
    """What describes it in the file."""

    def advance(self, shown: bytes) -> float:
        """How wide a string is, in thousandths of the size."""
        return sum(map(self.widths.get, self.codes(shown), repeat(self.other)))

    def text(self, shown: bytes) -> str:
        """The characters of a string that is shown."""
        return "".join(map(self.characters.get, self.codes(shown), repeat(UNKNOWN)))

    def letters(self, shown: bytes) -> tuple[str, ...]:
        """The characters of each glyph of a string that is shown."""
        return tuple(map(self.characters.get, self.codes(shown), repeat(UNKNOWN)))

    def spacing(self, shown: bytes, letter: float, word: float) -> float:
        """How much a string is widened by letter and word spacing (9.3.2 and 9.3.3)."""
        spaces = shown.count(b" ") if self.width == 1 else 0
        return len(shown) // self.width * letter + spaces * word

    def codes(self, shown: bytes) -> Sequence[int]:
        """The codes of a string that is shown."""
        return shown if self.width == 1 else unpack(f">{len(shown) // 2}H", shown[: len(shown) // 2 * 2])


def font(file: Objects, resource: Dictionary) -> Font:
    """The font of a resource."""
    width = 2 if resource.get("Subtype") == "Type0" else 1
    below = file.array(resource.get("DescendantFonts"))
    bearer = file.dictionary(below[0]) if below else resource
    other = file.resolve(bearer.get("DW"))
    return Font(
        width=width,
        characters=_characters(file.stream(resource.get("ToUnicode"))),
        widths=dict(_widths(file, bearer, width)),
        other=other if isinstance(other, int | float) else 1000 if width == 2 else 0,
        resource=resource,
    )


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a file, each read once."""

    file: Objects
    _known: dict[int, Font] = field(default_factory=dict)

    def __call__(self, resource: Value) -> Font:
        """The font that a resource is or leads to; raises `Malformed` if it is none."""
        if not isinstance(resource, Ref):
            return font(self.file, self.file.dictionary(resource))
        if resource.number not in self._known:
            self._known[resource.number] = font(self.file, self.file.dictionary(resource))
        return self._known[resource.number]


def strange_glyphs(file: Objects, resource: Dictionary) -> frozenset[str]:
    """Why the glyphs of a font can be other ones than its own: it is not embedded, or its codes are exchanged."""
    below = file.array(resource.get("DescendantFonts"))
    bearer = file.dictionary(below[0]) if below else resource
    embedded = {"FontFile", "FontFile2", "FontFile3"} & file.dictionary(bearer.get("FontDescriptor")).keys()
    exchanged = file.resolve(bearer.get("CIDToGIDMap")) not in (None, "Identity")
    missing = not embedded and resource.get("Subtype") != "Type3"
    return frozenset([*(["FontFile"] if missing else ()), *(["CIDToGIDMap"] if exchanged else ())])


def _widths(file: Objects, bearer: Dictionary, width: int) -> Iterator[tuple[int, float]]:
    """The widths of glyphs by their codes (ISO 32000-1, 9.7.4.3 and 9.2.4)."""
    if width == 1:
        first = file.resolve(bearer.get("FirstChar"))
        begin = first if isinstance(first, int) else 0
        yield from _run(begin, map(file.resolve, file.array(bearer.get("Widths"))))
        return
    waiting = [file.resolve(item) for item in file.array(bearer.get("W"))]
    while len(waiting) > 1:
        code, second = waiting[0], waiting[1]
        if not isinstance(code, int):
            raise Malformed("the widths of a font are no widths")
        if isinstance(second, list):
            yield from _run(code, map(file.resolve, second))
            del waiting[:2]
        elif isinstance(second, int) and len(waiting) > 2:
            yield from _run(code, repeat(waiting[2], _cache_size(second - code + 1)))
            del waiting[:3]
        else:
            raise Malformed("the widths of a font are no widths")


def _cache_size(count: int) -> int:
    """How many codes a range has; raises `Malformed` if no font has so many."""
    if count > MOST_CODES:
        raise Malformed("a font has more codes than two bytes can write")
    return max(count, 0)


def _run(begin: int, widths: Iterable[Value]) -> Iterator[tuple[int, float]]:
    for number, width in enumerate(widths, begin):
        if isinstance(width, int | float):
            yield number, width


def _characters(map_: bytes) -> dict[int, str]:
    characters: dict[int, str] = {}
    for block in CHARACTERS.findall(map_):
        for code, text in PAIR.findall(block):
            characters[int(code, 16)] = _utf16(text)
    for block in RANGES.findall(map_):
        for first, last, text, several in RANGE.findall(block):
            codes = range(int(first, 16), int(first, 16) + _cache_size(int(last, 16) - int(first, 16) + 1))
            texts = (
                [_utf16(element) for element in HEX.findall(several)]
                if several
                else _following(_utf16(text), len(codes))
            )
            characters.update(zip(codes, texts, strict=False))
    return characters


def _following(text: str, count: int) -> list[str]:
    """A text and those after it, which differ in their last character."""
    return [text[:-1] + chr(ord(text[-1]) + step) for step in range(count)] if text else [""] * count


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")
