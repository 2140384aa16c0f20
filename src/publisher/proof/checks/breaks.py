"""Widows and orphans: one line of a paragraph alone at the head or the foot of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding, at_line

FORCED = 3
"""A paragraph of so many lines may be divided after its first line above notes."""
SUGGESTION = (
    "in a style sheet, keep two lines together (p { orphans: 2; widows: 2; }); or in edition.yaml, set a paragraph "
    "above closer or wider (typesetting: {tracking: {p11: -4}}), or begin a page here "
    "(typesetting: {page-breaks: [p12]})"
)


def widows_and_orphans(job: Job) -> Iterator[Finding]:
    """P-001 for a last line alone at the head of a page, P-002 for a first line alone at the foot of one.

    A paragraph of three lines may be divided after the first one above notes, and a note after its first line.
    """
    noted = {page for block in job.setting.blocks if block.branch.note for page in block.pages}
    for block in job.setting.blocks:
        if not block.is_running_text or not block.whole or len(block.pages) < 2:
            continue
        count = Counter(line.page for line in block.lines)
        first, last = block.lines[0], block.lines[-1]
        if count[last.page] == 1:
            message = f"widow: the last line of {block.name} is alone at the top of the page"
            yield at_line("P-001", message, block, last, suggestion=SUGGESTION)
        above_notes = first.page in noted and len(block.lines) == FORCED and not block.branch.note
        if count[first.page] == 1 and len(block.lines) > 2 and not (above_notes or block.branch.note):
            message = f"orphan: the first line of {block.name} is alone at the bottom of the page"
            yield at_line("P-002", message, block, first, suggestion=SUGGESTION)
