"""What a font says of itself: family, style, weight, width, axes, licence (OpenType 1.9.1, `name`, `OS/2`, `fvar`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fontTools.ttLib import TTFont

REGULAR, STRONG = 400, 600
"""The weights that style sheets that are built in ask for."""
NORMAL_WIDTH = 5
_STYLE_WORDS = frozenset({"regular", "italic", "bold", "oblique", "roman", "semibold", "bolditalic"})
_FAMILY, _STYLE, _TYPOGRAPHIC_FAMILY, _TYPOGRAPHIC_STYLE = 1, 2, 16, 17
_LICENCE, _LICENCE_ADDRESS = 13, 14
_ITALIC, _BOLD, _OBLIQUE = 0x01, 0x20, 0x200
"""Bits of `fsSelection`."""
_MOST_LETTERS = 400
"""How long a name may be; what is longer is cut."""
_MOST_INSTANCES = 100


def font_facts(font: TTFont, *, index: int = 0) -> dict[str, Any]:
    """The facts of a font as JSON has them: `faces`, `axes`, `instances`; of a variable font each face that is used."""
    table = font["OS/2"]
    style = _name(font, _TYPOGRAPHIC_STYLE, _STYLE) or "Regular"
    selection = int(getattr(table, "fsSelection", 0))
    face: dict[str, Any] = {
        "family": _family(font),
        "style": style,
        "weight": _weight(int(table.usWeightClass), selection),
        "is_italic": bool(selection & (_ITALIC | _OBLIQUE)) or bool(font["post"].italicAngle),
        "width": min(max(int(table.usWidthClass), 1), 9),
        "index": index,
        "axes": [],
        "embedding": int(table.fsType),
        "licence": " ".join(filter(None, (_name(font, _LICENCE), _name(font, _LICENCE_ADDRESS)))),
    }
    if "fvar" not in font:
        return {"faces": [face], "axes": [], "instances": []}
    axes = [(str(axis.axisTag), axis.minValue, axis.defaultValue, axis.maxValue) for axis in font["fvar"].axes]
    return {
        "faces": [{**face, **placed} for placed in _places(face, axes)],
        "axes": [dict(zip(("tag", "least", "default", "most"), axis, strict=True)) for axis in axes],
        "instances": [*_instances(font)],
    }


def _family(font: TTFont) -> str:
    """The family that the faces of one design share; empty if the font has no name."""
    family = _name(font, _TYPOGRAPHIC_FAMILY)
    if family:
        return family
    words = _name(font, _FAMILY).split()
    while len(words) > 1 and words[-1].casefold() in _STYLE_WORDS:
        words.pop()
    return " ".join(words)


def _name(font: TTFont, *numbers: int) -> str:
    """The first of these names that the font has, in one line."""
    for number in numbers:
        found = font["name"].getDebugName(number)
        if found and found.strip():
            return " ".join("".join(sign if sign.isprintable() else " " for sign in found).split())[:_MOST_LETTERS]
    return ""


def _weight(weight: int, selection: int) -> int:
    """The weight; some fonts state it from 1 to 9, some bold ones state that of the regular."""
    weight = weight * 100 if 1 <= weight <= 9 else weight
    weight = min(max(weight, 1), 1000)
    return 700 if selection & _BOLD and weight < STRONG else weight


def _places(face: dict[str, Any], axes: Iterable[tuple[str, float, float, float]]) -> Iterator[dict[str, Any]]:
    """The places on the axes of a variable font that pages are set in: regular and strong, upright and italic."""
    limits = {tag: (least, most) for tag, least, _, most in axes}
    fixed = {tag: default for tag, _, default, _ in axes}
    low, high = limits.get("wght", (face["weight"], face["weight"]))
    weights = dict.fromkeys(round(min(max(wanted, low), high)) for wanted in (REGULAR, STRONG))
    slopes: list[tuple[bool, dict[str, float]]] = [(face["is_italic"], {})]
    if not face["is_italic"] and limits.get("ital", (0, 0))[1] >= 1:
        slopes.append((True, {"ital": 1.0}))
    elif not face["is_italic"] and limits.get("slnt", (0, 0))[0] < 0:
        slopes.append((True, {"slnt": limits["slnt"][0]}))
    for weight in weights:
        for is_italic, slope in slopes:
            place = {**fixed, **({"wght": float(weight)} if "wght" in limits else {}), **slope}
            yield {"weight": weight, "is_italic": is_italic, "axes": sorted(place.items())}


def _instances(font: TTFont) -> Iterator[str]:
    """The names of a variable font's instances."""
    for instance in font["fvar"].instances[:_MOST_INSTANCES]:
        found = _name(font, int(instance.subfamilyNameID))
        if found:
            yield found
