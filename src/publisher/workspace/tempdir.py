"""Temporary folders of this program, gone when the work is done, however its processes end.

Each has a name by which it is recognised and is locked (flock(2)) as long as the process that made it lives. Those that
a killed process has left can be locked: the next one removes them.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publisher.workspace.errors import files_error
from publisher.workspace.posix import DIRECTORY, NO_LINK, NOT_INHERITED, lock

PREFIX = "publisher-scratch-"
"""How the names of these folders begin."""
_NAME = re.compile(rf"{PREFIX}[a-z0-9_]{{8}}")
_FOLDER = os.O_RDONLY | DIRECTORY | NO_LINK | NOT_INHERITED


class Scratch:
    """One such folder, in the folder that the system has for temporary files."""

    def __init__(self) -> None:
        """Make it, and remove what killed processes have left. Raises `PublisherError` (O-042, exit code 4)."""
        remove_stale()
        self.path, self._lock = _lock()
        """Where it is, and the descriptor that holds its lock."""

    def clear(self) -> None:
        """Remove it with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        with suppress(OSError):
            os.close(self._lock)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give such a folder, removed in the end. Raises as `Scratch`."""
    scratch = Scratch()
    try:
        yield Path(scratch.path)
    finally:
        scratch.clear()


@contextmanager
def scratch_for_all() -> Iterator[None]:
    """Let this process put all its temporary files into such a folder while this is open. Raises as `Scratch`."""
    with scratch_folder() as folder:
        before = tempfile.tempdir
        tempfile.tempdir = str(folder)
        try:
            yield
        finally:
            tempfile.tempdir = before


def temporary_folder() -> str:
    """Return the folder for temporary files of this process."""
    return tempfile.gettempdir()


def put_down_in(path: str) -> None:
    """Let this process put temporary files into a folder."""
    tempfile.tempdir = path


def remove_stale() -> None:
    """Remove the folders of this user's that killed processes have left, as far as that can be."""
    with suppress(OSError):
        above = os.open(tempfile.gettempdir(), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for name in _candidates(above):
                with suppress(OSError):
                    _remove_if_stale(name, above)
        finally:
            os.close(above)


def _candidates(above: int) -> list[str]:
    with os.scandir(above) as entries:
        return [entry.name for entry in entries if _NAME.fullmatch(entry.name)]


def _remove_if_stale(name: str, above: int) -> None:
    """Remove a folder that is ours and that no one holds. Raises `OSError` if it is a link, or held."""
    descriptor = os.open(name, _FOLDER, dir_fd=above)
    try:
        if not _is_private(os.fstat(descriptor)):
            return
        lock(descriptor, wait=False)
        shutil.rmtree(name, dir_fd=above)
    finally:
        os.close(descriptor)


def _is_private(status: os.stat_result) -> bool:
    return status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) == stat.S_IRWXU


def _lock() -> tuple[str, int]:
    """The path of a new folder and the descriptor that holds its lock.

    Another process may take it for a stale one before it is locked; then it is gone, and a new one is made. Where the
    file system knows no locks, it is not locked, and no one removes it.
    """
    try:
        while True:
            path = tempfile.mkdtemp(prefix=PREFIX)
            with suppress(FileNotFoundError):
                descriptor = os.open(path, _FOLDER)
                with suppress(OSError):
                    lock(descriptor, wait=True)
                if Path(path).is_dir():
                    return path, descriptor
                os.close(descriptor)
    except OSError as error:
        raise files_error(
            "O-042",
            f"no temporary folder can be made: {error.strerror or error}",
            hint="make room in the folder for temporary files, or name another one in the variable TMPDIR",
        ) from error
