"""The block rule for tables: those of GitHub, with what MultiMarkdown adds to them.

https://github.github.com/gfm/#tables-extension-, https://fletcher.github.io/MultiMarkdown-6/syntax/tables.html:
several rows of a head, or none; several bodies, with a blank line or a line of dashes between them; a cell that spans
columns ends in as many bars as columns (`| words ||`), one that continues from above is `^^`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.rules_block import StateBlock

from publisher.diagnostics import amount

MOST_HEADS = 10
"""How many rows a head may have."""
MOST_FILLED = 65_536
"""How many cells a table may get that its rows leave out."""
DASHES = re.compile(r":?-+:?")
ABOVE = "^^"
"""A cell that belongs to the one above."""
CAPTION = re.compile(r"(?:[Tt]able:|:)[ \t]+(?=\S)")
"""What begins a caption: https://pandoc.org/MANUAL.html#extension-table_captions."""


_NONE_ABOVE = (
    "^^ continues the cell above, but there is none that begins and ends in the same columns",
    "write \\^^ for the signs themselves; a cell over two columns is continued by ^^||",
)
_TOO_MANY = "write \\| for a bar that is part of the words; each column needs dashes below the head"


@dataclass(slots=True, kw_only=True)
class Slot:
    """A cell as it is read."""

    words: str
    column: int
    columns: int = 1
    rows: int = 1
    alignment: str = ""


@dataclass(slots=True, kw_only=True)
class Row:
    """A row with its line, counted from 0."""

    line: int
    cells: list[Slot]


@dataclass(slots=True)
class Part:
    """A head or a body as it is read."""

    rows: list[Row] = field(default_factory=list)
    reach: dict[int, Slot] = field(default_factory=dict)
    """The cells that reach its last row, by their first columns."""


@dataclass(slots=True, kw_only=True)
class Grid:
    """A table as it is read."""

    alignments: list[str]
    """One for each column: `left`, `center`, `right` or nothing."""
    head: Part = field(default_factory=Part)
    bodies: list[Part] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    """Lines, counted from 0, what is wrong with them, and what to do."""
    filled: int = 0

    def add(self, part: Part, line: int, parts: list[str]) -> None:
        """Add a row to a head or a body."""
        row, reach = Row(line=line, cells=[]), {}
        for cell in self._whole(span(parts), line):
            cell.alignment = self.alignments[cell.column]
            if cell.words != ABOVE:
                row.cells.append(cell)
                reach[cell.column] = cell
            elif (upper := part.reach.get(cell.column)) is not None and upper.columns == cell.columns:
                upper.rows += 1
                reach[cell.column] = upper
            else:
                self.faults.append((line, *_NONE_ABOVE))
        if reach and not row.cells:
            self.faults.append((line, "every cell of the row continues the one above", "leave out the row"))
        part.rows.append(row)
        part.reach = reach

    def _whole(self, cells: list[Slot], line: int) -> list[Slot]:
        """The cells of a row, as many as there are columns."""
        end, width = sum(cell.columns for cell in cells), len(self.alignments)
        if end > width:
            self.faults.append(
                (line, f"the row has {amount(end, 'cell')}, but the table has {amount(width, 'column')}", _TOO_MANY)
            )
            return [cell for cell in cells if cell.column + cell.columns <= width]
        before, self.filled = self.filled, self.filled + width - end
        if self.filled > MOST_FILLED >= before:
            message = f"the rows of the table leave out more than {MOST_FILLED:,} cells"
            self.faults.append((line, message, "divide the table, or write its rows in full"))
        if self.filled > MOST_FILLED:
            return cells
        return [*cells, *(Slot(words="", column=column) for column in range(end, width))]


def span(parts: list[str]) -> list[Slot]:
    """The cells of a row, from what its bars divide: nothing at all between two bars widens the cell before."""
    cells: list[Slot] = []
    for column, words in enumerate(parts):
        if cells and not words:
            cells[-1].columns += 1
        else:
            cells.append(Slot(words=words.strip(" \t"), column=column))
    return cells


def divide(line: str) -> list[str]:
    """What the bars of a line divide, without those at its ends; a bar after a backslash is part of the words."""
    parts = [""]
    escaped = False
    for piece in re.split(r"(\|)", line.strip(" \t")):
        if piece == "|" and not escaped:
            parts.append("")
        else:
            parts[-1] += piece
        escaped = (len(piece) - len(piece.rstrip("\\"))) % 2 == 1
    if not parts[0].strip(" \t"):
        parts.pop(0)
    if len(parts) > 1 and not parts[-1].strip(" \t"):
        parts.pop()
    return parts


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Whether a table begins here; if so it becomes a `table` token, whose meta says what is wrong with it."""
    dashes = _dashes_line(state, start, end, silent=silent)
    if dashes is None:
        return False
    if silent:
        return True
    grid = Grid(alignments=_alignments(state, dashes))
    for line in range(start, dashes):
        grid.add(grid.head, line, divide(_line(state, line)))
    around, state.parentType = state.parentType, "table"
    last = _bodies(state, dashes + 1, end, grid)
    state.parentType = around
    _push(state, grid, start, last)
    state.line = last
    return True


def begins(state: StateBlock, line: int, end: int) -> bool:
    """Whether a table begins in a line, after a blank one."""
    return _dashes_line(state, line, end, silent=False) is not None


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _inside(state: StateBlock, line: int, end: int) -> bool:
    """Whether a line is there, and part of the same block."""
    return line < end and state.sCount[line] >= state.blkIndent and not state.is_code_block(line)


def _dashes_line(state: StateBlock, start: int, end: int, *, silent: bool) -> int | None:
    """The line of dashes of a table that begins here; None if none does."""
    if not _inside(state, start, end) or "|" not in (first := _line(state, start)):
        return None
    if not silent and is_closed(first) and is_dashes(first):
        return start if _inside(state, start + 1, end) and "|" in _line(state, start + 1) else None
    if not _inside(state, start + 1, end):
        return None
    if is_dashes(second := _line(state, start + 1)):
        width, columns = len(divide(first)), len(divide(second))
        return start + 1 if width == columns or (is_closed(first) and is_closed(second)) else None
    for line in range(start + 1, min(start + MOST_HEADS + 1, end)):
        if not (_inside(state, line, end) and is_closed(_line(state, line)) and is_closed(first)):
            return None
        if is_dashes(_line(state, line)):
            return line
    return None


def is_closed(line: str) -> bool:
    """Whether a line begins and ends with a bar."""
    words = line.strip(" \t")
    return len(words) > 1 and words[0] == "|" and words[-1] == "|" and words[-2] != "\\"


def is_dashes(line: str, *, least: int = 1) -> bool:
    """Whether a line is one of dashes and colons between bars, with so many of them at least."""
    if not re.match(r"[ \t]*(?:\||:-|-[-:|])", line) or line.strip("-:| \t"):
        return False
    return all(DASHES.fullmatch(text.strip(" \t")) and text.count("-") >= least for text in divide(line))


def _alignments(state: StateBlock, line: int) -> list[str]:
    """How each column is aligned."""
    names = {(True, True): "center", (False, True): "right", (True, False): "left", (False, False): ""}
    signs = (text.strip(" \t") for text in divide(_line(state, line)))
    return [names[sign.startswith(":"), sign.endswith(":")] for sign in signs]


def _bodies(state: StateBlock, line: int, end: int, grid: Grid) -> int:
    """Read the bodies; return the line behind the table."""
    body = Part()
    rules = state.md.block.ruler.getRules("blockquote")
    while True:
        while _inside(state, line, end) and not state.isEmpty(line):
            words = _line(state, line)
            if CAPTION.match(words) or any(rule(state, line, end, True) for rule in rules):
                break
            if is_closed(words) and is_dashes(words, least=3):
                grid.bodies += [body] if body.rows else []
                body = Part()
            else:
                grid.add(body, line, divide(words))
            line += 1
        grid.bodies += [body] if body.rows else []
        body = Part()
        if not (line < end and state.isEmpty(line) and _goes_on(state, line + 1, end)):
            return line
        line += 1


def _goes_on(state: StateBlock, start: int, end: int) -> bool:
    """Whether the lines after a blank one are another body: all begin and end with a bar, and no table begins."""
    line = start
    while line < end and not state.isEmpty(line):
        if not (_inside(state, line, end) and is_closed(_line(state, line))):
            return False
        line += 1
    return line > start and not begins(state, start, end)


def _push(state: StateBlock, grid: Grid, start: int, end: int) -> None:
    opened = state.push("table_open", "table", 1)
    opened.map = [start, end]
    opened.meta = {"width": len(grid.alignments), "faults": tuple(grid.faults)}
    if any(cell.words for row in grid.head.rows for cell in row.cells):
        _push_part(state, "thead", grid.head.rows)
    for body in grid.bodies:
        _push_part(state, "tbody", body.rows)
    state.push("table_close", "table", -1)


def _push_part(state: StateBlock, name: str, rows: list[Row]) -> None:
    state.push(f"{name}_open", name, 1).map = [rows[0].line, rows[-1].line + 1]
    cell = "th" if name == "thead" else "td"
    for row in rows:
        state.push("tr_open", "tr", 1).map = [row.line, row.line + 1]
        for slot in row.cells:
            opened = state.push(f"{cell}_open", cell, 1)
            opened.meta = {"columns": slot.columns, "rows": slot.rows, "alignment": slot.alignment}
            token = state.push("inline", "", 0)
            token.map, token.content, token.children = [row.line, row.line + 1], slot.words, []
            state.push(f"{cell}_close", cell, -1)
        state.push("tr_close", "tr", -1)
    state.push(f"{name}_close", name, -1)
