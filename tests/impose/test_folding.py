"""Printed on both sides, folded and laid into each other, the sheets are read in the order of the document."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from publisher.pdf.impose import SHEETS, Flip, Imposed, Order, Scheme

Made = Callable[..., Imposed]
SHEET = {sheet.name: sheet for sheet in SHEETS}


def _beside(name: str) -> ModuleType:
    """A module beside this file."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


paper: Any = _beside("folded")


def reading(imposed: Imposed, sides: Any, order: Order) -> list[tuple[int | None, bool]]:
    """What is read in each signature, one behind the other: the pages, and whether they stand upright."""
    pattern = imposed.bed.pattern
    landscape = imposed.bed.width > imposed.bed.height
    axis = "upright axis" if (imposed.bed.flip is Flip.SHORT) is landscape else "level axis"
    grids = [sides.grid(side, columns=pattern.columns, rows=pattern.rows) for side in range(len(sides.images))]
    stacks = [
        paper.folded(paper.printed(front, back, turned_about=axis), paper.FOLDS[order.folds])
        for front, back in zip(grids[::2], grids[1::2], strict=True)
    ]
    length = len(stacks) if order.scheme is Scheme.BOOKLET else order.signature // pattern.pages
    signatures = [stacks[at : at + length] for at in range(0, len(stacks), length)]
    faces = [face for signature in signatures for face in paper.read(paper.nest(signature))]
    return [(face.page, face.upright or face.page is None) for face in faces]


@pytest.mark.parametrize("flip", [None, Flip.SHORT, Flip.LONG])
@pytest.mark.parametrize(
    ("count", "order"),
    [
        (4, Order()),
        (1, Order()),
        (52, Order()),
        (31, Order(scheme=Scheme.SIGNATURES, signature=16)),
        (48, Order(scheme=Scheme.SIGNATURES, signature=12)),
        (8, Order(scheme=Scheme.SIGNATURES, signature=4)),
        (24, Order(folds=2, sheet=SHEET["A3"])),
        (29, Order(scheme=Scheme.SIGNATURES, signature=16, folds=2, sheet=SHEET["A3"])),
        (16, Order(folds=3, sheet=SHEET["A2"])),
        (64, Order(scheme=Scheme.SIGNATURES, signature=32, folds=3, sheet=SHEET["A2"])),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else f"{value.scheme}-{value.signature}-{value.folds}",
)
def test_folding_gives_the_reading_order(count: int, order: Order, flip: Flip | None, made: Made, drawn: Any) -> None:
    ordered = Order(scheme=order.scheme, sheet=order.sheet, signature=order.signature, folds=order.folds, flip=flip)
    imposed = made(count, ordered)
    found = reading(imposed, drawn(imposed.content), ordered)
    multiple = imposed.bed.pattern.pages
    blanks = -count % multiple
    assert found == [(page, True) for page in range(1, count + 1)] + [(None, True)] * blanks
    assert imposed.blanks == blanks


def test_blank_pages_go_where_they_are_wanted(made: Made, drawn: Any) -> None:
    order = Order(blank_at=5)
    imposed = made(6, order)
    assert [page for page, _ in reading(imposed, drawn(imposed.content), order)] == [1, 2, 3, 4, 5, None, None, 6]
    order = Order(blank_at=0)
    imposed = made(3, order)
    assert [page for page, _ in reading(imposed, drawn(imposed.content), order)] == [None, 1, 2, 3]


def test_a_booklet_has_its_first_page_on_the_right_of_the_first_side(made: Made, drawn: Any, grid_of: Any) -> None:
    sides = drawn(made(8, Order()).content)
    assert [sides.grid(side, columns=2, rows=1) for side in range(4)] == [
        grid_of([[8, 1]]),
        grid_of([[2, 7]]),
        grid_of([[6, 3]]),
        grid_of([[4, 5]]),
    ]


def test_two_up_keeps_the_order_and_leaves_the_last_half_blank(made: Made, drawn: Any, grid_of: Any) -> None:
    imposed = made(5, Order(scheme=Scheme.TWO_UP))
    sides = drawn(imposed.content)
    assert [sides.grid(side, columns=2, rows=1) for side in range(3)] == [
        grid_of([[1, 2]]),
        grid_of([[3, 4]]),
        grid_of([[5, 0]]),
    ]
    assert (imposed.sheets, imposed.blanks) == (2, 1)


def test_the_last_signature_is_as_short_as_it_can_be(made: Made) -> None:
    imposed = made(37, Order(scheme=Scheme.SIGNATURES, signature=16))
    assert (imposed.signatures, imposed.sheets, imposed.blanks) == (3, 10, 3)


def test_the_simulated_paper_tells_a_wrong_order() -> None:
    class Seen:
        def __init__(self, page: int) -> None:
            self.page, self.upright = page, True

    def sheet(front: tuple[int, int], back: tuple[int, int]) -> Any:
        rows = ([[Seen(page) for page in side]] for side in (front, back))
        return paper.printed(*rows, turned_about="upright axis")

    right = paper.read(paper.folded(sheet((4, 1), (2, 3)), paper.FOLDS[1]))
    wrong = paper.read(paper.folded(sheet((4, 1), (3, 2)), paper.FOLDS[1]))
    assert [face.page for face in right] == [1, 2, 3, 4]
    assert [face.page for face in wrong] == [1, 3, 2, 4]
