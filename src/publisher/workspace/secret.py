"""A secret of the user's own, with which the program signs the records that it obeys later (HMAC, RFC 2104).

It is a file of 32 random bytes in the user's state folder (XDG Base Directory Specification, `$XDG_STATE_HOME`).
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

import platformdirs

LENGTH = 32
"""How many bytes the secret has."""
NAME = "secret"
"""The name of its file in the state folder."""


def user_secret() -> bytes | None:
    """Return the user's secret, made at the first call; None if no safe place for it can be had.

    It is refused if its file is a link, belongs to another user, can be read or written by others, or has another
    length.
    """
    folder = state_folder()
    if folder is None:
        return None
    path = folder / NAME
    try:
        if not os.path.lexists(path):
            _create(path)
        return _read(path)
    except OSError:
        return None


def state_folder() -> Path | None:
    """Return the user's state folder of this program, made if it is not there (mode 0700).

    None if it cannot be made, is a link, belongs to another user, or others may write to it.
    """
    try:
        folder = platformdirs.user_state_path("publisher", appauthor=False)
        if not folder.is_absolute():
            return None
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except (OSError, RuntimeError):  # platformdirs raises RuntimeError if no home can be found
        return None
    is_safe = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022
    return folder if is_safe else None


def _create(path: Path) -> None:
    """Write a new secret, whole, unless another process has just done so."""
    partial = path.with_name(f".{NAME}-{os.urandom(8).hex()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(LENGTH))
            file.flush()
            os.fsync(descriptor)
        with suppress(FileExistsError):
            os.link(partial, path)
    finally:
        partial.unlink()


def _read(path: Path) -> bytes | None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        is_safe = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077
        secret = file.read(LENGTH + 1) if is_safe else b""
    return secret if len(secret) == LENGTH else None
