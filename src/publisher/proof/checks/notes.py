"""Notes far from their calls."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Severity
from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding
from publisher.proof.reading.note_places import NotePlace


def notes_far_from_calls(job: Job) -> Iterator[Finding]:
    """P-006 for a note that begins on another page than the one where it is called first."""
    return (_finding(note, job) for note in job.notes if note.printed != note.called)


def _finding(note: NotePlace, job: Job) -> Finding:
    begins = job.sheet(note.printed).name
    return Finding(
        code="P-006",
        severity=Severity.WARNING,
        page=note.called,
        boxes=(note.call,),
        message=f"{note.expected.name} is called here and begins {_far(note.printed - note.called)}, on {begins}",
        words=note.expected.text,
        span=note.expected.span(),
        suggestion="gather the series at the end (placement: {pdf: end}), or choose a larger trim",
        related=(("called here", note.caller),) if note.caller else (),
    )


def _far(pages: int) -> str:
    count = abs(pages)
    return f"{count} page{'s' * (count != 1)} {'later' if pages > 0 else 'earlier'}"
