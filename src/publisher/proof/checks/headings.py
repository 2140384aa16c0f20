"""Headings at the foot of a page, away from what they are the headings of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from publisher.proof.checks.context import Job
from publisher.proof.finding import Finding, at_line


def headings_at_the_foot(job: Job) -> Iterator[Finding]:
    """P-009 for a heading whose text begins on the next page; not if it is unknown where its text is."""
    filled: set[int] = set()
    for block, after in pairwise(job.setting.text):
        if block.is_heading and block.lines and after.pages and not after.is_heading:
            page = block.lines[-1].page
            if after.pages[0] > page:
                where = "at the bottom of the page" if page in filled else "alone on its page"
                yield at_line(
                    "P-009",
                    f"{block.name} is {where}, and its text begins on the next",
                    block,
                    *block.lines,
                    suggestion="let it go over with its text, in a style sheet: h2, h3 { break-after: avoid; }",
                )
        if not block.is_heading:
            filled |= {*block.pages}
