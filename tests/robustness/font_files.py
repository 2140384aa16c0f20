"""Small fonts, whole and spoilt: what their tables claim is written byte by byte."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Mapping
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

GLYPHS = (".notdef", "space", "one", "two")
CHARACTERS = {0x20: "space", 0x4E00: "one", 0x4E02: "two"}
"""What the small font has: a space and two ideographs."""

Tables = Mapping[bytes, bytes]


@cache
def small_font() -> bytes:
    """A font of three characters, with boxes for glyphs."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([*GLYPHS])
    builder.setupCharacterMap(CHARACTERS)
    builder.setupGlyf({name: _box() for name in GLYPHS})
    builder.setupHorizontalMetrics(dict.fromkeys(GLYPHS, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=900, usWinDescent=200)
    builder.setupPost()
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


def _box() -> Glyph:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((500, 0), (500, 500), (0, 500)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def tables(font: bytes) -> dict[bytes, bytes]:
    """The tables of a font by their tags."""
    found = {}
    for at in range(12, 12 + 16 * int.from_bytes(font[4:6]), 16):
        tag, _, offset, length = struct.unpack(">4sIII", font[at : at + 16])
        found[tag] = font[offset : offset + length]
    return found


def font_of(parts: Tables, kind: bytes = b"\0\1\0\0") -> bytes:
    """A font of tables."""
    head = kind + struct.pack(">HHHH", len(parts), 16, 0, 0)
    body, start = b"", 12 + 16 * len(parts)
    for tag, content in sorted(parts.items()):
        head += tag + struct.pack(">III", 0, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    return head + body


def changed(more: Tables) -> bytes:
    """The small font with other tables, or with more of them."""
    return font_of({**tables(small_font()), **more})


def cmap(subtable: bytes, encoding: int = 10) -> dict[bytes, bytes]:
    """A table of characters with one subtable."""
    return {b"cmap": struct.pack(">HHHHI", 0, 1, 3, encoding, 12) + subtable}


def groups(form: int, *ranges: tuple[int, int, int]) -> bytes:
    """A subtable of characters in form 12 or 13, by first and last character and glyph."""
    written = b"".join(struct.pack(">III", *item) for item in ranges)
    return struct.pack(">HHIII", form, 0, 16 + len(written), 0, len(ranges)) + written


def overlapping(count: int) -> bytes:
    """A subtable of characters in form 4 with so many segments, each of which has all characters."""
    head = struct.pack(">HHHHHHH", 4, min(65535, 16 + 8 * count), 0, 2 * count, 0, 0, 0)
    return head + b"\xff\xff" * count + bytes(2) + bytes(2 * count) + b"\0\1" * count + bytes(2 * count)


def composites(*made: tuple[int, ...]) -> bytes:
    """A font whose glyphs are made of others, each of those with the numbers given; an empty one is simple."""
    count = len(made)
    glyphs, places = b"", [0]
    for parts in made:
        last = len(parts) - 1
        written = b"".join(
            struct.pack(">HHhh", 3 | (32 if at < last else 0), part, 0, 0) for at, part in enumerate(parts)
        )
        glyphs += struct.pack(">hhhhh", -1, 0, 0, 500, 500) + written if parts else b""
        glyphs += bytes(-len(glyphs) % 4)
        places.append(len(glyphs))
    before = tables(small_font())
    return changed(
        {
            b"glyf": glyphs,
            b"loca": struct.pack(f">{len(places)}I", *places),
            b"head": before[b"head"][:50] + b"\0\1" + before[b"head"][52:],
            b"maxp": before[b"maxp"][:4] + struct.pack(">H", count) + before[b"maxp"][6:],
            b"hhea": before[b"hhea"][:34] + struct.pack(">H", count),
            b"hmtx": struct.pack(">Hh", 600, 0) * count,
            b"post": struct.pack(">I", 0x30000) + bytes(28),
        }
    )


def spoilt_font(chance: random.Random) -> bytes:
    """The small font with one to six bytes, numbers or pieces of it changed."""
    font = bytearray(small_font())
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(font))
        match chance.randrange(4):
            case 0:
                font[at] = chance.randrange(256)
            case 1:
                font[at : at + 2] = chance.choice([b"\xff\xff", b"\0\0", b"\x7f\xff", b"\0\1"])
            case 2:
                font[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", bytes(4), b"\0\0\xff\xff"])
            case _:
                del font[at : at + chance.randrange(1, 20)]
    return bytes(font)
