"""Where each page comes to lie on its sheet: scale, creep, turning for the back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, PublisherError, Severity, amount
from publisher.pdf.impose.folding import Pattern, Side, Slot
from publisher.pdf.impose.order import Flip, Order, Scheme

ROOM = 7.0
"""Millimetres that marks need around the pages."""
ALL_BUT_FITTING = 0.999
"""The scale from which a page is not made smaller: sizes are rounded to points in every file."""
SMALLEST = 0.495
"""The scale below which no one can read a page: half, and what rounding sizes to points takes from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A stretch of a sheet in millimetres from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.bottom + self.height

    def turned(self, bed: Bed) -> Rectangle:
        """The same stretch on a sheet that was turned upside down."""
        return Rectangle(
            left=bed.width - self.right, bottom=bed.height - self.top, width=self.width, height=self.height
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed:
    """A sheet as it lies, and the block of pages in its middle."""

    width: float
    height: float
    block: Rectangle
    scale: float
    pattern: Pattern
    turns_back: bool
    """Whether the back is printed upside down, for the way in which the printer turns the sheet."""
    flip: Flip
    """The edge about which the printer has to turn it."""

    @property
    def cell_width(self) -> float:
        """Of the place of one page."""
        return self.block.width / self.pattern.columns

    @property
    def cell_height(self) -> float:
        """Of the place of one page."""
        return self.block.height / self.pattern.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A page on a side."""

    page: int
    """Its number with the blank pages, from 1."""
    cell: Rectangle
    """Its place; what reaches out of it is cut off."""
    at: Rectangle
    """Where it lies, moved by its creep."""
    upside_down: bool


Size = tuple[float, float]


def bed(order: Order, pattern: Pattern, *, page: Size) -> tuple[Bed, tuple[Diagnostic, ...]]:
    """The sheet with room for pages of this size (width and height in millimetres), and what is doubtful about it.

    Raises `PublisherError` with O-032 where pages would have to shrink to less than half; O-033 is a warning.
    """
    across, down = pattern.columns * page[0], pattern.rows * page[1]
    room = 2 * ROOM if order.fold_marks or order.crop_marks else 0.0
    ways = ((order.sheet.long, order.sheet.short), (order.sheet.short, order.sheet.long))
    width, height = max(ways, key=lambda way: min(way[0] / across, way[1] / down))
    fitting = min(1.0, (width - room) / across, (height - room) / down)
    if fitting < SMALLEST:
        raise PublisherError(_too_small(order, pattern, page, fitting))
    scale = 1.0 if order.full_size or fitting > ALL_BUT_FITTING else fitting
    block = Rectangle(
        left=(width - across * scale) / 2,
        bottom=(height - down * scale) / 2,
        width=across * scale,
        height=down * scale,
    )
    like_a_leaf = Flip.SHORT if width > height else Flip.LONG
    flip = order.flip or like_a_leaf
    made = Bed(
        width=width,
        height=height,
        block=block,
        scale=scale,
        pattern=pattern,
        turns_back=flip is not like_a_leaf,
        flip=flip,
    )
    return made, tuple(_doubts(order, made))


def placements(side: Side, made: Bed, order: Order, *, sizes: tuple[Size | None, ...]) -> Iterator[Placement]:
    """Where the pages of a side lie; `sizes` has that of each page in millimetres, None for a blank one."""
    for slot in side.slots:
        size = sizes[slot.page - 1]
        if size is not None:
            placed = _place(slot, made, order, size=size)
            yield _turn(placed, made) if made.turns_back and not side.is_front else placed


def _place(slot: Slot, made: Bed, order: Order, *, size: Size) -> Placement:
    """A page in its cell: against the fold that is its spine, moved towards it by its creep."""
    cell = Rectangle(
        left=made.block.left + slot.column * made.cell_width,
        bottom=made.block.top - (slot.row + 1) * made.cell_height,
        width=made.cell_width,
        height=made.cell_height,
    )
    width, height = size[0] * made.scale, size[1] * made.scale
    spare = cell.width - width
    if order.scheme is Scheme.TWO_UP:
        left = cell.left + spare / 2
    else:
        spine_is_left = (slot.page % 2 == 1) is not slot.upside_down
        creep = slot.depth * order.creep
        left = cell.left - creep if spine_is_left else cell.left + spare + creep
    at = Rectangle(left=left, bottom=cell.bottom + (cell.height - height) / 2, width=width, height=height)
    return Placement(page=slot.page, cell=cell, at=at, upside_down=slot.upside_down)


def _turn(placed: Placement, made: Bed) -> Placement:
    return Placement(
        page=placed.page,
        cell=placed.cell.turned(made),
        at=placed.at.turned(made),
        upside_down=not placed.upside_down,
    )


def _too_small(order: Order, pattern: Pattern, page: Size, fitting: float) -> Diagnostic:
    count = pattern.columns * pattern.rows
    return Diagnostic(
        code="O-032",
        message=f"{order.sheet.name} is too small for {amount(count, 'page')} of {page[0]:.0f} × {page[1]:.0f} mm:"
        f" they would shrink to {max(fitting, 0):.0%}",
        hint="take a larger sheet, or fold it less often",
    )


def _doubts(order: Order, made: Bed) -> Iterator[Diagnostic]:
    """O-033 where pages reach over the sheet, or leave no room for the marks that are wanted."""
    beyond = max(made.block.width - made.width, made.block.height - made.height)
    if beyond > 0.2:
        yield _doubt(
            f"pages at full size are {beyond:.0f} mm larger than {order.sheet.name} has room for; the rest is cut off",
            "leave --full-size away, and they are made smaller, or take a larger sheet",
        )
    elif (order.fold_marks or order.crop_marks) and min(made.block.left, made.block.bottom) < ROOM - 0.2:
        yield _doubt(
            f"pages at full size leave less than {ROOM:.0f} mm around them on {order.sheet.name}; marks may be missing",
            "leave --full-size away, or take a larger sheet",
        )


def _doubt(message: str, hint: str) -> Diagnostic:
    return Diagnostic(code="O-033", message=message, hint=hint, severity=Severity.WARNING)
