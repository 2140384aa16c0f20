"""Documents whose pages are colours, and imposed sheets read back by drawing them.

Page N is filled with red N; its upper half has green 255, its lower half green 0, so that a look at a place of a sheet
tells which page lies there, and which way up.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
import pytest

from publisher.pdf.impose import Imposed, Order, impose

POINT = 25.4 / 72
A5 = (148.0, 210.0)
BLUE = 77

Document = Callable[..., bytes]


def document(count: int, *, size: tuple[float, float] = A5, rotate: int = 0) -> bytes:
    """A PDF of so many pages, of a size in millimetres."""
    pdf = pikepdf.new()
    width, height = (edge / POINT for edge in size)
    for number in range(1, count + 1):
        page = pdf.add_blank_page(page_size=(width, height))
        red, blue = number / 255, BLUE / 255
        page.Contents = pdf.make_stream(
            f"{red:.5f} 0 {blue:.5f} rg 0 0 {width} {height / 2} re f "
            f"{red:.5f} 1 {blue:.5f} rg 0 {height / 2} {width} {height / 2} re f".encode()
        )
        page.Annots = pdf.make_indirect(pikepdf.Array([_link(pdf)]))
        if rotate:
            page.Rotate = rotate
    pdf.docinfo["/Title"] = "Colours"
    pdf.Root.Lang = pikepdf.String("en")
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def _link(pdf: pikepdf.Pdf) -> Any:
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[10, 10, 50, 50],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/")),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What lies in one place of a side."""

    page: int | None
    """None where it is blank."""
    upright: bool


Grid = tuple[tuple[Seen, ...], ...]


class Drawn:
    """The sides of imposed sheets, drawn."""

    def __init__(self, content: bytes, *, scale: float = 0.5) -> None:
        pdf = pypdfium2.PdfDocument(content)
        self.images = [page.render(scale=scale).to_pil().convert("RGB") for page in pdf]
        self.sizes = [(page.get_width() * POINT, page.get_height() * POINT) for page in pdf]
        self.per_millimetre = scale / POINT
        pdf.close()

    def at(self, side: int, x: float, y: float) -> tuple[int, int, int]:
        """The colour at a place in millimetres from the upper left corner."""
        image = self.images[side]
        across = min(int(x * self.per_millimetre), image.width - 1)
        down = min(int(y * self.per_millimetre), image.height - 1)
        red, green, blue = image.getpixel((across, down))
        return red, green, blue

    def seen(self, side: int, x: float, y: float, *, apart: float = 8.0) -> Seen:
        """What lies around a place: looked at a little above it and a little below."""
        above, below = self.at(side, x, y - apart), self.at(side, x, y + apart)
        if above == below == (255, 255, 255):
            return Seen(page=None, upright=True)
        assert above[0] == below[0], (above, below)
        assert {above[1], below[1]} == {0, 255}, (above, below)
        return Seen(page=above[0], upright=above[1] == 255)

    def grid(self, side: int, *, columns: int, rows: int) -> Grid:
        """What lies in each place of a side that is divided evenly."""
        width, height = self.sizes[side]
        return tuple(
            tuple(
                self.seen(side, width * (column + 0.5) / columns, height * (row + 0.5) / rows)
                for column in range(columns)
            )
            for row in range(rows)
        )

    def edges(self, side: int, y: float) -> list[float]:
        """Where colours change along a line across a side, in millimetres."""
        image = self.images[side]
        row = int(y * self.per_millimetre)
        line = [image.getpixel((x, row)) for x in range(image.width)]
        return [x / self.per_millimetre for x in range(1, len(line)) if line[x] != line[x - 1]]


@pytest.fixture
def made() -> Callable[..., Imposed]:
    """Imposes a document of colours."""

    def make(count: int, order: Order, *, size: tuple[float, float] = A5, rotate: int = 0) -> Imposed:
        return impose(document(count, size=size, rotate=rotate), order, name="colours.pdf")

    return make


@pytest.fixture
def drawn() -> Callable[..., Drawn]:
    """Draws imposed sheets."""
    return Drawn


@pytest.fixture
def colours() -> Document:
    """Makes a document of colours."""
    return document


@pytest.fixture
def grid_of() -> Callable[[Sequence[Sequence[int]]], Grid]:
    """A grid with pages that all stand upright."""
    return lambda rows: tuple(tuple(Seen(page=page or None, upright=True) for page in row) for row in rows)
