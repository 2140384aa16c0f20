"""Regular files, read without waiting: a pipe or a device in the place of a file is an error, never a pause."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class NotRegular(OSError):
    """Something that is no regular file; `strerror` says what it is."""


def kind(mode: int) -> str | None:
    """Return what something is by its mode (inode(7)), as words; None if it is a regular file."""
    return next((words for is_kind, words in KINDS if is_kind(mode)), None)


LARGEST = 1024 * 1024 * 1024
"""How many bytes a finished file may have that is looked at before another one takes its place."""


def read_regular(path: Path, *, follow: bool = True, limit: int | None = None) -> bytes:
    """Return the bytes of a regular file.

    Raises `NotRegular` for everything else (for links if they are not followed), and other `OSError`s: EFBIG if the
    file has more bytes than the limit.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
    _demand_regular(path.stat() if follow else path.lstat(), path, limit=limit)
    descriptor = os.open(path, flags if follow else flags | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        _demand_regular(os.fstat(descriptor), path, limit=limit)
        return file.read()


def _demand_regular(status: os.stat_result, path: Path, *, limit: int | None) -> None:
    found = kind(status.st_mode)
    if found is not None:
        raise NotRegular(errno.EINVAL, f"it is {found}, not a file", str(path))
    if limit is not None and status.st_size > limit:
        raise OSError(errno.EFBIG, f"it has more than {limit:,} bytes", str(path))
