"""Editions that are built by the command, and what was said."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher.cli.program import program


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one run of `publisher build` came to."""

    exit_code: int
    stdout: str
    stderr: str
    files: dict[str, str]
    """The digest of each finished file, by name."""

    @property
    def unchanged(self) -> bool:
        """Whether nothing was built."""
        return self.stderr.endswith(UNCHANGED)

    @property
    def told(self) -> str:
        """What was printed on standard error beside that nothing was built."""
        return self.stderr.removesuffix(UNCHANGED)


UNCHANGED = "unchanged: nothing that this volume is made from has changed since it was built\n"
Build = Callable[..., Ran]


def digests(folder: Path) -> dict[str, str]:
    """The digest of each file in a folder, by name."""
    found = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture
def place(tmp_path: Path, clean_environment: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which commands are run; with a cache that is empty, too."""
    clean_environment.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    clean_environment.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def starter(place: Path, root: Path) -> Path:
    """The edition that `publisher init` writes."""
    return shutil.copytree(root / "src" / "publisher" / "scaffold" / "edition", place / "edition")


@pytest.fixture
def build(place: Path) -> Build:
    """Runs `publisher build` in this process, of the folder `edition` in the format EPUB where nothing else is said."""

    def build(
        *words: str, folder: str = "edition", output: str = "output", formats: tuple[str, ...] = ("epub",)
    ) -> Ran:
        asked = [word for form in formats for word in ("--format", form)]
        command = ("build", folder, "--output", output, "--jobs", "1", *asked, *words)
        result = CliRunner().invoke(program, command, prog_name="publisher")
        return Ran(
            exit_code=result.exit_code,
            stdout=result.stdout,
            stderr=result.stderr,
            files=digests(place / output),
        )

    return build
