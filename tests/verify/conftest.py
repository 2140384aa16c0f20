"""A small edition with everything that an edition can have, built once and damaged often."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.build.request import BuildResult
from publisher.diagnostics import ExitCode, PublisherError
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, Volume
from publisher.render import shipped_files
from publisher.verify import verify

EDITION = Path(__file__).parent / "edition"
Faults = Callable[[str, bytes], tuple[str, ...]]


@pytest.fixture(scope="session")
def volume(built_once: Callable[..., BuildResult]) -> Volume:
    """The edition, built."""
    return built_once(EDITION).volume


@pytest.fixture(scope="session")
def good(volume: Volume) -> dict[str, bytes]:
    """The finished files of the edition by their names."""
    return {artifact.name: artifact.content for artifact in volume.artifacts}


@pytest.fixture(scope="session")
def publication(volume: Volume) -> Publication:
    """The edition, composed."""
    return volume.publication


@pytest.fixture(scope="session")
def faults(publication: Publication) -> Faults:
    """Proves one file; the codes and messages of what is wrong with it."""

    def prove(name: str, content: bytes) -> tuple[str, ...]:
        try:
            verify(publication, (Artifact(name=name, content=content),), shipped=shipped_files)
        except PublisherError as error:
            if error.exit_code is not ExitCode.UNPROVED:
                raise
            return tuple(f"{diagnostic.code} {diagnostic.message}" for diagnostic in error.diagnostics)
        return ()

    return prove
