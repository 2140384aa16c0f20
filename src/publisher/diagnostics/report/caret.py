"""Diagnostics for people: the place, the line itself with carets under it, a hint, and where to read more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from publisher.diagnostics import Diagnostic, Severity, Span
from publisher.diagnostics.names import NAMES, label
from publisher.diagnostics.report.excerpt import excerpt
from publisher.diagnostics.report.order import (
    Group,
    Order,
    group_by_cause,
    in_order,
    others_said,
    printed_at,
    severity_counts,
    unprinted_count,
)
from publisher.diagnostics.report.visible import shorten, visible

WIDTH = 100
"""Cells to a line where there is no terminal to ask."""
SHOWN_WHOLE = 3
"""Up to how many related places are shown with their lines."""
GUTTER = 5
"""Cells for the line number, right-aligned."""


class Ink(StrEnum):
    """What the parts of a diagnostic are, so that they can be coloured."""

    ERROR = "error"
    WARNING = "warning"
    PLACE = "place"
    GUTTER = "gutter"
    HINT = "hint"


INKS = {Severity.ERROR: Ink.ERROR, Severity.WARNING: Ink.WARNING, Severity.NOTE: Ink.HINT}
Paint = Callable[[Ink, str], str]
"""Colours a piece of text, or returns it as it is."""


def plain(ink: Ink, text: str) -> str:
    """The text as it is."""
    return text


def render(
    diagnostics: Iterable[Diagnostic], *, width: int = WIDTH, paint: Paint = plain, order: Order = in_order
) -> str:
    """The diagnostics in order, a blank line between them, and a line that counts them; empty if there is none.

    At most `order.PRINTED` of them are shown, errors first; a line says how many more there are.
    """
    told = order(diagnostics)
    groups = group_by_cause(told)
    firsts = tuple(group.first for group in groups)
    shown = (groups[at] for at in printed_at(firsts))
    pieces = ["".join(f"{line}\n" for line in _lines(group, width=width, paint=paint)) for group in shown]
    more = [f"{words}; --diagnostics json lists them all\n"] if (words := unprinted_count(firsts)) else []
    return "\n".join([*pieces, *more, f"{severity_counts(told)}\n"]) if told else ""


def _lines(group: Group, *, width: int, paint: Paint) -> Iterator[str]:
    """The lines of one diagnostic, without line ends; of many related places one line each."""
    diagnostic = group.first
    ink = INKS[diagnostic.severity]
    place = f"{paint(Ink.PLACE, str(diagnostic.span))}: " if diagnostic.span else ""
    yield f"{place}{paint(ink, f'{diagnostic.severity}[{label(diagnostic.code)}]')}: {_display(diagnostic.message)}"
    if diagnostic.span:
        yield from _excerpt_lines(diagnostic.span, width=width, paint=paint, ink=ink)
    if diagnostic.hint:
        yield f"  {paint(Ink.HINT, 'hint:')} {_display(diagnostic.hint, indent=8)}"
    for words, span in diagnostic.related:
        yield f"  {paint(Ink.PLACE, str(span))}: {_display(words)}"
        if len(diagnostic.related) <= SHOWN_WHOLE:
            yield from _excerpt_lines(span, width=width, paint=paint, ink=Ink.HINT)
    if group.others:
        yield f"  {others_said(group)}"
    yield f"  {paint(Ink.HINT, 'more:')} publisher explain {NAMES.get(diagnostic.code, diagnostic.code)}"


def _excerpt_lines(span: Span, *, width: int, paint: Paint, ink: Ink) -> Iterator[str]:
    """The span's first line and the carets below it, each after its gutter."""
    taken = excerpt(span, width=max(width - GUTTER - len(" | "), 20))
    yield f"{paint(Ink.GUTTER, f'{taken.number:>{GUTTER}} |')} {taken.line}".rstrip()
    indent = len(taken.carets) - len(taken.carets.lstrip())
    gutter = paint(Ink.GUTTER, f"{'':>{max(GUTTER, len(str(taken.number)))}} |")
    yield f"{gutter} {taken.carets[:indent]}{paint(ink, taken.carets[indent:])}"


def _display(text: str, *, indent: int = 4) -> str:
    """A message or hint with what is invisible in it shown; its further lines are indented."""
    return f"\n{'':{indent}}".join(visible(line) for line in shorten(text).splitlines())
