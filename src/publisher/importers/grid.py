"""Tables whose rows fill their columns, as Markdown needs them: spans inside the table, no row without a cell."""

from __future__ import annotations

from dataclasses import replace

from publisher.importers.document import Cell, Row, Table
from publisher.importers.line import is_blank
from publisher.load.markdown.table import MOST_HEADS
from publisher.model.block import Alignment

WIDEST = 200
"""How many columns a table may have."""


def whole_table(table: Table) -> Table | None:
    """The table with each row as wide as the widest; None if it has no row."""
    head, bodies = table.head, table.bodies
    if all(is_blank(cell.line) for row in head for cell in row):
        head, bodies = (), ((*head, *bodies[0]), *bodies[1:]) if bodies else ((head,) if head else ())
    extra, head = head[MOST_HEADS:], head[:MOST_HEADS]
    bodies = (((*extra, *bodies[0]), *bodies[1:]) if bodies else (extra,)) if extra else bodies
    parts = [part for part in (head, *bodies) if part]
    if not parts:
        return None
    width = min(max(_width(part) for part in parts), WIDEST)
    if width == 0:
        return None
    wholes = [_whole(part, width) for part in parts]
    alignments = (*table.alignments, *(Alignment.START for _ in range(width)))[:width]
    return replace(
        table,
        head=wholes[0] if head else (),
        bodies=tuple(whole for whole in (wholes[1:] if head else wholes) if whole),
        alignments=alignments,
    )


def _width(rows: tuple[Row, ...]) -> int:
    """How many columns rows take, with those of cells that reach them from above."""
    width = 0
    reach: dict[int, int] = {}
    for row in rows:
        taken = {column for column, left in reach.items() if left > 0}
        column = 0
        for cell in row:
            while column in taken:
                column += 1
            for index in range(column, min(column + max(cell.columns, 1), WIDEST)):
                taken.add(index)
                reach[index] = max(cell.rows, 1)
            column += max(cell.columns, 1)
        width = max(width, *(column + 1 for column in taken)) if taken else width
        reach = {column: left - 1 for column, left in reach.items() if left > 1}
    return width


def _whole(rows: tuple[Row, ...], width: int) -> tuple[Row, ...]:
    """The rows with blank cells where they have none, and with spans that end inside them."""
    above: list[int] = [0] * width
    found: list[Row] = []
    for number, row in enumerate(rows):
        left = len(rows) - number
        cells = iter(row)
        whole: list[Cell] = []
        column = 0
        while column < width:
            if above[column]:
                column += 1
                continue
            cell = next(cells, None) or Cell()
            room = next((at for at in range(column, width) if above[at]), width) - column
            columns = min(max(cell.columns, 1), room)
            whole.append(replace(cell, columns=columns, rows=min(max(cell.rows, 1), left)))
            above[column : column + columns] = [whole[-1].rows] * columns
            column += columns
        rest = [cell for cell in cells if not is_blank(cell.line)]
        if rest and whole:
            line = tuple(piece for cell in (whole[-1], *rest) for piece in cell.line)
            whole[-1] = replace(whole[-1], line=line)
        if whole:
            found.append(tuple(whole))
        else:
            found = _shorten(found)
        above = [max(item - 1, 0) for item in above]
    return _limit_spans(tuple(found))


def _shorten(rows: list[Row]) -> list[Row]:
    """The rows, if the next one is left out because every cell of it continues one above."""
    count = len(rows)
    return [
        tuple(replace(cell, rows=cell.rows - (number + cell.rows > count)) for cell in row)
        for number, row in enumerate(rows)
    ]


def _limit_spans(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with no span beyond the last one, after rows without cells were left out."""
    return tuple(
        tuple(replace(cell, rows=min(cell.rows, len(rows) - number)) for cell in row) for number, row in enumerate(rows)
    )
