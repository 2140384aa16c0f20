"""A font file that an edition brings, read in a child process with limits: the characters that it has, or its fault.

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
from fontTools.ttLib import TTFont

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
NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post")
KINDS = {b"\0\1\0\0", b"OTTO", b"true"}
COMPRESSED = {b"wOFF": "WOFF", b"wOF2": "WOFF2"}
SPENT = {
    Limit.TIME: f"takes more than {LIMITS.seconds} seconds to read",
    Limit.MEMORY: f"takes more than {LIMITS.memory >> 20} MB of memory to read",
    Limit.OUTPUT: "claims too many characters",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """What is known of a font file."""

    characters: frozenset[int]
    """The code points for which it has a glyph; none if it has a fault."""
    fault: str = ""
    """Why it cannot be used, as the end of a sentence; empty if it can be."""
    is_spent: bool = False
    """Whether reading it took more than it may, so that no other font should be read."""


class Fault(Exception):
    """A font cannot be used; the argument says why."""


@lru_cache(maxsize=64)
def font_file(content: bytes) -> FontFile:
    """What is known of a font file; it is read in a child process."""
    try:
        found = json.loads(run_limited("publisher.checks.font_file:examine", content, limits=LIMITS))
    except LimitExceeded as error:
        return FontFile(characters=frozenset(), fault=SPENT[error.limit], is_spent=True)
    except (ChildFailed, ValueError):
        return FontFile(characters=frozenset(), fault="is damaged")
    ranges = ((int(first), int(last)) for first, last in found["ranges"])
    characters = frozenset(code for first, last in ranges for code in range(first, last + 1))
    return FontFile(characters=characters, fault=str(found["fault"]))


def examine(content: bytes) -> bytes:
    """What is known of a font file, as JSON: `fault` and `ranges` of code points; runs in the child."""
    logging.getLogger("fontTools").addHandler(logging.NullHandler())
    try:
        return json.dumps({"fault": "", "ranges": [*_ranges(_examined(content))]}).encode()
    except Fault as error:
        return json.dumps({"fault": str(error), "ranges": []}).encode()
    except MemoryError:
        raise
    except Exception as error:  # the libraries raise whatever comes of wrong bytes
        return json.dumps({"fault": f"is damaged: {_shown(error)}", "ranges": []}).encode()


def _shown(error: Exception) -> str:
    """The words of an error, in one short line."""
    words = " ".join(str(error).split()) or type(error).__name__
    return f"{type(error).__name__}, {words}"[:120]


def _examined(content: bytes) -> Iterable[int]:
    """The code points of a font that can be laid out. Raises `Fault`, or whatever fontTools raises."""
    _demand_header(content)
    with TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False) as font:
        missing = [tag for tag in NEEDED if tag not in font]
        if missing:
            raise Fault(f"lacks the tables {', '.join(missing)}")
        _demand_glyphs(font)
        characters = _characters(font)
        _demand_depth(font)
        _try_subset(content, sorted(characters))
    return sorted(characters)


def _demand_header(content: bytes) -> None:
    """Nothing; raises `Fault` if this is no font, or one whose tables lie outside the file."""
    kind, count = content[:4], int.from_bytes(content[4:6])
    if kind in COMPRESSED:
        raise Fault(f"is a {COMPRESSED[kind]} file under another name")
    if kind == b"ttcf":
        raise Fault("is a collection of fonts (.ttc) under another name")
    if kind not in KINDS or not count or len(content) < 12 + 16 * count:
        raise Fault("is not a font")
    if count > TABLES:
        raise Fault(f"has {count} tables")
    for at in range(12, 12 + 16 * count, 16):
        offset, length = struct.unpack(">II", content[at + 8 : at + 16])
        if offset + length > len(content):
            raise Fault("is damaged: it ends before its tables do")


def _demand_glyphs(font: TTFont) -> None:
    """Nothing; raises `Fault` if the font has no outlines."""
    if "glyf" not in font and "CFF " not in font and "CFF2" not in font:
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
        raise Fault(f"is damaged: it names {len(strange):,} glyphs that it does not have")
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


def _try_subset(content: bytes, characters: Iterable[int]) -> None:
    """Nothing; raises whatever HarfBuzz raises if some glyphs cannot be taken out, as they are for a page."""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(islice(characters, SAMPLE))
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.DESUBROUTINIZE
    uharfbuzz.subset(uharfbuzz.Face(content), wanted)


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
