"""The tokens that style sheets declare, as numbers and lengths: what the page is reckoned from.

CSS Custom Properties, https://www.w3.org/TR/css-variables-1/; only plain values are understood, the last one of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from publisher.model.page import Openings

POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75, "q": 18 / 25.4}
"""How many points a unit has, https://www.w3.org/TR/css-values-4/#absolute-lengths."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_TOKEN = re.compile(r"--([a-z-]+)\s*:\s*([0-9.]+)([a-z]*)\s*[;}]", re.I)
_OPENINGS = re.compile(r"--openings\s*:\s*(right|next|any)\s*[;}]", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What a style wants of a page; lengths in points."""

    type_least: float
    """The smallest size of text."""
    type_most: float
    type_beside: float
    """The smallest size next to notes in the margin, a share of the smallest size elsewhere."""
    letters: float
    """How many letters of running text an em of the text face holds, spaces among them."""
    measure: float
    """The length of a line, in ems of the text."""
    measure_least: float
    measure_most: float
    measure_justified: float
    """A shorter line is not justified."""
    measure_tabled: float
    """In a shorter line there is no room for the columns of the table of agreements."""
    margin_top: float
    """A share of the page's height, as is the next."""
    margin_bottom: float
    margin_inside: float
    """A share of the page's width, as is the next."""
    margin_outside: float
    margin_least: float
    """No margin is narrower for the sake of a longer line."""
    margin_beside: float
    """The least outer margin, beyond notes that are in the margin."""
    leading_text: float
    """The distance of lines, in ems."""
    margin_note: float
    """The width of notes in the margin, a share of the page's width."""
    margin_note_least: float
    """No narrower for the sake of a longer line of the text; a share of the page's width."""


def tokens(sheets: Iterable[str]) -> Tokens:
    """The tokens of style sheets in cascade order. The built-in ones must be among them."""
    found = {
        name.lower().replace("-", "_"): float(number) * POINTS.get(unit.lower(), 1.0)
        for sheet in sheets
        for name, number, unit in _TOKEN.findall(_COMMENT.sub(" ", sheet))
        if re.fullmatch(r"\d+(\.\d+)?|\.\d+", number) and float(number) and (not unit or unit.lower() in POINTS)
    }
    return Tokens(**{name: found[name] for name in Tokens.__slots__})


def opens_on(sheets: Iterable[str]) -> Openings:
    """Where sections of the PDF begin, by the token `openings`: on the `right`, or on the `next` page."""
    found = [opening for sheet in sheets for opening in _OPENINGS.findall(_COMMENT.sub(" ", sheet))]
    return Openings.ANY if found and found[-1].lower() in ("next", "any") else Openings.RIGHT


def points(length: str) -> float:
    """A CSS length in points."""
    number = length.rstrip("abcdefghijklmnopqrstuvwxyzQ")
    return float(number) * POINTS[length.removeprefix(number).lower()]
