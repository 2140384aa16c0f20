"""What the import writes reads back as the same blocks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from tests.importers.random_documents import DOCUMENTS
from tests.importers.reading_back import blocks_of, joined, read

from publisher.importers.document import (
    Block,
    Cell,
    Cite,
    Heading,
    Line,
    Listing,
    Literal,
    Paragraph,
    Picture,
    Quotation,
    Stanza,
    Table,
    Terms,
)
from publisher.importers.markdown_writer import document_markdown
from publisher.importers.plain import plain_of
from publisher.importers.tidy import Tidy
from publisher.model.block import Alignment


def compared(block: Block) -> Block:
    """A block without what reading back cannot know: points, what citations showed, the language of odd code."""

    def line(given: Line) -> Line:
        return joined(replace(piece, shown="") if isinstance(piece, Cite) else piece for piece in given)

    match block:
        case Paragraph() | Heading():
            return replace(block, line=line(block.line))
        case Quotation():
            return replace(block, blocks=tuple(map(compared, block.blocks)), attribution=line(block.attribution))
        case Stanza():
            return replace(block, lines=tuple(map(line, block.lines)))
        case Listing():
            return replace(block, entries=tuple(tuple(map(compared, entry)) for entry in block.entries))
        case Terms():
            return Terms(
                entries=tuple(
                    (line(term), tuple(tuple(map(compared, item)) for item in said)) for term, said in block.entries
                )
            )
        case Table():

            def row(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
                return tuple(replace(cell, line=line(cell.line)) for cell in cells)

            return replace(
                block,
                alignments=alignments_of(block),
                head=tuple(map(row, block.head)),
                bodies=tuple(tuple(map(row, body)) for body in block.bodies),
                caption=line(block.caption),
            )
        case Picture():
            return replace(block, caption=line(block.caption))
        case _:
            is_odd = isinstance(block, Literal) and block.language == "a b"
            return Literal(text=block.text) if isinstance(block, Literal) and is_odd else block


def alignments_of(table: Table) -> tuple[Alignment, ...]:
    """The alignment of each column; those that a cell of the first row spans have the alignment of its first one."""
    found: list[Alignment] = []
    for cell in (table.head or table.bodies[0])[0]:
        found += [table.alignments[len(found)]] * cell.columns
    return tuple(found)


def check(blocks: tuple[Block, ...]) -> None:
    writer = Tidy()
    tidy = writer.blocks(blocks, is_top=True)
    assert writer.unstyled == 0
    text, errors = read(document_markdown(tidy))
    assert errors == []
    assert blocks_of(text) == tuple(map(compared, tidy))
    assert text.plain == plain_of(tidy)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(DOCUMENTS)
def test_random_blocks_read_back(blocks: tuple[Block, ...]) -> None:
    check(blocks)


@pytest.mark.nightly
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_many_random_blocks_read_back(blocks: tuple[Block, ...]) -> None:
    check(blocks)
