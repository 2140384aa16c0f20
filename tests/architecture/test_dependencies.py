"""Every dependency is pinned with its hashes, and argued."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
"""The name at the beginning of a requirement, before its versions (https://peps.python.org/pep-0508/)."""


def plain(requirement: str) -> str:
    """The name in a requirement as indexes compare it, https://packaging.python.org/en/latest/specifications/name-normalization/."""
    found = NAME.match(requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def pins(file: Path) -> dict[str, str]:
    """The pinned version of each package; every line of the file belongs to one, with a hash."""
    text = file.read_text(encoding="utf-8")
    assert re.sub(r"^#.*\n", "", PIN.sub("", text), flags=re.MULTILINE).strip() == ""
    return {match[1]: match[2] for match in PIN.finditer(text)}


@pytest.fixture(scope="module")
def wanted(root: Path) -> dict[str, set[str]]:
    """The names of the dependencies in pyproject.toml, those of the tests apart."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    build = project["build-system"]["requires"]
    return {
        "book": {plain(name) for name in (*project["project"]["dependencies"], *build)},
        "tests": {plain(name) for name in project["project"]["optional-dependencies"]["test"]},
    }


def test_every_dependency_is_pinned_with_hashes(root: Path, wanted: dict[str, set[str]]) -> None:
    book, tests = pins(root / "constraints.txt"), pins(root / "tools" / "constraints-tests.txt")
    assert sorted(wanted["book"] - book.keys()) == [], "run make constraints"
    assert sorted(wanted["tests"] - tests.keys()) == [], "run make constraints"


def test_the_tests_run_with_what_builds_the_book(root: Path) -> None:
    book, tests = pins(root / "constraints.txt"), pins(root / "tools" / "constraints-tests.txt")
    assert {name: tests[name] for name in book.keys() & tests.keys() if tests[name] != book[name]} == {}


@pytest.mark.parametrize("name", ["weasyprint", "pydyf", "pikepdf"])
def test_what_is_used_through_private_parts_has_bounds(root: Path, name: str) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = (item for item in project["dependencies"] if plain(item) == name)
    assert re.fullmatch(r"==\d+\.\*|>=[\d.]+,<[\d.]+", wanted.removeprefix(name)), wanted


def test_every_dependency_is_argued(root: Path, wanted: dict[str, set[str]]) -> None:
    argued = (root / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    named = {plain(name) for name in re.findall(r"^- \*\*(.+?)\*\*", argued, re.MULTILINE)}
    assert sorted(named) == sorted(wanted["book"] | wanted["tests"])


def test_every_peer_of_the_benchmarks_is_pinned_with_hashes(root: Path) -> None:
    wanted = (root / "tools" / "peers.in").read_text(encoding="utf-8").split()
    assert sorted(pins(root / "tools" / "constraints-peers.txt")) == sorted(wanted)
