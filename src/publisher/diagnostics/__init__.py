"""What is said about a mistake: where it is, what it is, and how to mend it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property

_LINE_END = re.compile("\n")


def amount(count: int, noun: str) -> str:
    """Return a number with its noun: `1 page`, `2 pages`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


class ExitCode(IntEnum):
    """The exit status of every command."""

    DONE = 0
    CONTENT = 1
    USAGE = 2
    MISSING = 3
    FILES = 4
    UNPROVED = 5
    BUG = 70
    INTERRUPTED = 130


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the build, a warning does not (unless `--strict`), a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file as it was read: its name as people see it, and its text."""

    name: str
    """Path to show, relative to where the command was run."""
    text: str
    """The decoded text, line ends as they are in the file."""

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line begins, in characters; the first is 0."""
        return (0, *[found.end() for found in _LINE_END.finditer(self.text)])

    @cached_property
    def characters(self) -> str:
        """Every character that the text has, once, with spaces between them: what is in none of these is nowhere."""
        return " ".join(sorted({*self.text}))

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column, both counted from 1, of a character offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The character offset of a line and column, both counted from 1."""
        return self.line_starts[min(line, len(self.line_starts)) - 1] + column - 1

    def line(self, number: int) -> str:
        """The text of a line (counted from 1) without its line end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : len(self.text) if end < 0 else end].rstrip("\r")

    def span(self, start: int, end: int) -> Span:
        """The span from one character offset to another."""
        return Span(source=self, start=start, end=max(start, end))

    def line_span(self, first: int, last: int | None = None) -> Span:
        """The span of whole lines (counted from 1), without the last line end."""
        last = first if last is None else last
        start = self.line_starts[first - 1]
        return self.span(start, self.line_starts[last - 1] + len(self.line(last)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a source, in character offsets, end exclusive."""

    source: Source = field(repr=False)
    start: int
    end: int

    def __str__(self) -> str:
        """`name:line:column` of the first character."""
        line, column = self.source.position(self.start)
        return f"{self.source.name}:{line}:{column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A change of a file that mends a fault: what stands in a span is replaced."""

    span: Span
    text: str
    is_certain: bool = True
    """Whether it is the only correct answer; else somebody has to confirm it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One thing that is wrong or doubtful, with the place where it was made."""

    code: str
    """Stable number such as `N-003`; `publisher explain` has a page on each."""
    message: str
    """What is wrong, in a sentence without a full stop, lower case first."""
    span: Span | None = None
    """Where; None only where there is no source (a full disk)."""
    hint: str | None = None
    """What to do, ready to paste where that is possible."""
    severity: Severity = Severity.ERROR
    related: tuple[tuple[str, Span], ...] = ()
    """Other places that matter, each with a few words (every candidate of an ambiguous lemma)."""
    fix: Fix | None = field(default=None, compare=False)
    """What `check --fix` writes, if that can be said."""
    beneath: tuple[Diagnostic, ...] = ()
    """What it comes from, told under it: of a reading that does not build, its own diagnostics."""


class PublisherError(Exception):
    """Every diagnostic that a stage found, and the exit code that they amount to."""

    def __init__(self, *diagnostics: Diagnostic, exit_code: ExitCode = ExitCode.CONTENT) -> None:
        """Take the diagnostics, in any order, and the exit code of the command."""
        super().__init__("; ".join(f"[{d.code}] {d.message}" for d in diagnostics))
        self.diagnostics = diagnostics
        self.exit_code = exit_code
