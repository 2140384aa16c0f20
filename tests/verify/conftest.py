"""A small edition with everything that an edition can have, built once and damaged often."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publisher import compose, pipeline
from publisher.diagnostics import ExitCode, PublisherError
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.verify import verify
from publisher.workspace import Folder

Faults = Callable[[str, bytes], tuple[str, ...]]


@pytest.fixture(scope="session")
def good() -> dict[str, bytes]:
    """The finished files of the edition by their names."""
    built = pipeline.build(Folder(Path(__file__).parent / "edition"))
    return {artifact.name: artifact.content for artifact in built.volume.artifacts}


@pytest.fixture(scope="session")
def publication() -> Publication:
    """The edition, composed."""
    checked = pipeline.check(Folder(Path(__file__).parent / "edition"))
    return compose.compose(checked.annotated, moment="2026-11-24T00:00:00Z")


@pytest.fixture(scope="session")
def faults(publication: Publication) -> Faults:
    """Proves one file; the codes and messages of what is wrong with it."""

    def prove(name: str, content: bytes) -> tuple[str, ...]:
        try:
            verify(publication, (Artifact(name=name, content=content),))
        except PublisherError as error:
            if error.exit_code is not ExitCode.UNPROVED:
                raise
            return tuple(f"{diagnostic.code} {diagnostic.message}" for diagnostic in error.diagnostics)
        return ()

    return prove
