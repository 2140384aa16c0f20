"""A scheduler and workers of Dask, processes of their own on this machine, reached through the loopback interface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

FALSE = Path(__file__).parent / "false_worker.py"
Program = subprocess.Popen[bytes]


class Machines:
    """A scheduler, and the workers that were started for it."""

    def __init__(self, stack: ExitStack, place: Path, *more: str) -> None:
        self._stack, self._place = stack, place
        known = place / "scheduler.json"
        options = ("--port", "0", "--no-dashboard", "--scheduler-file", str(known), *more)
        self.scheduler = self._start("dask_scheduler", *options)
        self.address = str(json.loads(_awaited(known))["address"])

    def worker(self, *more: str, **variables: str) -> Program:
        """One more worker."""
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self._place), *more)
        return self._start("dask_worker", self.address, *options, **variables)

    def false_worker(self, *kinds: str) -> Program:
        """A worker that misbehaves in these ways, one after the other, the last one from then on."""
        trace = self._place / "traces"
        trace.mkdir(exist_ok=True)
        return self.worker("--preload", str(FALSE), MISBEHAVIOUR=",".join(kinds), TRACES=str(trace))

    def traces(self) -> set[int]:
        """The ids of the processes in which a pickle of the false worker has run code."""
        return {int(path.name) for path in (self._place / "traces").iterdir()}

    def _start(self, program: str, *words: str, **variables: str) -> Program:
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--host", "127.0.0.1", *words]
        log = self._stack.enter_context((self._place / f"{program}-{time.monotonic_ns()}.log").open("wb"))
        environment = {**os.environ, **variables}
        started = subprocess.Popen(command, cwd=self._place, env=environment, stdout=log, stderr=log)
        self._stack.callback(started.wait)
        self._stack.callback(started.kill)
        return started


def _awaited(path: Path) -> bytes:
    """What a file holds as soon as it is there."""
    for _ in range(300):
        if path.exists() and path.read_bytes().endswith(b"}"):
            return path.read_bytes()
        time.sleep(0.1)
    raise AssertionError(f"{path} was not written")


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Callable[..., Machines]]:
    """Starts a scheduler; everything that was started is ended with the test."""
    with ExitStack() as stack:
        yield lambda *options: Machines(stack, tmp_path, *options)
