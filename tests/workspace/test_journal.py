"""A journal is obeyed only if this user's program wrote it for this folder; faults of the disk leave whole files."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workspace import journal
from publisher.workspace.commit import PARTIAL, commit_files, recover
from publisher.workspace.journal import Rename
from publisher.workspace.session import new_session

NAMES = ("book.accessibility.json", "book.archive.pdf", "book.epub", "book.pdf")
OLD = {name: b"old " + name.encode() for name in NAMES}
NEW = {name: b"new " + name.encode() for name in NAMES}

KILLED = """
import os, sys
from pathlib import Path
from publisher.workspace.commit import commit_files
replace = Path.replace
def killed(self, target):
    if Path(target).name == "book.epub": os.kill(os.getpid(), 9)
    return replace(self, target)
Path.replace = killed
commit_files(Path(sys.argv[1]), [(name, b"new " + name.encode()) for name in sys.argv[2:]])
"""
"""A commit that is killed at its third rename."""


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder with the files of the last build."""
    folder = tmp_path / "output"
    commit_files(folder, OLD.items())
    return folder


@pytest.fixture
def warnings() -> Iterator[list[Diagnostic]]:
    """What is reported while a command runs."""
    found: list[Diagnostic] = []
    with new_session(report=found.append):
        yield found


def contents(folder: Path) -> dict[str, bytes]:
    """The files in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def journals(state: Path) -> list[Path]:
    """The journals that are left."""
    return sorted((state / "publisher" / "commits").glob("*"))


def killed(folder: Path) -> None:
    """A build is killed between two renames: two files are new."""
    words = [sys.executable, "-c", KILLED, str(folder), *NAMES]
    assert subprocess.run(words, check=False).returncode == -9
    found = contents(folder)
    assert {name for name in NAMES if found[name] == NEW[name]} == {*NAMES[:2]}


def test_what_was_announced_is_finished(output: Path, state: Path) -> None:
    killed(output)
    recover(output)
    assert contents(output) == NEW
    assert journals(state) == []


def test_it_is_finished_in_a_folder_that_was_moved(output: Path, state: Path) -> None:
    killed(output)
    moved = output.rename(output.with_name("moved"))
    recover(moved)
    assert contents(moved) == NEW
    assert journals(state) == []


def test_it_is_not_obeyed_for_another_folder_in_its_place(output: Path, warnings: list[Diagnostic]) -> None:
    """A copy has the temporary files, but is another folder."""
    killed(output)
    shutil.copytree(output, output.with_name("copy"))
    output.rename(output.with_name("moved"))
    output.with_name("copy").rename(output)
    before = contents(output)
    recover(output)
    assert contents(output) == before


def test_it_is_not_obeyed_by_another_user(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warnings: list[Diagnostic]
) -> None:
    killed(output)
    before = contents(output)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    recover(output)
    assert contents(output) == before
    assert [diagnostic.code for diagnostic in warnings] == ["O-054"]


def test_a_journal_of_another_secret_is_not_obeyed(output: Path, state: Path) -> None:
    killed(output)
    before = contents(output)
    (state / "publisher" / "secret").unlink()
    recover(output)
    assert contents(output) == before


def test_a_temporary_file_with_other_bytes_is_not_put_in_place(output: Path) -> None:
    killed(output)
    staged = [path for path in output.glob(f"{PARTIAL}*") if path.read_bytes() == NEW["book.pdf"]]
    for path in staged:
        path.write_bytes(b"forged")
    recover(output)
    assert contents(output) == NEW | {"book.pdf": OLD["book.pdf"]}


def test_a_file_that_came_meanwhile_is_not_replaced(output: Path) -> None:
    killed(output)
    (output / "book.pdf").write_bytes(b"mine")
    recover(output)
    assert contents(output) == NEW | {"book.pdf": b"mine"}


def test_a_commit_that_lives_is_left_alone(output: Path, warnings: list[Diagnostic]) -> None:
    record = journal.begin(output, [f"{PARTIAL}1"])
    (output / f"{PARTIAL}1").write_bytes(b"half")
    recover(output)
    assert contents(output) == OLD | {f"{PARTIAL}1": b"half"}
    assert warnings == []
    record.leave()
    recover(output)
    assert contents(output) == OLD


def forged(chance: random.Random, folder: Path) -> bytes:
    """A journal that somebody else wrote, truncated or not, with names that lead anywhere."""
    names = ["../../x", "/etc/x", "book.pdf", "..", "", ".", "a/b", "x" * 300, "\0", "book.pdf\n", "é", 7, None]
    staged = [f"{PARTIAL}1", f"{PARTIAL}2", "../secret", "/etc/passwd", "book.epub", 3]
    digest = sha256(b"forged").hexdigest()
    pairs = [
        [chance.choice(staged), chance.choice(names), chance.choice([digest, "", None]), chance.choice([None, digest])]
        for _ in range(chance.randrange(4))
    ]
    status = folder.stat()
    opening = {"folder": str(folder), "device": status.st_dev, "inode": status.st_ino, "names": [p[0] for p in pairs]}
    lines: list[object] = [
        chance.choice([opening, {"folder": str(folder)}, [], 3]),
        chance.choice([{"renames": pairs}, pairs, {}]),
    ]
    signature = chance.choice([b"", b"0" * 64, sha256(json.dumps(lines[0]).encode()).hexdigest().encode()])
    content = b"".join(signature + b" " * chance.randrange(2) + json.dumps(line).encode() + b"\n" for line in lines)
    content = chance.choice([content, json.dumps(pairs).encode(), chance.randbytes(60), b""])
    return content[: chance.randrange(len(content) + 1)] if chance.random() < 0.3 else content


FORGED = (25, 3_000)
"""How many forged journals are tried always, and at night; after each a volume is written."""


@pytest.mark.parametrize("count", [FORGED[0], pytest.param(FORGED[1], marks=pytest.mark.nightly)])
def test_forged_journals_move_nothing(output: Path, state: Path, warnings: list[Diagnostic], count: int) -> None:
    """Wherever they lie: in the output folder, or even in the state folder."""
    chance = random.Random(3)
    (output / f"{PARTIAL}1").write_bytes(b"forged")
    (output / f"{PARTIAL}2").write_bytes(b"forged")
    (output.parent / "secret").write_bytes(b"secret")
    for number in range(count):
        (output / ".publisher-journal").write_bytes(forged(chance, output))
        (state / "publisher" / "commits" / f"{number}.journal").write_bytes(forged(chance, output))
        commit_files(output, chance.choice([OLD, NEW]).items())
        found = contents(output)
        assert {name: found[name] for name in NAMES} in (OLD, NEW)
        assert found.keys() == {*NAMES, f"{PARTIAL}1", f"{PARTIAL}2", ".publisher-journal"}
        assert (output.parent / "secret").read_bytes() == b"secret"
        assert sorted(path.name for path in output.parent.iterdir()) == ["output", "secret"]
    assert {diagnostic.code for diagnostic in warnings} == {"O-054"}


@pytest.mark.parametrize("cut", range(0, 100, 7))
def test_a_journal_that_was_cut_off_is_obeyed_up_to_there(output: Path, state: Path, cut: int) -> None:
    """What is left of it announces all renames, or none."""
    killed(output)
    (path,) = journals(state)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * cut // 100])
    before = {name: content for name, content in contents(output).items() if name in NAMES}
    recover(output)
    found = {name: content for name, content in contents(output).items() if name in NAMES}
    assert found in (before, NEW)


def test_what_shipped_with_a_folder_is_left_alone(tmp_path: Path, warnings: list[Diagnostic]) -> None:
    """A journal as an older version wrote it, with its temporary file."""
    tmp_path.joinpath("mine.txt").write_bytes(b"mine")
    tmp_path.joinpath(f"{PARTIAL}0123456789abcdef").write_bytes(b"theirs")
    tmp_path.joinpath(".publisher-journal").write_text(f'[["{PARTIAL}0123456789abcdef", "mine.txt"]]', encoding="utf-8")
    before = contents(tmp_path)
    recover(tmp_path)
    commit_files(tmp_path, NEW.items())
    assert contents(tmp_path) == before | NEW
    (warning,) = warnings
    assert (warning.code, ".publisher-journal" in warning.message) == ("O-054", True)


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/etc/passwd")])
@pytest.mark.parametrize("name", [".publisher-journal", f"{PARTIAL}x", f"{PARTIAL}0123456789abcdef"])
def test_pipes_folders_and_links_with_reserved_names_are_left_alone(
    output: Path, make: Callable[[Path], object], name: str, warnings: list[Diagnostic]
) -> None:
    make(output / name)
    recover(output)
    commit_files(output, NEW.items())
    assert {text: (output / text).read_bytes() for text in NAMES} == NEW
    assert os.path.lexists(output / name)
    assert [diagnostic.code for diagnostic in warnings] == ["O-054"]


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/etc/passwd")])
def test_pipes_folders_and_links_among_the_journals_are_not_waited_for(
    output: Path, state: Path, make: Callable[[Path], object]
) -> None:
    make(state / "publisher" / "commits" / "1.journal")
    killed(output)
    recover(output)
    assert contents(output) == NEW


class Faulty:
    """Renames of which some fail."""

    def __init__(self, folder: Path, failing: Callable[[int], bool]) -> None:
        self.folder, self.failing, self.count = folder, failing, 0
        self.replace = Path.replace

    def __get__(self, path: Path, kind: type[Path]) -> Callable[[Path], Path]:
        return lambda target: self.rename(path, target)

    def rename(self, path: Path, target: Path) -> Path:
        """Rename, if this is not one that fails."""
        if Path(target).parent == self.folder:
            self.count += 1
            if self.failing(self.count):
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
        return self.replace(path, target)


@pytest.mark.parametrize("number", range(1, len(NAMES) + 1))
@pytest.mark.parametrize("before", [OLD, {}], ids=["over old files", "into an empty folder"])
def test_a_rename_that_fails_once_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: Path, number: int, before: dict[str, bytes]
) -> None:
    folder = tmp_path / "output"
    commit_files(folder, before.items())
    faulty = Faulty(folder, lambda count: count == number)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", faulty)
        with pytest.raises(PublisherError, match="O-002") as caught:
            commit_files(folder, NEW.items())
    assert contents(folder) == before
    assert caught.value.exit_code == ExitCode.FILES
    assert "untouched" in str(caught.value.diagnostics[0].hint)
    commit_files(folder, NEW.items())
    assert contents(folder) == NEW


@pytest.mark.parametrize("number", range(2, len(NAMES) + 1))
@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_renames_that_fail_and_cannot_be_undone_are_named_and_finished_later(
    output: Path, monkeypatch: pytest.MonkeyPatch, number: int, links: bool
) -> None:
    faulty = Faulty(output, lambda count: count >= number)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", faulty)
        if not links:
            patched.setattr(os, "link", refuse_link)
        with pytest.raises(PublisherError, match="O-057") as caught:
            commit_files(output, NEW.items())
    found = {name: content for name, content in contents(output).items() if name in NAMES}
    assert all(content in (OLD[name], NEW[name]) for name, content in found.items())
    (diagnostic,) = caught.value.diagnostics
    new = {name for name in NAMES if found[name] == NEW[name]}
    told = diagnostic.message.partition("New: ")[2].partition(". Not replaced: ")
    assert {*told[0].split(", ")} == new == {*NAMES[: number - 1]}
    assert {*told[2].split(", ")} == {*NAMES} - new
    assert "untouched" not in f"{diagnostic.message} {diagnostic.hint}"
    recover(output)
    assert contents(output) == NEW


def refuse_link(*_: object, **__: object) -> None:
    """What a file system says that has no hard links."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("call", ["write", "fsync", "open"])
def test_a_fault_of_the_disk_while_files_are_written_touches_nothing(
    output: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    original = getattr(os, call)
    for number in range(1, 12):
        count = [0]

        def faulty(*words: object, count: list[int] = count, number: int = number, **more: object) -> object:
            count[0] += 1
            if count[0] == number:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return original(*words, **more)

        with monkeypatch.context() as patched:
            patched.setattr(os, call, faulty)
            code = outcome(output)
        assert (code, contents(output)) in (("O-002", OLD), (None, NEW))
        commit_files(output, OLD.items())
        assert contents(output) == OLD


def outcome(folder: Path) -> str | None:
    """The code with which a commit fails; None if it does not."""
    try:
        commit_files(folder, NEW.items())
    except PublisherError as error:
        return error.diagnostics[0].code
    return None


def test_an_undone_commit_that_is_killed_is_not_finished(output: Path, state: Path) -> None:
    record = journal.begin(output, [f"{PARTIAL}1"])
    (output / f"{PARTIAL}1").write_bytes(b"new")
    rename = Rename(staged=f"{PARTIAL}1", name="book.pdf", digest=sha256(b"new").hexdigest(), replaces=None)
    record.announce([rename])
    record.withdraw()
    record.leave()
    recover(output)
    assert contents(output) == OLD
    assert journals(state) == []


def test_without_a_state_folder_files_are_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/dev/null/nowhere")
    commit_files(tmp_path, NEW.items())
    commit_files(tmp_path, NEW.items())
    assert contents(tmp_path) == NEW
