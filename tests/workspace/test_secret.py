"""The secret of a user: made once, and refused if others could know it."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from publisher.workspace.secret import LENGTH, state_folder, user_secret


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder, which is not there yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "publisher"


def test_it_is_made_once_for_its_user_alone(state: Path) -> None:
    secret = user_secret()
    assert secret is not None
    assert len(secret) == LENGTH
    assert user_secret() == secret
    assert (state.stat().st_mode & 0o777, (state / "secret").stat().st_mode & 0o777) == (0o700, 0o600)
    assert [path.name for path in state.iterdir()] == ["secret"]


def test_two_users_have_two(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = user_secret()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    assert user_secret() not in (None, first)


def test_processes_that_begin_at_once_agree(state: Path) -> None:
    code = "from publisher.workspace.secret import user_secret; print(user_secret().hex())"

    def printed(_: int) -> str:
        return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(printed, range(4)))) == 1


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_one_that_others_can_read_or_write_is_refused(state: Path, mode: int) -> None:
    user_secret()
    (state / "secret").chmod(mode)
    assert user_secret() is None


@pytest.mark.parametrize("content", [b"", b"short", b"x" * (LENGTH + 1)])
def test_one_of_another_length_is_refused(state: Path, content: bytes) -> None:
    user_secret()
    (state / "secret").write_bytes(content)
    assert user_secret() is None


def test_a_link_is_refused(state: Path, tmp_path: Path) -> None:
    user_secret()
    (state / "secret").rename(tmp_path / "elsewhere")
    (state / "secret").symlink_to(tmp_path / "elsewhere")
    assert user_secret() is None


def test_a_pipe_in_its_place_is_refused_and_not_waited_for(state: Path) -> None:
    state.mkdir(parents=True, mode=0o700)
    os.mkfifo(state / "secret", 0o600)
    assert user_secret() is None


def test_a_folder_that_others_can_write_to_is_refused(state: Path) -> None:
    user_secret()
    state.chmod(0o770)
    assert (state_folder(), user_secret()) == (None, None)


def test_a_folder_that_is_a_link_is_refused(state: Path, tmp_path: Path) -> None:
    user_secret()
    state.rename(tmp_path / "elsewhere")
    state.symlink_to(tmp_path / "elsewhere")
    assert user_secret() is None


def test_a_folder_of_another_user_is_refused(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user_secret()
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert user_secret() is None


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert user_secret() is None


def test_a_relative_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    user_secret()
    assert not (tmp_path / "state").exists()


def test_without_a_home_it_is_that_of_the_password_file_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert user_secret() is None
