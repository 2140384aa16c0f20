"""Blocks with an element id each, so that a page, a link or a reader's place can point at them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from publisher.model.block import (
    Block,
    BlockQuote,
    CodeBlock,
    Definition,
    DefinitionList,
    Division,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    ThematicBreak,
    Verse,
)
from publisher.model.walk import blocks_of, plain_of_inlines


def slug(words: str) -> str:
    """The words as an id: ASCII letters, digits and hyphens, lower case; `section` where nothing is left."""
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_words.lower()).strip("-")[:48].strip("-") or "section"


@dataclass(slots=True)
class _Names:
    """The ids given so far in one section."""

    prefix: str
    taken: set[str] = field(default_factory=set)
    count: int = 0
    numbers: dict[str, int] = field(default_factory=dict)
    """The number to try next after a name that is taken."""

    def next(self) -> str:
        """The next numbered id."""
        self.count += 1
        return self.unique(f"{self.prefix}-{self.count}")

    def unique(self, wanted: str) -> str:
        """The wanted id, with a number after it where it is taken."""
        name, number = wanted, self.numbers.get(wanted, 2)
        while name in self.taken:
            name, number = f"{wanted}-{number}", number + 1
        self.taken.add(name)
        self.numbers[wanted] = number
        return name


def identified(blocks: Iterable[Block], *, prefix: str) -> tuple[Block, ...]:
    """The blocks with ids that begin with `prefix` and are unique among them; an id that is there already stays.

    A heading is named after its words, everything else is numbered.
    """
    blocks = tuple(blocks)
    names = _Names(prefix, set(_present(blocks)))
    return _all(blocks, names)


def _present(blocks: Iterable[Block]) -> Iterator[str]:
    """The ids that blocks have."""
    for block in blocks_of(blocks):
        if not isinstance(block, ListBlock | ThematicBreak) and block.id:
            yield block.id


def _all(blocks: Iterable[Block], names: _Names) -> tuple[Block, ...]:
    return tuple(_one(block, names) for block in blocks)


def _one(block: Block, names: _Names) -> Block:
    match block:
        case Heading():
            words = f"{names.prefix}-{slug(plain_of_inlines(block.children))}"
            return replace(block, id=block.id or names.unique(words))
        case Paragraph() | Verse() | CodeBlock() | Table() | Figure():
            return replace(block, id=block.id or names.next())
        case Division():
            return replace(block, blocks=_all(block.blocks, names))
        case BlockQuote():
            return replace(block, id=block.id or names.next(), blocks=_all(block.blocks, names))
        case ListBlock():
            return replace(block, entries=tuple(_all(entry, names) for entry in block.entries))
        case DefinitionList():
            name = block.id or names.next()
            return replace(block, id=name, entries=tuple(_definition(entry, names) for entry in block.entries))
        case ThematicBreak():
            return block
        case _:
            assert_never(block)


def _definition(definition: Definition, names: _Names) -> Definition:
    return replace(definition, descriptions=tuple(_all(blocks, names) for blocks in definition.descriptions))


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks of a work with its paragraphs counted from 1; the id of paragraph 12 is `p12`."""
    count = 0
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            count += 1
            result.append(replace(block, number=count, id=f"p{count}"))
        else:
            result.append(block)
    return tuple(result)
