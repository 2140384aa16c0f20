"""A small edition with everything that trade and libraries ask for, exported once in each format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from publisher.cli.program import program

EDITION = Path(__file__).parent / "edition"
RECORDS = ("onix", "crossref", "marcxml", "opds", "jsonld", "bibtex", "ris", "csl")
Runs = Callable[..., Result]
Diagnoses = Callable[..., tuple[tuple[str, int | None], ...]]


@pytest.fixture(scope="session")
def runs() -> Runs:
    """What runs a command of the program, each word an argument."""

    def run(*words: str | Path) -> Result:
        return CliRunner().invoke(program, [*map(str, words)])

    return run


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory, runs: Runs) -> Mapping[str, bytes]:
    """The files of every export of records, by name."""
    folder = tmp_path_factory.mktemp("records")
    for name in RECORDS:
        done = runs("export", name, EDITION, "-o", folder)
        assert done.exit_code == 0, done.output
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """What gives a copy of the edition whose settings have other words."""

    def alter(*changes: tuple[str, str]) -> Path:
        folder = tmp_path / "edition"
        folder.mkdir()
        for path in EDITION.iterdir():
            text = path.read_text(encoding="utf-8")
            if path.name == "edition.yaml":
                for old, new in changes:
                    assert old in text, old
                    text = text.replace(old, new)
            (folder / path.name).write_text(text, encoding="utf-8")
        return folder

    return alter


@pytest.fixture(scope="session")
def diagnoses(runs: Runs) -> Callable[..., tuple[tuple[str, int | None], ...]]:
    """What gives the codes that a command reports, with their lines."""

    def diagnose(*words: str | Path) -> tuple[tuple[str, int | None], ...]:
        done = runs(*words, "--diagnostics", "json")
        found: list[dict[str, Any]] = json.loads(done.stderr or "[]")
        return tuple((record["code"], record.get("line")) for record in found)

    return diagnose
