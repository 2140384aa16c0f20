"""Paragraphs and blocks that have a kind: parts of letters, diaries, plays and poems, groups of pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from publisher.diagnostics import Span
from publisher.load.findings import suggestion
from publisher.load.markdown.builder import MarkdownBuilder
from publisher.load.markdown.given_attributes import (
    block_attributes,
    braces_of,
    date_of,
    language_of,
    node_span,
    number_of,
    read_attributes,
)
from publisher.load.markdown.parser import Node
from publisher.model.block import Block, CodeBlock, Division, Figure, Heading, Paragraph, ThematicBreak, Verse
from publisher.model.inline import Emphasis, Foreign, Inline, Styled
from publisher.model.kinds import CAPTION, DATED, DIVISIONS, GROUP, PARAGRAPHS
from publisher.model.walk import blocks_of, lines

PAGE_BREAK = "page-break"
OF_PARAGRAPHS = ("#id", "lang", *(f".{name}" for name in (*PARAGRAPHS, CAPTION)))
OF_VERSE = ("#id", "lang", "numbers", "from", ".centred")
OPENING = re.compile(r"(?P<name>[\w-]+)?[ \t]*(?P<braces>\{[^{}\n]*\})?")
EXAMPLE = "write ::: letter, then the words, then :::"


@dataclass(frozen=True, slots=True, kw_only=True)
class FencedBlock:
    """What the first line of a block between colons says."""

    name: str
    span: Span
    id: str = ""
    date: str | None = None
    every: int | None = None
    first: int = 1


def page_break(node: Node, *, builder: MarkdownBuilder) -> ThematicBreak | None:
    """The page break that a line `{.page-break}` is; None if a paragraph has words or is none. Notes M-004."""
    found = braces_of(node, builder=builder)
    if found is None or node.children[0].content.strip():
        return None
    known = (f".{PAGE_BREAK}",)
    given = read_attributes(found[0], span=found[1], known=known, builder=builder)
    return ThematicBreak(is_page_break=given.get("class") == PAGE_BREAK)


def paragraph(node: Node, children: tuple[Inline, ...], *, builder: MarkdownBuilder) -> Paragraph:
    """A paragraph of some words with its kind, language and id."""
    span = node_span(node, builder)
    given = block_attributes(node, known=OF_PARAGRAPHS, builder=builder)
    language = language_of(given.get("lang"), span=span, builder=builder)
    if language is not None:
        children = (Foreign(language=language, children=children),)
    if name := given.get("id"):
        children = (Styled(style=Emphasis.PLACE, id=name, children=()), *children)
    kind = given.get("class")
    return Paragraph(children=children, name=kind if kind in PARAGRAPHS or kind == CAPTION else None, span=span)


def verse(node: Node, lines: tuple[tuple[Inline, ...], ...], *, builder: MarkdownBuilder) -> Verse:
    """Verse of some lines with what the braces behind the last one say."""
    span = node_span(node, builder)
    last = node.children[-1]
    given = block_attributes(last, known=OF_VERSE, builder=builder)
    return Verse(
        lines=lines,
        id=given.get("id"),
        language=language_of(given.get("lang"), span=span, builder=builder),
        every=number_of("numbers", given.get("numbers"), span=span, builder=builder),
        first=number_of("from", given.get("from"), span=span, builder=builder) or 1,
        is_centred=given.get("class") == "centred",
        span=span,
    )


def block_of_line(info: str, *, span: Span, builder: MarkdownBuilder) -> FencedBlock | None:
    """What a line `::: letter {#id}` says. Notes M-050 if it names no kind of block, M-004 at attributes."""
    found = OPENING.fullmatch(info.strip())
    if found is None:
        builder.error("M-052", "it is not clear what this block is", span=span, hint=EXAMPLE)
        return None
    braces = found["braces"] or ""
    named = found["name"] or next(iter(re.findall(r"\.([\w-]+)", braces)), "")
    if named not in DIVISIONS:
        message = f"there is no kind of block “{named}”" if named else "it is not clear what this block is"
        builder.error("M-052", message, span=span, hint=suggestion(named, tuple(DIVISIONS)) if named else EXAMPLE)
        return None
    known = ("#id", *(("date",) if named in DATED else ()), *(("numbers", "from") if named == "poem" else ()))
    given = (
        read_attributes(braces, span=span, known=(*known, f".{named}"), builder=builder) if braces.strip("{} ") else {}
    )
    return FencedBlock(
        name=named,
        span=span,
        id=given.get("id", ""),
        date=date_of(given.get("date"), span=span, builder=builder),
        every=number_of("numbers", given.get("numbers"), span=span, builder=builder),
        first=number_of("from", given.get("from"), span=span, builder=builder) or 1,
    )


def leading_page_breaks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The page breaks with which a block begins; they precede it, so that it begins where its words do."""
    count = next((at for at, block in enumerate(blocks) if not isinstance(block, ThematicBreak)), len(blocks))
    return (
        blocks[:count]
        if all(
            isinstance(thematic_break, ThematicBreak) and thematic_break.is_page_break
            for thematic_break in blocks[:count]
        )
        else ()
    )


def division(block: FencedBlock, within: tuple[Block, ...], *, builder: MarkdownBuilder) -> Division:
    """A block between colons. Notes M-053 at what a group of pictures can't hold, M-055 at an empty block."""
    is_empty = not _holds_something(within) and not any(isinstance(item, Division) for item in within)
    if is_empty and block.name != GROUP:
        hint = "write its words between the lines of colons, or take these away"
        builder.error("M-055", f"nothing is in this block ({block.name})", span=block.span, hint=hint)
    if block.name == GROUP:
        _check_group(block, within, builder)
    if block.every is not None:
        within = tuple(_number(within, every=block.every, first=block.first))
    if block.date is not None:
        within = mark_date(within, block.date)
    return Division(id=block.id, name=block.name, blocks=within, date=block.date, span=block.span)


def _holds_something(blocks: tuple[Block, ...]) -> bool:
    """Whether blocks have words, code or pictures."""
    if any(isinstance(block, Figure) for block in blocks_of(blocks)):
        return True
    return any(isinstance(line, CodeBlock) or bool(line) for line in lines(blocks))


def _check_group(group: FencedBlock, within: tuple[Block, ...], builder: MarkdownBuilder) -> None:
    hint = "put nothing but pictures between the colons, each in a paragraph of its own, and {.caption} after the last"
    is_refused = any(isinstance(entry, Paragraph) and not entry.children for entry in within)
    if is_refused:  # pictures in one paragraph, which M-003 is about
        return
    for at, item in enumerate(within):
        is_caption = isinstance(item, Paragraph) and item.name == CAPTION and at == len(within) - 1 and at
        if not isinstance(item, Figure) and not is_caption:
            span = getattr(item, "span", None) or group.span
            builder.error("M-053", "a group of pictures holds something else", span=span, hint=hint)
    if not any(isinstance(entry, Figure) for entry in within):
        builder.error("M-053", "a group of pictures without a picture", span=group.span, hint=hint)


def note_captions(blocks: Iterable[Block], *, builder: MarkdownBuilder) -> None:
    """Nothing; M-053 is noted at captions that are not in a group of pictures."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.name == CAPTION and block.span is not None:
            hint = "put it and the pictures between ::: pictures and :::"
            builder.error("M-053", "a caption that is not in a group of pictures", span=block.span, hint=hint)


def _number(blocks: Iterable[Block], *, every: int, first: int) -> Iterator[Block]:
    """The blocks, the lines of their verse counted through."""
    for block in blocks:
        if isinstance(block, Verse):
            yield replace(block, every=block.every or every, first=first if block.first == 1 else block.first)
            first += len(block.lines)
        else:
            yield block


def mark_date(blocks: tuple[Block, ...], date: str) -> tuple[Block, ...]:
    """The blocks of a letter or an entry whose words for its date are marked: its dateline, else its heading.

    Without either the date is noted, without words, at the beginning of the first paragraph; words that an editor has
    marked as a date stay the only ones.
    """
    if any(_has_date(item) for item in blocks):
        return blocks
    at = next((at for at, item in enumerate(blocks) if isinstance(item, Paragraph) and item.name == "dateline"), None)
    if at is None and blocks and isinstance(blocks[0], Heading):
        at = 0
    if at is not None:
        block = blocks[at]
        assert isinstance(block, Paragraph | Heading)
        return (*blocks[:at], replace(block, children=(describe(date, block.children),)), *blocks[at + 1 :])
    at = next((at for at, item in enumerate(blocks) if isinstance(item, Paragraph)), None)
    if at is None:
        return blocks
    first = blocks[at]
    assert isinstance(first, Paragraph)
    return (*blocks[:at], replace(first, children=(describe(date, ()), *first.children)), *blocks[at + 1 :])


def describe(date: str, words: tuple[Inline, ...]) -> Styled:
    """Words that say a date."""
    return Styled(style=Emphasis.DATE, value=date, children=words)


def _has_date(block: Block) -> bool:
    """Whether a paragraph or heading has words that an editor has marked as a date."""
    return isinstance(block, Paragraph | Heading) and any(
        isinstance(styled, Styled) and styled.style is Emphasis.DATE for styled in block.children
    )
