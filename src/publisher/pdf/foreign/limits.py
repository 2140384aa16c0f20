"""How much a PDF of another program may ask for, and the count of what it has asked for.

The limits hold for a file of any size up to 5 MB and grow with larger ones, since a scanned book is large.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf

MEGABYTE = 1 << 20
SMALL = 5 * MEGABYTE
"""A file up to this size gets the least limits."""
STREAM = 64 * MEGABYTE
"""Decoded bytes of one stream."""
DECODED = 256 * MEGABYTE
"""Decoded bytes of all streams; a picture that stays compressed counts for a part of its size."""
INSTRUCTIONS = 600_000
"""Instructions of all content streams, each stream counted once."""
DRAWN = 2_000_000
"""Instructions that drawing one page carries out, each use of a form, pattern or glyph counted again."""
DRAWN_IN_ALL = 6_000_000
"""Likewise for all pages."""
OBJECTS = 100_000
"""Dictionaries, arrays and streams that the pages need."""
PAGES = 3_000
NESTING = 24
"""Forms, patterns, glyphs and soft masks inside one another."""
DEPTH = 60
"""Arrays and dictionaries inside one another, colour spaces and functions included."""
PIXELS, BILEVEL_PIXELS = 80_000_000, 150_000_000
"""Of one picture, and of one in black and white."""
PAGE_PIXELS = 1_000_000_000
"""Of all pictures that one page draws, each use counted again."""
ANNOTATIONS = 5_000
"""On one page."""
FILTERS = 4
"""Filters of one stream."""


class Unusable(Exception):
    """Something on a page that cannot be used."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        """Take the code, the message and the hint of the diagnostic."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def malformed_error(where: str, expected: str) -> Unusable:
    """D-014 for a place in a page's resources that does not hold what ISO 32000 puts there."""
    return Unusable("D-014", f"{where} is not {expected}")


@dataclass(slots=True, kw_only=True)
class Spent:
    """What one PDF has asked for."""

    size: int
    """Bytes of the file."""
    decoded: int = 0
    instructions: int = 0
    objects: int = 0
    _nesting: int = 0

    @property
    def scale(self) -> float:
        """How often the least limits apply to this file."""
        return max(1.0, self.size / SMALL)

    def decode(self, count: int) -> None:
        """Count decoded bytes; raises `Unusable` (D-010)."""
        self.decoded += count
        if self.decoded > DECODED * self.scale:
            raise Unusable("D-010", f"its streams unpack to more than {round(DECODED * self.scale / MEGABYTE)} MB")

    def instruct(self, count: int) -> None:
        """Count instructions of a content stream; raises `Unusable` (D-011)."""
        self.instructions += count
        if self.instructions > INSTRUCTIONS * self.scale:
            raise Unusable("D-011", f"it has more than {round(INSTRUCTIONS * self.scale):,} drawing instructions")

    def hold(self) -> None:
        """Count an object; raises `Unusable` (D-012)."""
        self.objects += 1
        if self.objects > OBJECTS * self.scale:
            raise Unusable("D-012", f"its pages consist of more than {round(OBJECTS * self.scale):,} objects")

    @contextmanager
    def nest(self, where: str) -> Iterator[None]:
        """A form, pattern, glyph or soft mask inside another; raises `Unusable` (D-011) if there are too many."""
        if self._nesting >= NESTING:
            raise Unusable("D-011", f"{where} is nested more than {NESTING} levels deep")
        self._nesting += 1
        try:
            yield
        finally:
            self._nesting -= 1


@dataclass(frozen=True, slots=True)
class Cost:
    """What drawing something carries out."""

    drawn: int = 0
    """Instructions."""
    pixels: int = 0
    """Pixels of pictures."""
    glyphs: int = 0
    """Bytes of text shown with whatever font is set: within a form that sets none it is that of its page."""

    def __add__(self, other: Cost) -> Cost:
        """Return the sum of two costs."""
        return Cost(self.drawn + other.drawn, self.pixels + other.pixels, self.glyphs + other.glyphs)

    def times(self, count: int) -> Cost:
        """The cost of drawing it so often."""
        return Cost(self.drawn * count, self.pixels * count, self.glyphs * count)

    def demand_fonts(self) -> None:
        """Raises `Unusable` (D-014) for text that is shown though nothing around it has set a font."""
        if self.glyphs:
            raise Unusable("D-014", "text is shown without a font")

    def demand_bounded(self) -> None:
        """Raises `Unusable`: D-011 for too many instructions, D-018 for too many pixels."""
        if self.drawn > DRAWN:
            raise Unusable("D-011", f"drawing the page takes more than {DRAWN:,} instructions")
        if self.pixels > PAGE_PIXELS:
            raise Unusable("D-018", f"the page draws pictures of more than {PAGE_PIXELS // 1_000_000:,} million pixels")


NOTHING = Cost()


def limit_qpdf() -> None:
    """Set the limits of qpdf for this process, which reads nothing but PDFs of others."""
    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=DEPTH,
        parser_max_container_size=2_000_000,
        max_stream_filters=FILTERS,
        flate_max_memory=STREAM,
        png_max_memory=STREAM,
        run_length_max_memory=STREAM,
        tiff_max_memory=STREAM,
        dct_max_memory=STREAM,
        dct_max_progressive_scans=100,
    )
