"""A page of a PDF without what is on it: its boxes, rotation and unit (ISO 32000-1, 14.11.2)."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.geometry import Box, intersection
from publisher.pdf.read.syntax import Malformed, Value

KNOWN = frozenset(
    {"Type", "Parent", "MediaBox", "CropBox", "TrimBox", "BleedBox", "ArtBox", "Rotate", "UserUnit", "Resources"}
    | {"Contents", "Annots", "StructParents", "Tabs", "Group", "AA", "PresSteps"}
)
"""Entries of pages; those that act are reported apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page without what is on it."""

    media: Box
    cropped: Box
    """What a viewer shows."""
    trimmed: Box
    """What is left of it on paper."""
    bled: Box
    """How far is printed beyond the cut."""
    rotation: float
    unit: float
    """How many points a unit of its own is."""
    more: tuple[str, ...]
    """What it has that no page of ours has."""

    @property
    def seen(self) -> Box:
        """The part that everybody sees."""
        return intersection(intersection(self.media, self.cropped), self.trimmed)


def frame(file: PdfFile, page: Dictionary) -> Frame:
    """The frame of a page with what it inherits; raises `Malformed` if it has no size."""
    media = _box(file, page.get("MediaBox"))
    if media is None:
        raise Malformed("a page has no size")
    rotation, unit = file.resolve(page.get("Rotate", 0)), file.resolve(page.get("UserUnit", 1))
    cropped = _box(file, page.get("CropBox")) or media
    trimmed = _box(file, page.get("TrimBox")) or cropped
    return Frame(
        media=media,
        cropped=cropped,
        trimmed=trimmed,
        bled=_box(file, page.get("BleedBox")) or trimmed,
        rotation=rotation if isinstance(rotation, int | float) else 0,
        unit=unit if isinstance(unit, int | float) else 1,
        more=(*sorted(page.keys() - KNOWN), *(["Tabs"] if page.get("Tabs", "S") != "S" else ())),
    )


def _box(file: PdfFile, value: Value) -> Box | None:
    """A rectangle; None if there is none. Raises `Malformed` if it is no rectangle."""
    if file.resolve(value) is None:
        return None
    match [number for number in map(file.resolve, file.array(value)) if isinstance(number, int | float)]:
        case [left, bottom, right, top]:
            return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
        case _:
            raise Malformed("a page has a box that is no rectangle")
