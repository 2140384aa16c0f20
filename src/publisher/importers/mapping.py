"""Blocks with every line of words in them replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import assert_never

from publisher.importers.document import (
    Block,
    Cell,
    Heading,
    Line,
    Listing,
    Literal,
    Paragraph,
    Picture,
    Quotation,
    Row,
    Rule,
    Stanza,
    Table,
    Terms,
)

Change = Callable[[Line], Line]


def mapped(blocks: Iterable[Block], change: Change) -> tuple[Block, ...]:
    """The blocks with each line as the function returns it; literal lines stay as they are."""
    return tuple(_block(block, change) for block in blocks)


def _block(block: Block, change: Change) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, line=change(block.line))
        case Quotation():
            return Quotation(blocks=mapped(block.blocks, change), attribution=change(block.attribution))
        case Stanza():
            return Stanza(lines=tuple(map(change, block.lines)))
        case Listing():
            return replace(block, entries=tuple(mapped(entry, change) for entry in block.entries))
        case Terms():
            return Terms(
                entries=tuple(
                    (change(term), tuple(mapped(one, change) for one in said)) for term, said in block.entries
                )
            )
        case Table():
            return replace(
                block,
                head=_rows(block.head, change),
                bodies=tuple(_rows(body, change) for body in block.bodies),
                caption=change(block.caption),
            )
        case Picture():
            return replace(block, caption=change(block.caption))
        case Literal() | Rule():
            return block
        case _ as never:
            assert_never(never)


def _rows(rows: tuple[Row, ...], change: Change) -> tuple[Row, ...]:
    return tuple(tuple(_cell(cell, change) for cell in row) for row in rows)


def _cell(cell: Cell, change: Change) -> Cell:
    return replace(cell, line=change(cell.line))
