"""The lock on an output folder: while files are renamed in it, no other build renames files there (flock(2))."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publisher.diagnostics import Diagnostic, Severity
from publisher.workspace.errors import files_error
from publisher.workspace.posix import lock
from publisher.workspace.session import current_session

NOTICE = 2.0
"""After so many seconds of waiting a warning says who holds the lock."""
PATIENCE = 60.0
"""After so many seconds of waiting the command gives up."""
_STEP = 0.05
_BUSY = (errno.EAGAIN, errno.EACCES, errno.EINTR)
_LOCK = re.compile(r"\d+: FLOCK +\S+ +\S+ +(\d+) +[0-9a-f]+:[0-9a-f]+:(\d+) ")
"""A line of /proc/locks (proc_locks(5)): the process, and the inode. Lines of processes that wait have an arrow."""


@contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Hold the lock on a folder, if its file system has locks.

    A warning (O-055) is reported after `NOTICE` seconds. Raises `PublisherError` (O-056, exit code 4) after `PATIENCE`
    seconds, and `OSError` if the folder cannot be opened.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _wait(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, folder: Path) -> None:
    begin = time.monotonic()
    is_reported = False
    while not _is_acquired(descriptor):
        waited = time.monotonic() - begin
        if waited >= PATIENCE:
            raise files_error(
                "O-056",
                f"{folder} is still locked after {PATIENCE:.0f} seconds, by {_holder(descriptor)}",
                hint="wait until the other program has ended, or end it; what was there is untouched",
            )
        if waited >= NOTICE and not is_reported:
            is_reported = True
            message = f"{folder} is locked by {_holder(descriptor)}; waiting for up to {PATIENCE:.0f} seconds"
            current_session().warn(Diagnostic(code="O-055", message=message, severity=Severity.WARNING))
        time.sleep(_STEP)


def _is_acquired(descriptor: int) -> bool:
    """Return whether the lock is held, or the file system has none."""
    try:
        lock(descriptor, wait=False)
    except OSError as error:
        return error.errno not in _BUSY
    return True


def _holder(descriptor: int) -> str:
    """Return which process holds the lock, as far as the system says it."""
    inode = os.fstat(descriptor).st_ino
    with suppress(OSError):
        locks = Path("/proc/locks").read_text(encoding="ascii", errors="replace")
        found = (line for line in map(_LOCK.match, locks.splitlines()) if line and int(line[2]) == inode)
        process = next((int(line[1]) for line in found if int(line[1])), None)
        if process is not None:
            return f"the process {process}{_program(process)}"
    return "another process"


def _program(process: int) -> str:
    """Return the name of a process's program, in brackets; nothing if the system does not say it."""
    with suppress(OSError):
        return f" ({Path(f'/proc/{process}/comm').read_text(encoding='utf-8', errors='replace').strip()})"
    return ""
