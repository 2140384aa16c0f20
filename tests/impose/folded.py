"""Sheets of paper, folded: what somebody reads who prints, folds and opens them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Fold = Literal["left under right", "top under bottom"]
FOLDS: dict[int, tuple[Fold, ...]] = {
    1: ("left under right",),
    2: ("top under bottom", "left under right"),
    3: ("left under right", "top under bottom", "left under right"),
}
"""How a sheet is folded once, twice, three times, the front of the signature looking up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One side of a leaf: its page, and which way up it is."""

    page: int | None
    upright: bool

    def turned(self) -> Face:
        """Upside down."""
        return Face(page=self.page, upright=not self.upright)


Leaf = tuple[Face, Face]
"""The face that looks up, and the one that looks down, as it is seen when turned like a leaf of a book."""
Stack = tuple[Leaf, ...]
"""Leaves from top to bottom."""
Table = tuple[tuple[Stack, ...], ...]
"""Stacks in rows."""


def printed(front: Any, back: Any, *, turned_about: Literal["upright axis", "level axis"]) -> Table:
    """A sheet as it comes from the printer, front up; both grids are those of the file."""
    fronts = [[Face(page=seen.page, upright=seen.upright) for seen in row] for row in front]
    backs = [[Face(page=seen.page, upright=seen.upright) for seen in row] for row in back]
    if turned_about == "level axis":
        backs = [[face.turned() for face in reversed(row)] for row in reversed(backs)]
    return tuple(
        tuple(((face, behind),) for face, behind in zip(row, reversed(other), strict=True))
        for row, other in zip(fronts, backs, strict=True)
    )


def folded(table: Table, folds: Iterable[Fold]) -> Stack:
    """The stack that is left after all folds."""
    for fold in folds:
        if fold == "left under right":
            half = len(table[0]) // 2
            table = tuple(
                tuple(over + under(below) for over, below in zip(row[half:], reversed(row[:half]), strict=True))
                for row in table
            )
        else:
            half = len(table) // 2
            table = tuple(
                tuple(over + tumbled(below) for over, below in zip(row, other, strict=True))
                for row, other in zip(table[half:], reversed(table[:half]), strict=True)
            )
    ((stack,),) = table
    return stack


def under(stack: Stack) -> Stack:
    """A stack turned over like a leaf of a book."""
    return tuple((down, up) for up, down in reversed(stack))


def tumbled(stack: Stack) -> Stack:
    """A stack turned over head first."""
    return tuple((down.turned(), up.turned()) for up, down in reversed(stack))


def nest(stacks: Sequence[Stack]) -> Stack:
    """Folded sheets laid into each other, the first outermost."""
    if not stacks:
        return ()
    half = len(stacks[0]) // 2
    return stacks[0][:half] + nest(stacks[1:]) + stacks[0][half:]


def read(stack: Stack) -> list[Face]:
    """The pages that one meets turning the leaves."""
    return [face for leaf in stack for face in leaf]
