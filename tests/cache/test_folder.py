"""The cache folder is used only if nobody else can write to it; else the build says so and goes on without it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cache.folder import cache_problem
from publisher.cli.program import program

Change = Callable[[Path], object]


def _linked(folder: Path) -> None:
    """Moves a folder away and puts a link in its place."""
    elsewhere = folder.with_name(f"{folder.name}-elsewhere")
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)


SHARED: dict[str, Change] = {
    "the cache home, for everybody": lambda home: home.chmod(0o777),
    "the cache home, for a group": lambda home: home.chmod(0o770),
    "our folder, for everybody": lambda home: (home / "publisher").chmod(0o777),
    "our folder, for a group": lambda home: (home / "publisher").chmod(0o775),
    "the sections": lambda home: (home / "publisher" / "sections").chmod(0o702),
    "the volumes": lambda home: (home / "publisher" / "volumes").chmod(0o720),
    "our folder is a link": lambda home: _linked(home / "publisher"),
    "the sections are a link": lambda home: _linked(home / "publisher" / "sections"),
}
"""What lets others write to a cache."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache home, with the folders that builds make in it."""
    home = tmp_path / "cache"
    for name in ("sections", "volumes"):
        (home / "publisher" / name).mkdir(parents=True, mode=0o700)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home


@pytest.fixture
def edition(tmp_path: Path, root: Path) -> Path:
    """The edition that `publisher init` writes."""
    return shutil.copytree(root / "src" / "publisher" / "scaffold" / "edition", tmp_path / "edition")


def build(edition: Path, *words: str) -> Result:
    """What `publisher build` of the EPUB comes to."""
    output = str(edition.with_name("output"))
    command = ["build", str(edition), "-o", output, "-f", "epub", "-j", "1", *words]
    return CliRunner().invoke(program, command, prog_name="publisher")


@pytest.mark.parametrize("change", SHARED.values(), ids=SHARED)
def test_a_cache_that_others_can_write_to_is_refused(home: Path, change: Change) -> None:
    assert cache_problem() is None
    change(home)
    problem = cache_problem()
    assert problem is not None
    assert (problem.code, problem.severity) == ("O-040", "warning")


def test_a_cache_home_like_the_folder_for_temporary_files_is_none_that_others_control(home: Path) -> None:
    home.chmod(0o1777)
    assert cache_problem() is None


def test_a_cache_of_another_user_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    problem = cache_problem()
    assert problem is not None
    assert "belongs to another user" in problem.message


def test_a_build_says_so_and_goes_on_without_it(home: Path, edition: Path) -> None:
    (home / "publisher").chmod(0o777)
    for _ in range(2):
        result = build(edition)
        assert (result.exit_code, "O-040" in result.stderr, "unchanged" in result.stderr) == (0, True, False)
    assert [*home.rglob("*.*"), *(home / "publisher" / "volumes").iterdir()] == []
    assert [load["code"] for load in json.loads(build(edition, "--diagnostics", "json").stderr)] == ["O-040"]
    assert "O-040" not in build(edition, "--no-cache").stderr


def test_a_strict_build_ends_there(home: Path, edition: Path) -> None:
    (home / "publisher").chmod(0o777)
    result = build(edition, "--strict")
    assert (result.exit_code, "O-040" in result.stderr) == (4, True)


def test_a_relative_place_is_refused(edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(edition)
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    before = sorted(path.name for path in edition.iterdir())
    result = build(edition)
    assert (result.exit_code, "O-040" in result.stderr) == (0, True)
    assert sorted(path.name for path in edition.iterdir()) == before


@pytest.mark.parametrize("place", ["edition", "edition/cache", "link"])
def test_a_place_in_the_edition_is_refused(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "link").symlink_to(edition)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / place))
    result = build(edition)
    assert (result.exit_code, "O-040" in result.stderr) == (0, True)
    assert not [*tmp_path.rglob("publisher")]


def test_without_a_place_for_the_secret_a_note_says_so(
    home: Path, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    result = build(edition, "--strict")
    assert (result.exit_code, "O-041" in result.stderr) == (0, True)


def test_clean_refuses_it_too(home: Path) -> None:
    entry = home / "publisher" / "sections" / "ab" / ("0" * 62)
    entry.parent.mkdir()
    entry.write_bytes(b"an entry")
    (home / "publisher" / "sections").chmod(0o777)
    result = CliRunner().invoke(program, ["clean"], prog_name="publisher")
    assert (result.exit_code, "O-040" in result.stderr, entry.exists()) == (4, True, True)


@pytest.mark.parametrize("place", ["loop", "file", "pipe", "long", "/dev/null", "/proc/self"])
def test_a_place_that_cannot_hold_a_cache_hinders_no_build(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ("x" * 5000 if place == "long" else place)))
    assert build(edition).exit_code == 0
