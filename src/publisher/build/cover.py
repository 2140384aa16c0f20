"""The printer's cover: an edition checked, its cover planned, rendered, laid out, measured and finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from publisher.build import pipeline
from publisher.build.pdf import press
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.diagnostics.sink import Sink
from publisher.model.cover import PALETTES, CoverPlan, Design
from publisher.model.marking import Made, Marking
from publisher.model.paper import Paper, paper_called
from publisher.model.profile import Profile, file_name, points
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, PdfOutput, PrintCondition
from publisher.workspace import NotThere, read_file


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverOrder:
    """What is asked for in addition to what `edition.yaml` says."""

    pages: int | None = None
    """How many pages the book has; None to count those of the PDF that was built."""
    paper: Paper | None = None
    design: Design | None = None
    marks: bool = False
    profile: Profile | None = None
    """For the printer or to be looked at; None where `edition.yaml` decides by the PDFs that it asks for."""

    def described(self) -> dict[str, Any]:
        """What decides on the cover, as words, numbers and truth values by name; `ordered` reads it."""
        paper = None if self.paper is None else self.paper.name
        caliper = None if self.paper is None else self.paper.caliper
        return {"paper": paper, "caliper": caliper, "design": self.design, "marks": self.marks}


def in_order(described: Mapping[str, Any], *, profile: Profile) -> CoverOrder | None:
    """The order that was described, for a profile; None if it is none that can be asked for."""
    try:
        paper = _paper(described["paper"], described["caliper"])
        return CoverOrder(
            pages=min(5000, max(2, int(described["pages"]))),
            paper=paper,
            design=None if described["design"] is None else Design(described["design"]),
            marks=bool(described["marks"]),
            profile=profile,
        )
    except (ValueError, TypeError, KeyError):
        return None


def _paper(name: object, caliper: object) -> Paper | None:
    """The paper of a name, or of a caliper of one's own; raises `ValueError` if there is none of that name."""
    if name is None:
        return None
    found = paper_called(str(name))
    if found is None or found.caliper != caliper:
        raise ValueError(f"{name} is no paper")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCover:
    """A finished cover, not yet retained anywhere."""

    artifact: Artifact
    plan: CoverPlan
    pages: int
    paper: Paper
    diagnostics: tuple[Diagnostic, ...]


def printed_cover(request: BuildRequest, order: CoverOrder) -> PrintedCover:
    """Return the printer's cover of an edition; the pages are counted in the PDF in the output folder.

    For the printer it is PDF/X-4, in the inks that the pages are printed in, and checked as these are.
    Raises `PublisherError` if the edition has errors, words do not fit, the PDF cannot be read, or the cover cannot be
    printed (exit code 5 with the findings of the preflight); raises `NotThere` if there is no PDF. Nothing is written.
    """
    made, diagnostics = pipeline.run(request, lambda sink: _make(request, order, sink))
    return replace(made, diagnostics=diagnostics)


def _make(request: BuildRequest, order: CoverOrder, sink: Sink) -> PrintedCover:
    """The cover; its diagnostics are in the sink."""
    from publisher.compose.cover import plan_cover, spine_width
    from publisher.preflight import preflight

    checked = pipeline.render(request, sink)
    assert checked.publication is not None
    publication = _in_order(checked.publication, order)
    wanted = publication.output.profiles.wanted
    profile = order.profile or (Profile.PRINT if Profile.PRINT in wanted else Profile.SCREEN)
    pages = order.pages or _pages(request.output, file_name(publication.output.name, profile))
    cover = publication.cover
    publication = publication.made_for(profile)
    plan = plan_cover(publication, design=cover.printed_design, spine=spine_width(pages, cover.paper))
    moment = request.moment(publication.metadata.date)
    printed = press(publication) if profile is Profile.PRINT else None
    with request.progress.stage("Setting the cover"):
        marking = Marking(made=Made.COVER, order={**order.described(), "pages": pages})
        content = _laid_out(publication, plan, moment=moment, marking=marking, printed=printed)
    artifact = Artifact(name=file_name(f"{publication.output.name}-cover", profile), content=content)
    if printed:
        preflight(content, name=artifact.name, least_bleed=points(f"{plan.bleed}mm"), standard=printed.standard)
    return PrintedCover(artifact=artifact, plan=plan, pages=pages, paper=cover.paper, diagnostics=())


def _pages(output: Path | None, book: str) -> int:
    """How many pages a finished PDF has; raises `NotThere` with its name if it is not there."""
    from publisher.pdf.press.cover import page_count

    if output is None:
        raise NotThere(book)
    return page_count(_finish(output / book), name=book)


def _finish(path: Path) -> bytes:
    """The bytes of a finished file; raises `NotThere` with its name if it is not there."""
    if not path.is_file():
        raise NotThere(path.name)
    return read_file(path)


def _in_order(publication: Publication, order: CoverOrder) -> Publication:
    """The publication with the design and the paper that are asked for; another design brings its colours."""
    cover = publication.cover
    if order.design is not None and order.design is not cover.printed_design:
        own = cover.places.colours is not None
        cover = replace(cover, design=order.design, palette=cover.palette if own else PALETTES[order.design])
    return replace(publication, cover=replace(cover, paper=order.paper or cover.paper))


def _laid_out(
    publication: Publication, plan: CoverPlan, *, moment: str, marking: Marking, printed: PrintCondition | None
) -> bytes:
    """The cover laid out, in inks where it is `printed`, with its boxes and marks; it is a file of its own."""
    from publisher.compose.cover import spine_names
    from publisher.layout.document import write_pdfs
    from publisher.pdf.press.cover import demand_fit, write_printed_cover
    from publisher.render import undrawn
    from publisher.render.covers import render_printed_cover
    from publisher.validate.transparency import trace
    from publisher.workers.executor import SerialExecutor
    from publisher.workspace.tempdir import scratch_for_all

    rendition = render_printed_cover(publication, plan, names=spine_names(publication))
    if printed:
        own = replace(rendition.metadata, identifier=f"{rendition.metadata.identifier}#cover")
        rendition = replace(rendition, metadata=own)
    finish = PdfOutput(name="cover.pdf", press=replace(printed, bleed=0.0, marks=False) if printed else None)
    try:
        with scratch_for_all():
            made = write_pdfs(lambda *_: rendition, executor=SerialExecutor(), finishes=(finish,), moment=moment)
    except PublisherError as error:
        picture = publication.cover.image
        raise trace(undrawn(error, publication), drawings=(picture,) if picture else ()) from error
    content = made[0].artifact.content
    demand_fit(content, plan, places=publication.cover.places)
    marks = bool(marking.order["marks"])
    return write_printed_cover(
        content, plan, marks=marks, standard=printed.standard if printed else None, marking=marking
    )
