"""From where on something on a page is a fault, for `publisher proof`, and the ink that a page takes."""

from __future__ import annotations

from dataclasses import dataclass

USUAL_INK = 300
"""Per cent; what coated paper takes on a sheet-fed press, and most houses that print on demand allow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The thresholds of a proof: `proof` in `edition.yaml`, or options of the command."""

    hyphens: int = 3
    """So many line ends with a hyphen may follow one another."""
    looseness: float = 2.0
    """So many times as wide as in the font may the word spaces of a line be, on average."""
    last_line: int = 4
    """A last line of fewer characters is short."""
    last_page: int = 5
    """A last page of fewer lines is short."""
    resolution: int = 300
    """Pixels to the inch that a picture should have."""
    ink: int | None = None
    """Per cent that all inks together may make at one point; None: `USUAL_INK`, where the file is for CMYK."""
    cmyk: bool = False
    """Whether the file is for a printer who wants no RGB, whatever it says itself."""


USUAL_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The part of a page on which ink stays once it is cut, with its bleed, in points from the page's bottom left."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The most ink of one page."""

    page: int
    """By index."""
    percent: int
    """All inks together: 400 is the most that four can make."""
    left: float
    bottom: float
    right: float
    top: float
    """The edges of what takes more than was allowed, in points from the bottom left of the page."""
