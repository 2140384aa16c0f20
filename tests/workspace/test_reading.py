"""Reading stays inside a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.workspace import Folder, NotThere, OutsideFolder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with a file, a folder, links that stay in it and links that leave it."""
    inside = tmp_path / "inside"
    (inside / "notes").mkdir(parents=True)
    (inside / "article.txt").write_bytes(b"text\r\n")
    (inside / "notes" / "b.md").touch()
    (inside / "notes" / "a.md").touch()
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (inside / "leaves.txt").symlink_to(tmp_path / "secret.txt")
    (inside / "stays.txt").symlink_to("article.txt")
    (inside / "loop.txt").symlink_to("loop.txt")
    return Folder(inside)


def test_bytes_are_read_as_they_are(folder: Folder) -> None:
    assert folder.read("article.txt") == b"text\r\n"
    assert folder.read("stays.txt") == b"text\r\n"


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "notes/../../secret.txt",
        "/etc/passwd",
        "leaves.txt",
        "file:article.txt",
        "FILE:///etc/passwd",
        "data:text/plain,a",
        "http://localhost/a",
        "..\\secret.txt",
        "a\0b",
    ],
)
def test_names_that_lead_out_are_refused(folder: Folder, name: str) -> None:
    with pytest.raises(OutsideFolder):
        folder.locate(name)


@pytest.mark.parametrize("name", ["nothing.txt", "notes", "loop.txt", "article.txt/inner", "x" * 300, ""])
def test_names_that_lead_to_no_file_are_told_apart(folder: Folder, name: str) -> None:
    with pytest.raises(NotThere):
        folder.read(name)


def test_patterns_give_sorted_names(folder: Folder) -> None:
    assert folder.matching("notes/*.md") == ("notes/a.md", "notes/b.md")
    assert folder.matching("agreements/*.md") == ()


@pytest.mark.parametrize("pattern", ["../*", "/etc/*", "http://localhost/*"])
def test_patterns_that_lead_out_are_refused(folder: Folder, pattern: str) -> None:
    with pytest.raises(OutsideFolder):
        folder.matching(pattern)


def test_names_are_shown_from_where_the_command_was_run(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.root.parent)
    assert folder.shown("notes/a.md") == "inside/notes/a.md"
    monkeypatch.chdir(folder.root / "notes")
    assert folder.shown("article.txt") == "../article.txt"
