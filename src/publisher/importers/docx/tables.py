"""Tables of a DOCX: a grid of rows and cells with spans (ECMA-376, 17.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from publisher.importers.document import (
    Block,
    Cell,
    Kind,
    Line,
    Literal,
    Paragraph,
    Picture,
    Row,
    Table,
    Words,
    lines_of,
)
from publisher.importers.docx.groups import Item
from publisher.importers.docx.names import Element, attribute, child, children, is_on, name, number, value
from publisher.importers.docx.reading import Changes
from publisher.importers.docx.story import Story
from publisher.importers.docx.styles import Role
from publisher.importers.grid import WIDEST
from publisher.importers.line import is_blank
from publisher.model.block import Alignment

_ALIGNMENTS = {"center": Alignment.CENTER, "right": Alignment.END, "end": Alignment.END}


@dataclass(slots=True, kw_only=True)
class _Slot:
    """A cell as it is read."""

    cell: Cell
    column: int
    alignment: Alignment
    is_continued: bool
    """Whether it belongs to the cell above."""


def table_items(element: Element, story: Story) -> Iterator[Item]:
    """The table, and after it what no cell can hold: its pictures and the tables in its cells."""
    beside: list[Block] = []
    rows = list(_rows(element))
    if len(rows) == 1 and len(cells := list(_cells(rows[0]))) == 1:
        story.reading.report(Kind.CHANGED, story.title, "a table of one cell is no table: its content is in the text")
        yield from story.deeper(cells[0])
        return
    read = [list(_slots(row, story, beside)) for row in rows]
    merged = _merge(read)
    heads = _heads(element, rows)
    table = Table(
        head=tuple(merged[:heads]),
        bodies=(tuple(merged[heads:]),) if merged[heads:] else (),
        alignments=_alignments(read[heads:]),
    )
    where = f"{story.title}, paragraph {max(story.count, 1)}"
    yield Item(role=Role.BODY, block=table, where=where)
    yield from (Item(role=Role.BODY, block=block, where=where) for block in beside)


def _rows(element: Element) -> Iterator[Element]:
    for inner in element:
        if name(inner) == "w:tr":
            yield inner
        elif name(inner) in ("w:sdt", "w:customXml"):
            content = child(inner, "w:sdtContent")
            yield from _rows(inner if content is None else content)


def _cells(row: Element) -> Iterator[Element]:
    for inner in row:
        if name(inner) == "w:tc":
            yield inner
        elif name(inner) in ("w:sdt", "w:customXml"):
            content = child(inner, "w:sdtContent")
            yield from _cells(inner if content is None else content)


def _slots(row: Element, story: Story, beside: list[Block]) -> Iterator[_Slot]:
    """The cells of a row with the columns in which they begin."""
    properties = child(row, "w:trPr")
    is_gone = child(properties, "w:ins" if story.reading.changes is Changes.REJECT else "w:del") is not None
    if child(properties, "w:ins") is not None or child(properties, "w:del") is not None:
        story.reading.tracked["w:tr"] += 1
    column = min(number(value(properties, "w:gridBefore")) or 0, WIDEST)
    for empty in range(column):
        yield _Slot(cell=Cell(), column=empty, alignment=Alignment.START, is_continued=False)
    for element in _cells(row):
        inner = child(element, "w:tcPr")
        columns = max(1, min(number(value(inner, "w:gridSpan")) or 1, WIDEST))
        merge = child(inner, "w:vMerge")
        line, alignment = _content(element, story, beside)
        if is_gone:
            words = "".join(piece.text for piece in line if isinstance(piece, Words))
            story.reading.report(Kind.DROPPED, story.title, "words of a deleted row of a table", words)
            line = ()
        yield _Slot(
            cell=Cell(line=line, columns=columns),
            column=column,
            alignment=alignment,
            is_continued=merge is not None and attribute(merge, "w:val") != "restart",
        )
        column += columns


def _content(element: Element, story: Story, beside: list[Block]) -> tuple[Line, Alignment]:
    """What a cell says in one line; its pictures and tables go next to the table."""
    where = f"{story.title}, paragraph {story.count + 1}"
    blocks = [block for item in story.items(element) for block in _blocks_of(item)]
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Picture | Table):
            kind = "picture" if isinstance(block, Picture) else "table"
            story.reading.report(Kind.CHANGED, where, f"a {kind} in a cell is after the table")
            beside.append(block)
        elif isinstance(block, Literal):
            lines.append((Words(text=block.text),))
        else:
            lines += lines_of(block)
    printed = [line for line in lines if not is_blank(line)]
    if len(printed) > 1:
        story.reading.count("cells with several paragraphs have one line", where)
    joined: Line = ()
    for line in lines:
        is_first = is_blank(joined) or is_blank(line)
        joined = (*joined, *(() if is_first else (Words(text=" "),)), *line)
    return joined, _alignment(element)


def _blocks_of(item: Item) -> list[Block]:
    if item.block is not None:
        return [Paragraph(line=item.line), item.block] if item.line else [item.block]
    return [Paragraph(line=item.line)]


def _alignment(element: Element) -> Alignment:
    found = next((value(item, "w:pPr", "w:jc") for item in children(element, "w:p")), None)
    return _ALIGNMENTS.get(found or "", Alignment.START)


def _merge(rows: list[list[_Slot]]) -> list[Row]:
    """The rows with each cell that continues another as a span of that one, with its words."""
    owners: dict[int, tuple[int, int]] = {}
    found: list[list[Cell]] = []
    for at, row in enumerate(rows):
        cells: list[Cell] = []
        reach: dict[int, tuple[int, int]] = {}
        for slot in row:
            above = owners.get(slot.column) if slot.is_continued else None
            owner = found[above[0]][above[1]] if above else None
            if above is not None and owner is not None and owner.columns == slot.cell.columns:
                words = () if is_blank(slot.cell.line) else (Words(text=" "), *slot.cell.line)
                found[above[0]][above[1]] = replace(owner, rows=owner.rows + 1, line=(*owner.line, *words))
                reach[slot.column] = above
            else:
                reach[slot.column] = (at, len(cells))
                cells.append(slot.cell)
        owners = reach
        found.append(cells)
    return [tuple(row) for row in found]


def _heads(element: Element, rows: list[Element]) -> int:
    """How many rows are the head: those that are marked so, else the first if the look of the table has one."""
    marked = 0
    for row in rows:
        if not is_on(child(row, "w:trPr"), "w:tblHeader"):
            break
        marked += 1
    if marked:
        return marked if marked < len(rows) else len(rows) - 1
    look = child(element, "w:tblPr", "w:tblLook")
    first = attribute(look, "w:firstRow")
    bits = attribute(look, "w:val") or "0"
    try:
        has_head = first in ("1", "true") if first is not None else bool(int(bits, 16) & 0x20)
    except ValueError:
        has_head = False
    return 1 if has_head and len(rows) > 1 else 0


def _alignments(rows: list[list[_Slot]]) -> tuple[Alignment, ...]:
    """How each column is aligned: as most of its cells that say something."""
    columns: dict[int, Counter[Alignment]] = {}
    for row in rows:
        for slot in row:
            if slot.cell.columns == 1 and not is_blank(slot.cell.line):
                columns.setdefault(slot.column, Counter())[slot.alignment] += 1
    width = max(columns, default=-1) + 1
    return tuple(
        max(columns[at], key=lambda alignment: columns[at][alignment]) if at in columns else Alignment.START
        for at in range(width)
    )
