"""Notes that have lost their words, and wait for their editor."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from publisher.diagnostics import Diagnostic, Severity, Span, amount
from publisher.model.edition import Edition

SHOWN = 5
"""How many notes are named."""
HINT = "quote the words that each is about, and move it back to its series; or delete it"


def orphaned_notes(edition: Edition) -> Iterator[Diagnostic]:
    """K-001, warnings: how many notes of a series have lost their words."""
    for headings in _by_file(edition):
        yield Diagnostic(
            code="K-001",
            message=f"{amount(len(headings), 'note')} without words in the text: {_note_names(headings)}",
            span=headings[0],
            hint=HINT,
            severity=Severity.WARNING,
        )


def orphans_given_away(edition: Edition) -> Iterator[Diagnostic]:
    """K-004 for a copy for distribution, which is refused while notes have lost their words; a waiver may allow it."""
    for headings in _by_file(edition):
        yield Diagnostic(
            code="K-004",
            message=f"a copy for distribution leaves out {amount(len(headings), 'note')}: {_note_names(headings)}",
            span=headings[0],
            hint=f"{HINT}; or allow it with a waiver of K-004",
            severity=Severity.WARNING,
        )


def _by_file(edition: Edition) -> Iterator[list[Span]]:
    for _, group in groupby(edition.orphans, key=lambda heading: heading.source.name):
        yield list(group)


def _note_names(headings: list[Span]) -> str:
    """The ids of the first of the notes."""
    lines = (span.source.text[span.start : span.end] for span in headings[:SHOWN])
    ids = (line.strip("# \t").partition("{")[0].strip() for line in lines)
    return ", ".join(ids) + (f" and {len(headings) - SHOWN:,} more" if len(headings) > SHOWN else "")
