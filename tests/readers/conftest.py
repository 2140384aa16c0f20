"""A small course reader, read, composed and built once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest, BuildResult
from publisher.model.publication import Publication
from publisher.model.target import Audience, Copy, Target
from publisher.workspace import Folder

CLEAN = Path(__file__).parents[1] / "checks" / "clean-reader"

RIGHT_HAND = "output: {openings: right}\n"
"""What is added to the clean reader for `proof`."""

Composes = Callable[..., Publication]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder with the clean reader, to be changed."""
    return Path(shutil.copytree(CLEAN, tmp_path / "course"))


@pytest.fixture
def composes() -> Composes:
    """What composes the reader in a folder, for an audience and as a copy."""

    def compose(folder: Path, audience: Audience = Audience.STUDENT, copy: Copy | None = Copy.PROOF) -> Publication:
        publication = pipeline.check(
            BuildRequest(folder=Folder(folder), target=Target(audience=audience, copy=copy))
        ).publication
        assert publication is not None
        return publication

    return compose


@pytest.fixture(scope="session")
def proof(tmp_path_factory: pytest.TempPathFactory, built_once: Callable[..., BuildResult]) -> BuildResult:
    """The clean reader as a proof, whose readings begin on right-hand pages, built and proved."""
    folder = Path(shutil.copytree(CLEAN, tmp_path_factory.mktemp("proof") / "clean-reader"))
    with (folder / "reader.yaml").open("a", encoding="utf-8") as settings:
        settings.write(RIGHT_HAND)
    return built_once(folder, target=Target(copy=Copy.PROOF))
