"""Tokens of tables to tables: cells with what they span, captions, figures aligned to their decimal sign."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from publisher.diagnostics import Span
from publisher.load.markdown.builder import MarkdownBuilder, block_places
from publisher.load.markdown.inlines import inlines
from publisher.load.markdown.parser import Node, attributes
from publisher.model.block import Alignment, Cell, Table, TableRow
from publisher.model.inline import Inline
from publisher.model.walk import plain_of_inlines

ROW_HEADS = "row-heads"
"""The class, after a caption, of a table whose first column has the heads of the rows."""
ALIGNMENTS = {"center": Alignment.CENTER, "right": Alignment.END}
FIGURE = re.compile(r"[(+\-\u2212\u2013]?[\d.,'\u2019 \u00a0\u2009\u202f]*\d\)?")
"""What a cell of a column of figures holds."""
MOST_PLACES = 6
"""How many places behind the decimal sign figures are aligned to."""


def table(node: Node, *, span: Span, builder: MarkdownBuilder) -> Table:
    """A table; its text is written, that of the caption first. Notes M-040 at rows, M-004 at attributes."""
    for line, message, hint in node.meta["faults"]:
        builder.error("M-040", message, span=_line(line, builder), hint=hint)
    captions = [part for part in node.children if part.type == "caption"]
    caption, given = _caption(captions[0], builder) if captions else ((), {})
    parts = {kind: [part for part in node.children if part.type == kind] for kind in ("thead", "tbody")}
    head = tuple(_row(row, builder) for part in parts["thead"] for row in part.children)
    bodies = tuple(tuple(_row(row, builder) for row in part.children) for part in parts["tbody"])
    bodies = _align(bodies)
    if ROW_HEADS in given.get("class", "").split():
        bodies = _with_row_heads(bodies)
    width, name = int(node.meta["width"]), given.get("id")
    return Table(head=head, bodies=bodies, width=width, caption=caption, id=name, span=span)


def _line(line: int, builder: MarkdownBuilder) -> Span:
    return builder.source.line_span(min(line + 1, len(builder.source.line_starts)))


def _with_row_heads(bodies: tuple[tuple[TableRow, ...], ...]) -> tuple[tuple[TableRow, ...], ...]:
    """The bodies; the cells with words in the first column are the heads of their rows."""
    changed = iter(
        replace(cell, heads_row=True) if column == 0 and cell.children else cell for column, cell in _columns(bodies)
    )
    return tuple(tuple(tuple(next(changed) for _ in row) for row in body) for body in bodies)


def _caption(node: Node, builder: MarkdownBuilder) -> tuple[tuple[Inline, ...], dict[str, str]]:
    """The words of a caption, and what the braces after them say. Notes M-004 at what they may not."""
    builder.leaf()
    child = node.children[0]
    words, _ = child.meta.get("attributes", ("", 0))
    given = attributes(words) if words else {}
    first, last = node.map or (0, 1)
    span = builder.source.line_span(first + 1, max(last, first + 1))
    if words and (not given or given.keys() - {"id", "class"} or given.get("class", ROW_HEADS) != ROW_HEADS):
        hint = f"the caption of a table may have {{#id}} and {{.{ROW_HEADS}}}: {{#id .{ROW_HEADS}}}"
        builder.error("M-004", f"the attributes in {words} are not known", span=span, hint=hint)
    places = block_places(builder.source, child.content, line=(child.map or (0, 0))[0])
    return inlines(child, builder=builder, places=places), given


def _row(row: Node, builder: MarkdownBuilder) -> TableRow:
    line = (row.map or (0, 0))[0]
    after = builder.source.line_starts[min(line, len(builder.source.line_starts) - 1)] + 1
    cells = []
    for node in row.children:
        content = node.children[0].content if node.children else ""
        cells.append(_cell(node, content, builder, after=after))
        after = max(builder.source.text.find(content, after) + len(content), after)
    return tuple(cells)


def _cell(node: Node, content: str, builder: MarkdownBuilder, *, after: int) -> Cell:
    builder.leaf()
    found: tuple[Inline, ...] = ()
    if content:
        child = node.children[0]
        places = block_places(builder.source, content, line=(child.map or (0, 0))[0], after=after)
        found = inlines(child, builder=builder, places=places, in_cell=True)
    alignment = ALIGNMENTS.get(str(node.meta["alignment"]), Alignment.START)
    return Cell(children=found, columns=int(node.meta["columns"]), rows=int(node.meta["rows"]), alignment=alignment)


def _align(bodies: tuple[tuple[TableRow, ...], ...]) -> tuple[tuple[TableRow, ...], ...]:
    """The bodies; in a column aligned to the right that holds nothing but figures, these know how they are aligned."""
    columns: defaultdict[int, list[str]] = defaultdict(list)
    for column, cell in _columns(bodies):
        columns[column].append(plain_of_inlines(cell.children).strip() if _may_align(cell) else "?")
    signs = {column: sign for column, words in columns.items() if (sign := decimal_sign(words))}
    most = {column: max(places(words, signs[column]) for words in columns[column]) for column in signs}
    changed = iter(
        replace(cell, name=name_of(plain_of_inlines(cell.children).strip(), signs[column], most[column]))
        if column in signs
        else cell
        for column, cell in _columns(bodies)
    )
    return tuple(tuple(tuple(next(changed) for _ in row) for row in body) for body in bodies)


def _may_align(cell: Cell) -> bool:
    return cell.alignment is Alignment.END and cell.columns == 1


def _columns(bodies: Iterable[tuple[TableRow, ...]]) -> Iterator[tuple[int, Cell]]:
    """Every cell of the bodies with its first column."""
    for body in bodies:
        taken: defaultdict[int, set[int]] = defaultdict(set)
        for at, row in enumerate(body):
            column = 0
            for cell in row:
                while column in taken[at]:
                    column += 1
                yield column, cell
                for below in range(at, at + cell.rows if cell.rows > 1 else at):
                    taken[below].update(range(column, column + cell.columns))
                column += cell.columns
            taken.pop(at, None)


def decimal_sign(words: Iterable[str]) -> str | None:
    """The decimal sign of figures; None if they are not all figures, or may just as well have none."""
    figures = [word for word in words if word]
    if not all(map(FIGURE.fullmatch, figures)):
        return None
    with_sign = {sign: [figure for figure in figures if sign in figure] for sign in ".,"}
    both = [figure for figure in figures if "." in figure and "," in figure]
    if both:
        last = {text[max(text.rindex("."), text.rindex(","))] for text in both}
        return last.pop() if len(last) == 1 else None
    if bool(with_sign["."]) is bool(with_sign[","]):
        return None
    sign = "." if with_sign["."] else ","
    evident = [text for text in with_sign[sign] if text.count(sign) == 1 and places(text, sign) != 3]
    return sign if evident and all(text.count(sign) == 1 for text in with_sign[sign]) else None


def places(words: str, sign: str) -> int:
    """How many places a figure has behind its decimal sign."""
    return sum(text.isdigit() for text in words.rpartition(sign)[2]) if sign in words else 0


def name_of(words: str, sign: str, most: int) -> str | None:
    """The class of a figure that has less places than the `most` of its column."""
    missing = min(most - places(words, sign), MOST_PLACES)
    if not words or missing <= 0:
        return None
    return f"places-{missing}" if sign in words else f"places-{missing} whole"
