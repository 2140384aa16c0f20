"""Overfull boxes: text beyond the page, the type area or its own box, and text over other text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.diagnostics import Severity
from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding, at_line
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.lines import Line, SetBlock
from publisher.proof.reading.painted import Sheet

Set = tuple[SetBlock, Line]
SLACK = 1.5
"""Points by which a line may reach beyond an edge; the engine's own lines differ by up to half a point."""
STRETCHED = 0.02
"""By so much of their width at least word spaces are made wider or narrower in justified lines."""
ENOUGH = 4
"""So many lines have to end at the same place for the edge of the type area to be there."""
NEAR = 16.0
"""Points; so close to the edge several lines of ragged text end, and so far beyond it nothing is reported."""
SUGGESTION = "in a style sheet, let it be broken (overflow-wrap: anywhere) or set it smaller; or choose a larger trim"

Side = tuple[int, int, int]
"""Width and height of a page, and whether it is a left or a right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """The right edge of the type area."""

    place: float
    slack: float
    """By how much lines may reach beyond it."""


def overfull_boxes(job: Job) -> Iterator[Finding]:
    """P-008 for text beyond the cut page (an error), beyond the type area, or beyond the box that it begins in."""
    lines = [(block, line) for block in job.setting.blocks for line in block.lines]
    edges = _edges(lines, job)
    for block, line in lines:
        sheet = job.sheet(line.page)
        if not _inside(line.box, sheet.trim):
            found = at_line("P-008", f"{block.name} reaches beyond the page", block, line, suggestion=SUGGESTION)
            yield replace(found, severity=Severity.ERROR)
            continue
        box = _box_around(line.box, sheet)
        edge = edges.get(_side(sheet))
        if box is not None and line.box.right > box.right + SLACK:
            over = line.box.right - box.right
            message = f"{block.name} reaches {over:.0f} pt beyond its box"
            yield at_line("P-008", message, block, line, suggestion=SUGGESTION)
        elif edge is not None and line.box.left < edge.place < line.box.right - edge.slack:
            over = line.box.right - edge.place
            message = f"{block.name} reaches {over:.0f} pt beyond the type area"
            yield at_line("P-008", message, block, line, suggestion=SUGGESTION)


def text_over_text(job: Job) -> Iterator[Finding]:
    """P-014 for a line that is printed over a line of another block."""
    by_page: defaultdict[int, list[Set]] = defaultdict(list)
    for block in job.setting.blocks:
        for line in block.lines:
            by_page[line.page].append((block, line))
    for lines in by_page.values():
        lines.sort(key=lambda pair: -pair[1].y)
        for at, (block, line) in enumerate(lines):
            for other, below in lines[at + 1 :]:
                if line.y - below.y > line.size:
                    break
                if other is not block and _overlap(line, below):
                    found = at_line(
                        "P-014",
                        f"{other.name} is printed over {block.name}",
                        other,
                        below,
                        line,
                        suggestion="make the column, the cell or the box wider, or let its words be divided",
                    )
                    yield replace(found, severity=Severity.ERROR)
                    break


def _overlap(line: Line, other: Line) -> bool:
    """Whether two lines share a part of the page: no mere touching of ascenders and descenders."""
    across = min(line.box.right, other.box.right) - max(line.box.left, other.box.left)
    return across > SLACK and abs(line.y - other.y) < 0.5 * min(line.size, other.size)


def _inside(box: Box, page: Box) -> bool:
    return page.left - SLACK <= box.left and box.right <= page.right + SLACK and page.bottom <= box.bottom + SLACK


def _box_around(line: Box, sheet: Sheet) -> Box | None:
    """The narrowest box on the page that a line begins in; not one that is as wide as the page."""
    middle = (line.bottom + line.top) / 2
    around = [box for box in sheet.boxes if box.holds(line.left, middle) and box.width < 0.9 * sheet.trim.width]
    return min(around, key=lambda box: box.width, default=None)


def _edges(lines: Sequence[Set], job: Job) -> dict[Side, Edge]:
    """The right edge of the type area for each size of page, left and right pages apart."""
    sides: defaultdict[Side, list[Line]] = defaultdict(list)
    for block, line in lines:
        if not block.branch.note:
            sides[_side(job.sheet(line.page))].append(line)
    return {side: edge for side, found in sides.items() if (edge := _justify(found) or _set_ragged(found))}


def _side(sheet: Sheet) -> Side:
    return round(sheet.media.width), round(sheet.media.height), sheet.index % 2


def _justify(lines: Sequence[Line]) -> Edge | None:
    """The rightmost place where several lines end whose word spaces were stretched until they ended there.

    None where more lines go beyond it: then it is that of a narrow column; and where more end there that were not
    stretched: then the text is ragged.
    """
    ends = Counter(round(line.box.right) for line in lines if abs(line.looseness - 1) > STRETCHED)
    near = {place: sum(ends[place + step] for step in (-1, 0, 1)) for place in ends}
    place = max((place for place, count in near.items() if count >= ENOUGH), default=None)
    if place is None or sum(line.box.right > place + SLACK for line in lines) > near[place]:
        return None
    there = sum(abs(round(line.box.right) - place) <= 1 for line in lines)
    return Edge(place=place, slack=SLACK) if there <= 2 * near[place] else None


def _set_ragged(lines: Sequence[Line]) -> Edge | None:
    """The rightmost place near which several lines end; none where too many lines go beyond it."""
    ends = sorted((line.box.right for line in lines), reverse=True)
    for beyond, (end, other) in enumerate(zip(ends, ends[2 * ENOUGH - 1 :], strict=False)):
        if end - other < NEAR:
            return Edge(place=end, slack=NEAR) if beyond <= ENOUGH else None
    return None
