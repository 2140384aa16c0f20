"""What `publisher init` wrote as an example and an edition or a reader of another title or text still says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher import scaffold
from publisher.diagnostics import Diagnostic, Severity, Source
from publisher.model.edition import Edition
from publisher.model.reader import Reader
from publisher.model.target import Copy

EDITION_TITLE = "On Reading Proofs"
READER_TITLE = "Reading for Print"
"""The titles of the examples: under these nothing is left over."""
EXAMPLES = (
    "Your Name",
    "Your Institution",
    "The makers of publisher",
    "A starter edition",
    "Written as an example for those who begin an edition.",
    "Written as an example for those who begin a reader.",
    "The text may be used by anybody for anything.",
    "The notes and the introduction may be used by anybody for anything.",
)
"""Values that no one writes who means them."""
DATES = ("date: 2026-11-24", "statement: First edition")
"""Lines that may be meant, and are reported with the others only."""


def leftovers(edition: Edition) -> Iterator[Diagnostic]:
    """E-030, warnings: what `edition.yaml` still says of the example, once title or text are others."""
    settings = edition.settings
    texts = {content.decode(errors="replace") for _, content in scaffold.contents()}
    if settings.title == EDITION_TITLE and edition.text.source.text in texts:
        return
    yield from _find(settings.source, Severity.WARNING)


def reader_leftovers(reader: Reader) -> Iterator[Diagnostic]:
    """E-030 for `reader.yaml`: errors in a copy for distribution."""
    if reader.course.title != READER_TITLE:
        is_given_away = reader.course.copy is Copy.DISTRIBUTION
        yield from _find(reader.course.source, Severity.ERROR if is_given_away else Severity.WARNING)


def _find(source: Source, severity: Severity) -> Iterator[Diagnostic]:
    places = [(at, words) for words in EXAMPLES for at in _values(source, words)]
    if places:
        places += [(at + len(key) + 2, value) for key, value in _pairs() for at in _lines(source, f"{key}: {value}")]
    for at, words in sorted(places):
        yield Diagnostic(
            code="E-030",
            message=f"“{words}” is what `publisher init` wrote as an example",
            span=source.span(at, at + len(words)),
            hint="write what is true of yours, or delete the key if it may be missing",
            severity=severity,
        )


def _pairs() -> Iterator[tuple[str, str]]:
    for line in DATES:
        key, _, value = line.partition(": ")
        yield key, value


def _values(source: Source, words: str) -> Iterator[int]:
    """Where words are a whole value, with or without quotation marks, or an item of a list."""
    value = re.escape(words)
    before, after = r"""(?m)(?:[:\-\[,{]|(?<=\[))[ \t]*["']?""", r"""["']?(?=[ \t]*(?:[,}\]]|#|\r?$))"""
    pattern = f"{before}({value}){after}"
    for found in re.finditer(pattern, source.text):
        yield found.start(1)


def _lines(source: Source, line: str) -> Iterator[int]:
    """Where a line is at the beginning of a line."""
    for found in re.finditer(rf"(?m)^{re.escape(line)}(?=[ \t]*(?:#|\r?$))", source.text):
        yield found.start()
