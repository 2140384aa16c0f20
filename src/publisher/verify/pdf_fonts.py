"""Fonts that turn the codes of a content stream into characters, by their ToUnicode maps (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.verify.pdf_file import Dictionary, PdfFile
from publisher.verify.pdf_syntax import Malformed, Value

CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F\s]*)>")
RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(?:<([0-9a-fA-F\s]*)>|\[([^\]]*)\])")
HEX = re.compile(rb"<([0-9a-fA-F\s]*)>")
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""What a glyph says that no map knows."""


@dataclass(frozen=True, slots=True)
class Font:
    """What the codes of a font say."""

    width: int
    """How many bytes a code has."""
    characters: dict[bytes, str]
    widths: dict[bytes, float]
    """In thousandths of the size."""
    other: float
    """The width of every other glyph."""

    def advance(self, shown: bytes) -> float:
        """How wide a string is, in thousandths of the size."""
        known, width, other = self.widths, self.width, self.other
        return sum([known.get(shown[at : at + width], other) for at in range(0, len(shown), width)])

    def text(self, shown: bytes) -> str:
        """The characters of a string that is shown."""
        known, width = self.characters, self.width
        return "".join([known.get(shown[at : at + width], UNKNOWN) for at in range(0, len(shown), width)])


def font(file: PdfFile, resource: Dictionary) -> Font:
    """The font of a resource."""
    width = 2 if resource.get("Subtype") == "Type0" else 1
    below = file.array(resource.get("DescendantFonts"))
    bearer = file.dictionary(below[0]) if below else resource
    other = file.resolve(bearer.get("DW"))
    return Font(
        width=width,
        characters=_characters(file.stream(resource.get("ToUnicode")), width),
        widths=dict(_widths(file, bearer, width)),
        other=other if isinstance(other, int | float) else 1000 if width == 2 else 0,
    )


def _widths(file: PdfFile, bearer: Dictionary, width: int) -> Iterator[tuple[bytes, float]]:
    """The widths of glyphs by their codes (ISO 32000-1, 9.7.4.3 and 9.2.4)."""
    if width == 1:
        first = file.resolve(bearer.get("FirstChar"))
        begin = first if isinstance(first, int) else 0
        yield from _run(begin, map(file.resolve, file.array(bearer.get("Widths"))), width)
        return
    waiting = [file.resolve(one) for one in file.array(bearer.get("W"))]
    while len(waiting) > 1:
        code, second = waiting[0], waiting[1]
        if not isinstance(code, int):
            raise Malformed("the widths of a font are no widths")
        if isinstance(second, list):
            yield from _run(code, map(file.resolve, second), width)
            del waiting[:2]
        elif isinstance(second, int) and len(waiting) > 2:
            yield from _run(code, [waiting[2]] * (second - code + 1), width)
            del waiting[:3]
        else:
            raise Malformed("the widths of a font are no widths")


def _run(begin: int, widths: Iterable[Value], width: int) -> Iterator[tuple[bytes, float]]:
    for number, one in enumerate(widths, begin):
        if isinstance(one, int | float):
            yield number.to_bytes(width, "big"), one


def _characters(map_: bytes, width: int) -> dict[bytes, str]:
    characters: dict[bytes, str] = {}
    for block in CHARACTERS.findall(map_):
        for code, text in PAIR.findall(block):
            characters[bytes.fromhex(code.decode())] = _utf16(text)
    for block in RANGES.findall(map_):
        for first, last, text, several in RANGE.findall(block):
            codes = range(int(first, 16), int(last, 16) + 1)
            texts = [_utf16(one) for one in HEX.findall(several)] if several else _following(_utf16(text), len(codes))
            characters.update((code.to_bytes(width, "big"), meant) for code, meant in zip(codes, texts, strict=False))
    return characters


def _following(text: str, count: int) -> list[str]:
    """A text and those after it, which differ in their last character."""
    return [text[:-1] + chr(ord(text[-1]) + step) for step in range(count)] if text else [""] * count


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")
