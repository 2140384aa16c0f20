"""Rivers of hyphens: many line ends with a hyphen one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding, at_line
from publisher.proof.reading.lines import Line


def hyphens_in_a_row(job: Job) -> Iterator[Finding]:
    """P-005 for more lines in a row with a hyphen at their end than the limit."""
    for block in job.setting.blocks:
        if not block.is_running_text:
            continue
        for lines in _rows(block.lines):
            if len(lines) > job.limits.hyphens:
                yield at_line(
                    "P-005",
                    f"{len(lines)} lines in a row end with a hyphen in {block.name}",
                    block,
                    *lines,
                    suggestion="in a style sheet, divide fewer words of the paragraph: #p12 { hyphens: manual; }",
                )


def _rows(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines that follow one another and all end with a hyphen."""
    return (tuple(row) for hyphenated, row in groupby(lines, key=lambda line: line.hyphenated) if hyphenated)
