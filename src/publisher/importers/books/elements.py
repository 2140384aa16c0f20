"""Elements of XHTML as values: languages, spans, alignments, lines."""

from __future__ import annotations

from dataclasses import replace

from publisher.importers.books.names import Element, language, local, tokens
from publisher.importers.document import Block, Break, Format, Line, Words, lines_of
from publisher.model.block import Alignment
from publisher.model.language import fault

_ALIGNMENTS = {"center": Alignment.CENTER, "end": Alignment.END}


def audience(element: Element) -> str | None:
    """Whom a part of this program's is for; None if it names no audience."""
    first = next((child for child in element if local(child)), None)
    if first is None or "audience" not in tokens(first):
        return None
    return next((token.removeprefix("for-") for token in tokens(element) if token.startswith("for-")), None)


def is_whole(element: Element) -> bool:
    """Whether an element is all that its document has: a chapter that is a play is no part of one."""
    parent = element.getparent()
    return parent is not None and local(parent) == "body"


def joined_lines(blocks: tuple[Block, ...]) -> Line:
    """The lines of blocks as one, with spaces between them."""
    line: Line = ()
    for item in (entry for block in blocks for entry in lines_of(block)):
        line = (*line, *((Words(text=" "),) if line else ()), *item)
    return line


def divided_lines(line: Line) -> tuple[Line, ...]:
    """The lines of verse that line ends divide."""
    found: list[Line] = [()]
    for piece in line:
        if isinstance(piece, Break):
            found.append(())
        else:
            found[-1] = (*found[-1], piece)
    return tuple(found)


def speak(element: Element, style: Format) -> Format:
    """The format in an element that may name a language."""
    found = language(element)
    return replace(style, language=found) if found and fault(found) is None else style


def column_alignments(table: Element) -> tuple[Alignment, ...]:
    """How the columns of a table are aligned, as a row without spans has it."""
    row = next(
        (element for element in table.iter("{*}tr") if all(item.get("colspan") is None for item in element)), None
    )
    cells = () if row is None else tuple(row)
    return tuple(
        next((_ALIGNMENTS[token] for token in tokens(cell) if token in _ALIGNMENTS), Alignment.START) for cell in cells
    )


def span_number(given: str | None) -> int:
    """How many columns or rows a cell has."""
    text = str(given or "1")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1
