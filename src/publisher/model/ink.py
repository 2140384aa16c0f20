"""How much ink a page takes at the point where it takes most."""

from __future__ import annotations

from dataclasses import dataclass


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
