"""Pieces proved: a file that was handed out is that part of the volume, whole and by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.build.checked import Checked
from publisher.build.pdf import Pdfs
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.excerpt import Piece, Wanted, wanted_by
from publisher.model.profile import Profile, file_name, profile_of
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, PdfOutput
from publisher.model.target import DEFAULT_TARGET, Target

if TYPE_CHECKING:
    from publisher.workers.executor import Executor

OpenExecutor = Callable[[], AbstractContextManager["Executor"]]
"""What hires those who lay a volume out, where its page numbers have to be known."""


def file_names(publication: Publication, wanted: Wanted) -> tuple[str, ...]:
    """What the files of a piece are called. Raises `UnknownPiece` where the volume has nothing of the name."""
    from publisher.compose import piece

    name = f"{publication.output.name}.{piece(publication, wanted).name}"
    return tuple(file_name(name, profile) for profile in (Profile.SCREEN, Profile.PRINT))


def demand_whole(publication: Publication, artifacts: tuple[Artifact, ...]) -> None:
    """Nothing; raises `PublisherError` (V-017, exit code 5) where a file says that it is a piece of the volume."""
    _demand(publication, None, artifacts)


def prove(
    checked: Checked,
    wanted: Wanted,
    artifacts: tuple[Artifact, ...],
    *,
    open_executor: OpenExecutor,
    target: Target = DEFAULT_TARGET,
) -> tuple[Publication, ...]:
    """For each file the piece that it is proved to be, in a volume that is the whole edition.

    Raises `PublisherError` with exit code 5 and every difference, `UnknownPiece` where there is nothing of the name.
    """
    from publisher import verify
    from publisher.compose import piece

    assert checked.publication is not None
    volume = checked.publication
    item = piece(volume, wanted)
    verify.verify(volume, ())
    verify.verify_whole(checked.whole(target.audience), volume, audience=target.audience)
    _demand(volume, item, artifacts)
    proof = _Proof(volume=volume, piece=item, moment=f"{checked.date}T00:00:00Z", open_executor=open_executor)
    parts = tuple(map(proof.part, artifacts))
    found = tuple(fault for part, artifact in zip(parts, artifacts, strict=True) for fault in _faults(part, artifact))
    if found:
        raise PublisherError(*dict.fromkeys(found), exit_code=ExitCode.UNPROVED)
    return parts


def _faults(part: Publication, artifact: Artifact) -> tuple[Diagnostic, ...]:
    """Everything in which a file departs from the piece."""
    from publisher import verify

    try:
        verify.verify(part, (artifact,))
    except PublisherError as error:
        return error.diagnostics
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    """What files are proved to be."""

    volume: Publication
    piece: Piece
    moment: str
    open_executor: OpenExecutor

    def part(self, artifact: Artifact) -> Publication:
        """The piece as a file has it; in print with the numbers of the pages that it names outside of itself."""
        from publisher.compose import alone

        part = alone(self.volume, self.piece, labels={})
        profile = profile_of(artifact.name, name=part.output.name)
        assert part.excerpt is not None
        if part.excerpt.elsewhere and part.output.profiles.references(profile):
            return alone(self.volume, self.piece, labels=self._labels(profile))
        return part

    def _labels(self, profile: Profile) -> Mapping[str, str]:
        """The labels of the pages that the volume refers to: it is laid out to know them."""
        with self.open_executor() as executor:
            pdfs = Pdfs(publication=self.volume, asked=(), executor=executor, moment=self.moment, piece=self.piece)
            (laid_out,) = pdfs.written(profile, (PdfOutput(name=pdfs.name, piece=self.piece),))
        return dict(laid_out.printed)


def _demand(publication: Publication, wanted: Piece | None, artifacts: tuple[Artifact, ...]) -> None:
    """Nothing; raises `PublisherError` (V-017, exit code 5) where a file says that it is something else."""
    found = tuple(_others(publication, wanted, artifacts))
    if found:
        raise PublisherError(*found, exit_code=ExitCode.UNPROVED)


def _others(publication: Publication, wanted: Piece | None, artifacts: tuple[Artifact, ...]) -> Iterator[Diagnostic]:
    """V-017 for each file that says that it is something else of the same volume than what is wanted."""
    from publisher.verify import told_identifier

    for artifact in artifacts:
        whole, _, name = (told_identifier(artifact.content) or "").partition("#")
        told = wanted_by(name)
        if whole != publication.metadata.identifier or name == (wanted.name if wanted else "") or (name and not told):
            continue
        asked = wanted_by(wanted.name) if wanted else None
        option = f"--{_kind(told)} {told.reading or told.section} " if told else ""
        yield Diagnostic(
            code="V-017",
            message=f"{artifact.name} says that it is {_describe(told)}, and was to be {_describe(asked)}",
            hint=f"prove it as what it says that it is: publisher verify {option}{artifact.name}",
        )


def _kind(wanted: Wanted) -> str:
    return "section" if wanted.reading is None else "reading"


def _describe(wanted: Wanted | None) -> str:
    """What is named in a sentence: `the reading “two” alone`, `the whole volume`."""
    return f"the {_kind(wanted)} “{wanted.reading or wanted.section}” alone" if wanted else "the whole volume"
