"""Small fonts made for tests: families with faces, collections, variable fonts, WOFF2."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

OFL = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
GREEK = "".join(map(chr, (*range(0x370, 0x400), *range(0x1F00, 0x2000))))
LATIN = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180))))


def made_font(
    family: str,
    characters: str,
    *,
    style: str = "Regular",
    weight: int = 400,
    italic: bool = False,
    width: int = 5,
    embedding: int = 0,
    licence: str = OFL,
    axis: tuple[int, int, int] | None = None,
) -> bytes:
    """A font with a box for each character; with an axis of weights it is variable, and its boxes grow with them."""
    letters = sorted({*characters, " "})
    names = {letter: f"u{ord(letter):04X}" for letter in letters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupHead(
        unitsPerEm=1000,
        created=3600000000,
        modified=3600000000,
        macStyle=(1 if weight >= 700 else 0) | (2 if italic else 0),
    )
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(letter): name for letter, name in names.items()})
    builder.setupGlyf({name: _box(300 if name != "u0020" else 0) for name in (".notdef", *names.values())})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names.values()), (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(_names(family, style, licence))
    selection = (0x01 if italic else 0) | (0x20 if weight >= 700 else 0) or 0x40
    builder.setupOS2(
        sTypoAscender=800,
        usWinAscent=900,
        usWinDescent=200,
        usWeightClass=weight,
        usWidthClass=width,
        fsType=embedding,
        fsSelection=selection,
    )
    builder.setupPost(italicAngle=-12 if italic else 0)
    if axis is not None:
        _vary(builder, axis, names.values())
    return _written(builder.font)


def _names(family: str, style: str, licence: str) -> dict[str, Any]:
    full = f"{family} {style}"
    postscript = full.replace(" ", "-").encode("ascii", "replace").decode()
    return {
        "familyName": full if style not in ("Regular", "Italic", "Bold") else family,
        "styleName": style,
        "typographicFamily": family,
        "typographicSubfamily": style,
        "fullName": full,
        "psName": postscript,
        "licenseDescription": licence,
    }


def _box(size: int) -> Any:
    pen = TTGlyphPen(None)
    if size:
        pen.moveTo((50, 0))
        for corner in ((50 + size, 0), (50 + size, 700), (50, 700)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def _vary(builder: FontBuilder, axis: tuple[int, int, int], names: Iterable[str]) -> None:
    least, default, most = axis
    builder.setupFvar(
        [("wght", least, default, most, "Weight")],
        [{"location": {"wght": most}, "stylename": "Black"}, {"location": {"wght": default}, "stylename": "Normal"}],
    )
    wider = [(0, 0), (100, 0), (100, 0), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)]
    variations = {
        name: [TupleVariation({"wght": (0.0, 1.0, 1.0)}, wider)] for name in names if name not in (".notdef", "u0020")
    }
    builder.setupGvar({".notdef": [], "u0020": [], **variations})


def _written(font: TTFont) -> bytes:
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


def collection(*fonts: bytes) -> bytes:
    """A collection of fonts."""
    made = TTCollection()
    made.fonts = [TTFont(io.BytesIO(font)) for font in fonts]
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def woff2(font: bytes) -> bytes:
    """A font compressed for the web."""
    read = TTFont(io.BytesIO(font))
    read.flavor = "woff2"
    return _written(read)
