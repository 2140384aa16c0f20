"""Rivers of hyphens: many line ends with a hyphen one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from publisher.proof.checks.context import Job
from publisher.proof.checks.suggestions import hyphenation_key, tracking
from publisher.proof.finding import Finding, at_line
from publisher.proof.reading.lines import Line, SetBlock


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
                    suggestion=_suggestion(block, lines),
                )


def _suggestion(block: SetBlock, lines: tuple[Line, ...]) -> str:
    """The words at the line ends, to be divided elsewhere or not at all; else the paragraph set closer."""
    first = next(at for at, line in enumerate(block.lines) if line is lines[0])
    language = (block.source.language if block.source else "") or "en"
    words = hyphenation_key(lines, block.lines[first + 1 :], language.partition("-")[0])
    closer = tracking(block)
    if words is None:
        return f"in edition.yaml, set the paragraph closer: {closer}"
    return f"in edition.yaml, give words other hyphens or none: {words}; or set the paragraph closer: {closer}"


def _rows(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines that follow one another and all end with a hyphen."""
    return (tuple(row) for hyphenated, row in groupby(lines, key=lambda line: line.hyphenated) if hyphenated)
