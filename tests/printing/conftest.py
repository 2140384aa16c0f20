"""An edition with one of everything, built in every profile, once."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildResult
from publisher.model.profile import Profile
from publisher.model.publication import Publication

ALL = (Profile.SCREEN, Profile.PRINT, Profile.ARCHIVE)


@dataclass(frozen=True, kw_only=True)
class Volume:
    """What was built."""

    publication: Publication
    folder: Path
    """Where the files are."""

    def path(self, ending: str) -> Path:
        """The file whose name has this ending: `.print.pdf`."""
        return self.folder / f"everything{ending}"

    def content(self, ending: str) -> bytes:
        """The bytes of that file."""
        return self.path(ending).read_bytes()


@pytest.fixture(scope="session")
def volume(
    everything: Path, tmp_path_factory: pytest.TempPathFactory, built_once: Callable[..., BuildResult]
) -> Volume:
    """The edition, built."""
    built = built_once(everything, profiles=ALL).volume
    folder = tmp_path_factory.mktemp("profiles")
    pipeline.keep(built, output=folder)
    return Volume(publication=built.publication, folder=folder)


@pytest.fixture(scope="session")
def said() -> Callable[..., str]:
    """Everything that a program says, on both its streams; fails where it fails."""

    def run(*command: str | Path) -> str:
        outcome = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert outcome.returncode == 0, outcome.stderr
        return outcome.stdout + outcome.stderr

    return run
