"""Whole editions, built once by the command as people run it, and small ones to spoil."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher import scaffold
from publisher.cli.program import program

PUBLISHER = Path(sys.executable).with_name("publisher")
PLACED = re.compile(
    r"^(?P<place>\S+?:\d+:\d+): (?P<weight>error|warning)\[(?P<code>[A-Z]-\d+)(?: [a-z0-9-]+)?\]: (?P<message>.+)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a command says and how it ends."""

    status: int
    printed: str
    complaints: str

    @property
    def places(self) -> list[str]:
        """Each diagnostic as `code file:line:column`; what has no place as its line."""
        lines = [line for line in self.complaints.splitlines() if "error[" in line or "warning[" in line]
        found = [(line, PLACED.match(line)) for line in lines]
        return [f"{match['code']} {match['place']}" if match else line for line, match in found]


Command = Callable[..., Told]
Publisher = Callable[..., Told]


@pytest.fixture
def starting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter edition as a folder named `mine`, seen from the folder above it."""
    monkeypatch.chdir(tmp_path)
    scaffold.copy(Path("mine"))
    return tmp_path / "mine"


@pytest.fixture
def publisher() -> Command:
    """Runs the command with some words, in the folder where the test is."""

    def run(*words: str) -> Told:
        result = CliRunner().invoke(program, words, prog_name="publisher")
        return Told(status=result.exit_code, printed=result.stdout, complaints=result.stderr)

    return run


@pytest.fixture(scope="session")
def process() -> Publisher:
    """Runs the command as a process of its own, with some more variables in its environment."""

    def run(*words: str | Path, at: Path, variables: Mapping[str, str] | None = None, umask: int = 0o022) -> Told:
        done = subprocess.run(
            [PUBLISHER, *words],
            cwd=at,
            env={**os.environ, **(variables or {})},
            umask=umask,
            capture_output=True,
            text=True,
            check=False,
        )
        return Told(status=done.returncode, printed=done.stdout, complaints=done.stderr)

    return run


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An edition and what was built from it."""

    folder: Path
    epub: Path
    pdf: Path


Built = Callable[[str], Work]


@pytest.fixture(scope="session")
def built(
    root: Path, everything: Path, process: Publisher, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Built:
    """Gives an edition, `book` or `everything`, built once in a session, whichever process of it asks first."""
    alone = worker_id == "master"
    shared = tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent
    folders = {"book": root / "book", "everything": everything}

    def build(name: str) -> Work:
        output = shared / f"built-{name}"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not output.exists():
                told = process("build", folders[name], "--strict", "--jobs", "2", "-o", output, at=root)
                assert (told.status, told.complaints) == (0, "")
        (epub,), (pdf,) = output.glob("*.epub"), output.glob("*.pdf")
        return Work(folder=folders[name], epub=epub, pdf=pdf)

    return build
