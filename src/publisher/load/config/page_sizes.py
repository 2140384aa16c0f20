"""The size of a page: a trim by its name, however it is spelt, or width and height.

A and B sizes: ISO 216:2007, tables 1 and 2. The sizes in inches are those of the trade in North America; 129 by 198 mm
is the B format of British paperbacks, 156 by 234 mm their royal octavo.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.load.findings import Findings, suggestion
from publisher.load.yaml.nodes import Node, Scalar
from publisher.load.yaml.types import Json, Many, Shaped, Words, short
from publisher.model.profile import Style

LENGTH = Shaped(
    what="a length", example="156mm", pattern=r"([1-9][0-9]*(\.[0-9]+)?|0?\.0*[1-9][0-9]*)(mm|cm|in|pt|pc|px|q|Q)"
)
TRIMS: tuple[tuple[str, str, str], ...] = (
    ("A4", "210mm", "297mm"),
    ("A5", "148mm", "210mm"),
    ("B5", "176mm", "250mm"),
    ("Letter", "8.5in", "11in"),
    ("6x9in", "6in", "9in"),
    ("5.5x8.5in", "5.5in", "8.5in"),
    ("129x198mm", "129mm", "198mm"),
    ("156x234mm", "156mm", "234mm"),
)
"""Name, width, height."""
_UNITS = (("inches", "in"), ("inch", "in"), ("″", "in"), ('"', "in"))
_PAIR = re.compile(r"([0-9.]+)(in|mm|cm)?x([0-9.]+)(in|mm|cm)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Width and height of a page, and where they were written."""

    width: str
    height: str
    span: Span | None = None


ROYAL = Page(width="156mm", height="234mm")
TRIM_OF: Mapping[Style, Page] = {
    Style.DEFAULT: ROYAL,
    Style.ACCESSIBLE: Page(width="176mm", height="250mm"),
    Style.COMPACT: ROYAL,
}
"""The trim of each style where none is named: on a narrower one, lines of 16 points would be too short."""


@dataclass(frozen=True, slots=True)
class Trim:
    """A trim by its name, or a pair of lengths."""

    def read(self, node: Node, *, findings: Findings) -> Page | None:
        """The page. Notes S-014 where no trim has that name, and what lists and lengths note."""
        if not isinstance(node, Scalar):
            pair = Many(kind=LENGTH, least=2, most=2).read(node, findings=findings)
            return None if pair is None else Page(width=pair[0], height=pair[1], span=node.span)
        text = Words().read(node, findings=findings)
        found = None if text is None else _trim_of(text)
        if text is not None and found is None:
            names = tuple(name for name, _, _ in TRIMS)
            told = suggestion(_spelt(text), names)
            hint = f"{told}{' Else' if told.endswith('?') else '; or'} give width and height: [156mm, 234mm]"
            findings.error("S-014", f"there is no trim “{short(text)}”", span=node.span, hint=hint)
        return None if found is None else Page(width=found[0], height=found[1], span=node.span)

    def schema(self) -> dict[str, Json]:
        """A name, a size in words, or an array."""
        return {
            "anyOf": [
                {"enum": [name for name, _, _ in TRIMS]},
                {"type": "string", "examples": ["6×9 in", "129x198mm"]},
                Many(kind=LENGTH, least=2, most=2).schema(),
            ]
        }

    def blank(self) -> Page:
        """The built-in trim."""
        return ROYAL


def _trim_of(text: str) -> tuple[str, str] | None:
    """Width and height of a trim, by its name or by its two lengths: `A5`, `6 × 9 in`."""
    spelt = _spelt(text)
    for name, width, height in TRIMS:
        if spelt.lower() == name.lower():
            return width, height
    pair = _PAIR.fullmatch(spelt)
    if not pair:
        return None
    lengths = f"{pair[1]}{pair[2] or pair[4]}", f"{pair[3]}{pair[4]}"
    return lengths if all(re.fullmatch(LENGTH.pattern, length) for length in lengths) else None


def _spelt(text: str) -> str:
    """The text as names of trims are spelt: without spaces, with x and with short units."""
    spelt = re.sub(r"\s+", "", text).replace("×", "x").replace("*", "x")
    spelt = spelt if spelt[:1].isalpha() else spelt.lower()
    for long, unit in _UNITS:
        spelt = spelt.replace(long, unit)
    return spelt.replace("inx", "x") if spelt.endswith("in") else spelt
