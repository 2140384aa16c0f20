"""Lemmas of one series that cross: each begins or ends inside the other without holding it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from publisher.diagnostics import Diagnostic, Severity
from publisher.model.apparatus import Anchor


def crossings(anchors: Sequence[Anchor]) -> tuple[Diagnostic, ...]:
    """Return a remark (N-005) for each note whose lemma crosses an earlier one of its series, which nothing forbids."""
    ordered = sorted(anchors, key=lambda anchor: (_place(anchor), anchor.start, -anchor.end))
    return tuple(
        _crossing_fault(anchor, other)
        for _, series in groupby(ordered, key=_place)
        for anchor, other in _crossing(series)
    )


def _place(anchor: Anchor) -> tuple[str, str, str]:
    """The series of a note, and what it is about."""
    place = anchor.note.place
    return (anchor.note.series, "", "") if place is None else (anchor.note.series, place.kind, place.id)


def _crossing(ordered: Iterable[Anchor]) -> Iterator[tuple[Anchor, Anchor]]:
    """Each anchor that crosses one before it, with that one; `open_` holds those that nest around the current one."""
    open_: list[Anchor] = []
    for anchor in ordered:
        while open_ and open_[-1].end <= anchor.start:
            open_.pop()
        if open_ and open_[-1].end < anchor.end:
            yield anchor, open_[-1]
        else:
            open_.append(anchor)


def _crossing_fault(anchor: Anchor, other: Anchor) -> Diagnostic:
    return Diagnostic(
        code="N-005",
        message=f"the lemma of note “{anchor.note.id}” crosses that of note “{other.note.id}” of the same series",
        span=anchor.span,
        hint="each is called at the end of its words; if it is unclear which words a note is about, quote less",
        severity=Severity.NOTE,
        related=((f"the lemma of “{other.note.id}”", other.span),),
    )
