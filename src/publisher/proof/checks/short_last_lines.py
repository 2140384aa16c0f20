"""Short ends: last lines of a few letters, last pages of a few lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from publisher.diagnostics import Severity, amount
from publisher.proof.checks.context import Job
from publisher.proof.checks.suggestions import tracking
from publisher.proof.finding import Finding, at_line
from publisher.proof.reading.lines import Line, SetBlock, solid


def short_last_lines(job: Job) -> Iterator[Finding]:
    """P-003 for the last line of a paragraph that has fewer characters than the limit."""
    for block in job.setting.blocks:
        if not block.is_running_text or not block.whole or len(block.lines) < 2:
            continue
        last = block.lines[-1]
        if len(solid(last.text)) < job.limits.last_line:
            suggestion = f"leave it, or set the paragraph closer in edition.yaml: {tracking(block)}"
            message = f"the last line of {block.name} is only {amount(len(solid(last.text)), 'character')} long"
            yield _note(at_line("P-003", message, block, last, suggestion=suggestion))


def short_last_pages(job: Job) -> Iterator[Finding]:
    """P-004 for the last page of a section of the sources that has fewer lines than the limit, and no picture."""
    on_page: defaultdict[int, list[tuple[SetBlock, Line]]] = defaultdict(list)
    sections: defaultdict[int, set[int]] = defaultdict(set)
    pictured: set[int] = set()
    section = 0
    for block in job.setting.text:
        section += block.kind in ("H1", "Title")
        sections[section] |= {*block.pages}
        pictured |= {*block.pages} if block.pictures or block.kind == "Figure" else set()
        for line in block.lines:
            on_page[line.page].append((block, line))
    noted = {page for block in job.setting.blocks if block.branch.note for page in block.pages}
    for pages in sections.values():
        last = max(pages, default=-1)
        heights = {round(line.y) for _, line in on_page[last]}
        if len(pages) > 1 and len(heights) < job.limits.last_page and last not in pictured | noted:
            block = next((set_block for set_block, _ in on_page[last] if set_block.kind != "Lbl"), on_page[last][0][0])
            lines = (line for other, line in on_page[last] if other is block)
            message = f"the last page of the section has only {len(heights)} line{'s' * (len(heights) != 1)}"
            suggestion = (
                f"leave it, set a paragraph closer in edition.yaml: {tracking(block)}, make a picture smaller: "
                "typesetting: {picture-widths: {images/map.png: 80mm}}, or choose another trim"
            )
            found = _note(at_line("P-004", message, block, *lines, suggestion=suggestion))
            if found.span is not None:  # no editor can shorten the program's own colophon
                yield found


def _note(finding: Finding) -> Finding:
    """The finding as something that is worth a look and no more."""
    return replace(finding, severity=Severity.NOTE)
