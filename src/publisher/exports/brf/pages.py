"""Braille on pages: lines of so many cells, page numbers of the print and of the braille.

Braille Formats: Principles of Print-to-Braille Transcription, 2016 (https://www.brailleauthority.org/formats): the
number of the print page is at the right of the first line, that of the braille page at the right of the last; a line
of hyphens ends with the number of a print page that begins there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from publisher.exports.brf.translate import label

GAP = 3
"""Empty cells between text and a page number."""
HYPHEN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indents:
    """The cells in which the first line of a block begins, and the others, counted from 0."""

    first: int
    others: int
    is_centred: bool = False
    is_apart: bool = False
    """Whether an empty line precedes and follows it."""


@dataclass(slots=True, kw_only=True)
class BraillePages:
    """Pages that are filled line by line."""

    cells: int
    rows: int
    finished: list[str] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _print_label: str = ""
    _label_at_top: str = ""
    _pages_of_label: int = 0
    _next_label: str = ""
    """Of the print page that begins with the next word; pages without words are skipped."""

    def add(self, words: Iterable[str | PrintStart], indents: Indents) -> None:
        """Lay out a block: its words in Braille ASCII, and the print pages that begin between them."""
        if indents.is_apart and self._lines:
            self._line("")
        line, indent = "", indents.first
        for word in words:
            if isinstance(word, PrintStart):
                if line:
                    line, indent = self._flush(line, indent, indents), indents.others
                self._next_label = word.label
                continue
            self._begin()
            for part in self._fitting(word, indents):
                room = self._room() - indent
                if line and len(line) + 1 + len(part) > room:
                    line, indent = self._flush(line, indent, indents), indents.others
                line = f"{line} {part}" if line else part
        self._flush(line, indent, indents)
        if indents.is_apart:
            self._line("")

    def _fitting(self, word: str, indents: Indents) -> list[str]:
        """A word, divided if it is longer than any line."""
        most = self.cells - max(indents.first, indents.others) - GAP - 8
        if len(word) <= most:
            return [word]
        parts = [word[at : at + most - 1] for at in range(0, len(word), most - 1)]
        return [f"{part}{HYPHEN}" for part in parts[:-1]] + parts[-1:]

    def _flush(self, line: str, indent: int, indents: Indents) -> str:
        if line:
            at = max(indent, (self._room() - len(line)) // 2) if indents.is_centred else indent
            self._line(" " * at + line)
        return ""

    def _room(self) -> int:
        """How many cells the next line has for text."""
        self._turn()
        if not self._lines:
            return self.cells - len(self._top()) - GAP if self._top() else self.cells
        if len(self._lines) == self.rows - 1:
            return self.cells - len(self._foot()) - GAP
        return self.cells

    def _line(self, text: str) -> None:
        self._turn()
        if not self._lines:
            self._label_at_top = self._top()
        if text or self._lines:
            self._lines.append(text)

    def _turn(self) -> None:
        """Finish the page if it is full."""
        if len(self._lines) >= self.rows:
            self._finish()

    def _top(self) -> str:
        """The number of the print page; on further braille pages of it, with a letter before it."""
        if not self._print_label:
            return ""
        letters = "" if self._pages_of_label == 0 else _letters(self._pages_of_label)
        return f"{letters}{label(self._print_label)}"

    def _foot(self) -> str:
        return label(str(len(self.finished) + 1))

    def _begin(self) -> None:
        """Begin the print page that was announced: after a line of hyphens, or at the top of a braille page."""
        if not self._next_label:
            return
        if len(self._lines) >= self.rows - 2:  # neither the line of hyphens nor that after it is the last
            self._finish()
        self._print_label, self._pages_of_label, self._next_label = self._next_label, 0, ""
        if self._lines:
            mark = label(self._print_label)
            self._line(HYPHEN * (self.cells - len(mark)) + mark)

    def _finish(self) -> None:
        lines = [*self._lines, *[""] * (self.rows - len(self._lines))]
        lines[0] = _with_number(lines[0], self._label_at_top, self.cells)
        lines[-1] = _with_number(lines[-1], self._foot(), self.cells)
        self.finished.append("".join(f"{line.rstrip()}\r\n" for line in lines))
        self._lines = []
        self._pages_of_label += 1

    def content(self) -> bytes:
        """All pages, separated by form feeds."""
        if self._lines:
            self._finish()
        return "\f".join(self.finished).encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintStart:
    """A print page that begins between words."""

    label: str


def _with_number(line: str, number: str, cells: int) -> str:
    return line + number.rjust(cells - len(line)) if number else line


def _letters(number: int) -> str:
    """The letters of a number: A to Z, then AA."""
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
