"""What the system refuses: a full or closed standard output, no folder for temporary files, a locked folder."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from publisher.build import pipeline
from publisher.diagnostics import ExitCode, PublisherError
from publisher.workspace import lock
from publisher.workspace.commit import commit_files
from publisher.workspace.session import new_session

Run = Callable[..., Result]
OURS = "from publisher.cli import main; main()"
RESTRICTED = """
import ctypes, os, resource, sys
if sys.argv[1] == "files":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
elif sys.argv[1] == "rights":
    ctypes.CDLL(None).capset(bytes.fromhex("22050820" + "00" * 4), bytes(24))
elif sys.argv[1] == "close":
    os.close(int(sys.argv[2]))
elif sys.argv[1] == "leave":
    os.mkdir("gone"); os.chdir("gone"); os.rmdir("../gone")
sys.argv[1:] = sys.argv[3:]
from publisher.cli import main
main()
"""
"""A command that may write small files only, has no rights of an administrator, lacks a stream or its folder."""


def ended(*words: str | Path, program: str = OURS, folder: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """A command that is over."""
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)], cwd=folder, check=False, text=True, timeout=120, **more
    )


PRINTING = (("schema",), ("--help",), ("build", "--help"))


@pytest.mark.parametrize("words", PRINTING)
def test_a_full_standard_output_is_told_and_exits_with_4(tmp_path: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        result = ended(*words, folder=tmp_path, stdout=full)
    assert result.returncode == ExitCode.FILES
    assert result.stderr.startswith(
        "error[O-058 result-not-printed]: the result cannot be printed on standard output: No space left"
    )


def test_a_closed_standard_output_is_told_and_no_file_gets_its_number(tmp_path: Path) -> None:
    result = ended("close", "1", "schema", program=RESTRICTED, folder=tmp_path)
    assert (result.returncode, "O-058" in result.stderr) == (ExitCode.FILES, True)
    edition = starter(tmp_path)
    result = ended("close", "1", "build", edition, "-f", "epub", "--quiet", program=RESTRICTED, folder=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "output" / "on-reading-proofs.epub").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("way", ["full", "closed"])
def test_standard_error_that_cannot_be_written_keeps_the_exit_status(tmp_path: Path, way: str) -> None:
    (tmp_path / "edition.yaml").write_text("titel: A\n", encoding="utf-8")
    for words, status in (
        (("check", "-v"), ExitCode.CONTENT),
        (("check", "nowhere"), ExitCode.USAGE),
        (("schema",), 0),
    ):
        if way == "closed":
            result = ended("close", "2", *words, program=RESTRICTED, folder=tmp_path)
        else:
            with Path("/dev/full").open("w", encoding="utf-8") as full:
                result = ended(*words, folder=tmp_path, stderr=full)
        assert result.returncode == status


@pytest.mark.parametrize("words", [("build",), ("init", "new")])
def test_a_current_folder_that_is_gone_is_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    result = ended("leave", "", *words, program=RESTRICTED, folder=tmp_path)
    assert (result.returncode, result.stdout) == (ExitCode.FILES, "")
    assert result.stderr.startswith("error[O-059 current-folder-missing]: the current folder cannot be found")


def starter(folder: Path) -> Path:
    """An edition to build."""
    assert ended("init", "edition", folder=folder).returncode == 0
    return folder / "edition"


@pytest.mark.parametrize("limit", [pytest.param(0, marks=pytest.mark.nightly), 20_000])
def test_files_that_may_not_grow_leave_those_of_the_last_build(tmp_path: Path, limit: int) -> None:
    edition = starter(tmp_path)
    assert ended("build", edition, "-f", "epub", folder=tmp_path).returncode == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "output").iterdir()}
    settings = edition / "edition.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("On Reading", "Of Reading"), encoding="utf-8")
    words = ("build", edition, "-f", "epub", "--jobs", "1", "--no-cache")
    result = ended("files", str(limit), *words, program=RESTRICTED, folder=tmp_path)
    assert result.returncode == ExitCode.FILES, result.stderr
    assert "error[O-0" in result.stderr
    assert "bug" not in result.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "output").iterdir()} == before


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (
            OSError(28, "No space left on device"),
            4,
            "O-060 system-error]: the system refused what is needed: No space left on device",
        ),
        (OSError(28, "No space left on device", "/tmp/x"), 4, "O-060 system-error]: /tmp/x: No space left on device"),
        (OSError(24, "Too many open files"), 4, "ulimit -n"),
        (OSError("strange"), 4, "strange"),
        (FileNotFoundError(2, "No usable temporary directory found in ['/tmp']"), 4, "TMPDIR="),
        (BrokenPipeError(32, "Broken pipe"), 4, "O-060 system-error]: the system refused what is needed: Broken pipe"),
        (MemoryError(), 4, "O-060 system-error]: there is not enough memory"),
        (
            RecursionError("maximum recursion depth exceeded"),
            1,
            "O-061 recursion-limit]: something in the sources",
        ),
    ],
)
@pytest.mark.parametrize("verbose", [False, True])
def test_what_the_system_refuses_is_told_and_is_no_bug(
    run: Run, edition: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, words: str, verbose: bool
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "check", refused)
    result = run("check", str(edition), *(["--verbose"] if verbose else []))
    assert (result.exit_code, words in result.stderr) == (status, True), result.stderr
    assert "bug" not in result.stderr
    assert ("Traceback" in result.stderr) is verbose


def put(path: Path, kind: str) -> None:
    """Put something that is no file of an edition at a path."""
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    match kind:
        case "a pipe":
            os.mkfifo(path)
        case "a link out":
            path.parents[1].joinpath("secret").write_text("canary", encoding="utf-8")
            path.symlink_to("../secret")
        case "a link to itself":
            path.symlink_to(path.name)
        case "a device":
            path.symlink_to("/dev/zero")
        case _:
            path.mkdir()


KINDS = ("a pipe", "a device", "a folder", "a link to itself")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "words",
    [("impose", "x.pdf"), ("preflight", "x.pdf"), ("verify", "edition", "x.pdf"), ("proof", "edition", "x.pdf")],
)
def test_what_is_no_file_is_told_and_not_waited_for(
    run: Run, tmp_path: Path, kind: str, words: tuple[str, ...]
) -> None:
    run("init", "edition")
    put(tmp_path / "x.pdf", kind)
    result = run(*words)
    assert result.exit_code in (ExitCode.USAGE, ExitCode.FILES), result.stderr
    assert "rror" in result.stderr
    assert "bug" not in result.stderr


@pytest.mark.parametrize("where", ["edition.yaml", "notes/editorial.md", "references.json", "styles/a.css"])
@pytest.mark.parametrize("kind", [*KINDS, "a link out"])
def test_what_is_no_file_of_the_edition_is_told_and_not_waited_for(
    run: Run, tmp_path: Path, where: str, kind: str
) -> None:
    run("init", "edition")
    put(tmp_path / "edition" / where, kind)
    result = run("check", "edition", "--diagnostics", "short")
    assert result.exit_code in (ExitCode.CONTENT, ExitCode.USAGE, ExitCode.FILES), result.stderr
    assert Path(where).name in result.stderr
    assert "canary" not in result.stderr


CHECKED = """
import ctypes, os, sys
from click.testing import CliRunner
from publisher.cli.program import program
ctypes.CDLL(None).capset(bytes.fromhex("22050820" + "00" * 4), bytes(24))
for name in sys.argv[1:]:
    for mode in (0o000, 0o444):
        os.chmod(f"edition/{name}", mode)
        result = CliRunner().invoke(program, ["check", "edition", "--diagnostics", "short"])
        os.chmod(f"edition/{name}", 0o755)
        print(name, result.exit_code, result.stderr.strip())
"""
"""Commands without the rights of an administrator, for folders that cannot be read, or not be searched."""


def test_a_folder_of_the_edition_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    names = ("styles", "fonts", "templates", "agreements", "notes")
    edition = starter(tmp_path)
    for name in names:
        (edition / name).mkdir(exist_ok=True)
        for file in ("a.css", "a.otf", "a.j2"):
            (edition / name / file).write_bytes(b"")
    lines = ended(*names, program=CHECKED, folder=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in lines] == [name for name in names for _ in range(2)], lines
    assert [
        line for line in lines if line.split()[1] not in "14" or "cannot be read: Permission denied" not in line
    ] == []


def test_a_lock_is_told_with_its_holder_and_waited_for(tmp_path: Path) -> None:
    """And that is no harm to the array of JSON."""
    edition = starter(tmp_path)
    (tmp_path / "output").mkdir()
    words = [sys.executable, "-c", OURS, "build", str(edition), "-f", "epub", "--quiet"]
    for form in ("json", "human"):
        descriptor = os.open(tmp_path / "output", os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with subprocess.Popen(
            [*words[:-1], "--diagnostics", form], cwd=tmp_path, stdout=-1, stderr=-1, text=True
        ) as waiting:
            time.sleep(lock.NOTICE + 2)
            assert waiting.poll() is None
            os.close(descriptor)
            _, told = waiting.communicate(timeout=120)
        assert waiting.returncode == 0, told
        assert f"output is locked by the process {os.getpid()}" in told
        assert "O-055" in told
        assert told.startswith("[" if form == "json" else "warning[O-055 output-locked]")
        assert told.count("[O-055 " if form == "human" else '"O-055"') == 1


def test_a_lock_that_stays_ends_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "NOTICE", 0.05)
    monkeypatch.setattr(lock, "PATIENCE", 0.2)
    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    told: list[str] = []
    with (
        new_session(report=lambda diagnostic: told.append(diagnostic.code)),
        pytest.raises(PublisherError, match="O-056") as caught,
    ):
        commit_files(tmp_path, [("a", b"")])
    os.close(descriptor)
    assert told == ["O-055"]
    assert f"the process {os.getpid()}" in caught.value.diagnostics[0].message
    assert caught.value.exit_code == ExitCode.FILES
    assert list(tmp_path.iterdir()) == []
    assert lock.NOTICE < lock.PATIENCE
