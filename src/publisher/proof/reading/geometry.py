"""Boxes on a page: points of 1/72 inch from its bottom left corner."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.pdf.read.geometry import Box as Edges


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, edges: Edges) -> Box:
        """The box with these edges."""
        left, bottom, right, top = edges
        return cls(left=left, bottom=bottom, right=right, top=top)

    @property
    def width(self) -> float:
        """From its left edge to its right one."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From its bottom edge to its top one."""
        return self.top - self.bottom

    def meets(self, other: Box) -> bool:
        """Whether it shares some of the page with another."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0 and min(self.top, other.top) - max(self.bottom, other.bottom) > 0

    def holds(self, x: float, y: float, *, slack: float = 0) -> bool:
        """Whether a point lies in it."""
        return self.left - slack <= x <= self.right + slack and self.bottom - slack <= y <= self.top + slack
