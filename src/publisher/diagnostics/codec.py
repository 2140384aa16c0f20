"""Diagnostics as they are retained, and reported again: as values of JSON, each source once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from publisher.diagnostics import Diagnostic, Severity, Source, Span

_Type = TypeVar("_Type")
_CODE = re.compile(r"[A-Z]-[0-9]{3}")
_DEEPEST = 20
"""How many diagnostics may be nested: one for each reader that binds another."""


@dataclass(slots=True)
class _Sources:
    """The sources that are spoken of, in the order in which they come up."""

    known: dict[tuple[str, str], int] = field(default_factory=dict)

    def number(self, source: Source) -> int:
        return self.known.setdefault((source.name, source.text), len(self.known))

    def span(self, span: Span | None) -> list[int] | None:
        return None if span is None else [self.number(span.source), span.start, span.end]


def encode(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Diagnostics as an object of JSON."""
    sources = _Sources()
    told = [_keep(diagnostic, sources) for diagnostic in diagnostics]
    return {"told": told, "sources": [list(source) for source in sources.known]}


def decode(value: object) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of such an object.

    Nothing in it is trusted: raises `KeyError`, `TypeError` or `ValueError` if it is not one that `kept` returns.
    """
    record = _check_type(value, dict)
    sources = [
        Source(name=_check_type(name, str), text=_check_type(text, str))
        for name, text in _check_type(record["sources"], list)
    ]
    return tuple(_decode(item, sources, 0) for item in _check_type(record["told"], list))


def _keep(diagnostic: Diagnostic, sources: _Sources) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "message": diagnostic.message,
        "span": sources.span(diagnostic.span),
        "hint": diagnostic.hint,
        "severity": str(diagnostic.severity),
        "related": [[words, sources.span(span)] for words, span in diagnostic.related],
        "beneath": [_keep(item, sources) for item in diagnostic.beneath],
    }


def _decode(value: object, sources: Sequence[Source], depth: int) -> Diagnostic:
    record: dict[str, Any] = _check_type(value, dict)
    if not _CODE.fullmatch(_check_type(record["code"], str)) or depth > _DEEPEST:
        raise ValueError(record["code"])
    hint = record["hint"]
    return Diagnostic(
        code=record["code"],
        message=_check_type(record["message"], str),
        span=None if record["span"] is None else _span(record["span"], sources),
        hint=None if hint is None else _check_type(hint, str),
        severity=Severity(record["severity"]),
        related=tuple(
            (_check_type(words, str), _span(place, sources)) for words, place in _check_type(record["related"], list)
        ),
        beneath=tuple(_decode(item, sources, depth + 1) for item in _check_type(record["beneath"], list)),
    )


def _span(value: object, sources: Sequence[Source]) -> Span:
    """The span of a place; raises `ValueError` if it is not in its source."""
    at, start, end = (_check_type(number, int) for number in _check_type(value, list))
    if not (0 <= at < len(sources) and 0 <= start <= end and start <= len(sources[at].text)):
        raise ValueError(f"no such place: {at}, {start}, {end}")
    return Span(source=sources[at], start=start, end=end)


def _check_type(value: object, kind: type[_Type]) -> _Type:
    """The value, which is of this type and of no subtype; raises `TypeError` if it is not."""
    if type(value) is not kind:
        raise TypeError(f"{type(value).__name__} in place of {kind.__name__}")
    return value
