"""A build of both formats by processes, with the cache: killed, on a full disk, in a folder that may not be written."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from publisher.cache.store import Store
from publisher.diagnostics import ExitCode

STARTER = Path("src") / "publisher" / "scaffold" / "edition"
BUILD = "from publisher.cli import main; main()"
OLD = b"old"
PATIENCE = 20.0
"""Seconds in which every worker has to see that nobody is left to work for."""

RESTRAINED = """
import ctypes, os, resource, sys
libc, folders = ctypes.CDLL(None, use_errno=True), [name for name in sys.argv[2].split(os.pathsep) if name]
if sys.argv[1] == "full":
    mine = os.getuid() == 0 or libc.unshare(0x10000000) == 0
    is_disk = mine and libc.unshare(0x00020000) == 0 and libc.mount(None, b"/", None, 0x44000, None) == 0
    for folder in folders:
        before = [(name, open(os.path.join(folder, name), "rb").read()) for name in os.listdir(folder)]
        is_disk = is_disk and libc.mount(b"none", folder.encode(), b"tmpfs", 0, b"size=64k") == 0
        for name, content in before:
            open(os.path.join(folder, name), "wb").write(content)
    if not is_disk:
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
else:
    libc.capset(bytes.fromhex("22050820" + "00" * 4), bytes(24))
sys.argv[1:] = sys.argv[3:]
from publisher.cli import main
try:
    main()
finally:
    for folder in folders:
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            print(name, os.path.getsize(path) if os.path.isfile(path) else "folder")
"""
"""A build whose disks hold 64 KB (else its files 60), or that may write only where anybody may.

Where the machine lets nobody mount, files may not grow instead. Prints what its folders hold in the end.
"""


@dataclass(frozen=True, kw_only=True)
class Press:
    """An edition with its output and its cache."""

    edition: Path
    output: Path
    cache: Path

    def command(self, *options: str) -> list[str]:
        """A build of both formats by two workers, after the interpreter and its program."""
        return ["build", str(self.edition), "-o", str(self.output), "--jobs", "2", "--quiet", *options]

    @property
    def environment(self) -> dict[str, str]:
        """That of its programs: the cache folder is its own."""
        return {**os.environ, "XDG_CACHE_HOME": str(self.cache)}

    def built(self, *options: str) -> dict[str, bytes]:
        """The files of a build that nothing stops."""
        words = [sys.executable, "-c", BUILD, *self.command(*options)]
        subprocess.run(words, check=True, capture_output=True, env=self.environment)
        return self.kept()

    def kept(self) -> dict[str, bytes]:
        """What the output folder holds."""
        return {path.name: path.read_bytes() for path in self.output.iterdir()}

    def killed_after(self, seconds: float) -> int:
        """The session of a build that was killed, whose workers are ended by nobody."""
        words = [sys.executable, "-c", BUILD, *self.command()]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(words, stdout=quiet, stderr=quiet, env=self.environment, start_new_session=True) as build:
            time.sleep(seconds)
            build.kill()
        return build.pid

    def restrained(self, how: str, *folders: Path) -> subprocess.CompletedProcess[str]:
        """A build that is over, with full disks for folders, or without the rights of an administrator."""
        words = [sys.executable, "-c", RESTRAINED, how, os.pathsep.join(map(str, folders)), *self.command()]
        return subprocess.run(words, check=False, capture_output=True, text=True, env=self.environment)


@pytest.fixture
def press(tmp_path: Path, root: Path) -> Press:
    """An edition that nothing has been made of, with an empty cache."""
    shutil.copytree(root / STARTER, tmp_path / "book")
    for name in ("output", "cache"):
        (tmp_path / name).mkdir()
    return Press(edition=tmp_path / "book", output=tmp_path / "output", cache=tmp_path / "cache")


def of_session(session: int) -> list[int]:
    """The processes that live in a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(its) == session and state not in "ZX":
            found.append(int(path.parent.name))
    return found


def wait_for_workers(session: int, count: int = 1) -> None:
    """Nothing, as soon as a build has so many workers beside it."""
    end = time.monotonic() + PATIENCE
    while sum(map(is_worker, of_session(session))) < count:
        assert time.monotonic() < end, "no workers began"
        time.sleep(0.005)


def is_worker(process: int) -> bool:
    """Whether a process is one that lays sections out."""
    try:
        return b"publisher.workers.pool" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def left_over(session: int) -> list[int]:
    """The processes of a session that stay, however long one waits; they are ended then."""
    end = time.monotonic() + PATIENCE
    while of_session(session) and time.monotonic() < end:
        time.sleep(0.02)
    found = of_session(session)
    for process in found:
        os.kill(process, signal.SIGKILL)
    return found


def damaged(cache: Path) -> list[str]:
    """The entries of a cache that are not whole, past those that were never renamed to their keys."""
    shelf = Store(cache / "publisher" / "sections")
    entries = (path for path in shelf.root.glob("??/*") if not path.name.startswith("."))
    return [path.name for path in entries if shelf.get(path.parent.name + path.name) is None]


@pytest.mark.parametrize("count", [4, pytest.param(100, marks=pytest.mark.nightly)])
def test_a_kill_leaves_no_worker_behind_and_no_harm_in_the_cache(press: Press, count: int) -> None:
    whole = press.built("--no-cache")
    assert {name.rpartition(".")[2] for name in whole} == {"epub", "pdf", "json"}
    chance = random.Random(2)
    for number in range(count):
        for name in whole:
            (press.output / name).write_bytes(OLD)
        if number % 2 == 0:
            shutil.rmtree(press.cache / "publisher", ignore_errors=True)
        session = press.killed_after(chance.uniform(0.2, 2.6))
        assert left_over(session) == []
        assert damaged(press.cache) == []
        assert all((press.output / name).read_bytes() in (OLD, content) for name, content in whole.items())
    assert press.built() == whole
    assert press.built() == whole, "from the cache"
    assert list((press.cache / "publisher").glob("sections/??/*"))


def test_workers_end_with_the_build_that_was_killed_beside_them(press: Press) -> None:
    words = [sys.executable, "-c", BUILD, *press.command("--no-cache")]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, stdout=quiet, stderr=quiet, env=press.environment, start_new_session=True) as build:
        wait_for_workers(build.pid)
        build.kill()
    assert left_over(build.pid) == []


def test_a_full_disk_keeps_the_files_of_the_last_build(press: Press) -> None:
    for name in press.built("--no-cache"):
        (press.output / name).unlink()
    (press.output / "kept.txt").write_bytes(OLD)
    ended = press.restrained("full", press.output)
    assert ended.returncode == ExitCode.FILES, ended.stderr
    assert "O-002" in ended.stderr
    assert ended.stdout.splitlines() == [f"kept.txt {len(OLD)}"]


def test_a_cache_without_room_stops_no_build(press: Press) -> None:
    whole = press.built("--no-cache")
    shutil.rmtree(press.cache)
    press.cache.write_text("a file where a folder should be", encoding="utf-8")
    assert press.built() == whole


@pytest.mark.parametrize("locked", ["output", "cache"])
def test_a_folder_that_only_can_be_read_is_told_if_it_is_the_output(press: Press, locked: str) -> None:
    whole = press.built("--no-cache")
    folder = press.output if locked == "output" else press.cache
    folder.chmod(0o555)
    ended = press.restrained("unprivileged")
    folder.chmod(0o755)
    if locked == "output":
        assert (ended.returncode, "O-002" in ended.stderr) == (ExitCode.FILES, True), ended.stderr
        assert press.kept() == whole
    else:
        assert ended.returncode == 0, ended.stderr
        assert press.kept() == whole
        assert list(press.cache.iterdir()) == []


def test_a_note_that_changes_during_a_build_is_the_old_one_in_both_formats(press: Press) -> None:
    note = press.edition / "notes" / "editorial.md"
    texts = [note.read_text(encoding="utf-8"), note.read_text(encoding="utf-8") + "\nIt was written later.\n"]
    alone = []
    for text in texts:
        note.write_text(text, encoding="utf-8")
        alone.append(press.built("--no-cache"))
    note.write_text(texts[0], encoding="utf-8")
    words = [sys.executable, "-c", BUILD, *press.command("--no-cache")]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, env=press.environment, start_new_session=True) as build:
        wait_for_workers(build.pid, 2)
        note.write_text(texts[1], encoding="utf-8")
        assert build.wait() == 0
    assert press.kept() == alone[0], "the second worker begins after everything was read"
    assert alone[0] != alone[1]
