"""The stages in order: load → validate → annotate → compose → render → write → verify.

Each stage is imported where it runs, so that an edition can be checked where no PDF can be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from publisher import workspace
from publisher.build.accessibility import claims_file, measure
from publisher.build.checked import Checked
from publisher.build.epub import epub
from publisher.build.page_map import other_pages, page_map
from publisher.build.pdf import (
    Pdfs,
    before_layout,
    coarse_pictures,
    demand_printable,
    left_to_engine,
    unbindable,
    unreadable,
)
from publisher.build.record import file_names, record_of, rights_file
from publisher.build.request import BuildRequest, BuildResult
from publisher.build.severity import apply_severity, conclude, demand
from publisher.build.sources import is_reader, read_sources
from publisher.build.web import sites, web_edition
from publisher.diagnostics import Diagnostic
from publisher.diagnostics.progress import NO_PROGRESS, Progress
from publisher.diagnostics.sink import Look, Sink
from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.model.reader import AnnotatedReader
from publisher.model.rendition import Artifact, EpubDraft, PageStart, PdfArtifact, Volume
from publisher.model.target import BOOKS, DEFAULT_TARGET, ENDINGS, Format, Target, books_for, format_of
from publisher.workspace import Folder, commit, malloc
from publisher.workspace.commit_folder import demand_folder_free

__all__ = [
    "build",
    "check",
    "compose_edition",
    "composed_text",
    "draft_edition",
    "is_reader",
    "keep",
    "load",
    "run",
    "variants",
]

Value = TypeVar("Value")


def run(request: BuildRequest, stages: Callable[[Sink], Value]) -> tuple[Value, tuple[Diagnostic, ...]]:
    """Return what the stages make, and what they report: the one place where waivers and strictness are applied.

    Raises `PublisherError` with everything that was reported if one of it is an error, or if a stage fails.
    """
    sink = Sink()
    with conclude(sink, strict=request.strict, unfinished=request.unfinished):
        made = stages(sink)
    return made, apply_severity(sink, strict=request.strict)


def check(request: BuildRequest) -> Checked:
    """Return the edition or reader in a folder, composed and rendered, but not laid out; with its warnings.

    Raises `PublisherError` with everything that is wrong.
    """
    checked, diagnostics = run(request, lambda sink: render(request, sink))
    return replace(checked, warnings=diagnostics)


def load(request: BuildRequest) -> Checked:
    """Return the edition or reader in a folder with its notes in their places, not yet composed; with its warnings.

    Raises `PublisherError` with everything that is wrong.
    """
    checked, diagnostics = run(request, lambda sink: read_sources(request, sink))
    return replace(checked, warnings=diagnostics)


def render(request: BuildRequest, sink: Sink) -> Checked:
    """Return the edition or reader in a folder, composed and rendered. Raises `PublisherError` if it cannot be."""
    return draft_edition(request, sink)[0]


def draft_edition(request: BuildRequest, sink: Sink) -> tuple[Checked, EpubDraft]:
    """Return what `rendered` returns, and the documents in which the accessibility was measured; raises as it does."""
    checked = prepare(request, sink)
    with request.progress.stage("Measuring accessibility"):
        checked, draft = documents(checked)
    demand(sink)
    return checked, draft


def prepare(request: BuildRequest, sink: Sink) -> Checked:
    """Return the edition or reader in a folder, composed but not rendered. Raises `PublisherError` if it cannot be.

    What is wrong with the templates of an edition is not found: `documents` reports that.
    """
    checked = read_sources(request, sink)
    publication = _compose(checked, request, sink, moment=f"{checked.date}T00:00:00Z")
    if Format.PDF in checked.formats:
        sink.report(*before_layout(publication))
        sink.complete(Look.COMPOSED)
    return replace(checked, publication=publication)


def documents(checked: Checked) -> tuple[Checked, EpubDraft]:
    """Return what `prepared` returns, with what was measured of its accessibility, and the documents of the EPUB.

    Those of the PDF are rendered too. Raises `PublisherError` if a template has a mistake.
    """
    from publisher import compose
    from publisher.render import render_pdf

    assert checked.publication is not None
    formats = books_for(checked.formats, listed=checked.formats)
    publication, draft = measure(checked.publication, formats=formats)
    compose.in_print(publication)
    render_pdf(publication)
    return replace(checked, publication=publication), draft


def build(request: BuildRequest) -> BuildResult:
    """Return the volume of the edition or reader in a folder, in the formats and profiles asked for, else its own.

    The pages of the EPUB are those of the PDF if both are built (of the printed one if there is one), or those of the
    printed book if the edition's pages are frozen. To freeze them, the PDF is made whatever the formats are.
    If the request has an output folder, it is asked whether the files may be written there before anything is laid out.
    Raises `PublisherError`; nothing is written.
    """
    made, diagnostics = run(request, lambda sink: _Build(request=request, sink=sink).made())
    return replace(made, diagnostics=diagnostics)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    """A build: its stages after the sources are read."""

    request: BuildRequest
    sink: Sink

    def made(self) -> BuildResult:
        """The volume; its diagnostics are in the sink."""
        request, sink = self.request, self.sink
        checked = read_sources(request, sink)
        moment, wanted = request.moment(checked.date), self.formats(checked)
        formats = books_for(wanted, listed=checked.formats)
        publication = _compose(checked, request, sink, moment=moment)
        self.demand_free(publication, wanted)
        if Format.PDF in formats and Profile.ARCHIVE in (request.profiles or publication.output.profiles.wanted):
            publication = _with_sources(checked, publication, request, sink)
        with request.progress.stage("Measuring accessibility"):
            publication, draft = measure(publication, formats=formats)
        if Format.PDF in formats:
            sink.report(*before_layout(publication, asked=request.profiles))
            sink.complete(Look.COMPOSED)
            demand(sink)
        pdfs = Pdfs(publication=publication, asked=request.profiles, executor=request.opened(), moment=moment)
        books, page_starts = self.artifacts(checked, pdfs, draft, formats=formats)
        sites = self.sites(checked, publication, books, formats=wanted)
        self.prove(checked, pdfs, (*books, *sites))
        asked = tuple(artifact for artifact in (*books, *sites) if format_of(artifact.name) in wanted)
        artifacts = (*asked, claims_file(publication, settings=checked.settings), *rights_file(publication))
        record = record_of(checked, pdfs, artifacts, formats=wanted, request=request)
        return BuildResult(
            volume=Volume(publication=publication, artifacts=artifacts, record=record),
            diagnostics=(),
            page_map=page_map(publication, page_starts, artifacts) if request.freezing else None,
            settings=checked.settings.source,
        )

    def formats(self, checked: Checked) -> tuple[Format, ...]:
        """The formats that are built."""
        request = self.request
        listed = dict.fromkeys((*checked.formats, *((Format.PDF,) if request.profiles else ())))
        return (*(request.formats or tuple(listed)), *((Format.PDF,) if request.freezing else ()))

    def demand_free(self, publication: Publication, formats: tuple[Format, ...]) -> None:
        """Raise `PublisherError` if the output folder has something that a build may not write over."""
        if self.request.output is not None:
            names = file_names(publication, formats=formats, profiles=self.request.profiles)
            commit.demand_free(self.request.output, names)
            if Format.WEB in formats:
                ending = ENDINGS[Format.WEB].removesuffix(".zip")
                demand_folder_free(self.request.output, f"{publication.output.name}{ending}")

    def artifacts(
        self, checked: Checked, pdfs: Pdfs, draft: EpubDraft, *, formats: tuple[Format, ...]
    ) -> tuple[tuple[Artifact, ...], tuple[PageStart, ...]]:
        """The finished files, in the order of the formats, and where each page begins that everybody counts."""
        publication, sink, progress = pdfs.publication, self.sink, self.request.progress
        made: dict[Format, tuple[Artifact, ...]] = {}
        laid_out: tuple[PdfArtifact, ...] = ()
        page_starts: tuple[PageStart, ...] = ()
        if Format.PDF in formats:
            with progress.stage("Setting the PDF"):
                laid_out, page_starts = pdfs.made(counted=self.request.freezing or Format.EPUB in formats)
                made[Format.PDF] = tuple(pdf_artifact.artifact for pdf_artifact in laid_out)
            for line in left_to_engine(laid_out):
                with progress.stage(line):
                    pass
            sink.report(*unreadable(laid_out, publication, checked.settings), *unbindable(laid_out, publication))
            sink.complete(Look.LAID_OUT)
        if Format.EPUB in formats:
            with progress.stage("Making the EPUB"):
                file = epub(publication, draft, page_starts=page_starts, executor=pdfs.executor, moment=pdfs.moment)
                made[Format.EPUB] = (file,)
        if publication.page_map is not None and page_starts and not isinstance(checked.annotated, AnnotatedReader):
            sink.report(*other_pages(publication, page_starts))
            sink.complete(Look.BUILT)
        demand(sink)
        return tuple(artifact for form in dict.fromkeys(formats) for artifact in made[form]), page_starts

    def sites(
        self, checked: Checked, publication: Publication, books: tuple[Artifact, ...], *, formats: tuple[Format, ...]
    ) -> tuple[Artifact, ...]:
        """The web edition, if it is wanted."""
        if Format.WEB not in formats:
            return ()
        with self.request.progress.stage("Making the web edition"):
            return (web_edition(publication, books, settings=checked.settings),)

    def prove(self, checked: Checked, pdfs: Pdfs, artifacts: tuple[Artifact, ...]) -> None:
        """Raise `PublisherError` if a volume lacks what its editors wrote, or a file what the volume has."""
        from publisher import verify
        from publisher.render import shipped_files

        publication, audience = pdfs.publication, self.request.target.audience
        with self.request.progress.stage("Reading back what was built"):
            malloc.give_back_memory()
            verify.verify_whole(checked.whole(audience), publication, audience=audience)
            malloc.give_back_memory()
            site = sites(publication, settings=checked.settings)
            verify.verify(publication, artifacts, executor=pdfs.executor, shipped=shipped_files, site=site)
            self.sink.report(*coarse_pictures(publication, artifacts, checked.settings))
            demand_printable(publication, artifacts)


def _compose(checked: Checked, request: BuildRequest, sink: Sink, *, moment: str) -> Publication:
    """The volume; what is doubtful with its rights is reported. Raises `PublisherError` if it may not be made."""
    from publisher import compose
    from publisher.validate.typesetting import typesetting_faults
    from publisher.validate.waivers import unverified_pages

    with request.progress.stage("Composing the volume"):
        publication = compose.compose(checked.annotated, moment=moment, audience=request.target.audience)
        publication = replace(publication, unverified=unverified_pages(checked.settings.waivers))
    sink.report(*typesetting_faults(publication))
    if isinstance(checked.annotated, AnnotatedReader):
        sink.report(*_rights_faults(checked, checked.annotated, publication, moment=moment))
    sink.complete(Look.RIGHTS)
    demand(sink)
    return publication


def _rights_faults(
    checked: Checked, annotated: AnnotatedReader, publication: Publication, *, moment: str
) -> tuple[Diagnostic, ...]:
    """What is wrong or doubtful with the rights in a reader; in an archive, on the day when it was made."""
    from publisher.validate.rights import Calendar, rights_faults

    day = moment[:10]
    archived = checked.folder.archive is not None
    calendar = (
        Calendar(current_day=lambda: day, is_past=lambda other: other < day)
        if archived  # what is verified was permitted when it was made
        else Calendar(current_day=workspace.current_day, is_past=workspace.is_past)
    )
    return rights_faults(publication.ledger, annotated.reader, calendar=calendar)


def _with_sources(checked: Checked, publication: Publication, request: BuildRequest, sink: Sink) -> Publication:
    """The volume with the files that its archive carries; a warning is reported if it can carry none."""
    from publisher import compose
    from publisher.build.archive_sources import archive_sources

    def again(unpacked: Folder) -> tuple[Checked, Publication]:
        there = load(BuildRequest(folder=unpacked, target=request.target))
        moment = publication.metadata.modified
        return there, compose.compose(there.annotated, moment=moment, audience=request.target.audience)

    files, lacking = archive_sources(checked, publication, audience=request.target.audience, again=again)
    sink.report(*lacking)
    sink.complete(Look.ARCHIVE)
    return replace(publication, files=files)


def compose_edition(
    checked: Checked,
    *,
    formats: tuple[Format, ...],
    moment: str,
    target: Target = DEFAULT_TARGET,
    archived: bool = False,
    progress: Progress = NO_PROGRESS,
) -> Publication:
    """The publication that a build in these formats renders, and that its artifacts are proved against.

    If it is `archived`, it has the files that a PDF for the archive carries.
    """
    publication = composed_text(checked, moment=moment, target=target, archived=archived, progress=progress)
    with progress.stage("Measuring accessibility"):
        return measure(publication, formats=formats)[0]


def composed_text(
    checked: Checked,
    *,
    moment: str,
    target: Target = DEFAULT_TARGET,
    archived: bool = False,
    progress: Progress = NO_PROGRESS,
) -> Publication:
    """The same without its accessibility, which is measured by rendering everything: enough to find words in it."""
    request = BuildRequest(folder=checked.folder, target=target, progress=progress)

    def stages(sink: Sink) -> Publication:
        publication = _compose(checked, request, sink, moment=moment)
        return _with_sources(checked, publication, request, sink) if archived else publication

    return run(request, stages)[0]


def variants(
    checked: Checked,
    *,
    moment: str,
    target: Target = DEFAULT_TARGET,
    archived: bool = False,
    progress: Progress = NO_PROGRESS,
) -> Iterator[Publication]:
    """The publications that builds of an edition render: first that of the formats in its `edition.yaml`.

    Only in both formats at once does a volume have the same page numbers in each, and say so.
    """
    formats = books_for(checked.formats, listed=checked.formats)
    yield compose_edition(checked, formats=formats, moment=moment, target=target, archived=archived, progress=progress)
    other = (Format.PDF,) if {*BOOKS} <= {*formats} else BOOKS
    yield compose_edition(checked, formats=other, moment=moment, target=target, archived=archived, progress=progress)


def keep(volume: Volume, *, output: Path) -> tuple[Path, ...]:
    """The paths of a volume's files, written into a folder all together or not at all."""
    return commit.commit_files(output, ((artifact.name, artifact.content) for artifact in volume.files))
