"""Editions to run commands on, and a pipeline of which each outcome can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cli.program import program
from publisher.diagnostics import Diagnostic, Severity, Source

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `publisher` with some words in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner().invoke(program, words, prog_name="publisher")

    return run


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A folder that looks like an edition."""
    folder = tmp_path / "edition"
    folder.mkdir()
    folder.joinpath("edition.yaml").write_text("title: A\n", encoding="utf-8")
    return folder


@pytest.fixture
def error() -> Diagnostic:
    """An error at the beginning of a file."""
    return Diagnostic(
        code="E-900", message="unknown key titel", span=Source(name="edition.yaml", text="titel: A\n").span(0, 5)
    )


@pytest.fixture
def warning() -> Diagnostic:
    """A warning without a place."""
    return Diagnostic(code="E-901", message="a doubtful thing", severity=Severity.WARNING)
