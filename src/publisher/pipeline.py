"""The stages in order: load → validate → annotate → compose → render → write → verify.

Each stage is imported where it runs, so that an edition can be checked where no PDF can be made.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from publisher import workspace
from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.model.edition import AnnotatedEdition, Edition, Format
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, PageStart, PdfArtifact, Volume
from publisher.workspace import Folder


class Observer(Protocol):
    """Somebody who wants to know how far a build is."""

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Surrounds a stage; the name is shown to people."""


class Unobserved:
    """Nobody."""

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Surrounds a stage with nothing."""
        return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An edition without errors."""

    annotated: AnnotatedEdition
    warnings: tuple[Diagnostic, ...]
    publication: Publication | None = None
    """The volume composed and measured; None where only the edition was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A volume without errors, not yet kept anywhere."""

    volume: Volume
    warnings: tuple[Diagnostic, ...]


NOBODY = Unobserved()
COVER_WIDTH = 1600
"""In pixels; what shops ask for."""


def check(folder: Folder, *, strict: bool = False, observer: Observer = NOBODY) -> Checked:
    """The edition in a folder, composed and rendered, but not laid out.

    `strict` makes warnings errors. Raises `PublisherError` with everything that is wrong.
    """
    from publisher import compose
    from publisher.render import render_pdf

    checked = _checked(folder, strict=strict, observer=observer)
    settings = checked.annotated.edition.settings
    try:
        with observer.stage("Composing the volume"):
            publication = compose.compose(checked.annotated, moment=f"{settings.date}T00:00:00Z")
        with observer.stage("Measuring accessibility"):
            publication = _with_accessibility(publication, formats=settings.output.formats)
            render_pdf(publication)
    except PublisherError as error:
        raise PublisherError(*checked.warnings, *error.diagnostics, exit_code=error.exit_code) from error
    return replace(checked, publication=publication)


def _checked(folder: Folder, *, strict: bool, observer: Observer) -> Checked:
    """The edition in a folder, with its notes in their places."""
    from publisher import annotate, load, validate
    from publisher.checks.covers import check_cover
    from publisher.checks.glyphs import check_glyphs
    from publisher.checks.waivers import waived
    from publisher.render.materials import text_face

    with observer.stage("Reading the edition"):
        edition = load.load_edition(folder)
    with observer.stage("Checking what it refers to"):
        found = (*validate.warnings(edition), *_raised(validate.validate, edition))
        found = (*found, *check_glyphs(edition, house=text_face()), *check_cover(edition))
        found = waived(found, waivers=edition.settings.waivers)
    with observer.stage("Placing the notes"):
        annotated = _annotated(annotate.annotate, edition, beside=found, strict=strict)
    return Checked(annotated=annotated, warnings=_settled(found, strict=strict))


def build(
    folder: Folder,
    *,
    formats: tuple[Format, ...] = (),
    strict: bool = False,
    moment: Callable[[str], str] = workspace.moment,
    observer: Observer = NOBODY,
) -> Built:
    """The volume of the edition in a folder, in the formats asked for (else in those of its `edition.yaml`).

    The pages of the EPUB are those of the PDF where both are built. `moment` gives the artifacts'
    date from the edition's. Raises `PublisherError`; nothing is written.
    """
    from publisher import verify

    checked = _checked(folder, strict=strict, observer=observer)
    settings = checked.annotated.edition.settings
    stamp, wanted = moment(settings.date), formats or settings.output.formats
    publication = composed(checked, formats=wanted, moment=stamp, observer=observer)
    artifacts = _artifacts(publication, formats=wanted, moment=stamp, observer=observer)
    with observer.stage("Reading back what was built"):
        verify.verify(publication, artifacts)
    return Built(volume=Volume(publication=publication, artifacts=artifacts), warnings=checked.warnings)


def composed(checked: Checked, *, formats: tuple[Format, ...], moment: str, observer: Observer = NOBODY) -> Publication:
    """The publication that a build in these formats renders, and that its artifacts are proved against."""
    from publisher import compose

    with observer.stage("Composing the volume"):
        publication = compose.compose(checked.annotated, moment=moment)
    with observer.stage("Measuring accessibility"):
        return _with_accessibility(publication, formats=formats)


def keep(volume: Volume, *, output: Path) -> tuple[Path, ...]:
    """The paths of a volume's artifacts, written into a folder all together or not at all."""
    return workspace.keep(output, ((artifact.name, artifact.content) for artifact in volume.artifacts))


def _artifacts(
    publication: Publication, *, formats: tuple[Format, ...], moment: str, observer: Observer
) -> tuple[Artifact, ...]:
    """The finished files, in the order of the formats."""
    made: dict[Format, Artifact] = {}
    page_starts: tuple[PageStart, ...] = ()
    if Format.PDF in formats:
        with observer.stage("Setting the PDF"):
            pdf = _pdf(publication, moment=moment)
        made[Format.PDF], page_starts = pdf.artifact, pdf.page_starts
    if Format.EPUB in formats:
        with observer.stage("Making the EPUB"):
            made[Format.EPUB] = _epub(publication, page_starts=page_starts, moment=moment)
    return (*(made[form] for form in dict.fromkeys(formats)), _accessibility(publication))


def _with_accessibility(publication: Publication, *, formats: tuple[Format, ...]) -> Publication:
    """The publication with what was measured of its accessibility in a first rendition."""
    from publisher.checks.accessibility import measured
    from publisher.compose import with_accessibility
    from publisher.render import render_epub

    draft = render_epub(publication, cover=b"", page_break_source=None)
    return with_accessibility(publication, measured(draft, paged={*Format} <= {*formats}))


def _accessibility(publication: Publication) -> Artifact:
    """What was measured of a publication's accessibility, as a file of its own."""
    from publisher.render.accessibility import accessibility
    from publisher.write.accessibility import write_accessibility

    assert publication.accessibility is not None
    return write_accessibility(
        publication.accessibility,
        properties=accessibility(publication.accessibility, generator=publication.metadata.generator),
        name=f"{publication.output.name}.accessibility.json",
    )


def _pdf(publication: Publication, *, moment: str) -> PdfArtifact:
    """The PDF, and where each of its pages begins."""
    from publisher.render import render_pdf
    from publisher.write.pdf import write_pdf

    return write_pdf(render_pdf(publication), name=f"{publication.output.name}.pdf", moment=moment)


def _epub(publication: Publication, *, page_starts: tuple[PageStart, ...], moment: str) -> Artifact:
    """The EPUB, with a page list where there is a PDF to take it from."""
    from publisher.checks.accessibility import demand_earned
    from publisher.compose import with_page_breaks
    from publisher.render import render_epub
    from publisher.write.epub import write_epub

    paged = with_page_breaks(publication, page_starts) if page_starts else publication
    source = f"{publication.metadata.identifier}#pdf" if page_starts else None
    rendition = render_epub(paged, cover=_cover(publication), page_break_source=source)
    demand_earned(rendition, claimed=publication.accessibility)
    return write_epub(rendition, name=f"{publication.output.name}.epub", moment=moment)


def _cover(publication: Publication) -> bytes:
    """The cover as a PNG, laid out by the PDF's engine: the front of its design, or the plain one."""
    from publisher.compose.cover import front_planned
    from publisher.render import render_cover
    from publisher.render.covers import render_front
    from publisher.write.cover import paint_cover
    from publisher.write.pdf.layout import lay_out
    from publisher.write.press_cover import demand_fit

    cover = publication.cover
    if cover.design is None:
        return paint_cover(lay_out(render_cover(publication)), width=COVER_WIDTH)
    plan = front_planned(publication, design=cover.design)
    raw = lay_out(render_front(publication, plan))
    demand_fit(raw, plan, places=cover.places)
    return paint_cover(raw, width=COVER_WIDTH)


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
        raise PublisherError(*_weighed((*beside, *error.diagnostics), strict=strict)) from error


def _settled(found: tuple[Diagnostic, ...], *, strict: bool) -> tuple[Diagnostic, ...]:
    """What was found, if it is no more than warnings; raises `PublisherError` where it is more."""
    weighed = _weighed(found, strict=strict)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in weighed):
        raise PublisherError(*weighed)
    return weighed


def _weighed(found: tuple[Diagnostic, ...], *, strict: bool) -> tuple[Diagnostic, ...]:
    """What was found; where it is strict, warnings weigh as errors."""
    return tuple(replace(diagnostic, severity=Severity.ERROR) for diagnostic in found) if strict else found
