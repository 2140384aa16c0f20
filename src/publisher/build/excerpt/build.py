"""Pieces made: checked and laid out with all of the volume, so that their pages keep their numbers."""

from __future__ import annotations

from dataclasses import replace

from publisher.build import pipeline
from publisher.build.checked import Checked
from publisher.build.pdf import Pdfs, coarse_pictures, demand_printable, unreadable
from publisher.build.record import proof_file
from publisher.build.request import BuildRequest, BuildResult
from publisher.build.severity import demand
from publisher.diagnostics.sink import Sink
from publisher.model.excerpt import Piece
from publisher.model.profile import profile_of
from publisher.model.proof_file import Making
from publisher.model.rendition import Artifact, Volume
from publisher.model.target import Format, Target


def build_excerpt(request: BuildRequest) -> BuildResult:
    """Return the PDFs of a reading or a section of a volume, with the page numbers that it has there.

    Raises `PublisherError` with what is wrong with the volume, `UnknownPiece` if it has nothing of the name.
    """
    made, diagnostics = pipeline.run(request, lambda sink: _make(request, sink))
    return replace(made, diagnostics=diagnostics)


def _make(request: BuildRequest, sink: Sink) -> BuildResult:
    """The files of a piece with their record; their diagnostics are in the sink."""
    from publisher.compose import piece

    assert request.excerpt is not None
    checked = pipeline.render(request, sink)
    assert checked.publication is not None
    wanted = piece(checked.publication, request.excerpt)
    pdfs = Pdfs(
        publication=checked.publication,
        asked=request.profiles,
        executor=request.opened(),
        moment=request.moment(checked.date),
        piece=wanted,
    )
    with request.progress.stage("Setting the PDF"):
        artifacts = _prove(pdfs, wanted, checked, request.target, sink)
    making = Making(
        formats=(Format.PDF,),
        profiles=tuple(profile_of(artifact.name, name=pdfs.name) for artifact in artifacts),
        audience=request.target.audience,
        copy=request.target.copy,
        moment=pdfs.moment,
        piece=wanted.name,
    )
    record = proof_file(checked, artifacts, making=making, name=pdfs.name, program=pdfs.publication.metadata.generator)
    volume = Volume(publication=pdfs.publication, artifacts=artifacts, record=record)
    return BuildResult(volume=volume, diagnostics=(), settings=checked.settings.source)


def _prove(pdfs: Pdfs, piece: Piece, checked: Checked, target: Target, sink: Sink) -> tuple[Artifact, ...]:
    """The files, each read back and found to be that part of the volume; doubts about pictures are reported.

    The volume is the whole edition.
    """
    from publisher import verify
    from publisher.compose import alone

    verify.verify(pdfs.publication, ())
    verify.verify_whole(checked.whole(target.audience), pdfs.publication, audience=target.audience)
    made = pdfs.handed_out()
    sink.report(*unreadable(made, pdfs.publication, checked.settings))
    demand(sink)
    for pdf_artifact in made:
        part = alone(pdfs.publication, piece, labels=dict(pdf_artifact.printed))
        verify.verify(part, (pdf_artifact.artifact,))
        sink.report(*coarse_pictures(part, (pdf_artifact.artifact,), checked.settings))
        demand_printable(part, (pdf_artifact.artifact,))
    return tuple(item.artifact for item in made)
