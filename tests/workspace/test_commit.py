"""Files appear whole or not at all, and nothing is left behind."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from publisher.diagnostics import ExitCode, PublisherError
from publisher.workspace.commit import PARTIAL, commit_files

BOOK = (("book.epub", b"new epub"), ("book.pdf", b"new pdf"))

WRITER = """
import sys
from pathlib import Path
from publisher.workspace.commit import _stage
with _stage(Path(sys.argv[1]), [("book.pdf", b"half")]):
    print("written", flush=True)
    sys.stdin.read()
"""
"""A build that has written its temporary file and not renamed it yet."""


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder with the files of an earlier build."""
    commit_files(tmp_path, [(name, b"old") for name, _ in BOOK])
    return tmp_path


def test_files_replace_those_of_the_same_name(output: Path) -> None:
    assert commit_files(output, BOOK) == (output / "book.epub", output / "book.pdf")
    assert [(output / name).read_bytes() for name, _ in BOOK] == [content for _, content in BOOK]
    assert names(output) == ["book.epub", "book.pdf"]


def test_folders_are_made(tmp_path: Path) -> None:
    commit_files(tmp_path / "a" / "b", BOOK)
    assert names(tmp_path / "a" / "b") == ["book.epub", "book.pdf"]


@pytest.mark.parametrize(("umask", "mode"), [("022", 0o644), ("077", 0o600), ("002", 0o664)])
def test_the_umask_decides_who_may_read(tmp_path: Path, umask: str, mode: int) -> None:
    code = (
        f"import os; os.umask(0o{umask})\nfrom pathlib import Path\n"
        "from publisher.workspace.commit import commit_files\n"
        f"commit_files(Path({str(tmp_path)!r}), [('a', b'')])\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (tmp_path / "a").stat().st_mode & 0o777 == mode


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"a file")
    for folder in (tmp_path / "output", tmp_path / "output" / "inner"):
        with pytest.raises(PublisherError, match="O-002") as caught:
            commit_files(folder, BOOK)
        assert caught.value.exit_code == ExitCode.FILES
        assert str(folder) in caught.value.diagnostics[0].message
    assert (tmp_path / "output").read_bytes() == b"a file"


def test_a_folder_in_the_place_of_a_file_stops_all_of_them(output: Path) -> None:
    (output / "book.pdf").unlink()
    (output / "book.pdf").mkdir()
    with pytest.raises(PublisherError, match=r"book\.pdf is a folder"):
        commit_files(output, BOOK)
    assert (output / "book.epub").read_bytes() == b"old"
    assert names(output) == ["book.epub", "book.pdf"]


def test_a_name_that_is_too_long_touches_nothing(output: Path) -> None:
    with pytest.raises(PublisherError, match="O-002"):
        commit_files(output, (("x" * 300, b""), *BOOK))
    assert (output / "book.epub").read_bytes() == b"old"
    assert names(output) == ["book.epub", "book.pdf"]


def test_a_full_disk_touches_nothing(output: Path) -> None:
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from publisher.diagnostics import PublisherError\n"
        "from publisher.workspace.commit import commit_files\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    commit_files(Path(sys.argv[1]), (('book.epub', b'small'), ('book.pdf', b'x' * 1_000_000)))\n"
        "except PublisherError as error:\n"
        "    print(error)\n"
        "    sys.exit(error.exit_code)\n"
    )
    result = subprocess.run([sys.executable, "-c", code, str(output)], capture_output=True, text=True, check=False)
    assert result.returncode == ExitCode.FILES
    assert result.stdout.startswith("[O-002]")
    assert [(output / name).read_bytes() for name, _ in BOOK] == [b"old", b"old"]
    assert names(output) == ["book.epub", "book.pdf"]


def test_what_a_killed_build_left_is_removed_by_the_next(output: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(output)], stdin=-1, stdout=-1, text=True) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "written\n"
        killed.kill()
    assert [name for name in names(output) if name.startswith(PARTIAL)]
    commit_files(output, BOOK)
    assert names(output) == ["book.epub", "book.pdf"]


def test_what_another_build_is_writing_is_left_alone(output: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(output)], stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "written\n"
        commit_files(output, BOOK)
        assert len(names(output)) == 3
        other.communicate()
    assert other.returncode == 0
    assert names(output) == ["book.epub", "book.pdf"]


def test_many_builds_at_once_leave_whole_files(output: Path) -> None:
    contents = [bytes([number]) * 10_000 for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: commit_files(output, [("book.epub", content), ("book.pdf", content)]), contents))
    assert (output / "book.epub").read_bytes() in contents
    assert (output / "book.pdf").read_bytes() in contents
    assert names(output) == ["book.epub", "book.pdf"]
