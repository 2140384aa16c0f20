"""Tidied blocks to Markdown that reads back as the same blocks.

The forms are those of docs/formats.md and docs/tables.md: CommonMark with tables, verse, footnotes and definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from publisher.importers.document import (
    Block,
    Cell,
    Footnote,
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
)
from publisher.importers.inline_writer import inline_markdown
from publisher.model.block import Alignment

_DASHES = {Alignment.START: "---", Alignment.CENTER: ":-:", Alignment.END: "--:"}
_SEPARATOR = {Alignment.START: "----", Alignment.CENTER: ":---:", Alignment.END: "---:"}
_DASH = "—"
_WRITTEN_DASH = "&#8212;"
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]+")


def document_markdown(blocks: tuple[Block, ...], footnotes: Iterable[Footnote] = ()) -> str:
    """The blocks, and the footnotes after them, as the text of a file."""
    parts = [*_blocks(blocks), *(_footnote(footnote) for footnote in footnotes)]
    return "\n\n".join(parts) + "\n" if parts else ""


def blocks_markdown(blocks: tuple[Block, ...]) -> str:
    """The blocks as Markdown, without a line end after them."""
    return "\n\n".join(_blocks(blocks))


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Each block; lists that follow each other have different marks, so that they stay apart."""
    before: Block | None = None
    is_other = False
    for block in blocks:
        same = isinstance(block, Listing) and isinstance(before, Listing) and block.ordered == before.ordered
        is_other = same and not is_other
        yield _list(block, is_other=is_other) if isinstance(block, Listing) else _block(block)
        before = block


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return inline_markdown(block.line)[0] + _braces(block.id, kind=block.kind)
        case Heading():
            words = inline_markdown(block.line, at_start=False)[0]
            return f"{'#' * block.level} {_without_closing(words)}{_braces(block.id)}"
        case Part():
            first = f"::: {block.kind}{_braces(block.id, date=block.date)}"
            return f"{first}\n{blocks_markdown(block.blocks)}\n:::"
        case Quotation():
            return _quotation(block)
        case Stanza():
            return "\n".join(_verse_line(line) for line in block.lines) + _braces(block.id)
        case Listing():
            return _list(block, is_other=False)
        case Terms():
            return "\n\n".join(_term(term, descriptions) for term, descriptions in block.entries)
        case Table():
            return _table(block)
        case Picture():
            return _picture(block)
        case Literal():
            return _literal(block)
        case Rule():
            return "{.page-break}" if block.is_page_break else "***"
        case _ as never:
            assert_never(never)


def _braces(name: str | None, *, kind: str | None = None, date: str | None = None) -> str:
    """The braces behind a block, with a space before them; nothing if there is nothing to say."""
    quoted = f'"{date}"' if date and " " in date else date
    said = (f".{kind}" if kind else "", f"#{name}" if name else "", f"date={quoted}" if date else "")
    inside = " ".join(filter(None, said))
    return f" {{{inside}}}" if inside else ""


def _without_closing(words: str) -> str:
    """The words of a heading; number signs at its end have a backslash, which CommonMark would drop else."""
    bare = words.rstrip("#")
    return bare + "\\#" * (len(words) - len(bare))


def _quotation(block: Quotation) -> str:
    parts = list(_blocks(block.blocks))
    if isinstance(block.blocks[-1], Paragraph) and not block.attribution:
        parts[-1] = _plain_dash(parts[-1])
    if block.attribution:
        words = inline_markdown(block.attribution)[0]
        parts.append(words if words.startswith(_DASH) else f"{_DASH} {words}")
    return _prefix("\n\n".join(parts), "> ")


def _plain_dash(text: str) -> str:
    """A paragraph that begins with a dash and is no attribution."""
    return _WRITTEN_DASH + text.removeprefix(_DASH) if text.startswith(_DASH) else text


def _prefix(text: str, prefix: str) -> str:
    return "\n".join((prefix + line).rstrip(" ") if not line else prefix + line for line in text.split("\n"))


def _indent(text: str, width: int) -> str:
    """The text with every line but the first indented."""
    first, *rest = text.split("\n")
    return "\n".join((first, *(" " * width + line if line else "" for line in rest)))


def _verse_line(line: Line) -> str:
    words = inline_markdown(line, at_start=False)[0]
    bare = words.lstrip("\u00a0")
    return f"| {' ' * (len(words) - len(bare))}{bare}".rstrip()


def _list(block: Listing, *, is_other: bool) -> str:
    is_tight = all(_is_short(entry) for entry in block.entries)
    parts = []
    for number, entry in enumerate(block.entries, block.start):
        mark = f"{number}{')' if is_other else '.'}" if block.ordered else "+" if is_other else "-"
        separator = "\n" if is_tight else "\n\n"
        parts.append(f"{mark} {_indent(separator.join(_blocks(entry)), len(mark) + 1)}".rstrip(" "))
    return ("\n" if is_tight else "\n\n").join(parts)


def _is_short(entry: tuple[Block, ...]) -> bool:
    """Whether an entry is one paragraph, perhaps with a list below it that has such entries."""
    if not entry or not isinstance(entry[0], Paragraph) or len(entry) > 2:
        return False
    return len(entry) == 1 or (
        isinstance(entry[1], Listing) and entry[1].start == 1 and all(map(_is_short, entry[1].entries))
    )


def _term(term: Line, descriptions: tuple[tuple[Block, ...], ...]) -> str:
    said = (f":   {_indent(blocks_markdown(description), 4)}" for description in descriptions)
    return "\n\n".join((f"{inline_markdown(term)[0]}\n{next(said)}", *said))


def _table(table: Table) -> str:
    lines = [*_rows(table.head), _bars(_DASHES[alignment] for alignment in table.alignments)]
    separator = _bars(_SEPARATOR[alignment] for alignment in table.alignments)
    for number, body in enumerate(table.bodies):
        lines += [separator] if number else []
        lines += _rows(body)
    caption = inline_markdown(table.caption, at_start=False)[0] if table.caption else ""
    return "\n".join((*((f"Table: {caption}", "") if caption else ()), *lines))


def _bars(cells: Iterable[str]) -> str:
    return f"|{'|'.join(cells)}|"


def _rows(rows: tuple[Row, ...]) -> Iterator[str]:
    """Each row as a line; cells that reach it from above are `^^`."""
    above: dict[int, tuple[int, int]] = {}
    for row in rows:
        parts: list[str] = []
        column, cells = 0, iter(row)
        reach: dict[int, tuple[int, int]] = {}
        while True:
            if column in above:
                columns, left = above[column]
                parts.append(f" ^^ {'|' * columns}")
                reach |= {column: (columns, left - 1)} if left > 1 else {}
            else:
                cell = next(cells, None)
                if cell is None:
                    break
                columns = cell.columns
                parts.append(f" {_cell(cell)} {'|' * columns}")
                reach |= {column: (columns, cell.rows - 1)} if cell.rows > 1 else {}
            column += columns
        above = reach
        yield "|" + "".join(parts)


def _cell(cell: Cell) -> str:
    words = inline_markdown(cell.line)[0]
    return re.sub(r"(?<!\\)\|", r"\\|", words) if words else " "


def _picture(picture: Picture) -> str:
    alternative = re.sub(r"[\\\[\]`*_<>{}!&]", r"\\\g<0>", picture.alternative)
    title = f' "{_title(inline_markdown(picture.caption, at_start=False)[0])}"' if picture.caption else ""
    parts = (
        ".plate" if picture.is_plate else "",
        f"#{picture.id}" if picture.id else "",
        f"width={picture.width}" if picture.width else "",
    )
    said = " ".join(filter(None, parts))
    size = f"{{{said}}}" if said else ""
    return f"![{alternative}](<{picture.file}>{title}){size}"


def _title(words: str) -> str:
    """The title of an image, see https://spec.commonmark.org/0.31.2/#link-title ."""
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


def _literal(block: Literal) -> str:
    longest = max((len(found) for found in re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    found = _LANGUAGE.fullmatch(block.language or "")
    return f"{fence}{found[0] if found else ''}\n{block.text}\n{fence}"


def _footnote(footnote: Footnote) -> str:
    text = blocks_markdown(footnote.blocks)
    is_inline = bool(footnote.blocks) and isinstance(footnote.blocks[0], Paragraph)
    return f"[^{footnote.label}]:" + (" " if is_inline else "\n\n    ") + _indent(text, 4)
