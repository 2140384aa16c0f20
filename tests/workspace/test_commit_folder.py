"""A folder is put in its place whole, and only over files that the program wrote."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from publisher.diagnostics import PublisherError
from publisher.workspace import commit_folder as subject
from publisher.workspace.commit_folder import commit_folder, demand_folder_free

FILES = {"index.html": b"<p>One</p>", "text/a.html": b"<p>Two</p>", "styles/a.css": b"p {}"}


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder by their paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_writes_the_files_and_nothing_else(tmp_path: Path) -> None:
    written = commit_folder(tmp_path, "book.web", FILES)
    assert written == tmp_path / "book.web"
    assert contents(written) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["book.web"]


def test_replaces_its_own_folder_and_drops_pages_that_are_gone(tmp_path: Path) -> None:
    commit_folder(tmp_path, "book.web", FILES)
    later = {"index.html": b"<p>Other</p>", "text/b.html": b"<p>New</p>"}
    commit_folder(tmp_path, "book.web", later)
    assert contents(tmp_path / "book.web") == later
    assert [path.name for path in tmp_path.iterdir()] == ["book.web"]


def test_leaves_an_equal_folder_alone(tmp_path: Path) -> None:
    commit_folder(tmp_path, "book.web", FILES)
    before = (tmp_path / "book.web").stat().st_ino
    commit_folder(tmp_path, "book.web", FILES)
    assert (tmp_path / "book.web").stat().st_ino == before


def foreign(folder: Path) -> None:
    """Somebody's own file in the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "notes.txt").write_text("mine")


def changed(folder: Path) -> None:
    """A page that somebody has changed."""
    commit_folder(folder.parent, folder.name, FILES)
    (folder / "index.html").write_text("changed")


def added(folder: Path) -> None:
    """A file that somebody has added."""
    commit_folder(folder.parent, folder.name, FILES)
    (folder / "text" / "mine.txt").write_text("mine")


def linked(folder: Path) -> None:
    """A link to another folder in the place of the folder."""
    other = folder.parent / "other"
    foreign(other)
    folder.symlink_to(other)


def link_inside(folder: Path) -> None:
    """A link in the folder that leads out of it."""
    commit_folder(folder.parent, folder.name, FILES)
    (folder / "out").symlink_to("/")


def pipe(folder: Path) -> None:
    """A pipe in the folder, which would be waited for."""
    folder.mkdir()
    os.mkfifo(folder / "index.html")


def plain_file(folder: Path) -> None:
    """A file in the place of the folder."""
    folder.write_text("mine")


@pytest.mark.parametrize("prepare", [foreign, changed, added, linked, link_inside, pipe, plain_file])
def test_refuses_what_it_did_not_write(tmp_path: Path, prepare: object) -> None:
    target = tmp_path / "book.web"
    assert callable(prepare)
    prepare(target)
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    for attempt in (
        lambda: commit_folder(tmp_path, "book.web", {"index.html": b"new"}),
        lambda: demand_folder_free(tmp_path, "book.web"),
    ):
        with pytest.raises(PublisherError) as caught:
            attempt()
        assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["O-051"]
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_keeps_the_old_folder_if_the_new_one_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_folder(tmp_path, "book.web", FILES)

    def full(_: Path, __: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(subject, "_write", full)
    with pytest.raises(PublisherError) as caught:
        commit_folder(tmp_path, "book.web", {"index.html": b"new"})
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["O-002"]
    assert contents(tmp_path / "book.web") == FILES


def test_gives_the_old_folder_its_name_back_if_the_new_one_cannot_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_folder(tmp_path, "book.web", FILES)
    rename, done = Path.rename, list[Path]()

    def fail_second(path: Path, target: Path) -> Path:
        done.append(path)
        if len(done) == 2:
            raise OSError(errno.EIO, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_second)
    with pytest.raises(PublisherError):
        commit_folder(tmp_path, "book.web", {"index.html": b"new"})
    assert contents(tmp_path / "book.web") == FILES


def test_removes_what_a_killed_build_left_and_nothing_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: None)
    commit_folder(tmp_path, "book.web", FILES)
    commit_folder(tmp_path, "book.web", {"index.html": b"new"})
    left = [path for path in tmp_path.iterdir() if path.name != "book.web"]
    assert len(left) == 1
    monkeypatch.undo()
    foreign(tmp_path / f"{subject.TEMPORARY}somebody")
    commit_folder(tmp_path, "book.web", FILES)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{subject.TEMPORARY}somebody", "book.web"]
