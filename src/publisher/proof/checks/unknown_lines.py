"""Lines that no source holds: most likely the file is older than the edition."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Severity
from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding

FEW = 3
"""So many lines may be of the program's own: what it says of accessibility depends on what else was built."""
UNTAGGED = Finding(
    code="P-017",
    severity=Severity.WARNING,
    page=0,
    boxes=(),
    message="the file is not tagged, and its lines are not those of the edition, so lines were not looked at",
    words="",
    span=None,
    suggestion="name the edition that it was built from, or build it again and proof that",
)


def another_edition(job: Job) -> Iterator[Finding]:
    """P-015, once, where lines of the PDF are in no source or lines of the sources occur nowhere in it.

    P-017 where it says of no line what it is, and they are not found either.
    """
    if not job.setting.blocks:
        yield UNTAGGED
        return
    lacking = [line for line in job.lacking if line.pieces]
    if not lacking and len(job.strangers) <= FEW:
        return
    first = job.strangers[0] if job.strangers else None
    yield Finding(
        code="P-015",
        severity=Severity.WARNING,
        page=first.page if first else 0,
        boxes=(),
        message=(
            f"the file is not that of the edition as it is now: {_are(len(job.strangers), 'of its lines')} "
            f"in no source, and {_are(len(lacking), 'of those of the sources')} not in it"
        ),
        words=first.text if first else lacking[0].text,
        span=lacking[0].span() if lacking else None,
        suggestion="build it again and proof that; `publisher verify` says where the two differ",
    )


def _are(count: int, of: str) -> str:
    return f"{count:,} {of} {'is' if count == 1 else 'are'}"
