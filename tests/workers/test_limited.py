"""Calls with limits: what a child may take, and what its end means for the caller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from publisher.diagnostics import ExitCode, PublisherError
from publisher.workers.limited import ChildFailed, Limit, LimitExceeded, Limits, run_limited

HERE = Path(__file__).parent
MEGABYTE = 1 << 20
LIMITS = Limits(seconds=2, memory=64 * MEGABYTE, output=MEGABYTE)
CALLS = "limited_calls"
"""The module with the functions that are called; it lies beside this file."""


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))


def call(name: str, request: bytes = b"", *, limits: Limits = LIMITS) -> bytes:
    return run_limited(f"{CALLS}:{name}", request, limits=limits)


def test_an_answer_comes_back_whole() -> None:
    request = bytes(range(256)) * 2000
    assert call("echo", request) == request


def test_an_answer_may_be_as_long_as_the_limit_and_no_longer() -> None:
    limits = Limits(seconds=2, memory=64 * MEGABYTE, output=10)
    assert call("echo", bytes(10), limits=limits) == bytes(10)
    with pytest.raises(LimitExceeded) as caught:
        call("echo", bytes(11), limits=limits)
    assert caught.value.limit is Limit.OUTPUT


def test_a_loop_without_end_is_stopped() -> None:
    with pytest.raises(LimitExceeded) as caught:
        call("loop", limits=Limits(seconds=1, memory=64 * MEGABYTE, output=10))
    assert caught.value.limit is Limit.TIME


def test_memory_has_a_bound() -> None:
    assert call("allocate", b"%d" % (16 * MEGABYTE)) == b"16777216"
    with pytest.raises(LimitExceeded) as caught:
        call("allocate", b"%d" % (128 * MEGABYTE))
    assert caught.value.limit is Limit.MEMORY


def test_diagnostics_of_the_function_are_those_of_the_caller() -> None:
    with pytest.raises(PublisherError) as caught:
        call("diagnose", b"2:5")
    (found,) = caught.value.diagnostics
    assert caught.value.exit_code is ExitCode.FILES
    assert (found.code, found.message, found.hint) == ("O-001", "it cannot be read", "try another")
    assert found.span is not None
    assert found.span.source.text[found.span.start : found.span.end] == "cde"


@pytest.mark.parametrize(
    ("name", "words"),
    [("fail", "ValueError: it is wrong"), ("crash", f"status {-signal.SIGSEGV}"), ("leave", "status 0")],
)
def test_another_end_is_a_failure_that_says_why(name: str, words: str) -> None:
    with pytest.raises(ChildFailed) as caught:
        call(name)
    assert words in caught.value.message


def test_what_a_function_prints_is_no_part_of_its_answer() -> None:
    assert call("chatter", b"answer") == b"answer"


def test_a_child_imports_nothing_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "resource", "subprocess", "publisher", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", ".", *sys.path])
    assert call("echo", b"answer") == b"answer"
    assert not (tmp_path / "ran").exists()


def test_a_child_ends_with_its_parent(tmp_path: Path) -> None:
    """Also in the middle of a call that never returns."""
    script = (
        f"import sys; sys.path.append({str(HERE)!r})\n"
        "from publisher.workers.limited import *\n"
        f"run_limited('{CALLS}:announce', {os.fsencode(tmp_path / 'pid')!r},\n"
        "            limits=Limits(seconds=60, memory=1 << 26, output=1))"
    )
    parent = subprocess.Popen([sys.executable, "-c", script])
    try:
        _wait_until((tmp_path / "pid").exists)
    finally:
        parent.kill()
        parent.wait()
    child = int((tmp_path / "pid").read_text())
    _wait_until(lambda: not _runs(child))


def _runs(process: int) -> bool:
    """Whether a process is there and is no zombie."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def _wait_until(condition: object) -> None:
    assert callable(condition)
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
