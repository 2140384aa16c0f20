"""Glyphs as characters: fonts decoded through their ToUnicode (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from struct import unpack

from pikepdf import Dictionary, Name

_LINE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
_NAMED = 68
"""How long a typeface is that is only named: its kind and the hexadecimal digest of its file."""
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """One glyph of a shown string."""

    code: bytes
    text: str
    """What it represents: one character, several for a ligature, none for a mark of a cluster."""


@dataclass(frozen=True, kw_only=True)
class Font:
    """A font of the file, and what its codes represent."""

    resource: Dictionary

    @cached_property
    def width(self) -> int:
        """How many bytes one code has."""
        return 2 if self.resource.get("/Subtype") == Name.Type0 else 1

    @cached_property
    def known(self) -> dict[int, Glyph]:
        """The glyphs met so far, by code."""
        return {}

    @cached_property
    def characters(self) -> dict[bytes, str]:
        """Code and what it represents. WeasyPrint writes single mappings only, no ranges."""
        stream = self.resource.get("/ToUnicode")
        if stream is None:
            return {}
        return {
            bytes.fromhex(code.decode())[-self.width :]: bytes.fromhex(text.decode()).decode("utf-16-be")
            for block in _CHARACTERS.findall(stream.read_bytes())
            for code, text in _LINE.findall(block)
        }

    @cached_property
    def widths(self) -> dict[int, int]:
        """Glyph and its width in thousandths of the type size (ISO 32000-1, 9.7.4.3); WeasyPrint writes no ranges."""
        descendants = self.resource.get("/DescendantFonts")
        runs = list(descendants[0].get("/W", ())) if descendants is not None else []
        return {
            int(first) + at: int(width)
            for first, widths in zip(runs[::2], runs[1::2], strict=True)
            for at, width in enumerate(widths)
        }

    @cached_property
    def face(self) -> str:
        """SHA-256 of the typeface's file where that was left out; nothing where a subset is embedded."""
        descendants = self.resource.get("/DescendantFonts")
        descriptor = descendants[0].FontDescriptor if descendants is not None else Dictionary()
        program = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
        content = program.read_bytes() if program is not None else b""
        return content[4:].decode() if len(content) == _NAMED else ""

    @cached_property
    def name(self) -> str:
        """Its name without the tag of the subset."""
        return str(self.resource.get("/BaseFont", "/unnamed")).lstrip("/").rpartition("+")[2]

    @cached_property
    def family(self) -> str:
        """Its family as its descriptor has it; its name where it has none."""
        descendants = self.resource.get("/DescendantFonts")
        bearer = descendants[0] if descendants is not None else self.resource
        descriptor = bearer.get("/FontDescriptor")
        return str(descriptor["/FontFamily"]) if descriptor is not None and "/FontFamily" in descriptor else self.name

    def glyphs(self, shown: bytes) -> tuple[Glyph, ...]:
        """The glyphs of a string that this font shows."""
        width, known = self.width, self.known
        codes = unpack(f">{len(shown) // width}{'BH'[width - 1]}", shown)
        for number in {*codes} - known.keys():
            code = number.to_bytes(width)
            known[number] = Glyph(code=code, text=self.characters.get(code, ""))
        return tuple([known[code] for code in codes])
