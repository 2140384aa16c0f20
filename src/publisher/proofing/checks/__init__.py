"""CHECKS: everything that a laid-out page is looked at for, in the order of the codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publisher.proofing.checks.breaks import widows_and_orphans
from publisher.proofing.checks.colour import rgb_in_cmyk
from publisher.proofing.checks.glyphs import missing_glyphs
from publisher.proofing.checks.headings import headings_at_the_foot
from publisher.proofing.checks.hyphens import hyphens_in_a_row
from publisher.proofing.checks.ink import too_much_ink
from publisher.proofing.checks.job import Job
from publisher.proofing.checks.loose import loose_lines
from publisher.proofing.checks.notes import notes_far_from_calls
from publisher.proofing.checks.overfull import overfull_boxes, text_over_text
from publisher.proofing.checks.pictures import coarse_pictures
from publisher.proofing.checks.short_ends import short_last_lines, short_last_pages
from publisher.proofing.checks.strangers import another_edition
from publisher.proofing.finding import Finding

CHECKS: tuple[Callable[[Job], Iterator[Finding]], ...] = (
    widows_and_orphans,
    short_last_lines,
    short_last_pages,
    hyphens_in_a_row,
    notes_far_from_calls,
    loose_lines,
    overfull_boxes,
    headings_at_the_foot,
    coarse_pictures,
    missing_glyphs,
    rgb_in_cmyk,
    too_much_ink,
    text_over_text,
    another_edition,
)
