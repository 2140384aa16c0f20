"""What the cache holds is taken only where it is whole; a kill, a full disk and several builds at once do no harm."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publisher.cache import builds
from publisher.workspace import Folder

Build = Callable[..., Any]
Damage = Callable[[Path], object]

DAMAGES: dict[str, Damage] = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "emptied": lambda path: path.write_bytes(b""),
    "a byte changed": lambda path: path.write_bytes(path.read_bytes()[:-2] + b"?" + path.read_bytes()[-1:]),
    "gone": lambda path: path.unlink(),
}


def entries(place: Path) -> list[Path]:
    """The entries for finished volumes."""
    return sorted(path for path in (place / "cache" / "publisher" / "volumes").glob("??/*") if path.is_file())


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_none(starter: Path, build: Build, place: Path, damage: Damage) -> None:
    first = build()
    for entry in entries(place):
        damage(entry)
    again = build()
    assert not again.unchanged
    assert again.files == first.files
    assert build().unchanged


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_file_whose_bytes_are_damaged_is_built_not_put_back(
    starter: Path, build: Build, place: Path, damage: Damage
) -> None:
    first = build()
    (place / "output" / min(first.files)).unlink()
    for entry in entries(place):
        if entry.read_bytes()[32:34] in (b"PK", b"{\n"):
            damage(entry)
    again = build()
    assert (again.unchanged, again.files) == (False, first.files)


def test_an_entry_of_another_form_is_none(
    starter: Path, build: Build, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build()
    shelf = builds.BuildCache(results=_Other())
    assert shelf.lookup(builds.BuildKey(folder=Folder(starter))) is None
    assert build().files == first.files


class _Other:
    """A shelf on which something else lies under every key."""

    def get(self, key: str) -> bytes:
        return b'{"asked": [["lately", "", "", ""]], "files": 1}'

    def put(self, key: str, content: bytes) -> None:
        """Nothing."""

    def evict(self) -> None:
        """Nothing."""


def test_a_cache_that_cannot_be_written_hinders_nobody(starter: Path, build: Build, place: Path) -> None:
    (place / "cache").write_bytes(b"a file where the folder should be")
    first = build()
    assert first.exit_code == 0
    assert not build().unchanged


def test_files_too_large_for_the_shelf_are_built_where_they_are_missing(
    starter: Path, build: Build, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "LARGEST", 10)
    first = build()
    assert len(entries(place)) == 1
    assert build().unchanged
    (place / "output" / min(first.files)).unlink()
    again = build()
    assert (again.unchanged, again.files) == (False, first.files)


def test_a_kill_while_it_is_remembered_does_no_harm(starter: Path, build: Build, place: Path) -> None:
    clean = build("--no-cache")
    program = "from publisher.cli.program import program; program(prog_name='publisher')"
    command = [sys.executable, "-c", program, "build", "edition", "--format", "epub", "--jobs", "1"]
    for delay in (0.0, 0.001, 0.003):
        shutil.rmtree(place / "cache", ignore_errors=True)
        running = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while running.poll() is None and not (place / "cache" / "publisher" / "volumes").is_dir():
            time.sleep(0.0002)
        time.sleep(delay)
        running.kill()
        running.wait()
        (place / "output" / min(clean.files)).write_bytes(b"edited by hand")
        assert build().files == clean.files


def test_builds_at_the_same_time_make_the_same(starter: Path, build: Build, place: Path) -> None:
    program = "from publisher.cli.program import program; program(prog_name='publisher')"
    command = [sys.executable, "-c", program, "build", "edition", "--format", "epub", "--jobs", "1"]
    running = [subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [popen.wait() for popen in running] == [0, 0, 0]
    found = build()
    assert found.unchanged
    assert found.files == build("--no-cache").files
