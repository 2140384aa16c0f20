"""Loose and tight lines: word spaces much wider or narrower than those of the font, and how many lines are uneven."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from publisher.proof.checks.context import Job
from publisher.proof.checks.suggestions import tracking
from publisher.proof.finding import Finding, at_line
from publisher.proof.reading.lines import Line, SetBlock

UNEVEN, MOST, ENOUGH = 1.5, 0.05, 40
"""Lines of more than so many times the normal space are uneven; which share may be, of how many lines at least."""
TIGHT = 0.75
"""Spaces may be so narrow, as a multiple of those of the font."""
LOOSER = "in a style sheet, set the paragraph wider (#p12 { letter-spacing: 0.002em; }) or ragged (text-align: left)"
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


def uneven_lines(job: Job) -> Iterator[Finding]:
    """P-018, once, if too many lines have spaces that are wider than `UNEVEN`; it names the loosest of them."""
    lines = [(block, line) for block in job.setting.blocks if block.is_running_text for line in block.lines]
    loose = [pair for pair in lines if pair[1].looseness > UNEVEN]
    if len(loose) > MOST * len(lines) and len(lines) >= ENOUGH:
        block, line = max(loose, key=lambda pair: pair[1].looseness)
        share = f"{100 * len(loose) / len(lines):.0f} %"
        message = (
            f"{share} of the lines have word spaces wider than {UNEVEN} times the normal ones, this one the widest"
        )
        yield at_line("P-018", message, block, line, suggestion=SUGGESTION)


def tight_lines(job: Job) -> Iterator[Finding]:
    """P-019 for lines whose word spaces are narrower, on average, than `TIGHT`; those of a block together."""
    for block in job.setting.blocks:
        tight = [line for line in block.lines if line.looseness < TIGHT]
        for _, lines in groupby(tight if block.is_running_text else (), key=lambda line: line.page):
            first, *more = sorted(lines, key=lambda line: line.looseness)
            narrow = f"{first.looseness:.2f} times as wide as normal"
            message = f"tight line in {block.name}: its word spaces are {narrow}"
            yield at_line("P-019", message, block, first, *more, suggestion=LOOSER)


def _finding(block: SetBlock, lines: list[Line]) -> Finding:
    """Reported of the loosest of the lines."""
    wide = f"{lines[0].looseness:.1f} times as wide as normal"
    what = f"loose line in {block.name}: its word spaces are {wide}"
    several = f"{len(lines)} loose lines in {block.name}: the word spaces of the loosest are {wide}"
    return at_line(
        "P-007", several if lines[1:] else what, block, *lines, suggestion=SUGGESTION.format(tracking=tracking(block))
    )
