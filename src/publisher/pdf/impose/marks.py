"""Marks next to the pages: where to fold, where to cut, and in what order signatures are laid together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.pdf.impose.folding import Side
from publisher.pdf.impose.order import Order, Scheme
from publisher.pdf.impose.placement import Bed

AWAY, LONGEST = 1.0, 5.0
"""Millimetres between the pages and a mark, and its length at most."""
STEP, WIDE = 5.0, 1.0
"""Height and width of a mark for collating; each signature's is one step below the last one's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A straight line on a sheet, in millimetres."""

    start: tuple[float, float]
    end: tuple[float, float]
    dashed: bool = False
    wide: float = 0.1


def strokes(side: Side, made: Bed, order: Order) -> tuple[Stroke, ...]:
    """The marks of a side: folds and cuts on fronts, the mark for collating on the outside of a signature."""
    if not side.is_front:
        return ()
    found: list[Stroke] = []
    if order.fold_marks:
        found += _folds(made)
    if order.crop_marks:
        found += _corners(made)
    if order.collation_marks and side.is_outermost and order.scheme is Scheme.SIGNATURES:
        found.append(_collation(side, made))
    return tuple(found)


def _folds(made: Bed) -> Iterator[Stroke]:
    """Dashes on each line between pages, above and below them, left and right."""
    for column in range(1, made.pattern.columns):
        yield from _upright(made, made.block.left + column * made.cell_width, dashed=True)
    for row in range(1, made.pattern.rows):
        yield from _level(made, made.block.bottom + row * made.cell_height, dashed=True)


def _corners(made: Bed) -> Iterator[Stroke]:
    """Lines that meet at the corners of the block, where it is cut."""
    for x in (made.block.left, made.block.right):
        yield from _upright(made, x, dashed=False)
    for y in (made.block.bottom, made.block.top):
        yield from _level(made, y, dashed=False)


def _upright(made: Bed, x: float, *, dashed: bool) -> Iterator[Stroke]:
    length = min(LONGEST, made.block.bottom - AWAY)
    if length > 0:
        low, high = made.block.bottom - AWAY, made.block.top + AWAY
        yield Stroke(start=(x, low), end=(x, low - length), dashed=dashed)
        yield Stroke(start=(x, high), end=(x, high + length), dashed=dashed)


def _level(made: Bed, y: float, *, dashed: bool) -> Iterator[Stroke]:
    length = min(LONGEST, made.block.left - AWAY)
    if length > 0:
        left, right = made.block.left - AWAY, made.block.right + AWAY
        yield Stroke(start=(left, y), end=(left - length, y), dashed=dashed)
        yield Stroke(start=(right, y), end=(right + length, y), dashed=dashed)


def _collation(side: Side, made: Bed) -> Stroke:
    """A bar on the fold that becomes the back of the signature: between its last page and its first."""
    first = min(side.slots, key=lambda slot: slot.page)
    x = made.block.left + first.column * made.cell_width
    steps = int((made.cell_height - 4 * STEP) // STEP)
    top = made.block.bottom + made.cell_height - 2 * STEP - side.signature % steps * STEP
    return Stroke(start=(x, top), end=(x, top - STEP), wide=WIDE)
