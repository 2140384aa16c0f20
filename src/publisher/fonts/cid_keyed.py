"""Programs of OpenType fonts as versions of PDF before 1.6 know them (Adobe Technical Notes 5176 and 5177).

The CFF table of an OpenType font is a program of its own. One whose glyphs have names becomes one whose glyphs have
numbers, CIDs: each glyph that of its index.
"""

from __future__ import annotations

import io

from fontTools.cffLib import CFFFontSet, FDArrayIndex, FDSelect, FontDict, TopDict
from fontTools.ttLib import TTFont


def has_outlines_of_cff(content: bytes) -> bool:
    """Return whether an OpenType font has a CFF table."""
    return content[:4] == b"OTTO"


def cff_program(content: bytes) -> bytes:
    """Return the CFF table of an OpenType font as it is."""
    with TTFont(io.BytesIO(content)) as font:
        return bytes(font.reader["CFF "])


def cid_keyed_program(content: bytes) -> bytes:
    """Return the CFF table of an OpenType font with CIDs in the place of names."""
    with TTFont(io.BytesIO(content), recalcTimestamp=False) as font:
        table = font["CFF "].cff
        top = table.topDictIndex[0]
        if hasattr(top, "ROS"):
            return bytes(font.reader["CFF "])
        _number_glyphs(table, top)
        out = io.BytesIO()
        table.compile(out, font, isCFF2=False)
        return out.getvalue()


def with_cids_of_indexes(content: bytes) -> bytes:
    """Return an OpenType font in which each CID is the index of its glyph; another font as it is.

    A PDF with `Identity-H` names glyphs by their CIDs if the program has some (ISO 32000-1, 9.7.4.2).
    """
    if not has_outlines_of_cff(content):
        return content
    with TTFont(io.BytesIO(content), recalcTimestamp=False, recalcBBoxes=False) as font:
        top = font["CFF "].cff.topDictIndex[0]
        numbers = _numbers(len(top.charset))
        if not hasattr(top, "ROS") or list(top.charset) == numbers:
            return content
        strings = top.CharStrings
        indexes = [strings.charStrings[name] for name in top.charset]
        strings.charStrings = dict(zip(numbers, indexes, strict=True))
        top.charset, top.CIDCount = numbers, len(numbers)
        out = io.BytesIO()
        font.save(out, reorderTables=None)
        return out.getvalue()


def _numbers(count: int) -> list[str]:
    """The names of as many glyphs whose CIDs are their indexes."""
    return [".notdef", *(f"cid{number:05d}" for number in range(1, count))]


def _number_glyphs(table: CFFFontSet, top: TopDict) -> None:
    """Give each glyph the CID of its index, and all of them the one font dictionary (Technical Note 5176, 18)."""
    names = list(top.charset)
    strings, private = top.CharStrings, top.Private
    outlines = [strings[name] for name in names]
    dictionary = FontDict()
    dictionary.FontName = table.fontNames[0]
    dictionary.Private = private
    fonts = FDArrayIndex()
    fonts.strings, fonts.GlobalSubrs = top.strings, table.GlobalSubrs
    fonts.append(dictionary)
    chosen = FDSelect()
    chosen.format, chosen.gidArray = 3, [0] * len(names)
    numbers = _numbers(len(names))
    for name in ("Private", "Encoding"):
        if name in top.rawDict or name in top.__dict__:
            delattr(top, name)
    top.ROS = ("Adobe", "Identity", 0)
    top.CIDCount, top.CIDFontVersion = len(names), 0
    top.FDArray, top.FDSelect, top.charset = fonts, chosen, numbers
    strings.charStrings = dict(zip(numbers, outlines, strict=True))
    strings.charStringsAreIndexed = 0
    strings.fdArray, strings.fdSelect = fonts, chosen
