"""Rows of tables that are higher than a page, and heads that leave no room for rows.

WeasyPrint 70 keeps a row in one piece if it can, and gives up the head of the table for it: a table then has its head
on its second page alone. A cell that spans rows is never divided, and is printed over the end of its page, and so is a
cell of a divided row if cells next to it call notes. Here rows that are too high may be divided, wherever they begin; a
head that takes too much of a page is printed once; and a table with cells that span too high rows, or with notes called
in one, is set run in, with cells that may be divided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure.boxes import InlineBlockBox, LineBox, TableBox

from publisher.layout.weasyprint.features.note_parts import NOTE
from publisher.layout.weasyprint.features.table_width import ONCE, RUN_IN, add_class, run_in

_DIVIDED = "divided"
"""The class of a row that may be divided."""
_FLOWING = "flowing"
"""The class of a table whose cells are in lines, one after the other."""
_MOST = 1 / 3
"""How much of a page a head may take that is repeated."""
_SLACK = 0.5
"""In pixels: what is less comes from rounding."""


def divide_table_rows(document: Any) -> bool:
    """Gives classes to rows, heads and tables of a laid-out document that have no room; whether there were any."""
    fragments: defaultdict[Element, list[tuple[Any, Any]]] = defaultdict(list)
    changes: list[bool] = []
    for page in document.pages:
        for child in page._page_box.children:
            at_foot = type(child).__name__ == "FootnoteAreaBox"
            for box in _tables(child):
                if at_foot:
                    changes.append(_change_in_note(page, box))
                else:
                    fragments[box.element].append((page, box))
        changes += map(_let_flow, _high_cells(page._page_box, most=_MOST * page._page_box.height))
    changes += [_change(table, parts) for table, parts in fragments.items()]
    return any(changes)


def _let_flow(table: Element) -> bool:
    """Whether a table is now set run in, with cells that may be divided, and was not."""
    run_in(table)
    return add_class(table, _FLOWING)


def _high_cells(box: Any, *, most: float, table: Element | None = None) -> Iterator[Element]:
    """The tables that are set run in, and have a cell that is higher."""
    for child in getattr(box, "children", ()):
        within = child.element if child.element is not None and child.element_tag == "table" else table
        if within is not None and isinstance(child, InlineBlockBox) and child.element_tag in ("td", "th"):
            if child.height > most and _has(within, RUN_IN) and not _has(within, _FLOWING):
                yield within
        else:
            yield from _high_cells(child, most=most, table=within)


def _change_in_note(page: Any, box: Any) -> bool:
    """Whether a table in a note at the foot was changed: notes are cut between rows, or between lines if run in."""
    if _has(box.element, _FLOWING) or max(_heights(box), default=0) <= _MOST * page._page_box.height:
        return False
    return _let_flow(box.element)


def _heights(table: Any) -> Iterator[float]:
    """How high each row of a table is, together with those that cells span from it on."""
    for group in table.children:
        height, reach = 0.0, 0
        for at, row in enumerate(group.children):
            height = row.height if at >= reach else height + row.height
            reach = max(reach, *(at + cell.rowspan for cell in row.children), at + 1)
            yield height


def _change(table: Element, parts: list[tuple[Any, Any]]) -> bool:
    """Whether a table was changed."""
    if _has(table, _FLOWING):
        return False
    rows = tuple(_in_two_parts(box for _, box in parts))
    if any(_calls(row) for row in rows) or any(_runs_over(page, box) for page, box in parts):
        return _let_flow(table)
    divided = [add_class(row, _DIVIDED) for row in rows]
    head = table.find("thead")
    return any(divided) or (head is not None and _give_way(table, head, parts))


def _calls(row: Element) -> bool:
    """Whether notes are called in a row: if it is divided, cells are set before the notes of others take their room."""
    return any(note.get("role") == NOTE for note in row.iter())


def _give_way(table: Element, head: Element, parts: list[tuple[Any, Any]]) -> bool:
    """Whether the head of a table has changed, or its rows for it."""
    if _has(head, ONCE):
        return False
    if any(box.children and box.children[0].is_header and _large(page, box.children[0]) for page, box in parts):
        return add_class(head, ONCE)
    if all(box.children and box.children[0].is_header for _, box in parts):
        return False
    rows = [add_class(row, _DIVIDED) for row in table.iter("tr")]
    return any(rows) or add_class(head, ONCE)


def _large(page: Any, head: Any) -> bool:
    return bool(head.height > _MOST * page._page_box.height)


def _tables(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, TableBox) and child.element is not None:
            yield child
        yield from _tables(child)


def _in_two_parts(tables: Iterable[Any]) -> Iterator[Element]:
    """The rows of bodies that are on more than one page."""
    seen: set[int] = set()
    for table in tables:
        for group in table.children:
            for row in group.children if not group.is_header else ():
                if id(row.element) in seen:
                    yield row.element
                seen.add(id(row.element))


def _runs_over(page: Any, table: Any) -> bool:
    """Whether lines of a table are below the end of their page."""
    bottom = page._page_box.content_box_y() + page._page_box.height + _SLACK
    return any(line.position_y + line.height > bottom for line in _lines(table))


def _lines(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield child
        else:
            yield from _lines(child)


def _has(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()
