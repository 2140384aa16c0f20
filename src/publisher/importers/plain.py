"""The plain text that the program will find in what is written, and where the points of comments are in it.

It is that of `publisher.model.text.Text.plain`: a line for each leaf block, without calls and citations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from publisher.importers.document import Block, Break, Call, Edge, Formula, Line, Point, Words, lines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An offset in the plain text, and the leaf that it is in."""

    offset: int
    leaf: int


@dataclass(slots=True)
class Plain:
    """The plain text of some blocks, with the places of points and calls."""

    text: str = ""
    points: dict[tuple[str, Edge], Place] = field(default_factory=dict)
    calls: dict[str, Place] = field(default_factory=dict)
    """Where each footnote is called first."""
    leaves: list[int] = field(default_factory=list)
    """The offset at which each leaf begins."""


def plain_of(blocks: tuple[Block, ...]) -> str:
    """The plain text of some blocks."""
    return place(blocks).text


def place(blocks: tuple[Block, ...]) -> Plain:
    """The plain text of some blocks with the places of points and calls in it."""
    found = Plain()
    parts: list[str] = []
    length = 0
    for number, line in enumerate(line for block in blocks for line in lines_of(block)):
        if number:
            parts.append("\n")
            length += 1
        found.leaves.append(length)
        for text in _placed_line(line, number, length, found):
            parts.append(text)
            length += len(text)
    found.text = "".join(parts)
    return found


def _placed_line(line: Line, number: int, length: int, found: Plain) -> Iterator[str]:
    for piece in line:
        match piece:
            case Words():
                length += len(piece.text)
                yield piece.text
            case Formula():
                length += len(piece.words)
                yield piece.words
            case Break():
                length += 1
                yield "\n"
            case Point():
                found.points.setdefault((piece.comment, piece.edge), Place(offset=length, leaf=number))
            case Call():
                found.calls.setdefault(piece.label, Place(offset=length, leaf=number))
            case _:
                pass
