"""A file of the user's own written again with a change that was asked for: whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from publisher.workspace.errors import files_error
from publisher.workspace.regular_file import kind, read_regular

UNTOUCHED = "nothing was written"


def rewrite(path: Path, *, before: bytes, after: bytes) -> None:
    """Replace the content of a file, if that is still `before`; do nothing if nothing changes.

    The new file is written next to the old one with its mode, flushed, and renamed. Raises `PublisherError` with exit
    code 4 (O-001, O-002) if the file is no regular file of this user, has other names (hard links), cannot be written,
    or was changed meanwhile.
    """
    if before == after:
        return
    try:
        status = path.lstat()
        _demand_own(path, status)
        if read_regular(path, follow=False) != before:
            raise _refuse(path, "it was changed meanwhile", hint=f"run the command again; {UNTOUCHED}")
        _replace(path, after, mode=stat.S_IMODE(status.st_mode))
    except OSError as error:
        raise _refuse(path, error.strerror or str(error), hint=f"let yourself write it; {UNTOUCHED}") from error


def _demand_own(path: Path, status: os.stat_result) -> None:
    found = kind(status.st_mode)
    if found is not None:
        raise _refuse(path, f"it is {found}", hint=f"name the file itself; {UNTOUCHED}")
    if status.st_uid != os.geteuid():
        raise _refuse(path, "it belongs to another user", hint=f"let its owner run the command; {UNTOUCHED}")
    if status.st_nlink > 1:
        raise _refuse(path, "it has another name (a hard link)", hint=f"copy it to a file of its own; {UNTOUCHED}")
    if not status.st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise _refuse(path, "it is write-protected", hint=f"let yourself write it (chmod u+w); {UNTOUCHED}")


def _replace(path: Path, content: bytes, *, mode: int) -> None:
    partial = path.with_name(f".publisher-partial-{os.urandom(8).hex()}")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()


def _refuse(path: Path, reason: str, *, hint: str) -> Exception:
    return files_error("O-002", f"{path} cannot be written: {reason}", hint=hint)
