"""Pieces made: checked and laid out with all of the volume, so that their pages keep their numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher import workspace
from publisher.build import pipeline
from publisher.build.checked import Checked
from publisher.build.pdf import Pdfs, coarse_pictures, demand_printable, demand_readable
from publisher.build.record import proof_file
from publisher.build.severity import raise_errors
from publisher.diagnostics import Diagnostic
from publisher.diagnostics.progress import NO_PROGRESS, Progress
from publisher.model.excerpt import Wanted
from publisher.model.profile import Profile, profile_of
from publisher.model.proof_file import Making
from publisher.model.rendition import Artifact
from publisher.model.target import DEFAULT_TARGET, Format, Target
from publisher.workspace import Folder

if TYPE_CHECKING:
    from publisher.workers.executor import Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltExcerpt:
    """The files of a piece, not yet kept anywhere."""

    artifacts: tuple[Artifact, ...]
    record: Artifact
    """How these were made, and from what."""
    warnings: tuple[Diagnostic, ...]

    @property
    def files(self) -> tuple[Artifact, ...]:
        """The artifacts with their record."""
        return (*self.artifacts, self.record)


def build_excerpt(
    folder: Folder,
    wanted: Wanted,
    *,
    profiles: tuple[Profile, ...] = (),
    strict: bool = False,
    executor: Executor | None = None,
    moment: Callable[[str], str] = workspace.moment,
    target: Target = DEFAULT_TARGET,
    progress: Progress = NO_PROGRESS,
) -> BuiltExcerpt:
    """The PDFs of a reading or a section of the volume in a folder, with the page numbers that it has there.

    Raises `PublisherError` with what is wrong with the volume, `UnknownPiece` where it has nothing of the name.
    """
    from publisher.compose import piece
    from publisher.workers.executor import SerialExecutor

    checked = pipeline.check(folder, strict=strict, target=target, progress=progress)
    assert checked.publication is not None
    pdfs = Pdfs(
        publication=checked.publication,
        asked=profiles,
        executor=executor or SerialExecutor(),
        moment=moment(checked.date),
        piece=piece(checked.publication, wanted),
    )
    with progress.stage("Setting the PDF"):
        artifacts, coarse = _proved(pdfs, checked, target)
    assert pdfs.piece is not None
    making = Making(
        formats=(Format.PDF,),
        profiles=tuple(profile_of(one.name, name=pdfs.name) for one in artifacts),
        audience=target.audience,
        copy=target.copy,
        moment=pdfs.moment,
        piece=pdfs.piece.name,
    )
    record = proof_file(checked, artifacts, making=making, name=pdfs.name, program=pdfs.publication.metadata.generator)
    return BuiltExcerpt(
        artifacts=artifacts, record=record, warnings=(*checked.warnings, *raise_errors(coarse, strict=strict))
    )


def _proved(pdfs: Pdfs, checked: Checked, target: Target) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """The files, each read back and found to be that part of the volume, and what is doubtful about their pictures.

    The volume is the whole edition.
    """
    from publisher import verify
    from publisher.compose import alone

    assert pdfs.piece is not None
    verify.verify(pdfs.publication, ())
    verify.verify_whole(checked.whole(target.audience), pdfs.publication, audience=target.audience)
    made = pdfs.handed_out()
    coarse = [*demand_readable(made, pdfs.publication, checked.settings, strict=False)]
    for one in made:
        part = alone(pdfs.publication, pdfs.piece, labels=dict(one.printed))
        verify.verify(part, (one.artifact,))
        demand_printable(part, (one.artifact,))
        coarse += coarse_pictures(part, (one.artifact,), checked.settings)
    return tuple(one.artifact for one in made), tuple(coarse)
