"""Loose lines: word spaces much wider than those of the font."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from publisher.proof.checks.context import Job
from publisher.proof.checks.suggestions import tracking
from publisher.proof.finding import Finding, at_line
from publisher.proof.reading.lines import Line, SetBlock

SUGGESTION = (
    "in edition.yaml, set the paragraph closer: {tracking}; say where a long word is divided: "
    "typesetting: {{hyphenation: {{en: [cooper-ation]}}}}; or choose a larger trim"
)


def loose_lines(job: Job) -> Iterator[Finding]:
    """P-007 for lines whose word spaces are wider, on average, than the limit; those of a block on a page together."""
    for block in job.setting.blocks:
        loose = [line for line in block.lines if line.looseness > job.limits.looseness]
        for _, lines in groupby(loose if block.is_running_text else (), key=lambda line: line.page):
            yield _finding(block, sorted(lines, key=lambda line: -line.looseness))


def _finding(block: SetBlock, lines: list[Line]) -> Finding:
    """Told of the loosest of the lines."""
    wide = f"{lines[0].looseness:.1f} times as wide as normal"
    what = f"loose line in {block.name}: its word spaces are {wide}"
    several = f"{len(lines)} loose lines in {block.name}: the word spaces of the loosest are {wide}"
    return at_line(
        "P-007", several if lines[1:] else what, block, *lines, suggestion=SUGGESTION.format(tracking=tracking(block))
    )
