"""docs/guarantees.md names tests that exist, and a nightly one where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

NAMED = re.compile(r"`(?P<file>tests/[\w/]+\.py|…(?=::))(?:::(?P<test>test_\w+))?`(?P<nightly> \*\(nightly)?")
SECTIONS = (
    "One text",
    "One page number for everybody",
    "Claims are measured",
    "Nothing is lost",
    "Input validation",
    "Sandboxing",
    "Many editions in one volume",
    "Same input, same bytes",
    "Web",
    "Paper",
)


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    """What is guaranteed."""
    return (root / "docs" / "guarantees.md").read_text(encoding="utf-8")


def named(page: str) -> Iterator[tuple[str, str, bool]]:
    """Each test that the page names: its file, its name (empty for all of a file), and whether it is a long one."""
    file = ""
    for found in NAMED.finditer(page):
        file = file if found["file"] == "…" else found["file"]
        yield file, found["test"] or "", found["nightly"] is not None


def test_every_test_that_is_named_exists(page: str, root: Path) -> None:
    tests = list(named(page))
    assert len(tests) > 40
    sources = {file: (root / file).read_text(encoding="utf-8") for file, _, _ in tests}
    assert [(file, test) for file, test, _ in tests if test and f"\ndef {test}(" not in sources[file]] == []
    assert [file for file, _, nightly in tests if nightly and "mark.nightly" not in sources[file]] == []


def test_every_row_names_a_test_or_the_one_above(page: str) -> None:
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert [row for row in rows if not NAMED.search(row) and not row.endswith("| the same |")] == []


def test_every_part_of_the_promise_has_a_section(page: str) -> None:
    assert tuple(re.findall(r"^## (.+)$", page, re.MULTILINE)) == SECTIONS
