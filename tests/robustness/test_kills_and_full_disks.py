"""Whatever ends a build, the output folder holds whole files, and the next build puts all in order."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from publisher.diagnostics import ExitCode, PublisherError
from publisher.workspace.commit import PARTIAL, commit_files, recover

NAMES = tuple(f"part-{number}.bin" for number in range(12))
SIZE = 40_000

WRITER = """
import sys
from pathlib import Path
from publisher.workspace.commit import commit_files
folder, names, size = Path(sys.argv[1]), sys.argv[3].split(), int(sys.argv[4])
print("ready", flush=True)
while True:
    for content in (b"new!", b"next"):
        commit_files(folder, [(name, content * (size // 4)) for name in names])
"""
"""Builds that replace the files of the last one, without end."""

BUILD = "from publisher.cli import main; main()"


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def assert_whole_and_of_one_build(folder: Path) -> None:
    """Each file is whole at once; after whoever comes next, all are of one build, and nothing else is there."""
    assert {(folder / name).stat().st_size for name in NAMES} == {SIZE}
    assert all(len(set((folder / name).read_bytes()[at::4])) == 1 for name in NAMES for at in range(4))
    recover(folder)
    assert len({(folder / name).read_bytes() for name in NAMES}) == 1
    assert names(folder) == sorted(NAMES)


@pytest.fixture
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


def killed_at(moment: float, folder: Path) -> None:
    """Nothing; a writer was killed so many seconds after it had begun."""
    words: list[str | Path] = [sys.executable, "-c", WRITER, folder, "-", " ".join(NAMES), str(SIZE)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(moment)
        writer.kill()


def moments(count: int) -> Iterator[float]:
    """Random moments, the same each time."""
    chance = random.Random(0)
    return (chance.uniform(0, 0.06) for _ in range(count))


@pytest.mark.parametrize("count", [12, pytest.param(200, marks=pytest.mark.nightly)])
def test_a_kill_at_any_moment_leaves_whole_files_of_one_build(tmp_path: Path, count: int) -> None:
    commit_files(tmp_path, [(name, b"old!" * (SIZE // 4)) for name in NAMES])
    for moment in moments(count):
        killed_at(moment, tmp_path)
        assert_whole_and_of_one_build(tmp_path)


@pytest.mark.parametrize("done", range(len(NAMES) + 1))
def test_a_kill_after_any_rename_is_finished_by_the_next_build(tmp_path: Path, state: Path, done: int) -> None:
    commit_files(tmp_path, [(name, b"old!" * (SIZE // 4)) for name in NAMES])
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom publisher.workspace.commit import commit_files\n"
        "replace, count = Path.replace, [0]\n"
        "def counted(self, target):\n"
        "    if Path(target).parent == Path(sys.argv[1]):\n"
        "        if count[0] == int(sys.argv[2]): os.kill(os.getpid(), 9)\n"
        "        count[0] += 1\n"
        "    return replace(self, target)\n"
        "Path.replace = counted\n"
        "unlink = Path.unlink\n"
        "def last(self, **more):\n"
        "    if self.suffix == '.journal': os.kill(os.getpid(), 9)\n"
        "    unlink(self, **more)\n"
        "Path.unlink = last\n"
        "commit_files(Path(sys.argv[1]), [(name, b'new!' * (int(sys.argv[4]) // 4)) for name in sys.argv[3].split()])\n"
    )
    words: list[str | Path] = [sys.executable, "-c", code, tmp_path, str(done), " ".join(NAMES), str(SIZE)]
    assert subprocess.run(words, check=False).returncode == -9
    assert list(state.glob("publisher/commits/*.journal"))
    assert_whole_and_of_one_build(tmp_path)
    assert (tmp_path / NAMES[0]).read_bytes().startswith(b"new!")


@pytest.mark.parametrize("journal", [b"", b"no", b"[[1, 2]]", b'[["../a", "b"]]', b'[["a", "../b"]]', b'{"a": 1}'])
def test_a_journal_that_is_none_of_ours_moves_nothing(tmp_path: Path, journal: bytes) -> None:
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / ".publisher-journal").write_bytes(journal)
    recover(tmp_path)
    assert names(tmp_path) == [".publisher-journal", "a"]
    assert (tmp_path / "a").read_bytes() == b"a"


def test_builds_at_once_leave_the_files_of_one(tmp_path: Path) -> None:
    words: list[str | Path] = [sys.executable, "-c", WRITER, tmp_path, "-", " ".join(NAMES), str(SIZE)]
    writers = [subprocess.Popen(words, stdout=subprocess.PIPE) for _ in range(3)]
    time.sleep(2)
    for writer in writers:
        writer.kill()
        writer.communicate()
    assert_whole_and_of_one_build(tmp_path)


def test_whole_builds_at_once_leave_the_files_of_one(tmp_path: Path, root: Path) -> None:
    """Two editions that differ in a note, built into one folder at the same time, more than once."""
    editions = [tmp_path / "one", tmp_path / "other"]
    alone = []
    for number, edition in enumerate(editions):
        shutil.copytree(root / "src" / "publisher" / "scaffold" / "edition", edition)
        note = edition / "notes" / "editorial.md"
        note.write_text(note.read_text(encoding="utf-8") + f"\nThis is edition {number}.\n", encoding="utf-8")
        subprocess.run(_build(edition, tmp_path / f"alone-{number}"), check=True, capture_output=True)
        alone.append(_contents(tmp_path / f"alone-{number}"))
    assert alone[0] != alone[1]
    output = tmp_path / "output"
    for _ in range(2):
        builds = [subprocess.Popen(_build(edition, output), stdout=subprocess.DEVNULL) for edition in editions]
        assert [build.wait() for build in builds] == [0, 0]
        assert _contents(output) in alone


def _build(edition: Path, output: Path) -> list[str | Path]:
    return [sys.executable, "-c", BUILD, "build", edition, "-o", output, "--jobs", "1", "--quiet"]


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("count", [2, pytest.param(200, marks=pytest.mark.nightly)])
def test_a_whole_build_that_is_killed_is_done_by_the_next(tmp_path: Path, root: Path, count: int) -> None:
    edition = root / "src" / "publisher" / "scaffold" / "edition"
    build: list[str | Path] = [sys.executable, "-c", BUILD, "build", edition, "-f", "epub", "-o", tmp_path]
    subprocess.run(build, check=True, capture_output=True)
    whole = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    chance = random.Random(1)
    for _ in range(count):
        for name in whole:
            (tmp_path / name).write_bytes(b"old")
        with subprocess.Popen(build, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as killed:
            time.sleep(chance.uniform(0.1, 1.5))
            killed.kill()
        assert all((tmp_path / name).read_bytes() in (b"old", content) for name, content in whole.items())
    subprocess.run(build, check=True, capture_output=True)
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == whole


def test_a_disk_that_is_full_at_any_byte_touches_nothing(tmp_path: Path) -> None:
    commit_files(tmp_path, [(name, b"old!" * (SIZE // 4)) for name in NAMES])
    code = (
        "import resource, sys\nfrom pathlib import Path\nfrom publisher.workspace.commit import commit_files\n"
        "from publisher.diagnostics import PublisherError\n"
        "for limit in range(0, 40_000, 4_001):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))\n"
        "    try:\n"
        "        files = [(name, b'new!' * (int(sys.argv[3]) // 4)) for name in sys.argv[2].split()]\n"
        "        commit_files(Path(sys.argv[1]), files)\n"
        "        sys.exit('written')\n"
        "    except PublisherError as error:\n"
        "        assert error.exit_code == 4 and error.diagnostics[0].code == 'O-002'\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path), " ".join(NAMES), str(SIZE)], check=True)
    assert (tmp_path / NAMES[0]).read_bytes().startswith(b"old!")
    assert_whole_and_of_one_build(tmp_path)


SMALL_DISK = """
import ctypes, os, resource, sys
from pathlib import Path
from publisher.diagnostics import PublisherError
from publisher.workspace.commit import commit_files
folder, names, size = Path(sys.argv[1]), sys.argv[2].split(), int(sys.argv[3])
libc, room = ctypes.CDLL(None, use_errno=True), int(len(names) * size * 1.5)
mine = os.getuid() == 0 or libc.unshare(0x10000000) == 0
is_disk = mine and libc.unshare(0x00020000) == 0 and libc.mount(None, b"/", None, 0x44000, None) == 0
is_disk = is_disk and libc.mount(b"none", str(folder).encode(), b"tmpfs", 0, b"size=%d" % room) == 0
commit_files(folder, [(name, b"old!" * (size // 4)) for name in names])
before = sorted((path.name, path.read_bytes()) for path in folder.iterdir())
if not is_disk:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, resource.RLIM_INFINITY))
try:
    commit_files(folder, [(name, b"new!" * (size // 4)) for name in names])
    sys.exit("written")
except PublisherError as error:
    assert (error.exit_code, error.diagnostics[0].code) == (4, "O-002"), error
assert sorted((path.name, path.read_bytes()) for path in folder.iterdir()) == before
if is_disk:
    commit_files(folder, [(names[0], b"new!")])
    assert (folder / names[0]).read_bytes() == b"new!"
"""
"""Two builds on a disk of memory that has room for one and a half, mounted for this process alone.

Where the machine lets nobody mount, files may not grow beyond half of their size instead.
"""


def test_a_small_disk_that_is_full_keeps_the_files_of_the_last_build(tmp_path: Path) -> None:
    words = [sys.executable, "-c", SMALL_DISK, str(tmp_path), " ".join(NAMES), str(SIZE)]
    ended = subprocess.run(words, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


def test_a_folder_that_only_can_be_read_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(b"old")
    tmp_path.chmod(0o555)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom publisher.workspace.commit import commit_files\n"
        "from publisher.diagnostics import PublisherError\n"
        "if os.getuid() == 0:\n    os.setgid(65534)\n    os.setuid(65534)\n"
        "try:\n    commit_files(Path(sys.argv[1]), [('book.epub', b'new')])\n"
        "except PublisherError as error:\n    sys.exit(error.exit_code)\n"
    )
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o555)
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == ExitCode.FILES
    tmp_path.chmod(0o755)
    assert (tmp_path / "book.epub").read_bytes() == b"old"
    assert [name for name in names(tmp_path) if name.startswith(PARTIAL)] == []


def test_a_rename_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, target: Path) -> Path:
        raise PermissionError(1, "Operation not permitted", str(target))

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(PublisherError, match="O-002"):
        commit_files(tmp_path, [("book.epub", b"new")])
    assert names(tmp_path) == []
