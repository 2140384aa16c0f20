"""Where a diagnostic is: in its file, in its note, and which words of the edition it is about, for any editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, Span

WORDS = 160
"""So many characters of the words are given."""
AROUND = 40
"""So many characters before and after them."""
_HEADING = re.compile(r"^##[ \t]+([A-Za-z0-9][A-Za-z0-9-]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a file; lines and columns are counted from 1 in characters, the end is after the last one."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    words: str
    """What is there, in one line; the words up to the end of the line where the stretch is empty."""
    before: str
    after: str
    excerpt: str
    """The line in which it begins."""
    heading: str | None
    """The id in the second-level heading above it: of a note, in a file of notes."""


def place(span: Span) -> Place:
    """Return the place of a span."""
    span = span.in_file
    source = span.source
    line, column = source.position(span.start)
    end_line, end_column = source.position(span.end)
    shown = source.line(line)
    words = source.text[span.start : span.end] or shown[column - 1 :]
    return Place(
        file=source.name,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        words=_one_line(words)[:WORDS],
        before=_one_line(source.text[max(0, span.start - AROUND) : span.start]),
        after=_one_line(source.text[span.end : span.end + AROUND]),
        excerpt=shown[:400],
        heading=_heading(span),
    )


def flat(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield diagnostics and what is beneath them, which says more than they do."""
    for diagnostic in diagnostics:
        yield diagnostic
        yield from flat(diagnostic.beneath)


def _heading(span: Span) -> str | None:
    """The last heading at or above the line of a span."""
    text = span.source.text
    end = text.find("\n", span.start)
    above = _HEADING.findall(text, 0, len(text) if end < 0 else end)
    return above[-1] if above else None


def _one_line(words: str) -> str:
    return " ".join(words.split())
