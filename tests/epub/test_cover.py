"""The cover image."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from publisher.diagnostics import PublisherError
from publisher.pdf.raster import paint_cover


def _pdf(*, pages: int = 1) -> bytes:
    """Pages of 100 by 160 points with a red lower half."""
    document = pikepdf.new()
    for _ in range(pages):
        page = document.add_blank_page(page_size=(100, 160))
        page.Contents = document.make_stream(b"1 0 0 rg 0 0 100 80 re f")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_cover_is_a_png_of_the_width_asked_for_in_the_page_s_proportions() -> None:
    with Image.open(BytesIO(paint_cover(_pdf(), width=500))) as image:
        assert (image.format, image.mode, image.size, image.info) == ("PNG", "RGB", (500, 800), {})
        assert image.getpixel((250, 100)) == (255, 255, 255)
        assert image.getpixel((250, 700)) == (255, 0, 0)


def test_width_is_met_where_the_page_does_not_divide() -> None:
    with Image.open(BytesIO(paint_cover(_pdf(), width=333))) as image:
        assert image.width == 333


def test_the_same_page_gives_the_same_bytes() -> None:
    first = paint_cover(_pdf(), width=400)
    paint_cover.cache_clear()
    assert paint_cover(_pdf(), width=400) == first


def test_a_cover_of_two_pages_is_refused() -> None:
    with pytest.raises(PublisherError, match=r"O-014.*2 pages"):
        paint_cover(_pdf(pages=2), width=400)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(PublisherError, match="O-014"):
        paint_cover(b"GIF89a", width=400)
