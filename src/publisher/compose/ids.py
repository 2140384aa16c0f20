"""Blocks with an element id each, so that a page, a link or a reader's place can point at them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
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
from publisher.model.kinds import COUNTED, is_kind
from publisher.model.walk import blocks_of, inlines_of, place_ids, plain_of_inlines


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


def identify(blocks: Iterable[Block], *, prefix: str) -> tuple[Block, ...]:
    """The blocks with ids that begin with `prefix` and are unique among them; an id that is there already stays.

    A heading is named after its words, everything else is numbered; `PREFIX-title` is the id of the section's title.
    """
    blocks = tuple(blocks)
    taken = {f"{prefix}-title", *_present(blocks), *(name for name, _ in place_ids(inlines_of(blocks)))}
    names = _Names(prefix, taken)
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
            name = block.id or (names.next() if is_kind(block.name) else "")
            return replace(block, id=name, blocks=_all(block.blocks, names))
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


def number_ids(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks of a work with its paragraphs counted from 1; the id of paragraph 12 is `p12`.

    Those of letters, entries and plays are counted, what has a kind (a salutation, a speaker) is not.
    """
    return tuple(_number(blocks, count(1)))


def _number(blocks: Iterable[Block], numbers: Iterator[int]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.name is None:
            number = next(numbers)
            yield replace(block, number=number, id=f"p{number}")
        elif isinstance(block, Division) and block.name in COUNTED:
            yield replace(block, blocks=tuple(_number(block.blocks, numbers)))
        else:
            yield block
