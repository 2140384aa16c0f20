"""The same blocks with every block, or every inline, changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from publisher.model.block import Block, BlockQuote, Definition, DefinitionList, Division, ListBlock
from publisher.model.inline import CrossReference, Foreign, Inline, InternalLink, Link, Styled
from publisher.model.walk import rebuilt

BlockChange = Callable[[Block], tuple[Block, ...]]
InlineChange = Callable[[Inline], Inline]


def with_blocks(blocks: Iterable[Block], change: BlockChange) -> tuple[Block, ...]:
    """The blocks with each replaced by what `change` makes of it, inner ones before those that hold them."""
    return tuple(new for block in blocks for new in change(_inside(block, change)))


def _inside(block: Block, change: BlockChange) -> Block:
    match block:
        case Division() | BlockQuote():
            return replace(block, blocks=with_blocks(block.blocks, change))
        case ListBlock():
            return replace(block, entries=tuple(with_blocks(entry, change) for entry in block.entries))
        case DefinitionList():
            return replace(block, entries=tuple(_definition(entry, change) for entry in block.entries))
        case _:
            return block


def _definition(definition: Definition, change: BlockChange) -> Definition:
    return replace(definition, descriptions=tuple(with_blocks(said, change) for said in definition.descriptions))


def with_inlines(line: Iterable[Inline], change: InlineChange) -> tuple[Inline, ...]:
    """The line with each inline replaced by what `change` makes of it, inner ones before those that hold them."""
    return tuple(change(_within(inline, change)) for inline in line)


def _within(inline: Inline, change: InlineChange) -> Inline:
    if isinstance(inline, Styled | Foreign | Link | CrossReference | InternalLink):
        return replace(inline, children=with_inlines(inline.children, change))
    return inline


def with_lines(blocks: Iterable[Block], change: InlineChange) -> tuple[Block, ...]:
    """The blocks with every inline in them changed."""
    return rebuilt(blocks, line=lambda line: with_inlines(line, change), code=lambda block: (block,))
