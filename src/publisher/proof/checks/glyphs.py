"""Missing glyphs: characters for which the font has nothing to show but its empty box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from publisher.diagnostics import Severity
from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding, at_line
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.lines import solid
from publisher.proof.reading.matched import span_at
from publisher.proof.reading.painted import Stretch

SUGGESTION = "put a typeface that has the character into the edition's folder fonts/"


def missing_glyphs(job: Job) -> Iterator[Finding]:
    """P-011 for each stretch of text that shows `.notdef`."""
    standing = {
        id(stretch): (block, line) for block in job.setting.blocks for line in block.lines for stretch in line.stretches
    }
    for sheet in job.setting.sheets:
        for stretch in sheet.stretches:
            if not stretch.missing or not stretch.seen:
                continue
            message = f"{len(stretch.missing)} character{'s' * (len(stretch.missing) != 1)} missing from the font"
            if id(stretch) in standing:
                block, line = standing[id(stretch)]
                found = at_line("P-011", f"{message} in {block.name}", block, line, suggestion=SUGGESTION)
                before = "".join(item.text for item in line.stretches[: line.stretches.index(stretch)])
                at = line.begins + len(solid(before + stretch.shown[: stretch.missing[0]]))
                span = span_at(block.source, at) if block.source else None
                yield replace(found, severity=Severity.ERROR, boxes=_boxes(stretch), span=span)
            else:
                yield Finding(
                    code="P-011",
                    severity=Severity.ERROR,
                    page=sheet.index,
                    boxes=_boxes(stretch),
                    message=message,
                    words=stretch.text,
                    span=None,
                    suggestion=SUGGESTION,
                )


def _boxes(stretch: Stretch) -> tuple[Box, ...]:
    """Around each glyph that is missing."""
    whole = stretch.box
    return tuple(
        Box(left=stretch.starts[at], right=stretch.ends[at], bottom=whole.bottom, top=whole.top)
        for at in stretch.missing
    )
