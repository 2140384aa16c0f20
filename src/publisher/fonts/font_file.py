"""A font file that an edition brings, read in a child process with limits: its faces, or its fault.

OpenType and TrueType fonts, collections of them, and WOFF2 files (https://www.w3.org/TR/WOFF2/) can be used.
OpenType 1.9.1, https://learn.microsoft.com/typography/opentype/spec/. A file of a few hundred bytes can claim four
thousand million characters, or glyphs that are made of each other without end. What passes here can be laid out.
"""

from __future__ import annotations

import io
import json
import logging
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import uharfbuzz
from fontTools.ttLib import TTFont, woff2

from publisher.diagnostics import amount
from publisher.fonts.facts import font_facts
from publisher.model.assets import Axis, FontFace
from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits, run_limited

LIMITS = Limits(seconds=6, memory=768 * 1024 * 1024, output=8 * 1024 * 1024)
"""What reading a font may take."""
CHARACTERS = 300_000
"""How many characters a font may have; Unicode 16 has 155,000."""
TABLES = 100
"""How many tables a font may have; the specification knows 60."""
DEPTH = 16
"""How deep glyphs may be made of glyphs; fonts in use stay below 5."""
PARTS = 4_096
"""How many glyphs one glyph may be made of, those of which these are made among them."""
SAMPLE = 64
"""So many glyphs are taken out of the font on trial, as they are for a page."""
OUTLINES = ("glyf", "CFF ", "CFF2")
NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post")
KINDS = {b"\0\1\0\0", b"OTTO", b"true"}
COLLECTION, WOFF, WOFF2 = b"ttcf", b"wOFF", b"wOF2"
FONTS = 64
"""How many fonts a collection may have."""
LARGEST = 128 * 1024 * 1024
"""How many bytes a WOFF2 file may have when it is decompressed."""
SPENT = {
    Limit.TIME: f"takes more than {LIMITS.seconds} seconds to read",
    Limit.MEMORY: f"takes more than {LIMITS.memory >> 20} MB of memory to read",
    Limit.OUTPUT: "claims too many characters",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """What is known of a font file."""

    faces: tuple[FontFace, ...] = ()
    """Its faces; none if it has a fault."""
    axes: tuple[Axis, ...] = ()
    instances: tuple[str, ...] = ()
    fault: str = ""
    """Why it cannot be used, as the end of a sentence; empty if it can be."""
    is_spent: bool = False
    """Whether reading it took more than it may, so that no other font should be read."""

    @property
    def characters(self) -> frozenset[int]:
        """The code points for which one of its faces has a glyph."""
        return frozenset().union(*(face.characters for face in self.faces))


class Fault(Exception):
    """A font cannot be used; the argument says why."""


@lru_cache(maxsize=256)
def font_file(content: bytes) -> FontFile:
    """What is known of a font file; it is read in a child process."""
    try:
        found = json.loads(run_limited("publisher.fonts.font_file:examine", content, limits=LIMITS))
    except LimitExceeded as error:
        return FontFile(fault=SPENT[error.limit], is_spent=True)
    except (ChildFailed, ValueError):
        return FontFile(fault="is damaged")
    covered = [
        frozenset(code for first, last in ranges for code in range(int(first), int(last) + 1))
        for ranges in found["ranges"]
    ]
    return FontFile(
        faces=tuple(_face(item, covered) for item in found["faces"]),
        axes=tuple(Axis(**axis) for axis in found["axes"]),
        instances=tuple(found["instances"]),
        fault=str(found["fault"]),
    )


def _face(found: dict[str, Any], covered: list[frozenset[int]]) -> FontFace:
    """A face from its facts; `characters` names which of the coverages it has."""
    axes = tuple((str(tag), float(place)) for tag, place in found["axes"])
    return FontFace(**{**found, "axes": axes, "characters": covered[found["characters"]]})


def examine(content: bytes) -> bytes:
    """What is known of a font file, as JSON: `fault`, or `faces`, `ranges` of code points, `axes`, `instances`.

    Runs in the child.
    """
    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    nothing: dict[str, Any] = {"fault": "", "faces": [], "ranges": [], "axes": [], "instances": []}
    try:
        return json.dumps(nothing | _examine(content)).encode()
    except Fault as error:
        return json.dumps(nothing | {"fault": str(error)}).encode()
    except MemoryError:
        raise
    except Exception as error:  # the libraries raise whatever comes of wrong bytes
        return json.dumps(nothing | {"fault": f"is damaged: {_display(error)}"}).encode()


def _display(error: Exception) -> str:
    """The words of an error, in one short line."""
    words = " ".join(str(error).split()) or type(error).__name__
    return f"{type(error).__name__}, {words}"[:120]


def _examine(content: bytes) -> dict[str, Any]:
    """The facts of a file whose fonts can be laid out. Raises `Fault`, or whatever fontTools raises."""
    content = _decompress(content)
    offsets = _offsets(content)
    for offset in offsets:
        _demand_tables(content, offset)
    found: dict[str, Any] = {"faces": [], "ranges": [], "axes": [], "instances": []}
    known: dict[tuple[int, ...], int] = {}
    for number in range(len(offsets)):
        with TTFont(
            io.BytesIO(content), lazy=True, recalcTimestamp=False, fontNumber=number if offsets[0] else -1
        ) as font:
            missing = [tag for tag in NEEDED if tag not in font]
            if missing:
                raise Fault(f"lacks the tables {', '.join(missing)}")
            tables = tuple(font.reader.tables[tag].offset for tag in ("cmap", *OUTLINES) if tag in font)
            if tables not in known:
                known[tables] = len(found["ranges"])
                found["ranges"].append([*_ranges(_cover(content, font, number))])
            facts = font_facts(font, index=number)
        found["faces"] += [{**face, "characters": known[tables]} for face in facts["faces"]]
        found["axes"], found["instances"] = facts["axes"], facts["instances"]
    return found


def _cover(content: bytes, font: TTFont, number: int) -> Iterable[int]:
    """The code points of a font that can be laid out. Raises as `_examined`."""
    _demand_glyphs(font)
    characters = _characters(font)
    _demand_depth(font)
    _try_subset(content, sorted(characters), number)
    return sorted(characters)


def _decompress(content: bytes) -> bytes:
    """The font in a WOFF2 file; any other content as it is. Raises `Fault` if it would be too large."""
    if content[:4] == WOFF:
        raise Fault("is a WOFF file; save the font as .otf, .ttf or .woff2")
    if content[:4] != WOFF2:
        return content
    if int.from_bytes(content[16:20]) > LARGEST:  # totalSfntSize
        raise Fault(f"claims to have more than {LARGEST >> 20} MB when it is decompressed")
    if int.from_bytes(content[12:14]) > TABLES:
        raise Fault(f"has {int.from_bytes(content[12:14])} tables")
    if content[4:8] == COLLECTION:
        raise Fault("is a collection in a WOFF2 file; save it as .ttc")
    written = io.BytesIO()
    woff2.decompress(io.BytesIO(content), written)
    return written.getvalue()


def _offsets(content: bytes) -> tuple[int, ...]:
    """Where the fonts of a file begin: one at 0, or those that the header of a collection lists."""
    if content[:4] != COLLECTION:
        return (0,)
    count = int.from_bytes(content[8:12])
    if not 0 < count <= FONTS or len(content) < 12 + 4 * count:
        raise Fault(f"claims to be a collection of {count:,} fonts")
    return struct.unpack(f">{count}I", content[12 : 12 + 4 * count])


def _demand_tables(content: bytes, start: int) -> None:
    """Nothing; raises `Fault` if no font begins there, or one whose tables lie outside the file."""
    kind, count = content[start : start + 4], int.from_bytes(content[start + 4 : start + 6])
    if kind not in KINDS or not count or len(content) < start + 12 + 16 * count:
        raise Fault("is not a font")
    if count > TABLES:
        raise Fault(f"has {count} tables")
    for at in range(start + 12, start + 12 + 16 * count, 16):
        offset, length = struct.unpack(">II", content[at + 8 : at + 16])
        if offset + length > len(content):
            raise Fault("is damaged: it ends before its tables do")


def _demand_glyphs(font: TTFont) -> None:
    """Nothing; raises `Fault` if the font has no outlines."""
    if not any(tag in font for tag in OUTLINES):
        raise Fault("has no outlines")
    if not font["head"].unitsPerEm:
        raise Fault("is damaged: its glyphs have no scale")


def _characters(font: TTFont) -> dict[int, str]:
    """The glyph of each code point. Raises `Fault` if there are too many, or if the font lacks such a glyph."""
    characters = dict(font.getBestCmap() or {})
    if len(characters) > CHARACTERS:
        raise Fault(f"claims to have {len(characters):,} characters")
    strange = set(characters.values()).difference(font.getGlyphOrder())
    if strange:
        raise Fault(f"is damaged: it names {amount(len(strange), 'glyph')} that it does not have")
    return characters


def _demand_depth(font: TTFont) -> None:
    """Nothing; raises `Fault` if glyphs are made of each other, or of too many others."""
    if "glyf" not in font:
        return
    glyphs = font["glyf"]
    made = {name: _parts(glyphs, name) for name in font.getGlyphOrder()}
    counts = {name: 1 for name, parts in made.items() if not parts}
    made = {name: parts for name, parts in made.items() if parts}
    for _ in range(DEPTH):
        ready = [name for name, parts in made.items() if all(part in counts for part in parts)]
        counts |= {name: sum(counts[part] for part in made[name]) for name in ready}
        made = {name: parts for name, parts in made.items() if name not in counts}
    if made or max(counts.values(), default=0) > PARTS:
        raise Fault("has glyphs that are made of each other, or of too many others")


def _parts(glyphs: Any, name: str) -> tuple[str, ...]:
    """The glyphs that a glyph is made of; those of a simple one, which begins with a number of contours, are none."""
    if int.from_bytes(getattr(glyphs.glyphs[name], "data", b"")[:2], signed=True) >= 0:
        return ()
    return tuple(part.glyphName for part in glyphs[name].components)


def _try_subset(content: bytes, characters: Iterable[int], number: int) -> None:
    """Nothing; raises whatever HarfBuzz raises if some glyphs cannot be taken out, as they are for a page."""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(islice(characters, SAMPLE))
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    uharfbuzz.subset(uharfbuzz.Face(content, number), wanted)


def _ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of consecutive numbers."""
    first = last = -1
    for code in codes:
        if first >= 0 and code == last + 1:
            last = code
            continue
        if first >= 0:
            yield first, last
        first = last = code
    if first >= 0:
        yield first, last
