"""Publication and artifacts → nothing, or a proof that failed: finished files are read back from their bytes."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.verify.diagnose import at_most
from publisher.verify.epub import epub_faults
from publisher.verify.pdf import pdf_faults
from publisher.verify.source import source_faults
from publisher.verify.tally import Tally, tally

__all__ = ["Tally", "tally", "verify"]


def verify(publication: Publication, artifacts: tuple[Artifact, ...]) -> None:
    """Proves that each artifact carries the text, every note, agreement and section once, in order, and nothing else.

    docs/verification.md has the rules. Raises `PublisherError` with exit code 5 and every difference found.
    """
    found = list(source_faults(publication))
    for artifact in artifacts:
        found.extend(at_most(_faults(artifact, publication), artifact=artifact.name))
    if found:
        raise PublisherError(*found, exit_code=ExitCode.UNPROVED)


def _faults(artifact: Artifact, publication: Publication) -> Iterator[Diagnostic]:
    """What is wrong with one artifact; that it can't be read is one of the things that can be wrong."""
    try:
        if artifact.name.lower().endswith(".epub"):
            yield from epub_faults(artifact.content, publication, artifact=artifact.name)
        elif artifact.name.lower().endswith(".pdf"):
            yield from pdf_faults(artifact.content, publication, artifact=artifact.name)
    except PublisherError as error:
        yield from error.diagnostics
