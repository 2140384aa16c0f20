"""The record of a build, `NAME.proof.json`: how its volume was made, from what, and which files it made."""

from __future__ import annotations

from collections.abc import Iterable

from publisher import workspace
from publisher.build.checked import Checked
from publisher.build.data.ledger import write_ledger
from publisher.build.data.proof_file import write_proof_file
from publisher.build.pdf import Pdfs
from publisher.build.request import BuildRequest
from publisher.cache.fingerprint import libraries
from publisher.model.profile import Profile, file_name
from publisher.model.proof_file import ENDING, Making, ProofFile
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.target import ENDINGS, Format


def proof_file(checked: Checked, artifacts: Iterable[Artifact], *, making: Making, name: str, program: str) -> Artifact:
    """The record of a build that has made these artifacts, as one more of them."""
    record = ProofFile(
        making=making,
        program=program,
        libraries=libraries(),
        sources={path: workspace.digest(content) for path, content in checked.sources().items()},
        artifacts={artifact.name: workspace.digest(artifact.content) for artifact in artifacts},
    )
    return write_proof_file(record, name=name)


def record_of(
    checked: Checked, pdfs: Pdfs, artifacts: tuple[Artifact, ...], *, formats: tuple[Format, ...], request: BuildRequest
) -> Artifact:
    """`NAME.proof.json` of a volume: how it was made, from what, and which files came of it."""
    publication = pdfs.publication
    making = Making(
        formats=tuple(dict.fromkeys(formats)),
        profiles=tuple(pdfs.asked or publication.output.profiles.wanted) if Format.PDF in formats else (),
        audience=request.target.audience,
        copy=request.target.copy,
        moment=pdfs.moment,
        freezing=request.freezing,
    )
    name, program = publication.output.name, publication.metadata.generator
    return proof_file(checked, artifacts, making=making, name=name, program=program)


def file_names(
    publication: Publication, *, formats: tuple[Format, ...], profiles: tuple[Profile, ...]
) -> tuple[str, ...]:
    """What the files of a volume will be called."""
    name = publication.output.name
    pdfs = profiles or publication.output.profiles.wanted if Format.PDF in formats else ()
    return (
        *((f"{name}.{Format.EPUB}",) if Format.EPUB in formats else ()),
        *(file_name(name, profile) for profile in dict.fromkeys(pdfs)),
        *((f"{name}{ENDINGS[Format.WEB]}",) if Format.WEB in formats else ()),
        f"{name}.accessibility.json",
        *((f"{name}.rights.csv",) if publication.ledger else ()),
        f"{name}{ENDING}",
    )


def rights_file(publication: Publication) -> tuple[Artifact, ...]:
    """The ledger of a course reader as a file of its own; an edition has none."""
    if not publication.ledger:
        return ()
    return (write_ledger(publication.ledger, name=f"{publication.output.name}.rights.csv"),)
