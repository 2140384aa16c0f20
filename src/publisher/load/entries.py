"""What the readers of files of references have in common: entries with places, dates and names in the form of CSL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from publisher.diagnostics import Source, Span

LONGEST = 20_000
"""How many characters a value may have; more is cut out of what no one prints (abstracts) and an error elsewhere."""
MOST_NAMES = 5_000
"""How many names a record may have."""
MOST_RECORDS = 20_000
"""How many records a file may have."""
_DATE = re.compile(r"(-?\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?:T\S*)?[?~%]?")
_SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record of BibTeX or RIS in the words of CSL."""

    key: str
    record: dict[str, Any]
    span: Span
    aliases: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    """Fields that are not known."""


def line_span(source: Source, number: int) -> Span:
    """The words of a line, counted from 0."""
    starts = _starts(source.text)
    at = starts[number] if number < len(starts) else len(source.text)
    end = source.text.find("\n", at)
    end = len(source.text) if end < 0 else end
    return source.span(at, at + len(source.text[at:end].rstrip()))


@lru_cache(maxsize=4)
def _starts(text: str) -> tuple[int, ...]:
    """Where each line begins; a file of references has thousands, and each record asks for its own."""
    return (0, *(found.end() for found in re.finditer("\n", text)))


def date_of(text: str) -> dict[str, Any]:
    """A date as CSL has it: numbers for ISO 8601 and EDTF, ranges too; what is no date, as it is written."""
    text = text.strip().rstrip("/")
    parts = [_numbers(part) for part in re.split(r"(?<=\d{4})/(?=-?\d{4})|(?<=-\d\d)/(?=-?\d{4})", text)]
    if all(parts) and 1 <= len(parts) <= 2:
        found: dict[str, Any] = {"date-parts": parts}
        first = parts[0] or []
        if len(first) > 1 and first[1] > 12:
            season = {"season": _SEASONS[first[1]]} if first[1] in _SEASONS else {}
            found = {"date-parts": [first[:1]], **season}
        return {**found, **({"circa": True} if text[-1:] in "?~%" else {})}
    return {"literal": text}


def _numbers(text: str) -> list[int] | None:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    return [int(number) for number in found.groups() if number and int(number)]


def month_of(text: str) -> str | None:
    """The number of a month by its name or number; None if it is neither."""
    text = text.strip().lower()
    if text.isdecimal() and 1 <= int(text) <= 12:
        return f"{int(text):02}"
    return f"{_MONTHS.index(text[:3]) + 1:02}" if text[:3] in _MONTHS else None
