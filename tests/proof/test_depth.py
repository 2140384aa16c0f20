"""Pages as spreads: gaps above notes, the grid of lines, feet, and how many lines are uneven or tight."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from publisher.proof.checks.depth import baselines_apart, gaps_above_notes, uneven_feet
from publisher.proof.checks.loose_lines import tight_lines, uneven_lines
from publisher.proof.reading.lines import Line, SetBlock, Setting
from publisher.proof.reading.painted import Stretch
from publisher.proof.reading.structure import Branch

LEADING, SIZE, TOP = 14.0, 10.0, 600.0
ROWS = 30


def line(page: int, y: float, *, size: float = SIZE, space: float = 1.0) -> Line:
    """A line of two words, with a space of so many times the normal width."""
    word, natural = 100.0, 2.5
    starts = (50.0, 50 + word, 50 + word + natural * space)
    ends = (50 + word, 50 + word + natural, 50 + 2 * word + natural * space)
    stretch = Stretch(
        text="a b", shown="a b", page=page, starts=starts, ends=ends, y=y, size=size, mcid=0, artifact=False, seen=True
    )
    return Line(page=page, stretches=(stretch,), begins=0)


def block(*lines: Line, kind: str = "P", note: bool = False) -> SetBlock:
    return SetBlock(branch=Branch(path=("Sect", kind), note=note), lines=lines, pictures=(), source=None)


def column(page: int, rows: int, *, shift: float = 0.0, space: float = 1.0) -> SetBlock:
    """A paragraph that fills so many rows of a page, from its head."""
    return block(*(line(page, TOP - shift - row * LEADING, space=space) for row in range(rows)))


def job(*blocks: SetBlock) -> Any:
    return SimpleNamespace(setting=Setting(sheets=(), blocks=(*blocks, column(9, ROWS))))


def notes(page: int, y: float) -> SetBlock:
    return block(line(page, y, size=8.0), line(page, y - 10, size=8.0), note=True)


@pytest.mark.parametrize(("empty", "found"), [(0, 0), (2, 0), (5, 1)])
def test_lines_that_are_empty_above_notes_are_counted(empty: int, found: int) -> None:
    lowest = TOP - 19 * LEADING
    page = column(1, 20), notes(1, lowest - (1.6 + empty) * LEADING), column(2, ROWS)
    findings = tuple(gaps_above_notes(job(*page)))
    assert len(findings) == found
    assert all(finding.code == "P-023" and "about 5 lines" in finding.message for finding in findings)


def test_a_gap_at_the_end_of_a_section_is_none() -> None:
    page = column(1, 10), notes(1, 100), block(line(2, TOP, size=18), kind="H1"), column(2, ROWS, shift=3 * LEADING)
    assert tuple(gaps_above_notes(job(*page))) == ()


@pytest.mark.parametrize(("shift", "found"), [(0.0, 0), (LEADING, 0), (0.8, 0), (7.0, 1), (3.5, 1)])
def test_lines_of_facing_pages_are_on_one_grid(shift: float, found: int) -> None:
    findings = tuple(baselines_apart(job(column(1, ROWS), column(2, ROWS - 1, shift=shift))))
    assert [finding.code for finding in findings] == ["P-021"] * found


def test_pages_that_do_not_face_each_other_are_not_compared() -> None:
    assert tuple(baselines_apart(job(column(2, ROWS), column(3, ROWS - 1, shift=7)))) == ()


@pytest.mark.parametrize(("rows", "found"), [(ROWS, 0), (ROWS - 1, 0), (ROWS - 3, 1)])
def test_feet_of_facing_pages_are_level_within_a_line(rows: int, found: int) -> None:
    findings = tuple(uneven_feet(job(column(1, rows), column(2, ROWS), column(3, ROWS))))
    assert [finding.code for finding in findings] == ["P-022"] * found
    with_part = replace(column(2, ROWS), branch=Branch(path=("Sect", "H2")))
    assert tuple(uneven_feet(job(column(1, rows), with_part, column(3, ROWS)))) == ()


def test_the_share_of_uneven_lines_is_reported_once_and_tight_lines_each() -> None:
    wide, even, tight = column(1, 4, space=1.7), column(2, ROWS), column(3, 2, space=0.7)
    (found,) = uneven_lines(job(wide, even))
    assert found.code == "P-018"
    assert found.message.startswith("6 %")
    assert tuple(uneven_lines(job(even))) == ()
    (finding,) = tight_lines(job(tight, even))
    assert (finding.code, len(finding.boxes)) == ("P-019", 2)
