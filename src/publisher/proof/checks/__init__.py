"""CHECKS: everything that a laid-out page is looked at for, in the order of the codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from publisher.proof.checks.breaks import widows_and_orphans
from publisher.proof.checks.colour import rgb_in_cmyk
from publisher.proof.checks.context import Job
from publisher.proof.checks.depth import baselines_apart, gaps_above_notes, uneven_feet
from publisher.proof.checks.glyphs import missing_glyphs
from publisher.proof.checks.headings import headings_at_the_foot
from publisher.proof.checks.hyphens import hyphens_in_a_row
from publisher.proof.checks.ink import too_much_ink
from publisher.proof.checks.loose_lines import loose_lines, tight_lines, uneven_lines
from publisher.proof.checks.notes import notes_far_from_calls
from publisher.proof.checks.overfull import overfull_boxes, text_over_text
from publisher.proof.checks.pictures import coarse_pictures
from publisher.proof.checks.short_last_lines import short_last_lines, short_last_pages
from publisher.proof.checks.unknown_lines import another_edition
from publisher.proof.finding import Finding

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
    uneven_lines,
    tight_lines,
    gaps_above_notes,
    baselines_apart,
    uneven_feet,
)
