"""Pages of two PDFs as they are drawn, by one program (PDFium), and the words on them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageChops

DPI = 100
TOLERANCE = 2
"""How far the same point may differ in a channel, of 255; both files are drawn by the same program."""
LARGEST = 3000
"""Pages are drawn smaller if a side had more points than that."""
MARGIN = 24
"""Points around what differs in a picture."""
MOST_TEXT = 400_000
"""How many characters of a page are read."""


class Undrawable(Exception):
    """PDFium cannot read the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What differs on a page as it is drawn."""

    expected_words: str
    found_words: str
    same_words: bool
    same_picture: bool
    picture: bytes | None
    """A PNG of both sides; None if they are the same."""


class Drawings:
    """Both files, opened."""

    def __init__(self, expected: bytes, found: bytes) -> None:
        """Opens both. Raises `Undrawable` if what was found cannot be opened."""
        self._want = pypdfium2.PdfDocument(expected)
        try:
            self._have = pypdfium2.PdfDocument(found)
        except pypdfium2.PdfiumError as error:
            self._want.close()
            raise Undrawable(str(error)) from error
        for document in (self._want, self._have):
            if document.get_formtype():
                document.init_forms()

    def close(self) -> None:
        """Closes both."""
        self._want.close()
        self._have.close()

    def count(self) -> int:
        """How many pages PDFium finds in the second file."""
        return len(self._have)

    def each(self, pairs: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int, Drawn]]:
        """What differs on the pages that belong together, page by page; each is drawn when it is asked for."""
        for at, there in pairs:
            try:
                drawn = self._page(at, there)
            except pypdfium2.PdfiumError as error:
                raise Undrawable(f"page {there + 1}: {error}") from error
            yield at, there, drawn

    def _page(self, at: int, there: int) -> Drawn:
        want, have = self._want[at], self._have[there]
        try:
            words = _words(want), _words(have)
            pictures = _picture(want), _picture(have)
        finally:
            want.close()
            have.close()
        changed = _changed_box(*pictures)
        return Drawn(
            expected_words=words[0],
            found_words=words[1],
            same_words=words[0] == words[1],
            same_picture=changed is None,
            picture=None if changed is None else _beside(*pictures, changed),
        )


def _words(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        words = str(text.get_text_range(count=min(text.count_chars(), MOST_TEXT)))
        return words.replace("\ufffe", "\u00ad")  # how PDFium writes the hyphen at the end of a line
    finally:
        text.close()


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    scale = DPI / 72
    longest = max(page.get_size()) * scale
    drawn = page.render(scale=scale * min(1, LARGEST / max(1, longest)), may_draw_forms=True)
    try:
        picture: Image.Image = drawn.to_pil().convert("RGB")
        return picture
    finally:
        drawn.close()


def _changed_box(want: Image.Image, have: Image.Image) -> tuple[int, int, int, int] | None:
    """The box in which two pictures differ; None if they don't."""
    if want.size != have.size:
        return 0, 0, max(want.width, have.width), max(want.height, have.height)
    if want.tobytes() == have.tobytes():
        return None
    difference = ImageChops.difference(want, have)
    return difference.point([0 if level <= TOLERANCE else 255 for level in range(256)] * 3).getbbox()


def _beside(want: Image.Image, have: Image.Image, box: tuple[int, int, int, int]) -> bytes:
    """A PNG of what differs: expected at the left, found at the right."""
    left, upper = max(0, box[0] - MARGIN), max(0, box[1] - MARGIN)
    right, lower = box[2] + MARGIN, box[3] + MARGIN
    parts = [
        picture.crop((left, upper, min(picture.width, right), min(picture.height, lower)))
        if picture.width > left and picture.height > upper
        else Image.new("RGB", (1, 1), "white")
        for picture in (want, have)
    ]
    both = Image.new("RGB", (sum(part.width for part in parts) + 8, max(part.height for part in parts)), (200, 0, 0))
    both.paste(parts[0], (0, 0))
    both.paste(parts[1], (parts[0].width + 8, 0))
    buffer = io.BytesIO()
    both.save(buffer, "PNG")
    return buffer.getvalue()
