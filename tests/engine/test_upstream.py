"""The faults that `docs/upstream/` reports are still faults of WeasyPrint: a test that fails shows a mended one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from publisher.layout.weasyprint.sources import installed_version

HERE = Path(__file__).parent
FILES = tuple(sorted(path.name for path in (HERE.parents[1] / "docs" / "upstream").glob("*.html")))
FIELDS = ("Fault", "Specification", "Actual", "Expected")


def report(root: Path, name: str) -> str:
    """The comment at the top of a file."""
    found = re.match(
        r"<!doctype html>\n<!--\n(Title: \S.*\n.*?)-->\n", (root / "docs/upstream" / name).read_text(), re.DOTALL
    )
    assert found, name
    return found[1]


def field(text: str, name: str) -> list[str]:
    """The lines of a field of a report."""
    found = re.search(rf"^{name}:\n((?:  .*\n)+)", text, re.MULTILINE)
    assert found, name
    return [line.strip() for line in found[1].splitlines()]


@cache
def laid_out(root: Path) -> dict[str, list[str]]:
    """The lines of every file, laid out in a child that imports nothing of this project."""
    files = [str(root / "docs" / "upstream" / name) for name in FILES]
    command = [sys.executable, "-I", "-W", "ignore", str(HERE / "lines.py"), *files]
    made = subprocess.run(command, capture_output=True, check=True, text=True)
    return dict(zip(FILES, json.loads(made.stdout), strict=True))


@pytest.mark.parametrize("name", FILES)
def test_the_engine_alone_still_gives_the_actual_result(root: Path, name: str) -> None:
    """If this fails, the engine has changed: see whether the fix that names the file can go."""
    text = report(root, name)
    assert laid_out(root)[name] == field(text, "Actual")
    assert field(text, "Expected") != field(text, "Actual")


@pytest.mark.parametrize("name", FILES)
def test_a_report_says_what_an_upstream_project_has_to_know(root: Path, name: str) -> None:
    text = report(root, name)
    assert f"Version: WeasyPrint {installed_version()}\n" in text
    assert all(field(text, item) for item in FIELDS)
    assert f"[{name}]({name})" in (root / "docs/upstream/README.md").read_text(encoding="utf-8")
