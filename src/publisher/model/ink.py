"""How much ink a page takes at the point where it takes most, within its bleed."""

from __future__ import annotations

from dataclasses import dataclass


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
