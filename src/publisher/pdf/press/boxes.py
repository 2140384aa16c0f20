"""Where a page is cut, how far is printed, and the marks that show it (ISO 32000-1, 14.11.2 and 14.11.3).

Marks are drawn outside the bleed, in all inks, so that the printer sees whether these meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.model.rendition import PrintCondition
from publisher.pdf.press.inking import Inking

_MILLIMETRE = 72 / 25.4
GAP = _MILLIMETRE
"""Between the bleed and the marks, and between the marks and the edge of the sheet."""
LENGTH = 5 * _MILLIMETRE
"""Of a crop mark; also how large a registration mark is."""
RADIUS = 1.5 * _MILLIMETRE
_WIDTH = 0.25
_ROUND = 0.5523
"""How far the control points of a quarter of a circle are from its ends, in radiuses."""
ALL_INKS = "/PublisherAll"
"""The name of the colour that is printed with every ink."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The trim of a page with what is around it."""

    left: float
    bottom: float
    right: float
    top: float

    def grow(self, by: float) -> _Frame:
        """The frame, so much larger on each side."""
        return _Frame(left=self.left - by, bottom=self.bottom - by, right=self.right + by, top=self.top + by)

    def box(self) -> Array:
        """The frame as the file has it."""
        return Array([round(edge, 4) for edge in (self.left, self.bottom, self.right, self.top)])


def set_boxes(page: pikepdf.Page, press: PrintCondition) -> None:
    """Gives a page that is as large as its trim the room that bleed and marks need."""
    trim = _Frame(**dict(zip(("left", "bottom", "right", "top"), map(float, page.mediabox), strict=True)))
    room = press.bleed + (2 * GAP + LENGTH if press.marks else 0)
    for key in ("/CropBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]
    page.obj.TrimBox = trim.box()
    page.obj.BleedBox = trim.grow(press.bleed).box()
    page.obj.MediaBox = trim.grow(room).box()


def draw_marks(
    pdf: pikepdf.Pdf, page: pikepdf.Page, press: PrintCondition, inking: Inking, inks: pikepdf.Object
) -> None:
    """Draws crop and registration marks on a page that has its boxes; `inks` is `all_inks`."""
    trim = _Frame(**dict(zip(("left", "bottom", "right", "top"), map(float, page.obj.TrimBox), strict=True)))
    colour = f"{ALL_INKS} CS 1 SCN"
    if inking.is_one_ink:
        colour = "0 G" if inking.grey else "0 0 0 1 K"
    else:
        page.obj.Resources.ColorSpace = Dictionary({ALL_INKS: inks})
    lines = "\n".join((*_crop_marks(trim, press.bleed + GAP), *_registration_marks(trim, press.bleed + GAP)))
    content = f"q\n/Artifact <</Type /Page>> BDC\n{colour}\n{_WIDTH} w\n{lines}\nEMC\nQ\n"
    before = page.obj.get("/Contents", None)
    streams = [] if before is None else [before]
    page.obj.Contents = Array([*streams, pdf.make_stream(content.encode())])


def all_inks(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The colour that is printed with every ink (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([1] * 4), N=1)
    return pdf.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)]))


def _crop_marks(trim: _Frame, away: float) -> Iterator[str]:
    """Two lines at each corner, where it is cut."""
    near, far = trim.grow(away), trim.grow(away + LENGTH)
    for y in (trim.bottom, trim.top):
        yield from (_line(far.left, y, near.left, y), _line(near.right, y, far.right, y))
    for x in (trim.left, trim.right):
        yield from (_line(x, far.bottom, x, near.bottom), _line(x, near.top, x, far.top))


def _registration_marks(trim: _Frame, away: float) -> Iterator[str]:
    """A cross in a circle in the middle of each side."""
    centre = trim.grow(away + LENGTH / 2)
    middle, height = (trim.left + trim.right) / 2, (trim.bottom + trim.top) / 2
    for x, y in ((centre.left, height), (centre.right, height), (middle, centre.bottom), (middle, centre.top)):
        yield _line(x - LENGTH / 2, y, x + LENGTH / 2, y)
        yield _line(x, y - LENGTH / 2, x, y + LENGTH / 2)
        yield _circle(x, y)


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l S"


def _circle(x: float, y: float) -> str:
    parts = [f"{x + RADIUS:.3f} {y:.3f} m"]
    for cos, sin, cos_to, sin_to in ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)):
        points = (
            (cos + _ROUND * cos_to, sin + _ROUND * sin_to),
            (cos_to + _ROUND * cos, sin_to + _ROUND * sin),
            (cos_to, sin_to),
        )
        parts.append(" ".join(f"{x + RADIUS * dx:.3f} {y + RADIUS * dy:.3f}" for dx, dy in points) + " c")
    return "\n".join((*parts, "s"))
