"""One line of a source as a terminal shows it, with carets under a span.

Widths are counted in terminal cells: two for a wide East Asian character, none for a combining mark.
"""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Span
from publisher.diagnostics.report.terminal import cells
from publisher.diagnostics.report.visible import visible_character

TAB = 4
"""Cells from one tab stop to the next."""
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A line to print, and what to print below it."""

    number: int
    """The line's number, counted from 1."""
    line: str
    """The line, invisible characters shown, cut to the width."""
    carets: str
    """Spaces, then carets below the span; an ellipsis where the span continues beyond them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line, or as much of it as can matter, character by character."""

    shown: tuple[str, ...]
    """What is printed for each character."""
    edges: tuple[int, ...]
    """The cell at which each character begins, and at last the width of the whole."""
    start: int
    """Index of the first character of the span."""
    end: int
    """Index after its last character on this line."""
    open_left: bool
    """Whether the line has more before this."""
    open_right: bool
    goes_on: bool
    """Whether the span has more after this, here or on a later line."""


def excerpt(span: Span, *, width: int) -> Excerpt:
    """The first line of a span, at most `width` cells wide, cut around the span where it is longer."""
    number, _ = span.source.position(span.start)
    row = _row(span, width=width)
    left, right = _window(row, width=width)
    cut_left = row.open_left or left > 0
    cut_right = row.open_right or right < len(row.shown)
    line = ELLIPSIS * cut_left + "".join(row.shown[left:right]) + ELLIPSIS * cut_right
    carets = _carets(row, left=left, right=right)
    return Excerpt(number=number, line=line.rstrip(), carets=" " * cut_left + carets)


def _row(span: Span, *, width: int) -> _Row:
    """The part of the span's first line that can come into a window of `width` cells."""
    number, column = span.source.position(span.start)
    line = span.source.line(number)
    start = min(column - 1, len(line))
    low, high = max(0, start - width), min(len(line), start + 2 * width)
    shown, edges = _laid_out(line[low:high])
    end = min(max(start, start + span.end - span.start), high)
    return _Row(
        shown=shown,
        edges=edges,
        start=_base(edges, start - low),
        end=end - low,
        open_left=low > 0,
        open_right=high < len(line),
        goes_on=_goes_on(span) or high < min(len(line), start + span.end - span.start),
    )


def _laid_out(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """What is printed for each character, and the cells at which they begin."""
    shown = [""]
    edges = [0]
    for character in text:
        piece = " " * (TAB - edges[-1] % TAB) if character == "\t" else visible_character(character)
        edges.append(edges[-1] + _width(piece, after=shown[-1]))
        shown.append(piece)
    return tuple(shown[1:]), tuple(edges)


def _width(piece: str, *, after: str) -> int:
    """The cells that a piece adds after another (a variation selector can widen what it follows)."""
    return cells(after + piece) - cells(after)


def _base(edges: tuple[int, ...], start: int) -> int:
    """The index of the character that holds up the one at `start`: a combining mark is on the one before."""
    while 0 < start < len(edges) - 1 and edges[start + 1] == edges[start]:
        start -= 1
    return start


def _window(row: _Row, *, width: int) -> tuple[int, int]:
    """The characters to print, from and to: all if they fit, else as many as fit around the span."""
    whole = row.edges[-1]
    if whole <= width and not row.open_left and not row.open_right:
        return 0, len(row.shown)
    room = width - 2 * len(ELLIPSIS)
    span_width = min(row.edges[row.end] - row.edges[row.start], room)
    first_cell = max(0, min(row.edges[row.start] - (room - span_width) // 2, whole - room))
    left = next(at for at, edge in enumerate(row.edges) if edge >= first_cell)
    right = max(at for at, edge in enumerate(row.edges) if edge <= row.edges[left] + room)
    return left, right


def _carets(row: _Row, *, left: int, right: int) -> str:
    """Spaces up to the span and carets under what is printed of it, at least one."""
    begin = row.edges[row.start] - row.edges[left]
    end = row.edges[min(row.end, right)] - row.edges[left]
    goes_on = row.goes_on or row.end > right
    return " " * begin + "^" * max(1, end - begin) + ELLIPSIS * goes_on


def _goes_on(span: Span) -> bool:
    """Whether a span has anything but line ends on a later line."""
    return "\n" in span.source.text[span.start : span.end].rstrip("\r\n")
