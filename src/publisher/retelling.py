"""Diagnostics as they are kept, and told again: as values of JSON, each source once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from publisher.diagnostics import Diagnostic, Severity, Source, Span


@dataclass(slots=True)
class _Sources:
    """The sources that are spoken of, in the order in which they come up."""

    known: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, source: Source) -> int:
        return self.known.setdefault((source.name, source.text), len(self.known))

    def span(self, span: Span | None) -> list[int] | None:
        return None if span is None else [self.number(span.source), span.start, span.end]


def kept(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Diagnostics as an object of JSON."""
    sources = _Sources()
    told = [_kept(one, sources) for one in diagnostics]
    return {"told": told, "sources": [list(source) for source in sources.known]}


def retold(value: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    """The diagnostics that were kept so; raises `KeyError`, `TypeError` or `ValueError` where it is none of ours."""
    sources = [Source(name=name, text=text) for name, text in value["sources"]]
    return tuple(_retold(one, sources) for one in value["told"])


def _kept(one: Diagnostic, sources: _Sources) -> dict[str, Any]:
    return {
        "code": one.code,
        "message": one.message,
        "span": sources.span(one.span),
        "hint": one.hint,
        "severity": str(one.severity),
        "related": [[words, sources.span(span)] for words, span in one.related],
        "beneath": [_kept(each, sources) for each in one.beneath],
    }


def _retold(one: Mapping[str, Any], sources: Sequence[Source]) -> Diagnostic:
    span = one["span"]
    return Diagnostic(
        code=one["code"],
        message=one["message"],
        span=None if span is None else _span(span, sources),
        hint=one["hint"],
        severity=Severity(one["severity"]),
        related=tuple((words, _span(place, sources)) for words, place in one["related"]),
        beneath=tuple(_retold(each, sources) for each in one["beneath"]),
    )


def _span(place: Sequence[int], sources: Sequence[Source]) -> Span:
    at, start, end = place
    return Span(source=sources[at], start=start, end=end)
