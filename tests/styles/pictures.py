"""Pages as pictures: drawn, compared with a tolerance, shown side by side where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

DPI = 100
BLUR = 2
"""Radius in pixels: what lies nearer than that may come from another rasteriser."""
CELL = 12
"""In pixels: about the height of a line."""
MOST = 15.0
"""How much the darkness of a cell may differ on average, of 255: another rasteriser comes to 11, a line moved by two
points to 26."""
LEVELS = 16
"""So many greys are stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A page that is not what it was."""

    name: str
    expected: Image.Image | None
    found: Image.Image
    amount: float


def draw(pdf: bytes, pages: Iterable[int], *, dpi: int = DPI) -> tuple[Image.Image, ...]:
    """Pages of a PDF, by their number from 1, in greys."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(document[number - 1].render(scale=dpi / 72, grayscale=True).to_pil() for number in pages)
    finally:
        document.close()


def difference(expected: Image.Image, found: Image.Image) -> float:
    """How much the most different cell of two pages differs, of 255; all of it where they are not of one size."""
    if expected.size != found.size:
        return 255.0
    blurred = (image.convert("L").filter(ImageFilter.GaussianBlur(BLUR)) for image in (expected, found))
    cells = (expected.width // CELL, expected.height // CELL)
    apart = ImageChops.difference(*blurred).resize(cells, Image.Resampling.BOX)
    (_, most) = apart.getextrema()
    assert isinstance(most, int)
    return float(most)


def store(image: Image.Image, path: Path) -> None:
    """Writes a page as a small PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    greys = image.convert("L").point(
        [round(round(grey * (LEVELS - 1) / 255) * 255 / (LEVELS - 1)) for grey in range(256)]
    )
    greys.convert("P", palette=Image.Palette.ADAPTIVE, colors=LEVELS).save(path, optimize=True, bits=4)


def contact_sheet(differences: Sequence[Difference], path: Path) -> Path:
    """Writes what was expected, what was found, and where they differ, one page a row."""
    width = max(entry.found.width for entry in differences)
    height = max(entry.found.height for entry in differences)
    sheet = Image.new("L", (3 * (width + 10) + 10, len(differences) * (height + 10) + 10), 128)
    for row, item in enumerate(differences):
        expected = item.expected or Image.new("L", item.found.size, 200)
        expected = expected.convert("L").resize(item.found.size)
        apart = ImageChops.invert(ImageChops.difference(expected, item.found))
        for column, image in enumerate((expected, item.found, apart)):
            sheet.paste(image, (10 + column * (width + 10), 10 + row * (height + 10)))
    sheet.save(path)
    return path
