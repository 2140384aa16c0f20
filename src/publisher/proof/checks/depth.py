"""Pages as spreads: gaps above notes, lines of facing pages that are on different heights, feet that differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding, at_line
from publisher.proof.reading.depth import NEAR, Depth, Grid, depths, grid
from publisher.proof.reading.lines import Line, SetBlock

EMPTY = 3.0
"""So many lines may stay empty between text and notes."""
APART = 1.6
"""How far the first line of notes is below the text without any, in lines of text: space, rule, space."""
OFF_GRID = 0.12
"""By which share of a line the baselines of facing pages may differ."""
UNEVEN = 1.5
"""By how many lines the feet of facing pages may differ: one, and what smaller type adds."""
ENOUGH = 4
"""So many lines of text have to be on each of two pages before they are compared."""
PAGES = "choose another trim, or let other paragraphs run closer in a style sheet: #p12 { letter-spacing: -0.002em; }"


def gaps_above_notes(job: Job) -> Iterator[Finding]:
    """P-023 for a page with more empty lines between its text and its notes than the limit, unless its section ends."""
    for (block, line), empty in empty_lines(job):
        if empty > EMPTY:
            message = f"about {empty:.0f} lines are empty between text and notes"
            suggestion = "let a series be printed elsewhere (placement: {pdf: section}), or choose another trim"
            yield at_line("P-023", message, block, line, suggestion=suggestion)


def empty_lines(job: Job) -> Iterator[tuple[tuple[SetBlock, Line], float]]:
    """The lowest line of text above the notes of each page on which no section ends, and how many lines are empty."""
    lines = grid(job.setting)
    for depth in depths(job.setting) if lines else ():
        found = _gap(depth, lines) if lines and not (depth.ends or depth.pictured) else None
        if found is not None:
            yield found


def baselines_apart(job: Job) -> Iterator[Finding]:
    """P-021 for facing pages of which the lines of text are on different heights."""
    lines = grid(job.setting)
    for left, right in _spreads(job) if lines else ():
        assert lines is not None
        pair, other = _phase(left, lines), _phase(right, lines)
        if pair is None or other is None:
            continue
        off = (pair[1] - other[1]) % 1
        off = min(off, 1 - off)
        if off > OFF_GRID:
            block, line = other[0]
            message = f"the lines are {off * lines.leading:.1f} pt off those of the facing page"
            suggestion = "in a style sheet, let what is above take whole lines: height and margins in --line"
            yield at_line("P-021", message, block, line, suggestion=suggestion)


def uneven_feet(job: Job) -> Iterator[Finding]:
    """P-022 for facing pages that are filled to different depths, unless a section ends or opens on one of them."""
    lines = grid(job.setting)
    for left, right in _spreads(job) if lines else ():
        assert lines is not None
        if left.ends or right.ends or left.pictured or right.pictured:
            continue
        feet = [min([depth.foot, *(note.y for note in depth.notes)]) for depth in (left, right)]
        over = abs(feet[0] - feet[1]) / lines.leading
        if over > UNEVEN:
            shorter = max((left, right), key=lambda depth: min([depth.foot, *(note.y for note in depth.notes)]))
            block, line = min(shorter.text, key=lambda pair: pair[1].y)
            message = f"this page ends {over:.0f} lines above the facing one"
            yield at_line("P-022", message, block, line, suggestion=PAGES)


def _gap(depth: Depth, lines: Grid) -> tuple[tuple[SetBlock, Line], float] | None:
    """The lowest line of text above the notes of a page, and how many lines are empty below it."""
    if not depth.notes or not depth.text:
        return None
    left, right = min(line.box.left for _, line in depth.text), max(line.box.right for _, line in depth.text)
    below = [note for note in depth.notes if note.box.left < right and note.box.right > left]
    if not below:
        return None
    head = max(note.y for note in below)
    above = [pair for pair in depth.text if pair[1].y > head]
    if not above or any(line.y < head for _, line in depth.text):
        return None
    lowest = min(above, key=lambda pair: pair[1].y)
    empty = (lowest[1].y - head) / lines.leading - APART
    return lowest, empty


def _spreads(job: Job) -> Iterator[tuple[Depth, Depth]]:
    """Left-hand and right-hand pages that face each other and have lines of text."""
    for left, right in pairwise(depths(job.setting)):
        faces = left.page % 2 == 1 and right.page == left.page + 1
        if faces and len(left.text) >= ENOUGH and len(right.text) >= ENOUGH:
            yield left, right


def _phase(depth: Depth, lines: Grid) -> tuple[tuple[SetBlock, Line], float] | None:
    """The last line of text in the size of most of it, and where it is on the grid, as a share of a line."""
    plain = [(b, line) for b, line in depth.text if b.is_running_text and abs(line.size - lines.size) < NEAR]
    if not plain:
        return None
    last = min(plain, key=lambda pair: pair[1].y)
    return last, (last[1].y / lines.leading) % 1
