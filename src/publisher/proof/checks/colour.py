"""RGB in a file for a printer who wants CMYK."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Severity
from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding
from publisher.proof.reading.painted import Ink, Kind, Paint, Sheet

SUGGESTION = "give colours as device-cmyk() in the style sheets and convert pictures, or build the print profile"
SHOWN = 12
"""How many places on a page are framed."""


def rgb_in_cmyk(job: Job) -> Iterator[Finding]:
    """P-012 for each page and kind of thing that is painted in RGB, where the file is a CMYK job."""
    if not job.is_cmyk:
        return
    for sheet in job.setting.sheets:
        for kind in Kind:
            found = [paint for paint in sheet.paints if paint.ink is Ink.RGB and paint.kind is kind]
            if found:
                yield _finding(sheet, kind, found, job)


def _finding(sheet: Sheet, kind: Kind, found: list[Paint], job: Job) -> Finding:
    block = job.block_with(sheet.index, next((paint.mcid for paint in found if paint.mcid is not None), None))
    times = f" ({len(found)} times)" if len(found) > 1 else ""
    return Finding(
        code="P-012",
        severity=Severity.ERROR,
        page=sheet.index,
        boxes=tuple(paint.box for paint in found[:SHOWN]),
        message=f"{kind} in RGB in a file for CMYK{times}",
        words=job.words_at(sheet.index, found[0]) if kind is Kind.TEXT else "",
        span=block.source.span() if block and block.source else job.span_at_box(sheet.index, found[0].box),
        suggestion=SUGGESTION,
    )
