"""Ink above a limit: all inks together, at one point of a page."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Severity
from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding
from publisher.proof.reading.geometry import Box


def too_much_ink(job: Job) -> Iterator[Finding]:
    """P-013 for each page on which more ink than the limit was measured."""
    for coverage in job.coverages:
        if coverage.percent <= job.ink:
            continue
        box = Box(left=coverage.left, bottom=coverage.bottom, right=coverage.right, top=coverage.top)
        yield Finding(
            code="P-013",
            severity=Severity.ERROR,
            page=coverage.page,
            boxes=(box,),
            message=f"{coverage.percent} % of ink at one point, where {job.ink} % are allowed",
            words="",
            span=job.span_at_box(coverage.page, box),
            suggestion="convert the picture with a profile of less ink, or give the colour less of each ink",
        )
