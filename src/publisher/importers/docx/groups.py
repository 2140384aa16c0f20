"""Paragraphs that belong together to blocks: lists by their numbering, quotations, verse, code, captions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from publisher.importers.document import (
    Block,
    Break,
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
    Words,
    text_of,
)
from publisher.importers.docx.numbering import ListMark
from publisher.importers.docx.styles import Role
from publisher.importers.line import is_blank

INDENTED = 400
"""Twentieths of a point by which a paragraph is indented that is a quotation, or continues in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A paragraph with what it is, or a block that is whole already."""

    role: Role
    where: str
    line: Line = ()
    block: Block | None = None
    level: int = 0
    """Of a heading."""
    mark: ListMark | None = None
    indent: int = 0


@dataclass(slots=True)
class _List:
    """A list that is being made."""

    mark: ListMark
    entries: list[list[Block]]


def group_paragraphs(items: Sequence[Item]) -> tuple[Block, ...]:
    """The blocks that items make."""
    found: list[Block] = []
    for kind, group in groupby(_indent(_bind(_caption(items))), key=_kind):
        members = list(group)
        if kind == "list":
            found += _lists(members)
        else:
            found += _MAKERS[kind](members)
    return tuple(found)


def _bind(items: Sequence[Item]) -> list[Item]:
    """The items; blocks and continuations right after an entry of a list belong to it."""
    found: list[Item] = []
    for item in items:
        last = found[-1] if found else None
        is_in_list = last is not None and last.mark is not None
        is_indented = item.role is Role.BODY and item.block is None and item.indent >= INDENTED
        belongs = item.role is Role.CONTINUATION or is_indented or isinstance(item.block, Picture)
        if is_in_list and item.mark is None and belongs and last is not None:
            found.append(replace(item, mark=replace(last.mark, number=-1)) if last.mark else item)
        else:
            found.append(item)
    return found


def _indent(items: list[Item]) -> list[Item]:
    """The items; paragraphs that are indented much more than most are quotations."""
    plain = [item for item in items if _is_plain(item)]
    usual = Counter(item.indent for item in plain).most_common(1)
    base = usual[0][0] if usual else 0
    return [
        replace(item, role=Role.QUOTATION) if _is_plain(item) and item.indent - base >= INDENTED else item
        for item in items
    ]


def _is_plain(item: Item) -> bool:
    return item.role is Role.BODY and item.block is None and item.mark is None and not is_blank(item.line)


def _kind(item: Item) -> str:
    """The kind of group that an item is part of."""
    if item.mark is not None:
        return "list"
    if item.block is not None or item.role not in _KINDS:
        return "block"
    return _KINDS[item.role]


_KINDS = {
    Role.QUOTATION: "quotation",
    Role.ATTRIBUTION: "quotation",
    Role.VERSE: "verse",
    Role.CODE: "code",
    Role.TERM: "terms",
    Role.DEFINITION: "terms",
}


def _blocks(items: list[Item]) -> list[Block]:
    return [block for item in items for block in _single(item)]


def _single(item: Item) -> list[Block]:
    """The block of an item by itself; none of a blank paragraph, unless a comment begins or ends there."""
    if item.block is not None:
        return [*([Paragraph(line=item.line)] if item.line else []), item.block]
    if item.role is Role.HEADING:
        return [Heading(level=item.level + 1, line=item.line)]
    if item.role is Role.TITLE:
        return [Heading(level=1, line=item.line)]
    return [Paragraph(line=item.line)] if item.line else []


def _quotation(items: list[Item]) -> list[Block]:
    """Quotations; each attribution ends one."""
    found: list[Block] = []
    inner: list[Block] = []
    for item in items:
        if item.role is Role.ATTRIBUTION and inner:
            words = text_of(item.line).lstrip()
            line = item.line if words.startswith("—") else (Words(text="— "), *item.line)
            found.append(Quotation(blocks=tuple(inner), attribution=line))
            inner = []
        elif not is_blank(item.line):
            inner.append(Paragraph(line=item.line))
    return [*found, Quotation(blocks=tuple(inner))] if inner else found


def _verse(items: list[Item]) -> list[Block]:
    """Stanzas: a blank paragraph ends one."""
    found: list[Block] = []
    for blank, group in groupby(items, key=lambda item: is_blank(item.line)):
        lines = tuple(line for item in group for line in _divide(item.line))
        found += [] if blank else [Stanza(lines=lines)]
    return found


def _divide(line: Line) -> list[Line]:
    """The lines of verse in a paragraph."""
    found: list[Line] = [()]
    for piece in line:
        if isinstance(piece, Break):
            found.append(())
        else:
            found[-1] = (*found[-1], piece)
    return found


def _code(items: list[Item]) -> list[Block]:
    text = "\n".join(text_of(item.line) for item in items)
    return [Literal(text=text)] if text.strip() else []


def _terms(items: list[Item]) -> list[Block]:
    """Terms with the definitions that follow them."""
    entries: list[tuple[Line, tuple[tuple[Block, ...], ...]]] = []
    for item in items:
        if item.role is Role.TERM or not entries:
            entries.append((item.line, ()))
        else:
            term, said = entries[-1]
            entries[-1] = (term, (*said, (Paragraph(line=item.line),)))
    return [Terms(entries=tuple(entries))]


_MAKERS: dict[str, Callable[[list[Item]], list[Block]]] = {
    "block": _blocks,
    "quotation": _quotation,
    "verse": _verse,
    "code": _code,
    "terms": _terms,
}


def _lists(items: list[Item]) -> list[Block]:
    """Lists by the levels of their entries; another list at the first level begins again."""
    found: list[Block] = []
    stack: list[_List] = []

    def close(level: int) -> None:
        while len(stack) > level:
            done = stack.pop()
            start = max(done.mark.number, 0) if done.mark.ordered else 1
            block = Listing(ordered=done.mark.ordered, entries=tuple(map(tuple, done.entries)), start=start)
            (stack[-1].entries[-1] if stack else found).append(block)

    for item in items:
        mark = item.mark
        assert mark is not None
        if mark.number < 0 and stack:
            stack[-1].entries[-1] += _single(item)
            continue
        level = min(mark.level, len(stack))
        close(level + 1)
        if len(stack) == level + 1 and not _goes_on(stack[level], mark):
            close(level)
        if len(stack) == level:
            stack.append(_List(mark, []))
        stack[level].entries.append(_single(item))
    close(0)
    return found


def _goes_on(open_list: _List, mark: ListMark) -> bool:
    """Whether an entry belongs to the list before it."""
    is_same = open_list.mark.list == mark.list and open_list.mark.ordered == mark.ordered
    following = open_list.mark.number + len(open_list.entries)
    return is_same and (not mark.ordered or mark.number == following)


def _caption(items: Sequence[Item]) -> list[Item]:
    """The items with captions in the tables and pictures next to them; a caption elsewhere stays a paragraph."""
    found: list[Item] = []
    waiting: Item | None = None
    for item in items:
        if waiting is not None and isinstance(item.block, Table) and not item.block.caption:
            item = replace(item, block=replace(item.block, caption=waiting.line))  # noqa: PLW2901 - the same with more
            waiting = None
        if waiting is not None and not (is_blank(item.line) and item.block is None):
            found.append(replace(waiting, role=Role.BODY))
            waiting = None
        if item.role is Role.CAPTION and not is_blank(item.line):
            at = _behind_picture(found)
            if at is None:
                waiting = item
            else:
                picture = found[at].block
                assert isinstance(picture, Picture)
                found[at] = replace(found[at], block=replace(picture, caption=item.line))
        else:
            found.append(item)
    return [*found, replace(waiting, role=Role.BODY)] if waiting else found


def _behind_picture(found: list[Item]) -> int | None:
    """Where the picture is that a caption follows, with blank paragraphs between them at most."""
    for at in range(len(found) - 1, -1, -1):
        block = found[at].block
        if isinstance(block, Picture):
            return at if not block.caption else None
        if block is not None or not is_blank(found[at].line):
            return None
    return None
