"""What is said about a mistake: where it is, what it is, and how to correct it."""

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
    parts: tuple[tuple[int, Source], ...] = ()
    """Of several files read as one: where each begins in the text, and the file; none of a single file."""
    encoding: str = "utf-8"
    """The codec with which its bytes were decoded."""
    content: bytes | None = field(default=None, compare=False, repr=False)
    """The bytes of a file in another encoding than UTF-8; None if the text gives them."""

    @property
    def files(self) -> tuple[Source, ...]:
        """The files that it was read from, in order."""
        return tuple(part for _, part in self.parts) or (self,)

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
        span = self.in_file
        line, column = span.source.position(span.start)
        return f"{span.source.name}:{line}:{column}"

    @property
    def in_file(self) -> Span:
        """The stretch in the file that it begins in, up to the end of that file if it continues in the next one."""
        if not self.source.parts:
            return self
        at = max(bisect_right(self.source.parts, self.start, key=lambda part: part[0]) - 1, 0)
        begin, file = self.source.parts[at]
        start, end = (min(max(offset - begin, 0), len(file.text)) for offset in (self.start, self.end))
        return Span(source=file, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A change of a file that corrects a fault: what is in a span is replaced."""

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
    """What it comes from, reported under it: of a reading that does not build, its own diagnostics."""

    def __post_init__(self) -> None:
        """Give each place in a text of several files the name and the line of its file."""
        if self.span is not None:
            object.__setattr__(self, "span", self.span.in_file)
        if self.related:
            object.__setattr__(self, "related", tuple((words, span.in_file) for words, span in self.related))


def join(files: tuple[Source, ...], *, between: str = "\n\n") -> Source:
    """Return several files as one source, in order, with a blank line between two of them; a single one as it is."""
    if len(files) == 1:
        return files[0]
    parts, at = [], 0
    for file in files:
        parts.append((at, file))
        at += len(file.text) + len(between)
    names = [file.name for file in files]
    shown = ", ".join(names) if len(names) <= 3 else f"{names[0]} … {names[-1]} ({len(names)} files)"
    return Source(name=shown, text=between.join(file.text for file in files), parts=tuple(parts))


class PublisherError(Exception):
    """Every diagnostic that a stage found, and the exit code that they amount to."""

    def __init__(self, *diagnostics: Diagnostic, exit_code: ExitCode = ExitCode.CONTENT) -> None:
        """Take the diagnostics, in any order, and the exit code of the command."""
        super().__init__("; ".join(f"[{d.code}] {d.message}" for d in diagnostics))
        self.diagnostics = diagnostics
        self.exit_code = exit_code
