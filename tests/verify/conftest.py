"""A small edition with everything that an edition can have, built once and damaged often."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.diagnostics import ExitCode, PublisherError
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, Volume
from publisher.render import shipped_files
from publisher.verify import verify
from publisher.workspace import Folder

EDITION = Path(__file__).parent / "edition"
Faults = Callable[[str, bytes], tuple[str, ...]]


@pytest.fixture(scope="session")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Volume:
    """The edition, built once a run, whichever worker asks first."""
    run = tmp_path_factory.getbasetemp()
    shared = (run.parent if os.environ.get("PYTEST_XDIST_WORKER") else run) / "on-promises.pickle"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            shared.write_bytes(pickle.dumps(pipeline.build(Folder(EDITION)).volume))
    volume: Volume = pickle.loads(shared.read_bytes())
    return volume


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
