"""Files that hosts of repositories and tools read: their versions agree, and each has its format."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from publisher import __version__

SECTIONS = ["Added", "Changed", "Fixed", "Removed", "Security"]
LONGEST = 160
"""So many characters a line of the changelog may have: one line, one change."""


def version(root: Path) -> str:
    """Return the version of the program."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["version"]["path"] == "src/publisher/__init__.py"
    return __version__


def yaml(path: Path) -> Any:
    """Return the content of a YAML file."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def test_the_changelog_has_the_sections_of_keep_a_changelog_and_the_version(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+)(?: - (\d{4}-\d{2}-\d{2}))?$", text, re.MULTILINE)
    assert versions[0] == ("Unreleased", "")
    assert versions[1][0] == version(root)
    assert all(date for _, date in versions[1:])
    for part in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]:
        found = re.findall(r"^### (.+)$", part, re.MULTILINE)
        assert found == [name for name in SECTIONS if name in found]
    assert [line for line in text.splitlines() if line.startswith("-") and len(line) > LONGEST] == []
    assert [line for line in text.splitlines() if line.startswith("  ")] == []


def test_the_citation_file_names_the_version(root: Path) -> None:
    citation = yaml(root / "CITATION.cff")
    assert citation["version"] == version(root)
    assert {"cff-version", "message", "title", "authors", "license"} <= citation.keys()


def test_hooks_are_local(root: Path) -> None:
    (repository,) = yaml(root / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert all(hook["entry"].startswith(".venv/bin/") for hook in repository["hooks"])


@pytest.mark.parametrize("name", ["bug", "proposal"])
def test_issue_templates_have_a_name_and_a_purpose(root: Path, name: str) -> None:
    text = (root / f".github/ISSUE_TEMPLATE/{name}.md").read_text(encoding="utf-8")
    head = YAML(typ="safe").load(text.split("---\n")[1])
    assert head.keys() == {"name", "about"}
