"""Blocks with every line of words in them replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from publisher.importers.document import (
    Block,
    Cell,
    Format,
    Heading,
    Line,
    Listing,
    Literal,
    Paragraph,
    Part,
    Picture,
    Quotation,
    Row,
    Rule,
    Stanza,
    Table,
    Terms,
    Words,
    lines_of,
)

Change = Callable[[Line], Line]


def map_blocks(blocks: Iterable[Block], change: Change) -> tuple[Block, ...]:
    """The blocks with each line as the function returns it; literal lines stay as they are."""
    return tuple(_block(block, change) for block in blocks)


def _block(block: Block, change: Change) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, line=change(block.line))
        case Part():
            return replace(block, blocks=map_blocks(block.blocks, change))
        case Quotation():
            return Quotation(blocks=map_blocks(block.blocks, change), attribution=change(block.attribution))
        case Stanza():
            return replace(block, lines=tuple(map(change, block.lines)))
        case Listing():
            return replace(block, entries=tuple(map_blocks(entry, change) for entry in block.entries))
        case Terms():
            return Terms(
                entries=tuple(
                    (change(term), tuple(map_blocks(item, change) for item in said)) for term, said in block.entries
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


def rename(blocks: Iterable[Block], name: Callable[[str], str]) -> tuple[Block, ...]:
    """The blocks with other ids, in links to them too."""

    def change(line: Line) -> Line:
        return tuple(
            replace(words, format=_renamed_format(words.format, name)) if isinstance(words, Words) else words
            for words in line
        )

    return tuple(_rename(block, name) for block in map_blocks(blocks, change))


def _renamed_format(style: Format, name: Callable[[str], str]) -> Format:
    link = f"#{name(style.link[1:])}" if style.link and style.link.startswith("#") else style.link
    return replace(style, link=link, place=name(style.place) if style.place else None)


def _rename(block: Block, name: Callable[[str], str]) -> Block:
    if isinstance(block, Part | Quotation):
        block = replace(block, blocks=tuple(_rename(item, name) for item in block.blocks))
    elif isinstance(block, Listing):
        block = replace(block, entries=tuple(tuple(_rename(item, name) for item in entry) for entry in block.entries))
    if isinstance(block, Paragraph | Heading | Part | Stanza | Picture) and block.id:
        return replace(block, id=name(block.id))
    return block


def ids_in(blocks: Iterable[Block]) -> Iterator[str]:
    """The ids that blocks, and words in them, have."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading | Part | Stanza | Picture) and block.id:
            yield block.id
        if isinstance(block, Part | Quotation):
            yield from ids_in(block.blocks)
        elif isinstance(block, Listing):
            yield from (name for entry in block.entries for name in ids_in(entry))
        if not isinstance(block, Part | Quotation | Listing):
            for line in lines_of(block):
                yield from (words.format.place for words in line if isinstance(words, Words) and words.format.place)


def unlink_all(line: Line, there: frozenset[str]) -> Line:
    """The line without links to ids that are not there."""
    return tuple(
        replace(words, format=replace(words.format, link=None))
        if isinstance(words, Words) and (link := words.format.link) and link.startswith("#") and link[1:] not in there
        else words
        for words in line
    )
