"""Signals, pipes that close, terminals and shells, as they are outside of Python."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

OURS = "from publisher.cli import main; main()"
SLOW = """
import signal
import time
from publisher.build import pipeline
from publisher.cli import main

def build(request):
    with request.progress.stage("Setting the PDF"):
        print("begun", flush=True)
        time.sleep(60)

pipeline.build = build
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell starts behind itself
main()
"""
FAILING = """
from publisher.build import pipeline
from publisher.cli import main
from publisher.diagnostics import Diagnostic, PublisherError, Source

def check(request):
    with request.progress.stage("Reading the edition"):
        pass
    raise PublisherError(Diagnostic(code="E-900", message="wrong", span=Source(name="a", text="title").span(0, 5)))

pipeline.check = check
main()
"""


def on_terminal(program: str, *words: str, folder: Path, **environment: str) -> str:
    """What a program prints on a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    variables = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    with subprocess.Popen(
        [sys.executable, "-c", program, *words], stdout=theirs, stderr=theirs, stdin=theirs, cwd=folder, env=variables
    ):
        os.close(theirs)
        chunks = []
        while chunk := _read(ours):
            chunks.append(chunk)
    os.close(ours)
    return b"".join(chunks).decode()


def _read(terminal: int) -> bytes:
    """What comes next; nothing where the other side has gone (Linux says so with an error)."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


@pytest.fixture(autouse=True)
def _plain(clean_environment: pytest.MonkeyPatch) -> None:
    """The variables that colour output do not come from whoever runs the tests."""


def test_an_interrupt_exits_with_130_and_without_a_traceback(edition: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, "build", str(edition)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors.strip() == "interrupted"


@pytest.mark.parametrize("words", [("explain",), ("schema",), ("--help",), ("doctor",)])
def test_a_pipe_that_closes_is_no_matter_for_complaint(words: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    run = subprocess.run([sys.executable, "-c", OURS, *words], stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (run.returncode, run.stderr) == (0, b"")


def test_an_encoding_that_lacks_a_character_is_no_bug() -> None:
    run = subprocess.run(
        [sys.executable, "-c", OURS, "doctor"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "iso-8859-1"},
    )
    assert run.stdout.startswith(b"\\u2713\tPython\t")


def test_closed_standard_error_keeps_the_exit_status(edition: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    run = subprocess.run([sys.executable, "-c", FAILING, "check", str(edition)], stderr=write, check=False)
    os.close(write)
    assert run.returncode == 1


def test_progress_and_colours_are_shown_on_a_terminal(edition: Path) -> None:
    text = on_terminal(FAILING, "check", folder=edition)
    assert "\x1b[31m" in text
    assert "error[E-900]" in text


def test_stages_are_listed_with_their_times_on_a_terminal(edition: Path) -> None:
    text = on_terminal(FAILING, "check", folder=edition, NO_COLOR="1")
    assert "Reading the edition" in text
    assert " s  Reading the edition" in text


def test_no_color_is_respected(edition: Path) -> None:
    text = on_terminal(FAILING, "check", folder=edition, NO_COLOR="1")
    assert "error[E-900]: wrong" in text
    assert "\x1b[31m" not in text
    assert "\x1b[1m" not in text


def test_verbose_lists_the_stages_in_a_pipe(edition: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FAILING, "check", str(edition), "--verbose"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stderr.splitlines()[0].endswith(" s  Reading the edition")


def test_tables_and_pages_are_set_for_a_terminal(tmp_path: Path) -> None:
    assert "───" in on_terminal(OURS, "doctor", folder=tmp_path)
    assert "O-002" in on_terminal(OURS, "explain", "O-002", folder=tmp_path)


@pytest.mark.parametrize(
    ("words", "count", "expected"),
    [
        ("publisher ", 1, {"init", "check", "build", "explain", "schema", "doctor", "completion"}),
        ("publisher build -f ", 3, {"epub", "pdf", "web"}),
        ("publisher check --diagnostics ", 3, {"human", "short", "json"}),
        ("publisher explain O-00", 2, {"O-002"}),
        ("publisher explain lemma-", 2, {"lemma-not-found", "lemma-ambiguous"}),
    ],
)
def test_words_complete_in_a_shell(words: str, count: int, expected: set[str]) -> None:
    environment = {"_PUBLISHER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(count)}
    run = subprocess.run(
        [Path(sys.executable).with_name("publisher")],
        capture_output=True, text=True, check=True, env={**os.environ, **environment},
    )  # fmt: skip
    assert expected <= {line.partition(",")[2] for line in run.stdout.splitlines()}
