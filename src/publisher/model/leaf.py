"""A leaf of a book: which of its sides are printed, and the margins about the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from publisher.model.length import POINT


class Sides(StrEnum):
    """Whether both sides of a leaf are printed."""

    TWO = "two"
    ONE = "one"


class Openings(StrEnum):
    """On which pages the sections of a PDF begin."""

    RIGHT = "right"
    """On right-hand pages."""
    ANY = "any"
    """On the next page; the title page and the first page with an Arabic number are right-hand ones."""
    NONE = "none"
    """On the next page without exception, so that no page stays empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The margins that an editor asks for, as CSS lengths; None where the style has to know."""

    top: str | None = None
    bottom: str | None = None
    inside: str | None = None
    """Next to the spine."""
    outside: str | None = None


FOREIGN_TOP, FOREIGN_BOTTOM, FOREIGN_SIDE = 13.0, 10.0, 2.0
"""The margins about a page of a PDF from elsewhere, in millimetres, as `styles/print.css` has them."""
LEAST_SCALE = 0.7
"""A page from elsewhere that is smaller than this share of its size is hard to read."""


def foreign_scale(page: tuple[float, float], size: tuple[float, float]) -> float:
    """To which share of its size a page from elsewhere is printed; a trim in millimetres, a size in points."""
    width, height = (length * POINT for length in size)
    return min((page[0] - 2 * FOREIGN_SIDE) / width, (page[1] - FOREIGN_TOP - FOREIGN_BOTTOM) / height)
