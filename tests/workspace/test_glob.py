"""Patterns: what they match, what they follow, and how far they go."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from publisher.diagnostics import PublisherError
from publisher.workspace import Folder, glob

FILES = ("a.md", ".b.md", "c.txt", "x/a.md", "x/y/a.md", "x/y/z/b.md", "[1].md", "w/x/y/a.md", "Ä.md")
PATTERNS = (
    "*.md", "*", "?.md", "[ac].*", "[[]1].md", "x/*.md", "**/*.md", "x/**/*.md", "**/x/**/*.md", "**/y/*", "**/**/a.md",
    "*/*/a.md", "x/y/a.md", "x/y/nothing", "nothing/*", "a.md/*", "a.md", "*/y/**/b.md", "**/[ab].md", "Ä.*",
    "./x/*.md",
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with files in folders."""
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_matches_what_pathlib_matches(root: Path, pattern: str) -> None:
    expected = sorted({path.relative_to(root).as_posix() for path in root.glob(pattern)})
    assert Folder(root).matching(pattern) == tuple(expected)


@pytest.mark.parametrize(
    "pattern", ["", ".", "[", "[!", "***", "**", "a**", "*" * 300, "x" * 300 + "*", "/".join(["*"] * 3000)]
)
def test_a_strange_pattern_is_answered(root: Path, pattern: str) -> None:
    assert isinstance(Folder(root).matching(pattern), tuple)


@pytest.mark.parametrize(
    "pattern", ["**/**/*.md", "*/*/*/*/*.md", "/".join(["**"] * 40) + "/a.md", "*/*/*/*/*/*/*/*/a.md"]
)
def test_a_pattern_does_not_follow_links(root: Path, pattern: str) -> None:
    expected = Folder(root).matching(pattern)
    for name in ("l1", "l2", "l3", "x/l4", "x/y/l5"):
        (root / name).symlink_to(root, target_is_directory=True)
    assert Folder(root).matching(pattern) == expected


def test_a_part_without_signs_leads_through_a_link(root: Path) -> None:
    (root / "link").symlink_to("x", target_is_directory=True)
    (root / "x" / "linked.md").symlink_to("../c.txt")
    assert Folder(root).matching("link/*.md") == ("link/a.md", "link/linked.md")


def test_each_folder_is_visited_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visited: list[str] = []
    scandir = os.scandir

    def visit(path: Path) -> Any:
        visited.append(str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", visit)
    Folder(root).matching("/".join(["**", "*"] * 12))
    assert len(visited) == len({*visited})


@pytest.mark.parametrize(("limit", "what"), [("MATCHES", "files"), ("FOLDERS", "folders"), ("ENTRIES", "files and")])
def test_a_pattern_reaches_only_so_much(root: Path, limit: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glob, limit, 3)
    with pytest.raises(PublisherError) as caught:
        Folder(root).matching("**/*.md")
    (found,) = caught.value.diagnostics
    assert (found.code, caught.value.exit_code) == ("O-070", 4)
    assert f"reaches more than 3 {what}" in found.message


def test_the_limits_are_so_high_that_only_a_slip_meets_them() -> None:
    assert (glob.MATCHES, glob.FOLDERS, glob.ENTRIES) == (10_000, 20_000, 200_000)


AS_ANYBODY = """
import ctypes, json, sys
from pathlib import Path
from typing import Any
from publisher.diagnostics import PublisherError
from publisher.workspace import Folder
ctypes.CDLL(None).capset(bytes.fromhex("22050820" + "00" * 4), bytes(24))
try:
    print(Folder(Path(sys.argv[1])).matching(sys.argv[2]))
except PublisherError as error:
    print(json.dumps([error.exit_code, *([one.code, one.message] for one in error.diagnostics)]))
"""
"""Matches a pattern without the rights of an administrator."""


@pytest.mark.parametrize("pattern", ["x/y/*.md", "**/*.md", "x/*/*.md"])
def test_a_folder_that_cannot_be_read_is_an_error(root: Path, pattern: str) -> None:
    (root / "x" / "y").chmod(0)
    words = [sys.executable, "-c", AS_ANYBODY, str(root), pattern]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    (root / "x" / "y").chmod(0o755)
    status, (code, message) = json.loads(ended.stdout)
    assert (status, code) == (4, "O-071"), ended.stdout
    assert message.endswith("x/y cannot be read: Permission denied")
