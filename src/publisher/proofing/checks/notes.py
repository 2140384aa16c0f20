"""Notes far from their calls."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Severity
from publisher.proofing.checks.job import Job
from publisher.proofing.finding import Finding
from publisher.proofing.reading.geometry import Box
from publisher.proofing.reading.sources import NotePlace

SIDE = 8
"""Points; about the size of the mark of a note."""


def notes_far_from_calls(job: Job) -> Iterator[Finding]:
    """P-006 for a note that begins on another page than the one where it is called first."""
    for note in job.notes:
        if note.printed.page != note.called:
            yield _finding(note, job)


def _finding(note: NotePlace, job: Job) -> Finding:
    _, x, y = note.call
    begins = job.sheet(note.printed.page).name
    pages = note.printed.page - note.called
    return Finding(
        code="P-006",
        severity=Severity.WARNING,
        page=note.called,
        boxes=(Box(left=x - 1, bottom=y - 1, right=x + SIDE, top=y + SIDE),),
        message=f"{note.expected.name} is called here and begins {_far(pages)}, on {begins}",
        words=note.expected.text,
        span=note.expected.span(),
        suggestion="shorten the notes of this page, or gather the series at the end: placement: {pdf: end}",
    )


def _far(pages: int) -> str:
    count = abs(pages)
    return f"{count} page{'s' * (count != 1)} {'later' if pages > 0 else 'earlier'}"
