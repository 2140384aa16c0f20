"""Tables: each cell begins in its row and column, spans what it should, and is a header or is none (WCAG 2.2, 1.3.1).

Where a cell is follows from the spans of those before it: https://html.spec.whatwg.org/#forming-a-table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from publisher.diagnostics import Diagnostic
from publisher.verify.diagnose import whole, wrong
from publisher.verify.line import CellPlace, Expected, Found

MOST_SPANNED = 65_536
"""How many rows a cell can span at most, as HTML has it; in a file more are as good as these."""


@dataclass(slots=True)
class TableGrid:
    """Where the cells of a table are, as they are met one after the other."""

    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)
    """The columns that cells from above take, with the last row in which they do."""

    def next_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.column = 0

    def next_part(self) -> None:
        """Begin a head or a body: no cell reaches into it."""
        self.taken.clear()

    def place(self, *, columns: int, rows: int, header: bool) -> CellPlace:
        """Where the next cell is."""
        while self.taken.get(self.column, -1) >= self.row:
            self.column += 1
        place = CellPlace(row=self.row, column=self.column, columns=columns, rows=rows, header=header)
        if rows > 1:
            self.taken |= dict.fromkeys(range(self.column, self.column + columns), self.row + rows - 1)
        self.column += columns
        return place


def span_cells(words: str | None) -> int:
    """How many rows or columns an attribute says; one if it says nothing that can be."""
    return min(int(words), MOST_SPANNED) if words and words.isascii() and words.isdigit() and int(words) else 1


def cell_faults(pairs: Iterable[tuple[Expected, Found]], *, artifact: str) -> Iterator[Diagnostic]:
    """V-005 for each cell that is elsewhere in its table than in the sources, V-064 for each head that is none."""
    for expected, found in pairs:
        if expected.cell == found.cell:
            continue
        message = (
            f"({found.place}) {expected.name} is {_name(found.cell)}, and should be {_name(expected.cell)}: "
            f"{whole(found)}"
        )
        heads = [item.cell is not None and item.cell.header for item in (expected, found)]
        yield wrong("V-064" if heads[0] is not heads[1] else "V-005", message, artifact=artifact, line=expected)


def _name(cell: CellPlace | None) -> str:
    if cell is None:
        return "no cell"
    kind = "the head" if cell.header else "the cell"
    size = f", {cell.columns} wide and {cell.rows} high" if cell.columns > 1 or cell.rows > 1 else ""
    return f"{kind} in row {cell.row + 1}, column {cell.column + 1}{size}"
