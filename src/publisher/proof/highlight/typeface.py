"""The typeface of labels and legend, put into a PDF with the characters that are used (ISO 32000-1, 9.7.4)."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from publisher.workspace import packaged_path

PACKAGE, FILE = "font_source_sans_pro", "files/SourceSansPro-Regular.otf"
SUBSTITUTE = "\N{WHITE SQUARE}"
"""Represents a character that the typeface lacks."""


class Typeface:
    """A typeface that measures and spells words, and remembers which glyphs it was asked for."""

    def __init__(self) -> None:
        """Load the typeface from its package."""
        self._font = TTFont(BytesIO(packaged_path(PACKAGE, FILE)))
        self._glyphs: dict[int, str] = self._font.getBestCmap()
        self._widths = self._font["hmtx"]
        self._used: dict[int, tuple[str, int]] = {}

    def width(self, text: str, size: float) -> float:
        """How wide a text is, in points."""
        widths: list[int] = [self._widths[self._name(character)][0] for character in text]
        return sum(widths) * size / 1000

    def spelt(self, text: str) -> bytes:
        """The text as the operand of an instruction that shows it."""
        return b"<" + "".join(f"{self._number(character):04x}" for character in text).encode() + b">"

    def lines(self, text: str, *, size: float, width: float) -> Iterable[str]:
        """The text in lines that are no wider than allowed, where its words permit it."""
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.width(longer, size) > width:
                yield line
                longer = word
            line = longer
        yield line

    def embed(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font as an object of a PDF; call it when everything is spelt."""
        program = pdf.make_stream(self._font.getTableData("CFF "), Subtype=Name.CIDFontType0C)
        box = [self._font["head"].xMin, self._font["head"].yMin, self._font["head"].xMax, self._font["head"].yMax]
        descriptor = pdf.make_indirect(
            Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name.SourceSansPro,
                Flags=4,
                FontBBox=Array(box),
                ItalicAngle=0,
                Ascent=self._font["hhea"].ascent,
                Descent=self._font["hhea"].descent,
                CapHeight=660,
                StemV=80,
                FontFile3=program,
            )
        )
        widths = [part for glyph, (_, width) in sorted(self._used.items()) for part in (glyph, Array([width]))]
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType0,
            BaseFont=Name.SourceSansPro,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=descriptor,
            W=Array(widths),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name.SourceSansPro,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(self._characters()),
            )
        )

    def _name(self, character: str) -> str:
        return self._glyphs.get(ord(character)) or self._glyphs[ord(SUBSTITUTE)]

    def _number(self, character: str) -> int:
        name = self._name(character)
        number = int(self._font.getGlyphID(name))
        self._used[number] = (character, self._widths[name][0])
        return number

    def _characters(self) -> bytes:
        """The map from glyphs to characters (ISO 32000-1, 9.10.3)."""
        pairs = (f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, (text, _) in sorted(self._used.items()))
        rows = "".join(f"1 beginbfchar\n{pair}\nendbfchar\n" for pair in pairs)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CMapName /Proof def\n/CMapType 2 def\n"
            f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{rows}"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode()
