"""Which page is where on a sheet that is to be folded.

Each fold halves the sheet: once folded it has 4 pages, twice 8 (quarto), three times 16 (octavo). The sheets of a
signature lie in each other, the first one outermost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Row = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The pages of a single folded sheet; rows from top to bottom, all but the last upside down."""

    front: tuple[Row, ...]
    back: tuple[Row, ...]
    """As it is seen when the sheet is turned over like a leaf of a book."""

    @property
    def pages(self) -> int:
        """How many pages the sheet has."""
        return 2 * self.columns * self.rows

    @property
    def columns(self) -> int:
        """How many pages are next to each other."""
        return len(self.front[0])

    @property
    def rows(self) -> int:
        """How many pages are above each other."""
        return len(self.front)


PATTERNS: tuple[Pattern, ...] = (
    Pattern(front=((4, 1),), back=((2, 3),)),
    Pattern(front=((5, 4), (8, 1)), back=((3, 6), (2, 7))),
    Pattern(front=((5, 12, 9, 8), (4, 13, 16, 1)), back=((7, 10, 11, 6), (2, 15, 14, 3))),
)
"""By the number of folds, from one."""
BESIDE = Pattern(front=((1, 2),), back=((3, 4),))
"""Two pages next to each other, not folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place on one side of a sheet."""

    column: int
    row: int
    """From the top."""
    page: int
    """Number of the page in the document with its blank pages, from 1."""
    depth: int
    """How many folded leaves lie outside the one that it is on."""
    upside_down: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of one sheet."""

    slots: tuple[Slot, ...]
    is_front: bool
    signature: int
    """Which signature it belongs to, from 0."""
    is_outermost: bool
    """Whether it is the outside of its signature, where the mark for collating goes."""


def signature_sides(first: int, count: int, pattern: Pattern, *, signature: int) -> Iterator[Side]:
    """The sides of one signature: front and back of each sheet, the outermost first.

    `first` is its first page, `count` how many it has, a multiple of the pattern's.
    """
    half = pattern.pages // 2
    for sheet in range(count // pattern.pages):
        for rows, is_front in ((pattern.front, True), (pattern.back, False)):
            slots = tuple(
                _slot(column, row, _nest(local, sheet=sheet, half=half, count=count), count=count, rows=len(rows))
                for row, locals_ in enumerate(rows)
                for column, local in enumerate(locals_)
            )
            placed = tuple(_move(slot, by=first - 1) for slot in slots)
            yield Side(slots=placed, is_front=is_front, signature=signature, is_outermost=is_front and sheet == 0)


def pairs(count: int) -> Iterator[Side]:
    """The sides of a document with two pages next to each other."""
    for at in range(1, count + 1, 2):
        slots = tuple(Slot(column=column, row=0, page=at + column, depth=0, upside_down=False) for column in range(2))
        yield Side(slots=slots, is_front=at % 4 == 1, signature=0, is_outermost=False)


def _nest(local: int, *, sheet: int, half: int, count: int) -> int:
    """The page of a signature that is a page of one of its sheets: half of them from the front, half from the end."""
    return sheet * half + local if local <= half else count - (sheet + 2) * half + local


def _slot(column: int, row: int, page: int, *, count: int, rows: int) -> Slot:
    depth = (min(page, count + 1 - page) - 1) // 2
    return Slot(column=column, row=row, page=page, depth=depth, upside_down=row < rows - 1)


def _move(slot: Slot, *, by: int) -> Slot:
    return Slot(column=slot.column, row=slot.row, page=slot.page + by, depth=slot.depth, upside_down=slot.upside_down)
