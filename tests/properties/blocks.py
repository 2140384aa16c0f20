"""Blocks of Markdown, drawn by hypothesis: paragraphs, headings, quotations, verse, lists, tables, figures, code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from tests.properties.kinds import IN_NOTES, IN_TEXT
from tests.properties.words import Line, Passage, Pen, Room, passage, written

DEEPEST = 2
"""How deep blocks are nested in blocks."""
PICTURES = ("square.png", "tall.png", "wide.png", "tiny.png", "drawing.svg")


class Holder(Enum):
    """What the blocks are part of."""

    TEXT = auto()
    """The text, front or back matter: they may have headings and call footnotes."""
    FOOTNOTE = auto()
    """A footnote of the author's."""
    NOTE = auto()
    """A note or an agreement."""


@dataclass(slots=True)
class Writer:
    """Writes blocks, and notes the words of each leaf block in order."""

    pen: Pen
    holder: Holder
    passages: list[Passage] = field(default_factory=list)
    level: int = 1
    """The level of the last heading."""

    def blocks(self, depth: int = 0, *, most: int) -> str:
        """One block at least."""
        return "\n\n".join(self._block(depth) for _ in range(1 + self.pen.among(most)))

    def leaf(self, room: Room) -> str:
        """The Markdown of a line."""
        line = self.pen.line(room, calls=self.holder is Holder.TEXT)
        self._note(line)
        return written(line, room)

    def _note(self, line: Line) -> None:
        self.passages.append(passage(line))

    def _block(self, depth: int) -> str:
        kinds: tuple[Callable[[int], str], ...] = (
            self._paragraph, self._paragraph, self._table, self._verse, self._figure, self._definitions, self._code,
            self._break,
            *((self._quotation, self._list, self._list) if depth < DEEPEST else ()),
            *((self._heading, self._for_audience) if depth == 0 and self.holder is Holder.TEXT else ()),
        )  # fmt: skip
        marked = IN_TEXT if self.holder is Holder.TEXT else IN_NOTES
        if depth < DEEPEST and self.pen.often(4):
            return self.pen.one(marked)(self, depth)
        return self.pen.one(kinds)(depth)

    def _paragraph(self, depth: int) -> str:
        return self.leaf(Room.PARAGRAPH)

    def _heading(self, depth: int) -> str:
        self.level = min(self.level + 1, 2 + self.pen.among(3))
        given = self.pen.one(("", "", f" {{#{self.pen.place()}}}", " {date=1666-09-03}"))
        return f"{'#' * self.level} {self.leaf(Room.LINE)}{given}"

    def _quotation(self, depth: int) -> str:
        inside = self.blocks(depth + 1, most=2)
        if self.pen.often(3):
            line = self.pen.line(Room.LINE, calls=self.holder is Holder.TEXT, most=2)
            self.passages.append(Passage(("—", *passage(line).words)))
            inside += f"\n\n— {written(line)}"
        return "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))

    def _list(self, depth: int) -> str:
        sign = self.pen.one(("- ", "1. ", "* ", "7. ", "98) "))
        entries = [self.blocks(depth + 1, most=1) for _ in range(1 + self.pen.among(3))]
        return self.pen.one(("\n", "\n\n")).join(hung(entry, sign) for entry in entries)

    def _table(self, depth: int) -> str:
        count = 1 + self.pen.among(4)
        rules = "|".join(self.pen.one(("---", ":-:", "--:")) for _ in range(count))
        head = self._row(count)
        return "\n".join((head, f"|{rules}|", *(self._row(count) for _ in range(self.pen.among(4)))))

    def _row(self, count: int) -> str:
        return f"| {' | '.join(self._cell() for _ in range(count))} |"

    def _cell(self) -> str:
        if self.pen.often(5):
            self.passages.append(Passage(()))
            return ""
        line = self.pen.line(Room.CELL, calls=self.holder is Holder.TEXT, most=2)
        self.passages.append(passage(line))
        return written(line)

    def _verse(self, depth: int) -> str:
        lines = [
            self.pen.line(Room.LINE, calls=self.holder is Holder.TEXT, most=3) for _ in range(1 + self.pen.among(3))
        ]
        self.passages.append(Passage(tuple(word for line in lines for word in passage(line).words)))
        return "\n".join(f"| {self.pen.one(('', '  '))}{written(line)}" for line in lines)

    def _figure(self, depth: int) -> str:
        picture = self.pen.one(PICTURES)
        caption = f' "{self.leaf(Room.CAPTION)}"' if self.pen.often(2) else ""
        return f"![What {picture} shows](images/{picture}{caption})"

    def _definitions(self, depth: int) -> str:
        return "\n\n".join(self._definition(depth) for _ in range(1 + self.pen.among(2)))

    def _definition(self, depth: int) -> str:
        term = self.leaf(Room.LINE)
        said = "".join(f"\n{hung(self.blocks(DEEPEST, most=1), ':   ')}" for _ in range(1 + self.pen.among(2)))
        return term + said

    def _break(self, depth: int) -> str:
        return "* * *"

    def _code(self, depth: int) -> str:
        lines = [[self.pen.word() for _ in range(1 + self.pen.among(3))] for _ in range(1 + self.pen.among(3))]
        self.passages.append(Passage(tuple(word for line in lines for word in line)))
        inside = "\n".join(" " * self.pen.among(3) + " ".join(line) for line in lines)
        return f"```\n{inside}\n```"

    def _for_audience(self, depth: int) -> str:
        whom = self.pen.one(("student", "instructor"))
        return f"::: {{audience={whom}}}\n{self.blocks(1, most=1)}\n:::"


def hung(text: str, sign: str) -> str:
    """A text as an entry of a list."""
    return sign + text.replace("\n", "\n" + " " * len(sign))
