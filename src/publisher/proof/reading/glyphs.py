"""Fonts by their codes: what each glyph says, how wide it is, whether it is `.notdef` (ISO 32000-1, 9.6 and 9.7)."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.pdf.read.file import Dictionary, PdfFile, Stream
from publisher.pdf.read.fonts import Font, font

SPACES = " \N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one code of a font shows."""

    text: str
    advance: float
    """In thousandths of the size."""
    missing: bool


@dataclass(slots=True)
class Face:
    """A font, whose glyphs are looked up as they are met."""

    font: Font
    missing: frozenset[bytes]
    """The codes that show `.notdef`."""
    _known: dict[bytes, Glyph] = field(default_factory=dict)

    def glyphs(self, shown: bytes) -> list[Glyph]:
        """The glyphs of a string that is shown."""
        width = self.font.width
        return [self._glyph(shown[at : at + width]) for at in range(0, len(shown), width)]

    def _glyph(self, code: bytes) -> Glyph:
        found = self._known.get(code)
        if found is None:
            text, advance = self.font.text(code), self.font.advance(code)
            found = self._known[code] = Glyph(text, advance, code in self.missing)
        return found


def face(file: PdfFile, resource: Dictionary) -> Face:
    """The font of a resource."""
    return Face(font(file, resource), frozenset(_missing(file, resource)))


def _missing(file: PdfFile, resource: Dictionary) -> set[bytes]:
    if resource.get("Subtype") == "Type0":
        below = file.array(resource.get("DescendantFonts"))
        return _of_cids(file, file.dictionary(below[0]) if below else {})
    codes: set[bytes] = set()
    at = 0
    for one in file.array(file.dictionary(resource.get("Encoding")).get("Differences")):
        value = file.resolve(one)
        if isinstance(value, int):
            at = value
            continue
        if value == ".notdef" and 0 <= at < 256:
            codes.add(bytes((at,)))
        at += 1
    return codes


def _of_cids(file: PdfFile, bearer: Dictionary) -> set[bytes]:
    """The codes that lead to glyph 0: code 0, and those that a map sends there and that have a width of their own."""
    codes = {b"\0\0"}
    map_ = file.resolve(bearer.get("CIDToGIDMap"))
    if isinstance(map_, Stream):
        glyphs = file.stream(map_)
        codes |= {(at // 2).to_bytes(2, "big") for at in range(0, len(glyphs) - 1, 2) if glyphs[at : at + 2] == b"\0\0"}
    return codes
