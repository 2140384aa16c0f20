"""MathML to glyphs with their places, by ziamath, in STIX Two Math.

The library follows the MATH table of the typeface (OpenType, https://learn.microsoft.com/typography/opentype/spec/math).
It draws SVG; here the tree that it has laid out is read, so that a formula is text in a PDF. It is imported when it is
needed: it reads the whole typeface.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from unicodedata import normalize

from publisher.mathematics.library import library
from publisher.workspace import packaged_path

FAMILY = "Formulas of the Volume"
"""The name of the typeface in style sheets; no font of a computer has it."""
FILE = "STIXTwoMath-Regular.ttf"
REMEMBERED = 50_000
"""How many formulas are remembered: more than an edition can have, so that each is laid out once."""
_SIZE = 24.0
"""The size at which the library lays out, in which all of its lengths are."""
_SPACE = frozenset(" \u00a0\u2009\u2005\u2004\u2003\u2002\u200a\u205f")
_FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
)


_RULE = re.compile("(<mo [^>]*>)[‾_]<")
"""Signs over and under letters that the library draws as a rule if they are U+2015."""


class NotSet(Exception):
    """A formula that cannot be laid out; the argument says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGlyph:
    """A glyph and its place; lengths are in ems."""

    number: int
    character: str
    """What it represents."""
    x: float
    y: float
    """Of its origin, down from the baseline of the formula."""
    size: float
    advance: float
    """Its width, in thousandths of its size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRule:
    """A rule, as that of a fraction; lengths are in ems."""

    x: float
    y: float
    """Of its upper edge, down from the baseline of the formula."""
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFormula:
    """A formula laid out; lengths are in ems."""

    width: float
    ascent: float
    descent: float
    glyphs: tuple[SetGlyph, ...]
    rules: tuple[SetRule, ...]

    @property
    def letters(self) -> str:
        """What its glyphs represent, one after the other."""
        return "".join(glyph.character for glyph in self.glyphs)


@cache
def typeface() -> bytes:
    """Return the file of the typeface."""
    return packaged_path("ziamath.fonts", FILE)


@lru_cache(maxsize=REMEMBERED)
def set_formula(markup: str) -> SetFormula:
    """Return a formula of MathML laid out. Raises `NotSet`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            node: Any = library().Math(_RULE.sub("\\g<1>―<", markup), size=_SIZE).node
            parts = tuple(_parts(node, 0.0, 0.0))
        except (*_FAULTS, Warning) as error:
            raise NotSet("the formula cannot be laid out") from error
    glyphs = tuple(part for part in parts if isinstance(part, SetGlyph))
    for glyph in glyphs:
        if glyph.number <= 0:
            raise NotSet(f"the typeface for formulas has no “{glyph.character}”")
    box = node.bbox
    low = min([box.ymin, 0.0])
    return SetFormula(
        width=_em(max(box.xmax, node.xadvance())),
        ascent=_em(max(box.ymax, 0.0)),
        descent=_em(-low),
        glyphs=tuple(glyph for glyph in glyphs if glyph.character not in _SPACE),
        rules=tuple(part for part in parts if isinstance(part, SetRule)),
    )


def _em(length: float) -> float:
    return round(length / _SIZE, 4)


def _parts(node: Any, x: float, y: float) -> Iterator[SetGlyph | SetRule]:
    """The glyphs and rules of a node at a place."""
    if getattr(node, "phantom", False):
        return
    kind = type(node).__name__
    if kind == "Glyph":
        yield from _glyphs(node, x, y)
    elif kind == "HLine":
        yield SetRule(x=_em(x), y=_em(y), width=_em(node.length), height=_em(node.lw))
    elif kind == "VLine":
        yield SetRule(x=_em(x - node.lw / 2), y=_em(y), width=_em(node.lw), height=_em(node.height))
    elif hasattr(node, "nodexy"):
        for (right, down), child in zip(node.nodexy, node.nodes, strict=True):
            yield from _parts(child, x + right, y + down)
    else:
        raise NotSet("the formula has something drawn around it")


def _glyphs(node: Any, x: float, y: float) -> Iterator[SetGlyph]:
    """A glyph at a place, or the parts of one that is put together, as a high bracket is."""
    units = node.glyph.font.info.layout.unitsperem
    is_whole = type(node.glyph).__name__ != "AssembledGlyph"
    for glyph, offset in [(node.glyph, 0.0)] if is_whole else zip(node.glyph.glyphs, node.glyph.offsets, strict=True):
        aside = offset * node.size / units
        yield SetGlyph(
            number=glyph.index,
            character=_character(node.char),
            x=_em(x if is_whole or node.glyph.vert else x + aside),
            y=_em(y - aside if not is_whole and node.glyph.vert else y),
            size=_em(node.size),
            advance=round(glyph.advance() * 1000 / units),
        )


def _character(char: str) -> str:
    """What a glyph represents: letters of the mathematical alphabets are plain ones."""
    return "".join(normalize("NFKC", text) if 0x1D400 <= ord(text) <= 0x1D7FF else text for text in char)
