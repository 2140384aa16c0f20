"""JSON with positions: where the members of an object and the entries of a list are in a source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from publisher.diagnostics import Source, Span
from publisher.load.findings import Findings

NO_SPACE = re.compile(r"[^ \t\r\n]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value and where it is."""

    value: object
    span: Span

    def members(self) -> dict[str, Value]:
        """The members of an object by their names."""
        return dict(_members(self.span))

    def entries(self) -> tuple[Value, ...]:
        """The entries of a list, in order."""
        return tuple(_entries(self.span))


DEPTH = 64
"""How deep lists and objects may be in each other."""


class NoNumber(ValueError):
    """NaN or Infinity, which JSON has not."""


def _refuse_constant(name: str) -> NoReturn:
    raise NoNumber(name)


DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def json_value(source: Source, *, code: str, remedy: str, findings: Findings) -> Value | None:
    """The value that a source holds; None after noting, with this code, why it holds none."""
    try:
        value = DECODER.decode(source.text)
        _demand_shallow(value)
    except (ValueError, RecursionError) as error:
        at = min(error.pos if isinstance(error, json.JSONDecodeError) else 0, max(len(source.text) - 1, 0))
        findings.error(
            code,
            f"malformed JSON: {_in_words(error)}",
            span=source.span(at, min(at + 1, len(source.text))),
            hint=f"look for a missing comma, quotation mark or bracket here or just before; or {remedy}",
        )
        return None
    start = _behind_space(source.text, 0)
    return Value(value=value, span=source.span(start, len(source.text.rstrip(" \t\r\n"))))


def _demand_shallow(value: object) -> None:
    """Nothing; raises `RecursionError` where lists and objects are deeper in each other than anyone needs."""
    level = [value]
    for _ in range(DEPTH):
        level = [part for item in level if isinstance(item, list | dict) for part in _parts(item)]
        if not level:
            return
    raise RecursionError


def _parts(value: list[object] | dict[str, object]) -> Iterable[object]:
    return value if isinstance(value, list) else value.values()


def _in_words(error: Exception) -> str:
    """Why a file cannot be read: no JSON, a constant that JSON has not, or something beyond all measure."""
    match error:
        case json.JSONDecodeError():
            return error.msg
        case NoNumber():
            return str(error)
        case RecursionError():
            return "lists or records are nested too deeply"
        case _:
            return "a number has too many digits"


def _behind_space(text: str, at: int) -> int:
    """The first offset from `at` on that holds no white space."""
    found = NO_SPACE.search(text, at)
    return len(text) if found is None else found.start()


def _value(span: Span, at: int) -> Value:
    """The value that begins at an offset."""
    start = _behind_space(span.source.text, at)
    value, end = DECODER.raw_decode(span.source.text, start)
    return Value(value=value, span=span.source.span(start, end))


def _members(span: Span) -> Iterator[tuple[str, Value]]:
    text, at = span.source.text, _behind_space(span.source.text, span.start + 1)
    while text[at] != "}":
        name, at = DECODER.raw_decode(text, at)
        value = _value(span, _behind_space(text, at) + 1)
        yield name, value
        at = _behind_space(text, value.span.end)
        at = _behind_space(text, at + (text[at] == ","))


def _entries(span: Span) -> Iterator[Value]:
    text, at = span.source.text, _behind_space(span.source.text, span.start + 1)
    while text[at] != "]":
        value = _value(span, at)
        yield value
        at = _behind_space(text, value.span.end)
        at = _behind_space(text, at + (text[at] == ","))
