"""The stages in order: load → validate → annotate → compose → render → write → verify.

Each stage is imported where it runs, so that an edition can be checked where no PDF can be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from publisher import workspace
from publisher.build.accessibility import claims_file, measured
from publisher.build.checked import Checked
from publisher.build.epub import epub
from publisher.build.page_map import other_pages, page_map
from publisher.build.pdf import Pdfs, coarse_pictures, demand_printable, demand_readable, unread_lines
from publisher.build.record import proof_file
from publisher.build.severity import escalate, raise_errors
from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.diagnostics.progress import NO_PROGRESS, Progress
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.profile import Profile, file_name
from publisher.model.proof_file import ENDING, Making
from publisher.model.publication import Publication
from publisher.model.reader import AnnotatedReader
from publisher.model.rendition import Artifact, EpubDraft, PageStart, PdfArtifact, Volume
from publisher.model.target import DEFAULT_TARGET, Format, Target
from publisher.workspace import Folder, commit, malloc

if TYPE_CHECKING:
    from publisher.workers.executor import Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A volume without errors, not yet kept anywhere."""

    volume: Volume
    warnings: tuple[Diagnostic, ...]
    page_map: Artifact | None = None
    """The pages of the PDF, to be kept beside `edition.yaml`, where they were to be frozen."""
    settings: Source
    """The file that asked for it: `edition.yaml` or `reader.yaml`."""


def is_reader(folder: Folder) -> bool:
    """Whether a folder holds a course reader."""
    return bool(folder.matching("reader.yaml"))


def check(
    folder: Folder, *, strict: bool = False, target: Target = DEFAULT_TARGET, progress: Progress = NO_PROGRESS
) -> Checked:
    """The edition or reader in a folder, composed and rendered, but not laid out.

    `strict` makes warnings errors. Raises `PublisherError` with everything that is wrong.
    """
    from publisher import compose
    from publisher.render import render_pdf

    checked = _checked(folder, strict=strict, target=target, progress=progress)
    try:
        stamp = f"{checked.date}T00:00:00Z"
        checked, publication = _composed(checked, moment=stamp, strict=strict, target=target, progress=progress)
        with progress.stage("Measuring accessibility"):
            publication, _ = measured(publication, formats=checked.formats)
            compose.in_print(publication)
            render_pdf(publication)
        if Format.PDF in checked.formats:
            unread = unread_lines(publication, checked.settings, strict=strict)
            checked = replace(checked, warnings=(*checked.warnings, *unread))
    except PublisherError as error:
        raise PublisherError(*checked.warnings, *error.diagnostics, exit_code=error.exit_code) from error
    return replace(checked, publication=publication)


def loaded(folder: Folder, *, strict: bool = False, target: Target = DEFAULT_TARGET, freezing: bool = False) -> Checked:
    """The edition or reader in a folder with its notes in their places, not yet composed.

    Raises `PublisherError` with everything that is wrong.
    """
    return _checked(folder, strict=strict, target=target, progress=NO_PROGRESS, freezing=freezing)


def _checked(folder: Folder, *, strict: bool, target: Target, progress: Progress, freezing: bool = False) -> Checked:
    """The edition or reader in a folder, with its notes in their places."""
    if is_reader(folder):
        return _checked_reader(folder, strict=strict, target=target, progress=progress)
    annotated, warnings = _checked_edition(folder, strict=strict, progress=progress, freezing=freezing)
    return Checked(folder=folder, annotated=annotated, warnings=warnings)


def _checked_reader(folder: Folder, *, strict: bool, target: Target, progress: Progress) -> Checked:
    """The reader in a folder, with all its editions."""
    from publisher.build.reader import check_reader
    from publisher.validate.waivers import waived

    def checking(edition: Folder) -> tuple[AnnotatedEdition, tuple[Diagnostic, ...]]:
        return _checked_edition(edition, strict=strict, progress=progress)

    shelf = check_reader(folder, checking=checking, copy=target.copy)
    found = waived(shelf.found, waivers=shelf.annotated.reader.course.waivers)
    return Checked(folder=folder, annotated=shelf.annotated, warnings=raise_errors(found, strict=strict))


def _checked_edition(
    folder: Folder, *, strict: bool, progress: Progress, freezing: bool = False
) -> tuple[AnnotatedEdition, tuple[Diagnostic, ...]]:
    """The edition in a folder, with its notes in their places, and what is doubtful in it."""
    from publisher import annotate, validate
    from publisher.render.builtin import text_face
    from publisher.validate.covers import check_cover
    from publisher.validate.drawn_words import check_drawn_words
    from publisher.validate.fonts import check_fonts
    from publisher.validate.glyphs import check_glyphs
    from publisher.validate.waivers import waived

    with progress.stage("Reading the edition"):
        edition, altered = _loaded(folder, freezing=freezing)
    with progress.stage("Checking what it refers to"):
        found = (*validate.warnings(edition), *_raised(validate.validate, edition))
        found = (*found, *check_fonts(edition), *check_glyphs(edition, house=text_face()), *check_cover(edition))
        found = (*found, *check_drawn_words(edition, house=text_face()))
        found = (*altered, *waived(found, waivers=edition.settings.waivers))
    with progress.stage("Placing the notes"):
        annotated = _annotated(annotate.annotate, edition, beside=found, strict=strict)
    return annotated, raise_errors((*found, *annotate.crossings(annotated.anchors)), strict=strict)


def _loaded(folder: Folder, *, freezing: bool) -> tuple[Edition, tuple[Diagnostic, ...]]:
    """The edition in a folder; if its text is not the one that was recorded, with the error that ends the run later."""
    from publisher import load

    try:
        return load.load_edition(folder, freezing=freezing), ()
    except load.AlteredText as error:
        return error.edition, _with_changes(error, folder)
    except PublisherError as error:
        raise PublisherError(*_with_changes(error, folder), exit_code=error.exit_code) from error


def _with_changes(error: PublisherError, folder: Folder) -> tuple[Diagnostic, ...]:
    """The diagnostics of an error; that of a text which is not the recorded one with what changed in it."""
    from publisher.revision.report import with_changes

    return with_changes(error.diagnostics, folder)


def build(
    folder: Folder,
    *,
    formats: tuple[Format, ...] = (),
    profiles: tuple[Profile, ...] = (),
    strict: bool = False,
    executor: Executor | None = None,
    freezing: bool = False,
    moment: Callable[[str], str] = workspace.moment,
    target: Target = DEFAULT_TARGET,
    progress: Progress = NO_PROGRESS,
    named: Callable[[tuple[str, ...]], None] = lambda _: None,
) -> Built:
    """The volume of the edition or reader in a folder, in the formats and profiles asked for, else those that it names.

    The pages of the EPUB are those of the PDF where both are built (of the printed one where there is one), or those of
    the printed book where the edition's pages are frozen. `freezing` makes the map of the PDF's pages, whatever the
    formats are. Sections are laid out by the executor, or in this process. `moment` gives the artifacts' date from the
    edition's.
    `named` is called with the names of the files before anything is laid out, so that it can refuse them.
    Raises `PublisherError`; nothing is written.
    """
    from publisher.workers.executor import SerialExecutor

    checked = _checked(folder, strict=strict, target=target, progress=progress, freezing=freezing)
    listed = dict.fromkeys((*checked.formats, *((Format.PDF,) if profiles else ())))
    stamp, wanted = moment(checked.date), formats or tuple(listed)
    wanted = (*wanted, Format.PDF) if freezing else wanted
    checked, publication = _composed(checked, moment=stamp, strict=strict, target=target, progress=progress)
    named(_names(publication, formats=wanted, profiles=profiles))
    if Format.PDF in wanted and Profile.ARCHIVE in (profiles or publication.output.profiles.wanted):
        checked, publication = _with_sources(checked, publication, strict=strict, target=target)
    with progress.stage("Measuring accessibility"):
        publication, draft = measured(publication, formats=wanted)
    doubts = unread_lines(publication, checked.settings, asked=profiles, strict=strict) if Format.PDF in wanted else ()
    pdfs = Pdfs(publication=publication, asked=profiles, executor=executor or SerialExecutor(), moment=stamp)
    made, page_starts, laid_out = _artifacts(pdfs, formats=wanted, freezing=freezing, draft=draft, progress=progress)
    doubts += demand_readable(laid_out, publication, checked.settings, strict=strict)
    artifacts = (*made, claims_file(publication, settings=checked.settings), *_rights(publication))
    doubts += other_pages(checked.annotated, publication, page_starts, strict=strict)
    with progress.stage("Reading back what was built"):
        _prove(checked, pdfs, artifacts, target=target)
        coarse = raise_errors(coarse_pictures(publication, artifacts, checked.settings), strict=strict)
    record = _record(checked, pdfs, artifacts, formats=wanted, target=target, freezing=freezing)
    return Built(
        volume=Volume(publication=publication, artifacts=artifacts, record=record),
        warnings=(*checked.warnings, *doubts, *coarse),
        page_map=page_map(publication, page_starts, artifacts) if freezing else None,
        settings=checked.settings.source,
    )


def _record(
    checked: Checked,
    pdfs: Pdfs,
    artifacts: tuple[Artifact, ...],
    *,
    formats: tuple[Format, ...],
    target: Target,
    freezing: bool,
) -> Artifact:
    """`NAME.proof.json`: how the volume was made, from what, and which files came of it."""
    publication = pdfs.publication
    making = Making(
        formats=tuple(dict.fromkeys(formats)),
        profiles=tuple(pdfs.asked or publication.output.profiles.wanted) if Format.PDF in formats else (),
        audience=target.audience,
        copy=target.copy,
        moment=pdfs.moment,
        freezing=freezing,
    )
    name, program = publication.output.name, publication.metadata.generator
    return proof_file(checked, artifacts, making=making, name=name, program=program)


def _names(publication: Publication, *, formats: tuple[Format, ...], profiles: tuple[Profile, ...]) -> tuple[str, ...]:
    """What the files of a volume will be called."""
    name = publication.output.name
    pdfs = profiles or publication.output.profiles.wanted if Format.PDF in formats else ()
    return (
        *((f"{name}.{Format.EPUB}",) if Format.EPUB in formats else ()),
        *(file_name(name, profile) for profile in dict.fromkeys(pdfs)),
        f"{name}.accessibility.json",
        *((f"{name}.rights.csv",) if publication.ledger else ()),
        f"{name}{ENDING}",
    )


def _composed(
    checked: Checked, *, moment: str, strict: bool, target: Target, progress: Progress
) -> tuple[Checked, Publication]:
    """The volume, and what is doubtful with what was found of its rights. Raises where it may not be made."""
    from publisher import compose
    from publisher.validate.waivers import unverified_pages

    with progress.stage("Composing the volume"):
        publication = compose.compose(checked.annotated, moment=moment, audience=target.audience)
        publication = replace(publication, unverified=unverified_pages(checked.settings.waivers))
    if not isinstance(checked.annotated, AnnotatedReader):
        return checked, publication
    from publisher.validate.rights import Calendar, rights_faults

    day = moment[:10]
    archived = checked.folder.archive is not None
    calendar = (
        Calendar(current_day=lambda: day, is_past=lambda other: other < day)
        if archived  # what is verified was permitted when it was made
        else Calendar(current_day=workspace.current_day, is_past=workspace.is_past)
    )
    found = rights_faults(publication.ledger, checked.annotated.reader, calendar=calendar)
    return replace(checked, warnings=(*checked.warnings, *raise_errors(found, strict=strict))), publication


def _with_sources(
    checked: Checked, publication: Publication, *, strict: bool, target: Target
) -> tuple[Checked, Publication]:
    """The volume with the files that its archive carries; a warning is added if it can carry none."""
    from publisher import compose
    from publisher.build.archive_sources import archive_sources

    def again(unpacked: Folder) -> tuple[Checked, Publication]:
        loaded = _checked(unpacked, strict=False, target=target, progress=NO_PROGRESS)
        moment = publication.metadata.modified
        return loaded, compose.compose(loaded.annotated, moment=moment, audience=target.audience)

    files, lacking = archive_sources(checked, publication, audience=target.audience, again=again)
    checked = replace(checked, warnings=(*checked.warnings, *raise_errors(lacking, strict=strict)))
    return checked, replace(publication, files=files)


def composed(
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
    _, publication = _composed(checked, moment=moment, strict=False, target=target, progress=progress)
    if archived:
        _, publication = _with_sources(checked, publication, strict=False, target=target)
    with progress.stage("Measuring accessibility"):
        return measured(publication, formats=formats)[0]


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
    formats = checked.formats
    yield composed(checked, formats=formats, moment=moment, target=target, archived=archived, progress=progress)
    other = (Format.PDF,) if {*Format} <= {*formats} else tuple(Format)
    yield composed(checked, formats=other, moment=moment, target=target, archived=archived, progress=progress)


def keep(volume: Volume, *, output: Path) -> tuple[Path, ...]:
    """The paths of a volume's files, written into a folder all together or not at all."""
    return commit.commit_files(output, ((artifact.name, artifact.content) for artifact in volume.files))


def _artifacts(
    pdfs: Pdfs, *, formats: tuple[Format, ...], freezing: bool, draft: EpubDraft, progress: Progress
) -> tuple[tuple[Artifact, ...], tuple[PageStart, ...], tuple[PdfArtifact, ...]]:
    """The finished files, in the order of the formats; where each page begins that everybody counts; the PDFs."""
    publication, executor, moment = pdfs.publication, pdfs.executor, pdfs.moment
    made: dict[Format, tuple[Artifact, ...]] = {}
    laid_out: tuple[PdfArtifact, ...] = ()
    page_starts: tuple[PageStart, ...] = ()
    if Format.PDF in formats:
        with progress.stage("Setting the PDF"):
            laid_out, page_starts = pdfs.made(counted=freezing or Format.EPUB in formats)
            made[Format.PDF] = tuple(one.artifact for one in laid_out)
    if Format.EPUB in formats:
        with progress.stage("Making the EPUB"):
            made[Format.EPUB] = (epub(publication, draft, page_starts=page_starts, executor=executor, moment=moment),)
    return tuple(one for form in dict.fromkeys(formats) for one in made[form]), page_starts, laid_out


def _prove(checked: Checked, pdfs: Pdfs, artifacts: tuple[Artifact, ...], *, target: Target) -> None:
    """Nothing; raises `PublisherError` where a volume lacks what its editors wrote, or a file what the volume has."""
    from publisher import verify
    from publisher.render import shipped_files

    malloc.give_back_memory()
    verify.verify_whole(checked.whole(target.audience), pdfs.publication, audience=target.audience)
    malloc.give_back_memory()
    verify.verify(pdfs.publication, artifacts, executor=pdfs.executor, shipped=shipped_files)
    demand_printable(pdfs.publication, artifacts)


def _rights(publication: Publication) -> tuple[Artifact, ...]:
    """The ledger of a course reader as a file of its own; an edition has none."""
    if not publication.ledger:
        return ()
    from publisher.build.data.ledger import write_ledger

    return (write_ledger(publication.ledger, name=f"{publication.output.name}.rights.csv"),)


def _raised(stage: Callable[[Edition], object], edition: Edition) -> tuple[Diagnostic, ...]:
    """What a stage finds wrong with an edition."""
    try:
        stage(edition)
    except PublisherError as error:
        return error.diagnostics
    return ()


def _annotated(
    annotate: Callable[[Edition], AnnotatedEdition],
    edition: Edition,
    *,
    beside: tuple[Diagnostic, ...],
    strict: bool,
) -> AnnotatedEdition:
    """The edition annotated; what was found beside is reported together with what is wrong here."""
    try:
        return annotate(edition)
    except PublisherError as error:
        raise PublisherError(*escalate((*beside, *error.diagnostics), strict=strict)) from error
