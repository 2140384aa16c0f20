"""Pages of a PDF as PNG: the cover image, and pages for the screen.

Drawn by PDFium, encoded by Pillow; PNG, https://www.w3.org/TR/png-3/, carries no date and no program here.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import pypdfium2
from PIL import Image

from publisher.diagnostics import Diagnostic, PublisherError

COMPRESSION = 9


@lru_cache(maxsize=4)
def paint_cover(pdf: bytes, *, width: int) -> bytes:
    """The PNG of a one-page PDF, `width` pixels wide, in RGB on white.

    Raises `PublisherError` (O-014) where the PDF can't be read or does not have one page.
    """
    image = _draw(pdf, width=width).convert("RGB")
    buffer = BytesIO()
    image.save(buffer, format="PNG", compress_level=COMPRESSION)
    return buffer.getvalue()


def paint_page(pdf: bytes, *, index: int, width: int) -> bytes:
    """The PNG of one page, counted from 0, `width` pixels wide, in RGB on white; quickly rather than small.

    Raises `PublisherError` (O-014) if the PDF cannot be read or has no such page.
    """
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise _refusal(f"PDFium says: {error}") from error
    try:
        if not 0 <= index < len(document):
            raise _refusal(f"it has {len(document)} pages")
        page = document[index]
        image: Image.Image = page.render(scale=width / page.get_width(), prefer_bgrx=True).to_pil()
    finally:
        document.close()
    buffer = BytesIO()
    image.convert("RGB").save(buffer, format="PNG", compress_level=1)
    return buffer.getvalue()


def page_sizes(pdf: bytes) -> tuple[tuple[str, float, float], ...]:
    """The label, the width and the height in points of each page. Raises `PublisherError` (O-014) as `paint_page`."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise _refusal(f"PDFium says: {error}") from error
    try:
        sizes = (document.get_page_size(index) for index in range(len(document)))
        return tuple((document.get_page_label(index), *size) for index, size in enumerate(sizes))
    finally:
        document.close()


def _draw(pdf: bytes, *, width: int) -> Image.Image:
    """The page as PDFium draws it, exactly `width` pixels wide."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise _refusal(f"PDFium says: {error}") from error
    try:
        if len(document) != 1:
            raise _refusal(f"it has {len(document)} pages, not one")
        page = document[0]
        image: Image.Image = page.render(scale=width / page.get_width(), prefer_bgrx=True).to_pil()
    finally:
        document.close()
    return image if image.width == width else image.resize((width, image.height), Image.Resampling.LANCZOS)


def _refusal(reason: str) -> PublisherError:
    return PublisherError(
        Diagnostic(
            code="O-014",
            message=f"the cover cannot be drawn: {reason}",
            hint="the cover template has to fill one page and no more; a shorter title or a smaller type size helps",
        )
    )
