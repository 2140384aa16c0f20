"""Where pages are cut, what is printed beyond, and what lies over them: boxes, bleed, annotations, marks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.preflight.document import Fault, Printed

SLACK = 0.01
"""Points by which edges may lie next to each other, since they are rounded."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: _Box) -> bool:
        """Whether another lies inside."""
        return self._room(other) >= -SLACK

    def margin(self, other: _Box) -> float:
        """How much room there is around another at its narrowest side."""
        return self._room(other)

    def meets(self, other: _Box) -> bool:
        """Whether another overlaps it."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def _room(self, other: _Box) -> float:
        return min(other.left - self.left, other.bottom - self.bottom, self.right - other.right, self.top - other.top)


def _box(page: pikepdf.Page, key: str) -> _Box | None:
    return _rectangle(page.obj.get(key))


def _rectangle(value: Any) -> _Box | None:
    """A rectangle (ISO 32000-1, 7.9.5), its lower left corner first; None if it is none."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    if not all(isinstance(edge, int | float | Decimal) and math.isfinite(edge) for edge in value):
        return None
    x, y, to_x, to_y = (float(edge) for edge in value)
    return _Box(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def boxes(printed: Printed) -> Iterator[Fault]:
    """X-003: a page without TrimBox, or with boxes that do not lie inside one another (ISO 15930-7, 6.4)."""
    for index, page in enumerate(printed.pdf.pages):
        media, bleed, trim = (_box(page, key) for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
        if trim is None or media is None:
            yield printed.fault("X-003", "the page has no TrimBox", page=index)
        elif not media.holds(trim) or (bleed and not bleed.holds(trim)):
            yield printed.fault("X-003", "the TrimBox lies outside what is printed", page=index)
        elif bleed and not media.holds(bleed):
            yield printed.fault("X-003", "the BleedBox lies outside the sheet", page=index)
        if "/ArtBox" in page.obj:
            yield printed.fault("X-003", "the page has an ArtBox as well as a TrimBox", page=index)


def bleed(printed: Printed) -> Iterator[Fault]:
    """X-004: a page that bleeds less than the printer asks for."""
    for index, page in enumerate(printed.pdf.pages):
        bled, trim = _box(page, "/BleedBox"), _box(page, "/TrimBox")
        room = bled.margin(trim) if bled and trim else 0.0
        if trim and -SLACK <= room < printed.least_bleed - SLACK:
            yield printed.fault(
                "X-004",
                f"the bleed is {room * 25.4 / 72:.1f} mm, less than {printed.least_bleed * 25.4 / 72:.1f} mm",
                page=index,
                hint="output: profiles: print: bleed: 3mm",
            )


def marks(printed: Printed) -> Iterator[Fault]:
    """X-013: a printer's mark that runs into the bleed, where it would be seen."""
    for index, (page, paint) in enumerate(zip(printed.pdf.pages, printed.paint, strict=True)):
        area = _box(page, "/BleedBox") or _box(page, "/TrimBox")
        points = (_Box(x, y, x, y) for x, y in paint.marks)
        if area and any(area.holds(point) for point in points):
            yield printed.fault("X-013", "printer's marks run into the bleed", page=index)


def _annotations(page: pikepdf.Page) -> list[Any]:
    """The annotations of a page; one that is none if it has no list of them."""
    found = page.obj.get("/Annots")
    return [] if found is None else list(found) if isinstance(found, Array) else [None]


def laid_over(printed: Printed) -> Iterator[Fault]:
    """X-009: an annotation where it would be printed (ISO 15930-7, 6.15)."""
    for index, page in enumerate(printed.pdf.pages):
        area = _box(page, "/BleedBox") or _box(page, "/TrimBox") or _box(page, "/MediaBox")
        for annotation in _annotations(page):
            place = _rectangle(annotation.get("/Rect")) if isinstance(annotation, Dictionary) else None
            if place is None:
                yield printed.fault("X-015", "an annotation has no rectangle", page=index)
            elif annotation.get("/Subtype") not in (Name.PrinterMark, Name.TrapNet) and area and area.meets(place):
                kind = str(annotation.get("/Subtype", "/unknown"))[1:]
                yield printed.fault("X-009", f"an annotation lies on the page: {kind}", page=index)
