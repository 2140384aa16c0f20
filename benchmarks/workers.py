"""A Dask scheduler and two workers on this machine, for as long as a row takes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def cluster(folder: Path, *, count: int = 2) -> Iterator[str]:
    """The address of a scheduler with so many workers of one thread each; all end with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    dask, found = (sys.executable, "-m", "dask"), folder / "scheduler.json"
    found.unlink(missing_ok=True)
    common = ("--scheduler-file", str(found))
    scheduler = (*dask, "scheduler", *common, "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    worker = (*dask, "worker", *common, "--nthreads", "1", "--no-dashboard", "--local-directory", folder / "dask")
    running = [_started(scheduler)]
    try:
        address = _address(found)
        running += [_started(worker) for _ in range(count)]
        time.sleep(3)
        yield address
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)


def _address(found: Path) -> str:
    """What the scheduler writes of itself; raises `TimeoutError` after a minute."""
    last = time.monotonic() + 60
    while time.monotonic() < last:
        time.sleep(0.2)
        if found.exists() and (kept := found.read_text(encoding="utf-8")):
            return str(json.loads(kept)["address"])
    raise TimeoutError("the scheduler did not start")


def _started(command: tuple[str | Path, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
