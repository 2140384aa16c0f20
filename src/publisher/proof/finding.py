"""Findings: what is not right on a page, where on it, and which words of which source are concerned."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, Severity, Span
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.lines import Line, SetBlock
from publisher.proof.reading.matched import span_at
from publisher.proof.reading.painted import Sheet

WORDS = 48
"""How many characters of a line are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not right, or doubtful, on a page."""

    code: str
    severity: Severity
    page: int
    """By index."""
    boxes: tuple[Box, ...]
    """What it is about, to be framed."""
    message: str
    """What is wrong, without the page."""
    words: str
    """The words concerned; empty where there are none."""
    span: Span | None
    suggestion: str
    related: tuple[tuple[str, Span], ...] = ()
    """Other places that matter: where a note is called."""


def at_line(code: str, message: str, block: SetBlock, *lines: Line, suggestion: str) -> Finding:
    """A warning about lines of a block, reported of the first of them."""
    line = lines[0]
    return Finding(
        code=code,
        severity=Severity.WARNING,
        page=line.page,
        boxes=tuple(item.box for item in lines if item.page == line.page),
        message=message,
        words=line.text,
        span=span_at(block.source, line.begins) if block.source else None,
        suggestion=suggestion,
    )


def diagnostic(finding: Finding, sheet: Sheet) -> Diagnostic:
    """The finding as it is reported: the page first, the words last."""
    words = f": “{_short(finding.words)}”" if finding.words else ""
    return Diagnostic(
        code=finding.code,
        message=f"{sheet.name}: {finding.message}{words}",
        span=finding.span,
        hint=finding.suggestion,
        severity=finding.severity,
        related=finding.related,
    )


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= WORDS else f"{words[:WORDS].rstrip()}…"
