"""Diagnostics for programs: one JSON array (RFC 8259) of objects, described in docs/diagnostics.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypedDict

from publisher.diagnostics import Diagnostic, Span
from publisher.diagnostics.names import NAMES
from publisher.diagnostics.report.order import Order, in_order


class Place(TypedDict):
    """A stretch of a file; every field is null where a diagnostic has no place."""

    file: str | None
    line: int | None
    column: int | None
    endLine: int | None
    endColumn: int | None


class RelatedRecord(Place):
    """Another place that matters."""

    message: str


class DiagnosticRecord(Place):
    """One diagnostic."""

    code: str
    name: str | None
    severity: str
    message: str
    hint: str | None
    related: list[RelatedRecord]


def render(diagnostics: Iterable[Diagnostic], *, order: Order = in_order) -> str:
    """The array of all diagnostics, in order, in ASCII whatever the terminal's encoding; `[]` if there is none."""
    return json.dumps([record(diagnostic) for diagnostic in order(diagnostics)], indent=2) + "\n"


def record(diagnostic: Diagnostic) -> DiagnosticRecord:
    """One diagnostic as an object."""
    return {
        "code": diagnostic.code,
        "name": NAMES.get(diagnostic.code),
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        **_place(diagnostic.span),
        "hint": diagnostic.hint,
        "related": [{"message": words, **_place(span)} for words, span in diagnostic.related],
    }


def _place(span: Span | None) -> Place:
    """Line and column are counted from 1 in characters; the end is the position after the last one."""
    if span is None:
        return {"file": None, "line": None, "column": None, "endLine": None, "endColumn": None}
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {"file": span.source.name, "line": line, "column": column, "endLine": end_line, "endColumn": end_column}
