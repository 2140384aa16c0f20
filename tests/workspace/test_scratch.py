"""Temporary folders: gone when their process ends, or with the next build if it was killed; nothing else goes."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from publisher.diagnostics import ExitCode, PublisherError
from publisher.workers.opening import open_executor
from publisher.workspace.tempdir import PREFIX, Scratch, remove_stale, scratch_folder, scratch_for_all

STALE = f"{PREFIX}abcd_123"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _abandoned(place: Path, name: str = STALE) -> Path:
    """A folder that a killed process has left, with something in it."""
    folder = place / name
    (folder / "weasyprint-x").mkdir(parents=True)
    (folder / "weasyprint-x" / "fonts.conf").write_bytes(b"")
    folder.chmod(0o700)
    return folder


def test_a_folder_is_gone_with_all_that_is_in_it(place: Path) -> None:
    with scratch_folder() as folder:
        assert (folder.parent, folder.stat().st_mode & 0o777) == (place, 0o700)
        (folder / "a").mkdir()
        (folder / "a" / "b").write_bytes(b"")
    assert [*place.iterdir()] == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_next_build_removes_what_a_killed_one_has_left(place: Path, jobs: int) -> None:
    _abandoned(place)
    with open_executor(jobs=jobs):
        assert STALE not in [path.name for path in place.iterdir()]
    assert [*place.iterdir()] == []


def test_temporary_files_of_this_process_go_there(place: Path) -> None:
    with scratch_for_all():
        made = Path(tempfile.mkdtemp(prefix="weasyprint-"))
        assert made.parent.parent == place
    assert (tempfile.gettempdir(), [*place.iterdir()]) == (str(place), [])


def test_folders_of_builds_that_run_are_left_alone(place: Path) -> None:
    with scratch_folder() as first, scratch_folder() as second:
        remove_stale()
        assert first.is_dir()
        assert second.is_dir()


KILLED = """
import os, signal, sys, tempfile
tempfile.tempdir = sys.argv[1]
from publisher.workspace.tempdir import Scratch
scratch = Scratch()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_is_killed_holds_its_folder_no_longer(place: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False)
    assert len([*place.iterdir()]) == 1
    remove_stale()
    assert [*place.iterdir()] == []


def test_links_files_other_names_and_folders_that_others_can_use_are_left_alone(place: Path) -> None:
    elsewhere = place / "documents"
    (elsewhere / "a").mkdir(parents=True)
    (place / STALE).symlink_to(elsewhere)
    (place / f"{PREFIX}abcd_124").write_bytes(b"a file")
    _abandoned(place, f"{PREFIX}abcd_125").chmod(0o755)
    _abandoned(place, f"{PREFIX}abcd_126x")
    _abandoned(place, "publisher")
    os.mkfifo(place / f"{PREFIX}abcd_127")
    before = sorted(place.rglob("*"))
    remove_stale()
    assert sorted(place.rglob("*")) == before


def test_links_in_a_stale_folder_are_not_followed(place: Path) -> None:
    (place / "documents").mkdir()
    (place / "documents" / "a.txt").write_bytes(b"a file of the user's")
    (_abandoned(place) / "link").symlink_to(place / "documents")
    remove_stale()
    assert [path.name for path in place.rglob("*")] == ["documents", "a.txt"]


def test_folders_of_other_users_are_left_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _abandoned(place)
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    remove_stale()
    assert (place / STALE).is_dir()


def test_a_folder_that_cannot_be_made_is_an_error_with_a_hint(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(PublisherError, match=r"O-042.*No space left") as caught:
        Scratch()
    assert caught.value.exit_code is ExitCode.FILES
    assert "TMPDIR" in (caught.value.diagnostics[0].hint or "")
