"""Workers of this machine: what they answer is decoded and checked, and they end with the process that began them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from publisher.diagnostics import ExitCode, PublisherError
from publisher.workers import child, pool
from publisher.workers.frames import Garbage, receive
from publisher.workers.pool import ProcessPool
from publisher.workers.remote import Broken, answer, open_answer

HERE = Path(__file__).parent


class Calls:
    """The functions that are called, from a module beside this file."""

    def __init__(self) -> None:
        module = import_module("pool_calls")
        self.count, self.fail, self.common = module.COUNT, module.FAIL, module.Common

    def arguments(self, number: int) -> list[Any]:
        """So many arguments with the same common part."""
        common = self.common("common")
        return [(common, at) for at in range(number)]


@pytest.fixture(autouse=True)
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The functions, which workers can import."""
    monkeypatch.syspath_prepend(str(HERE))
    return Calls()


def test_results_come_back_in_the_order_of_their_arguments(calls: Calls) -> None:
    with ProcessPool(2) as workers:
        made = workers.map(calls.count, calls.arguments(7))
        assert [item.number for item in made] == [*range(7)]
        assert len(workers.pids) == 2
        assert {item.pid for item in made} <= {*workers.pids}
        assert workers.map(calls.count, []) == ()


def test_the_common_part_is_sent_to_a_worker_once_until_another_comes(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    send = vars(pool)["send"]

    def counted(descriptor: int, *segments: bytes) -> None:
        sent.append(len(segments[2]))
        send(descriptor, *segments)

    monkeypatch.setattr(pool, "send", counted)
    with ProcessPool(1) as workers:
        same = calls.arguments(3)
        workers.map(calls.count, same[:3])
        workers.map(calls.count, same[:2])
        assert [item.common for item in workers.map(calls.count, [(calls.common("other"), 0), same[0]])] == [
            "other",
            "common",
        ]
    assert [bool(length) for length in sent] == [True, False, False, False, False, True, True]


MISBEHAVIOUR = ["nothing", "noise", "none", "pickle", "too long", "diagnostics", "files"]


def _false(monkeypatch: pytest.MonkeyPatch, kind: str) -> list[int]:
    """Let workers misbehave; returns the list of those that are started."""
    started: list[int] = []

    def start(_: str, *words: str) -> child.Child:
        begun = child.start("false_workers", kind, *words)
        started.append(begun.pid)
        return begun

    monkeypatch.setattr(pool, "start", start)
    return started


@pytest.mark.parametrize("kind", MISBEHAVIOUR)
def test_a_call_whose_answers_are_garbage_is_made_here(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    started = _false(monkeypatch, kind)
    with ProcessPool(2) as workers:
        made = workers.map(calls.count, calls.arguments(1))
    assert [(item.number, item.pid) for item in made] == [(0, os.getpid())]
    assert len(started) == pool.TRIES + 1
    assert not [*tmp_path.iterdir(), *Path("/").glob("pickled")]


def test_a_call_is_made_again_by_another_worker(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    started = _false(monkeypatch, "noise")
    start = vars(pool)["start"]

    def first_is_false(*words: str) -> child.Child:
        return child.start(*words) if started else start(*words)

    monkeypatch.setattr(pool, "start", first_is_false)
    with ProcessPool(1) as workers:
        made = workers.map(calls.count, calls.arguments(7))
    assert [item.number for item in made] == [*range(7)]
    assert os.getpid() not in {item.pid for item in made}


@pytest.mark.parametrize("kind", ["ends", "leaves", "too short"])
def test_a_call_that_ends_every_worker_is_named(calls: Calls, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    _false(monkeypatch, kind)
    with pytest.raises(PublisherError, match=r"D-006.*counted 0"), ProcessPool(1) as workers:
        workers.map(calls.count, calls.arguments(1))


def test_without_workers_calls_are_made_here(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: str) -> child.Child:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(pool, "start", refuse)
    with ProcessPool(2, early=("json",)) as workers:
        assert {item.pid for item in workers.map(calls.count, calls.arguments(7))} == {os.getpid()}


def test_what_a_function_raises_is_raised_here_and_its_pool_is_used_again(calls: Calls) -> None:
    with ProcessPool(2) as workers:
        with pytest.raises(OSError, match="No space left") as files:
            workers.map(calls.fail, [(calls.common("files"), 0)])
        assert (files.value.errno, files.value.filename) == (28, "/tmp/a")
        with pytest.raises(PublisherError, match="D-001") as diagnosed:
            workers.map(calls.fail, [(calls.common("diagnostic"), 0)])
        assert diagnosed.value.exit_code is ExitCode.FILES
        with pytest.raises(Broken, match="RuntimeError: a mistake"):
            workers.map(calls.fail, [(calls.common("a mistake"), number) for number in range(4)])
        assert [item.number for item in workers.map(calls.count, calls.arguments(7))] == [*range(7)]


def test_the_result_of_another_call_is_garbage(calls: Calls) -> None:
    common = calls.common("common")
    content = answer(calls.count, common, b"\x05")
    assert open_answer(calls.count, (common, 5), content).number == 5
    with pytest.raises(Garbage):
        open_answer(calls.count, (common, 6), content)


def test_a_pipe_that_ends_early_is_seen() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"\0" * 7 + b"\x05abc")
    os.close(writing)
    with pytest.raises(EOFError):
        receive(reading, 1)
    os.close(reading)


BUSY = """
import sys
from publisher.workers.pool import ProcessPool
from pool_busy import STUCK
with ProcessPool(2) as workers:
    workers._grow(2)
    print(*workers.pids, flush=True)
    workers.map(STUCK, [("python", 0), ("c", 1)])
"""


@pytest.fixture
def busy() -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A program and its two workers, one of them in a loop of Python, the other in a C function that keeps the GIL."""
    path = os.pathsep.join((str(HERE), *sys.path))
    command = [sys.executable, "-c", BUSY]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}
    ) as program:
        assert program.stdout is not None
        pids = [int(pid) for pid in program.stdout.readline().split()]
        for _ in range(600):
            if all(_seconds(pid) > 0.5 for pid in pids):
                break
            time.sleep(0.1)
        yield program, pids
        program.kill()
        for pid in filter(_lives, pids):
            os.kill(pid, signal.SIGKILL)


def _seconds(pid: int) -> float:
    """The CPU seconds that a process has used; see proc_pid_stat(5)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _lives(pid: int) -> bool:
    """Whether a process is there, and no zombie that nobody has waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_busy_workers_end_within_two_seconds_of_a_kill(busy: tuple[subprocess.Popen[str], list[int]]) -> None:
    program, pids = busy
    assert [_lives(pid) for pid in pids] == [True, True]
    program.kill()
    program.wait()
    end = time.monotonic() + 2
    while any(map(_lives, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    assert [_lives(pid) for pid in pids] == [False, False]


def test_an_interrupt_of_the_whole_group_prints_nothing_of_the_workers() -> None:
    code = (
        "import os, signal, time\nfrom publisher.workers.pool import ProcessPool\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell ignores it in the background
        "with ProcessPool(2) as workers:\n    workers._grow(2)\n    os.killpg(0, signal.SIGINT)\n    time.sleep(60)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, start_new_session=True, check=False
    )
    assert ran.returncode != 0
    assert ran.stderr.count("Traceback") == 1
