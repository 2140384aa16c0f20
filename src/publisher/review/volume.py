"""The volume that a document for review shows: composed, with the pages of its PDF."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.build import pipeline
from publisher.build.checked import Checked
from publisher.build.pdf import Pdfs
from publisher.build.request import BuildRequest
from publisher.compose import with_page_starts
from publisher.diagnostics.progress import NO_PROGRESS, Progress
from publisher.model.edition import AnnotatedEdition
from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.model.target import Format, Target
from publisher.workspace import Folder, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """An edition and its volume."""

    checked: Checked
    annotated: AnnotatedEdition
    publication: Publication

    @property
    def editor(self) -> str:
        """Who wrote the notes: the only editor or annotator; empty if several did."""
        names = [
            contributor.name
            for contributor in self.publication.metadata.contributors
            if contributor.role in ("edt", "ann")
        ]
        return names[0] if len(names) == 1 else ""


def review_volume(
    folder: Folder, *, target: Target, pages: bool = True, strict: bool = False, progress: Progress = NO_PROGRESS
) -> Reviewed:
    """The edition in a folder, composed; with `pages`, it has those of the PDF, which is laid out for them.

    Raises `PublisherError` if the edition has errors.
    """
    request = BuildRequest(folder=folder, target=target, strict=strict, progress=progress)
    checked = pipeline.check(request)
    assert isinstance(checked.annotated, AnnotatedEdition)
    date = moment(checked.settings.date)
    publication = pipeline.compose_edition(
        checked, formats=checked.formats, moment=date, target=target, progress=progress
    )
    if pages and (Format.PDF in checked.formats or publication.page_map is not None):
        pdfs = Pdfs(publication=publication, asked=(Profile.SCREEN,), executor=request.opened(), moment=date)
        with progress.stage("Setting the PDF"):
            _, starts = pdfs.made(counted=True)
        publication, _ = with_page_starts(publication, starts)
    return Reviewed(checked=checked, annotated=checked.annotated, publication=publication)
