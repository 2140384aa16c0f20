"""Walking over blocks: their lines, the leaves of a line, their plain text, the same blocks with other lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
    TableRow,
    ThematicBreak,
    Verse,
)
from publisher.model.inline import (
    Citation,
    Code,
    CrossReference,
    FootnoteCall,
    Foreign,
    Formula,
    Inline,
    InternalLink,
    LineBreak,
    Link,
    NoteCall,
    PageBreak,
    Run,
    Styled,
)
from publisher.model.kinds import COUNTED

Inlines = tuple[Inline, ...]
Leaf = Run | Code | Formula | LineBreak
LineChange = Callable[[Inlines], Inlines]
CodeChange = Callable[[CodeBlock], tuple[Block, ...]]


def lines(blocks: Iterable[Block]) -> Iterator[Inlines | CodeBlock]:
    """Every line that can hold text, in order: paragraphs, headings, lines of verse, cells, terms, captions, code."""
    for block in blocks:
        yield from _lines(block)


def _lines(block: Block) -> Iterator[Inlines | CodeBlock]:
    match block:
        case Paragraph() | Heading():
            yield block.children
        case Division():
            yield from lines(block.blocks)
        case BlockQuote():
            yield from lines(block.blocks)
            yield from _present(block.attribution)
        case Verse():
            yield from block.lines
        case ListBlock():
            for entry in block.entries:
                yield from lines(entry)
        case DefinitionList():
            for definition in block.entries:
                yield definition.term
                for description in definition.descriptions:
                    yield from lines(description)
        case Table():
            yield from _present(block.caption)
            for row in (*block.head, *block.rows):
                yield from (cell.children for cell in row)
        case Figure():
            yield from _present(block.caption)
        case CodeBlock():
            yield block
        case ThematicBreak():
            return
        case _:
            assert_never(block)


def _present(line: Inlines) -> Iterator[Inlines]:
    """The line, unless it is not there (no caption, no attribution)."""
    if line:
        yield line


def leaves(inlines: Iterable[Inline]) -> Iterator[Leaf]:
    """Every node of a line that contributes to its plain text, in order."""
    for inline in inlines:
        match inline:
            case Run() | Code() | Formula() | LineBreak():
                yield inline
            case Styled() | Foreign() | Link() | CrossReference() | InternalLink():
                yield from leaves(inline.children)
            case Citation() | FootnoteCall() | NoteCall() | PageBreak():
                pass
            case _:
                assert_never(inline)


def leaf_text(leaf: Leaf) -> str:
    """What a leaf contributes to the plain text."""
    return "\n" if isinstance(leaf, LineBreak) else leaf.text


def plain_of_inlines(inlines: Iterable[Inline]) -> str:
    """The plain text of a line."""
    return "".join(map(leaf_text, leaves(inlines)))


def label_of(inlines: Iterable[Inline]) -> str:
    """The plain text of a title in one line, for contents, bookmarks and running heads."""
    return plain_of_inlines(inlines).replace("\r\n", " ").replace("\n", " ")


def plain(blocks: Iterable[Block]) -> str:
    """The plain text of blocks: that of every line, joined by one newline."""
    return "\n".join(
        line.text if isinstance(line, CodeBlock) else plain_of_inlines(line)
        for line in lines(blocks)
        if not only_woven(line)
    )


def only_woven(line: Inlines | CodeBlock) -> bool:
    """Whether a line holds nothing but what weaving put there: the paragraph next to a code block."""
    return isinstance(line, tuple) and bool(line) and all(isinstance(node, NoteCall | PageBreak) for node in line)


def rebuilt(blocks: Iterable[Block], *, line: LineChange, code: CodeChange) -> tuple[Block, ...]:
    """The blocks with every line changed by `line` and every code block replaced by what `code` returns, in order."""
    return tuple(new for block in blocks for new in _rebuilt(block, line, code))


def _rebuilt(block: Block, line: LineChange, code: CodeChange) -> tuple[Block, ...]:
    """One block changed; keyword arguments are evaluated in the order of `lines`."""
    match block:
        case Paragraph() | Heading():
            return (replace(block, children=line(block.children)),)
        case Division():
            return (replace(block, blocks=rebuilt(block.blocks, line=line, code=code)),)
        case BlockQuote():
            inner = rebuilt(block.blocks, line=line, code=code)
            return (replace(block, blocks=inner, attribution=_change_line(block.attribution, line)),)
        case Verse():
            return (replace(block, lines=tuple(map(line, block.lines))),)
        case ListBlock():
            entries = tuple(rebuilt(entry, line=line, code=code) for entry in block.entries)
            return (replace(block, entries=entries),)
        case DefinitionList():
            definitions = tuple(_definition(definition, line, code) for definition in block.entries)
            return (replace(block, entries=definitions),)
        case Table():
            caption = _change_line(block.caption, line)
            head = _rows(block.head, line)
            bodies = tuple(_rows(body, line) for body in block.bodies)
            return (replace(block, caption=caption, head=head, bodies=bodies),)
        case Figure():
            return (replace(block, caption=_change_line(block.caption, line)),)
        case CodeBlock():
            return code(block)
        case ThematicBreak():
            return (block,)
        case _:
            assert_never(block)


def _definition(definition: Definition, line: LineChange, code: CodeChange) -> Definition:
    term = line(definition.term)
    descriptions = tuple(rebuilt(description, line=line, code=code) for description in definition.descriptions)
    return replace(definition, term=term, descriptions=descriptions)


def _rows(rows: Iterable[TableRow], line: LineChange) -> tuple[TableRow, ...]:
    return tuple(tuple(replace(cell, children=line(cell.children)) for cell in row) for row in rows)


def _change_line(present: Inlines, line: LineChange) -> Inlines:
    """The line changed, or nothing where it is not there."""
    return line(present) if present else ()


def inlines_of(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Every inline node of the blocks, outer before inner, in order."""
    for line in lines(blocks):
        if isinstance(line, CodeBlock):
            yield from (node for _, node in line.breaks)
        else:
            yield from nest(line)


def nest(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Every node of a line, outer before inner, in order."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Styled | Foreign | Link | CrossReference | InternalLink):
            yield from nest(inline.children)


def blocks_of(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block, outer before inner, in order."""
    for block in blocks:
        yield block
        match block:
            case Division() | BlockQuote():
                yield from blocks_of(block.blocks)
            case ListBlock():
                for entry in block.entries:
                    yield from blocks_of(entry)
            case DefinitionList():
                for definition in block.entries:
                    for description in definition.descriptions:
                        yield from blocks_of(description)
            case _:
                pass


def place_ids(inlines: Iterable[Inline]) -> Iterator[tuple[str, Styled]]:
    """The ids of words that links can lead to, with the words."""
    for inline in inlines:
        if isinstance(inline, Styled) and inline.id is not None:
            yield inline.id, inline


def counted_paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs of a text that have numbers, in order: those of letters, entries and plays too."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.name is None:
            yield block
        elif isinstance(block, Division) and block.name in COUNTED:
            yield from counted_paragraphs(block.blocks)
