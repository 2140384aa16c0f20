"""`make quick` runs the unit tests: every folder of tests that builds no volume and runs no program, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LIST = "tests/quick.txt"
LONG = re.compile(
    r"CliRunner|subprocess|ProcessPool|SerialExecutor|write_pdfs?\b|pipeline\.build\b|built_once|verdicts|pikepdf"
)
"""What tests use that build volumes, look into them, run commands or start programs."""
FEW = {
    "diagnostics": "checks an edition once",
    "engine": "runs the engine on a page for each of its faults",
    "sanitize": "builds an edition that has every drawing, once",
    "validate": "runs `check` a few times",
    "workspace": "kills a process that writes",
}
"""Folders that use some of it and take a few seconds, by what they do."""
STAGES = {"load", "validate", "annotate", "compose", "render", "diagnostics", "workspace", "sanitize", "csl"}
"""What a change of most parts of the program can break."""


@pytest.fixture(scope="module")
def listed(root: Path) -> list[str]:
    """The folders that `make quick` runs."""
    return (root / LIST).read_text(encoding="utf-8").split()


def long_words(folder: Path) -> set[str]:
    """What the tests in a folder use of what takes long."""
    return {found for path in folder.glob("*.py") for found in LONG.findall(path.read_text(encoding="utf-8"))}


def test_every_folder_is_there_once_in_order(root: Path, listed: list[str]) -> None:
    assert listed == sorted(set(listed))
    assert [name for name in listed if not list((root / name).glob("test_*.py"))] == []


def test_folders_of_unit_tests_are_listed_and_others_are_not(root: Path, listed: list[str]) -> None:
    folders = {path.parent for path in (root / "tests").glob("*/test_*.py")}
    short = {path.name for path in folders if not long_words(path)} - {"architecture"}
    names = {Path(name).name for name in listed}
    assert short <= names, "list these in tests/quick.txt"
    assert names - short == FEW.keys(), "these build volumes or run programs"
    assert names >= STAGES


def test_the_command_runs_what_is_listed(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    assert f"pytest -n 2 --dist loadfile @{LIST}" in makefile
