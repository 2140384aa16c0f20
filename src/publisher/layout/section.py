"""One section set in type: laid out and bound. What a worker does, here or elsewhere; it knows nothing but its task."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publisher.diagnostics import PublisherError
from publisher.layout.note_numbers import note_numbers
from publisher.layout.section_key import Task, fingerprint, key
from publisher.model.rendition import LayoutResources, PdfSection
from publisher.pdf.assemble.section_pdf import SectionPdf
from publisher.workers.executor import Executor
from publisher.workers.remote import Remote

FIGURES = "0123456789"
_CODE = re.compile("[0-9a-f]{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a task asks for next to its dress."""

    section: PdfSection
    hyphen: str


def fits(task: Task, section: SectionPdf) -> bool:
    """Whether a section that was decoded can be what the task asks for: its name, and places on pages that it has.

    Whether its pages carry the right words is for the proof to say.
    """
    if section.found:
        return section.id == task.section.id and not section.content
    cited = (
        page
        for cited_lines in section.cited
        for page in (cited_lines.first_page, cited_lines.last_page, cited_lines.note_page or 0)
    )
    pages = (
        *(folio.page for folio in section.folios),
        *(spot.page for _, spot in section.spots),
        *(page for page, _ in section.lost),
        *(misplaced.page for misplaced in section.misplaced),
        *(size.page for size in section.sizes),
        *(foreign_spot.page for foreign_spot in section.foreign),
        *(number_spot.page for number_spot in section.numbers),
        *cited,
    )
    return (
        section.id == task.section.id
        and section.content.startswith(b"%PDF-")
        and section.count == len(section.starts) > 0
        and all(0 <= page < section.count for page in pages)
        and _are_numbers(section, task)
    )


def _are_numbers(section: SectionPdf, task: Task) -> bool:
    """Whether the places of numbers can be those of the numbers in the document of a task."""
    count = len(note_numbers(task.section.document)) if section.numbers else 0
    return all(
        0 <= number_spot.index < count
        and number_spot.offset >= 0
        and len(number_spot.codes) == len(FIGURES)
        and all(_CODE.fullmatch(code) for code in number_spot.codes)
        for number_spot in section.numbers
    )


EARLY = ("publisher.pdf.assemble.section", "publisher.layout.weasyprint.layout")
"""Modules that sections are set with; to import them takes longer than a short section."""


def layout_section(task: Task) -> SectionPdf:
    """The section laid out and bound; without pages where the layout complained of something."""
    from publisher.layout.weasyprint.layout import lay_out
    from publisher.pdf.assemble.section import assemble_section

    try:
        raw = lay_out(task.section, task.dress, hyphen=task.hyphen)
    except PublisherError as error:
        return _unset(task, error)
    return assemble_section(raw, task.section, task.dress)


def _unset(task: Task, error: PublisherError) -> SectionPdf:
    return SectionPdf(
        id=task.section.id,
        content=b"",
        count=0,
        folios=(),
        starts=(),
        spots=(),
        fonts=(),
        strange=(),
        missing="",
        lost=(),
        found=error.diagnostics,
    )


LAYOUT_SECTION: Remote[Task, SectionPdf] = Remote(
    reference="publisher.layout.section:LAYOUT_SECTION",
    function=layout_section,
    common=LayoutResources,
    rest=Request,
    split=lambda task: (task.dress, Request(section=task.section, hyphen=task.hyphen)),
    join=lambda dress, request: Task(section=request.section, dress=dress, hyphen=request.hyphen),
    made=SectionPdf,
    fits=fits,
    describe=lambda task: f"laid out the section “{task.section.id}”",
    fingerprint=fingerprint,
    cost=lambda task: len(task.section.document),
    key=key,
    # fonts of this computer depend on its rules (fontconfig), which are in no key
    is_final=lambda section: not (section.found or section.strange or section.missing),
    may_leave=True,
)
"""`layout_section`, for other processes to call; they are sent the dress once, and results are stored."""


def layout_sections(executor: Executor, tasks: Sequence[Task]) -> tuple[SectionPdf, ...]:
    """Return the sections set, in the order of the tasks.

    Raises `PublisherError`: D-006 if a worker is ended again and again, with exit code 3 if one has another version.
    """
    return executor.map(LAYOUT_SECTION, tasks)
