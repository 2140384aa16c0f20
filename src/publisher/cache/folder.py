"""The cache folder of the user: where it is, and whether no other user can write to it.

Its place is that of the XDG Base Directory Specification (`$XDG_CACHE_HOME`). Everything below it is opened relative to
a descriptor of the folder above (openat(2)) and without following links, so that what was checked is what is used.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from publisher.diagnostics import Diagnostic, Severity
from publisher.workspace.posix import DIRECTORY, NO_LINK, NOT_INHERITED
from publisher.workspace.secret import user_secret

NAME = "publisher"
"""The name of our folder in the cache folder."""
_FOLDER = os.O_RDONLY | DIRECTORY | NO_LINK | NOT_INHERITED
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class UnsafeFolder(Exception):
    """A folder that is not this user's alone; says why."""


def cache_folder() -> Path | None:
    """Return our folder in the user's cache folder, which may not exist yet; None if no absolute place is known."""
    if _relative_home() is not None:
        return None
    with suppress(RuntimeError):  # platformdirs raises it if no home can be found
        path = platformdirs.user_cache_path(NAME, appauthor=False)
        return path if path.is_absolute() else None
    return None


def cache_problem(*editions: Path) -> Diagnostic | None:
    """Return a warning if the cache cannot be trusted, so that it must not be used; None if it can be.

    The cache must not lie in the folder of an edition, since what lies there may be somebody else's. A folder that does
    not exist yet, or cannot be made, is no problem: nothing is read from it.
    """
    relative = _relative_home()
    if relative is not None:
        return _refuse(f"XDG_CACHE_HOME is a relative path, {relative!r}", hint="set it to an absolute path")
    folder = cache_folder()
    if folder is None:
        return None
    for edition in editions:
        if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(edition)):
            inside = f"{folder} lies in the folder of the edition, {edition}"
            return _refuse(inside, hint="set XDG_CACHE_HOME to a folder elsewhere")
    reason = _unsafe(folder)
    if reason is not None:
        return _refuse(
            reason, hint="let only yourself write to it (chmod go-w), or remove it; --no-cache builds without"
        )
    return None if user_secret() is not None else _no_secret()


@contextmanager
def open_file(path: Path, *, create: bool = False) -> Iterator[int]:
    """Give a descriptor of one of our folders in the cache, made first with mode 0700 if `create` is set.

    Raises `UnsafeFolder` if it is not this user's alone, `OSError` if it cannot be opened.
    """
    if create and not path.is_dir():
        path.parent.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        path.mkdir(exist_ok=True, mode=0o700)
    descriptor = os.open(path, _FOLDER)
    try:
        _demand_private(descriptor, str(path))
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def opened_within(above: int, name: str, *, create: bool = False) -> Iterator[int]:
    """Give a descriptor of a folder in the folder `above`; as `opened` does."""
    if create:
        with suppress(FileExistsError):
            os.mkdir(name, mode=0o700, dir_fd=above)
    descriptor = os.open(name, _FOLDER, dir_fd=above)
    try:
        _demand_private(descriptor, name)
        yield descriptor
    finally:
        os.close(descriptor)


def _demand_private(descriptor: int, name: str) -> None:
    reason = _shared_reason(os.fstat(descriptor), name)
    if reason is not None:
        raise UnsafeFolder(reason)


def _relative_home() -> str | None:
    """What XDG_CACHE_HOME holds, if that is a relative path."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return home if home and not Path(home).is_absolute() else None


def _unsafe(folder: Path) -> str | None:
    """Why our folder, or the one that it lies in, can be written by others; None if it cannot be."""
    with suppress(OSError):
        above = _open_to_others(folder.parent.stat(), str(folder.parent))
        if above is not None:
            return above
    for path in (folder, folder / "sections", folder / "volumes", folder / "texts"):
        with suppress(OSError):
            reason = _shared_reason(path.lstat(), str(path))
            if reason is not None:
                return reason
    return None


def _open_to_others(status: os.stat_result, name: str) -> str | None:
    """Why another user could exchange what is in a folder; the system's folders, such as `/tmp`, are sound."""
    if status.st_uid not in (os.geteuid(), 0):
        return f"{name} belongs to another user"
    if status.st_mode & _OTHERS_WRITE and not status.st_mode & stat.S_ISVTX:
        return f"others can write to {name}"
    return None


def _shared_reason(status: os.stat_result, name: str) -> str | None:
    """Why a folder is not this user's alone; None if it is, or if it is no folder and so is never opened."""
    if stat.S_ISLNK(status.st_mode):
        return f"{name} is a link"
    if not stat.S_ISDIR(status.st_mode):
        return None
    if status.st_uid != os.geteuid():
        return f"{name} belongs to another user"
    return f"others can write to {name}" if status.st_mode & _OTHERS_WRITE else None


def _refuse(reason: str, *, hint: str) -> Diagnostic:
    return Diagnostic(code="O-040", message=f"the cache is not used: {reason}", hint=hint, severity=Severity.WARNING)


def _no_secret() -> Diagnostic:
    """O-041: there is no secret that entries could be signed with."""
    return Diagnostic(
        code="O-041",
        message="the cache is not used: there is no safe place for the secret that signs its entries",
        hint="let XDG_STATE_HOME, or ~/.local/state, be a folder that only you can write to; --no-cache builds without",
        severity=Severity.NOTE,
    )
