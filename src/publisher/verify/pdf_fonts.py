"""Fonts that turn the codes of a content stream into characters, by their ToUnicode maps (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from publisher.verify.pdf_file import Dictionary, PdfFile

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

    def text(self, shown: bytes) -> str:
        """The characters of a string that is shown."""
        known, width = self.characters, self.width
        return "".join([known.get(shown[at : at + width], UNKNOWN) for at in range(0, len(shown), width)])


def font(file: PdfFile, resource: Dictionary) -> Font:
    """The font of a resource."""
    width = 2 if resource.get("Subtype") == "Type0" else 1
    return Font(width=width, characters=_characters(file.stream(resource.get("ToUnicode")), width))


def _characters(map_: bytes, width: int) -> dict[bytes, str]:
    characters: dict[bytes, str] = {}
    for block in CHARACTERS.findall(map_):
        for code, text in PAIR.findall(block):
            characters[bytes.fromhex(code.decode())] = _utf16(text)
    for block in RANGES.findall(map_):
        for first, last, text, several in RANGE.findall(block):
            codes = range(int(first, 16), int(last, 16) + 1)
            texts = [_utf16(one) for one in HEX.findall(several)] if several else _following(_utf16(text), len(codes))
            characters.update(
                (code.to_bytes(width, "big"), meant) for code, meant in zip(codes, texts, strict=False)
            )
    return characters


def _following(text: str, count: int) -> list[str]:
    """A text and those after it, which differ in their last character."""
    return [text[:-1] + chr(ord(text[-1]) + step) for step in range(count)] if text else [""] * count


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")
