"""Which heading of a document is its title."""

from __future__ import annotations

from dataclasses import replace

from publisher.importers.document import Block, Heading, Part


def give_title(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks; if the first one is a heading, and the only one of its level, it is the title.

    Headings have their level in the source and one more; those below a title lose that again.
    """
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading) or first.level == 1:
        return blocks
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    if levels.count(first.level) > 1 or min(levels) < first.level:
        return blocks
    return (replace(first, level=1), *(_lower(block) for block in blocks[1:]))


def _lower(block: Block) -> Block:
    if isinstance(block, Part):
        return replace(block, blocks=tuple(map(_lower, block.blocks)))
    return replace(block, level=max(block.level - 1, 2)) if isinstance(block, Heading) else block
