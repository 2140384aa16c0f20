"""Boxes, rotation and unit of pages, inherited or not (ISO 32000-1, 7.7.3.3, 7.7.3.4 and 14.11.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pikepdf import Array

from publisher.pdf.foreign.limits import Unusable
from publisher.pdf.foreign.values import entry, integer, is_dictionary, number, rectangle

LEAST, MOST = 1.0, 14_400.0
"""Sides of a page in points (annex C.2)."""
_GENERATIONS = 60
_LARGEST_UNIT = 75.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """What a page says of its size."""

    media: Box
    crop: Box
    trim: Box
    rotation: int
    """0, 90, 180 or 270 degrees clockwise."""
    unit: float

    @property
    def area(self) -> float:
        """Of the media box, in square units."""
        left, bottom, right, top = self.media
        return (right - left) * (top - bottom)


def boxes(page: Any) -> Boxes:
    """The boxes of a page; raises `Unusable` (D-013) if they cannot be used."""
    media = _box(inherit(page, "/MediaBox"), "/MediaBox") or (0.0, 0.0, 612.0, 792.0)
    if media[0] == media[2] or media[1] == media[3]:
        raise _unusable("/MediaBox", f"{media[2] - media[0]:g} × {media[3] - media[1]:g} points")
    crop = _within(_box(inherit(page, "/CropBox"), "/CropBox") or media, media, "/CropBox")
    trim = _within(_box(entry(page, "/TrimBox"), "/TrimBox") or crop, media, "/TrimBox")
    given = entry(page, "/UserUnit")
    unit = 1.0 if given is None else float(_take(number, given, "/UserUnit"))
    if not 0 < unit <= _LARGEST_UNIT:
        raise _unusable("/UserUnit", f"{unit:g}")
    for key, box in (("/MediaBox", media), ("/CropBox", crop), ("/TrimBox", trim)):
        sides = [(box[2] - box[0]) * unit, (box[3] - box[1]) * unit]
        if min(sides) < LEAST or max(sides) > MOST:
            raise _unusable(key, f"{sides[0]:g} × {sides[1]:g} points")
    turned = inherit(page, "/Rotate")
    rotation = 0 if turned is None else _take(integer, turned, "/Rotate") // 90 % 4 * 90
    return Boxes(media=media, crop=crop, trim=trim, rotation=rotation, unit=unit)


def inherit(page: Any, key: str) -> Any:
    """An attribute of a page or of the nearest node above that has it; None if none has (7.7.3.4)."""
    node = page
    for _ in range(_GENERATIONS):
        found = entry(node, key)
        if found is not None:
            return found
        node = entry(node, "/Parent")
        if not is_dictionary(node):
            return None
    return None


def array(box: Box) -> Array:
    """A box as a file has it."""
    return Array([int(edge) if edge == int(edge) else round(edge, 5) for edge in box])


def _box(value: Any, key: str) -> Box | None:
    if value is None:
        return None
    left, bottom, right, top = (float(edge) for edge in _take(rectangle, value, key))
    return left, bottom, right, top


def _take(way: Any, value: Any, key: str) -> Any:
    try:
        return way(value, key)
    except Unusable as error:
        raise Unusable("D-013", f"the {key} of the page cannot be used: {error.message}", _HINT) from error


def _within(box: Box, media: Box, key: str) -> Box:
    """The part of a box that lies on the medium."""
    found = (max(box[0], media[0]), max(box[1], media[1]), min(box[2], media[2]), min(box[3], media[3]))
    if found[0] >= found[2] or found[1] >= found[3]:
        size = f"{box[2] - box[0]:g} × {box[3] - box[1]:g} points"
        raise _unusable(key, size if box == media else f"{size}, outside the page")
    return found


def _unusable(key: str, found: str) -> Unusable:
    return Unusable("D-013", f"the {key} of the page cannot be used: {found}", _HINT)


_HINT = f"pages are from {LEAST:g} to {MOST:,.0f} points wide and high; print the file into a new PDF and use that"
