"""A command run to its end: its seconds, its processors' seconds, and the memory of all its processes. Linux only."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

INTERVAL = 0.05
"""Seconds between two looks at the memory."""
_SUBREAPER = 36
"""`PR_SET_CHILD_SUBREAPER`: processes that lose their parent become ours, so that their time is counted."""


class CommandFailed(Exception):
    """A program that is measured did not do its work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one run took."""

    wall: float
    """Seconds from start to exit."""
    cpu: float
    """Seconds of all processors, for the command and all that it started."""
    peak: float
    """Most memory of all its processes together, in MB; what they share is counted for each."""
    largest: float
    """Most memory of any one of its processes, in MB."""


@dataclass(slots=True)
class _Memory:
    """What is seen of the memory while a command runs."""

    root: int
    peak: int = 0
    largest: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Looks again and again, until the command has ended."""
        while not self.ended.wait(INTERVAL):
            sizes = [_size(pid) for pid in tree(self.root)]
            self.peak = max(self.peak, sum(now for now, _ in sizes))
            self.largest = max(self.largest, *(most for _, most in sizes), 0)


def measured(command: Sequence[str], *, folder: Path, environment: Mapping[str, str] | None = None) -> Taken:
    """What a command takes that runs in a folder. Raises `CommandFailed` with its last lines where it fails."""
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
    ) as process:
        memory = _Memory(process.pid)
        watcher = threading.Thread(target=memory.watch)
        watcher.start()
        printed, _ = process.communicate()
        wall = time.perf_counter() - begun
        memory.ended.set()
        watcher.join()
    _reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise CommandFailed(f"{' '.join(command)[:200]} ended with {process.returncode}:\n{printed[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall=wall, cpu=cpu, peak=memory.peak / 1e6, largest=memory.largest / 1e6)


def _reap() -> None:
    """Waits for processes that the command has left behind, two seconds at most."""
    last = time.monotonic() + 2
    with suppress(ChildProcessError):
        while time.monotonic() < last:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if not pid:
                time.sleep(0.02)


def tree(root: int) -> list[int]:
    """The ids of a process and of all that come from it."""
    children: dict[int, list[int]] = {}
    for name in (path.name for path in Path("/proc").iterdir()):
        if name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                stat = Path("/proc", name, "stat").read_text(errors="replace")
                children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def _size(pid: int) -> tuple[int, int]:
    """How many bytes of memory a process has now, and had at most; 0 where it is gone."""
    with suppress(OSError):
        lines = Path("/proc", str(pid), "status").read_text(errors="replace").splitlines()
        sizes = {
            name: int(rest.split()[0]) * 1024
            for name, _, rest in (line.partition(":") for line in lines)
            if name in ("VmRSS", "VmHWM")
        }
        return sizes.get("VmRSS", 0), sizes.get("VmHWM", 0)
    return 0, 0
