"""Files written whole or not at all: temporary file in the same folder, `fsync`, rename.

A temporary file is locked as long as its writer lives, so that the next build can tell one that a killed run has left
behind. Several files are several renames: a journal announces them, so that whoever comes after a kill can finish them.
See `docs/decisions/0040-files-that-belong-together.md`.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from publisher.workspace.errors import files_error

PARTIAL = ".publisher-partial-"
"""How the names of temporary files begin."""

JOURNAL = ".publisher-journal"
"""The file that says which temporary files are being renamed to what: a JSON list of pairs of names."""


def keep(folder: Path, contents: Iterable[tuple[str, bytes]]) -> tuple[Path, ...]:
    """The paths of the files written into a folder, all of them whole, by rename, or none touched.

    Everything is first written beside its place and flushed to the disk, then announced in a journal
    and renamed. What killed runs have left in the folder is finished or removed. Raises
    `PublisherError` with exit code 4 where the folder is not writable or the disk is full; what was
    there stays, no temporary file remains.
    """
    contents = tuple(contents)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _settle(folder)
        with ExitStack() as stack:
            staged = tuple((stack.enter_context(_written(folder, content)), name) for name, content in contents)
            return _put_in_place(folder, staged)
    except OSError as error:
        raise files_error(
            "O-002",
            f"{folder} cannot be written: {error.strerror or error}",
            hint="choose another folder with --output, or make room; what was there is untouched",
        ) from error


def finish(folder: Path) -> None:
    """Nothing; renames that a killed build had announced are done, and what it left is removed, as far as that can be.

    Called before a build, so that the files of the last one belong together even if this one fails.
    """
    with suppress(OSError):
        _settle(folder)


def _settle(folder: Path) -> None:
    with _alone(folder):
        _complete(folder)
        _remove_abandoned(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keeps every other build from renaming in the folder while this is open, where the file system knows locks."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _put_in_place(folder: Path, staged: tuple[tuple[Path, str], ...]) -> tuple[Path, ...]:
    """The paths of temporary files after they were renamed, all of them, even if this is killed halfway."""
    journal = json.dumps([(temporary.name, name) for temporary, name in staged]).encode()
    with _written(folder, journal) as announcement, _alone(folder):
        _complete(folder)
        _refuse_folders(folder / name for _, name in staged)
        announcement.replace(folder / JOURNAL)
        _flush(folder)
        try:
            return tuple(temporary.replace(folder / name) for temporary, name in staged)
        finally:
            _flush(folder)
            folder.joinpath(JOURNAL).unlink()


def _complete(folder: Path) -> None:
    """Do the renames that a killed build had announced; call it alone."""
    journal = folder / JOURNAL
    if not journal.is_file():
        return
    for temporary, name in _announced(journal.read_bytes()):
        with suppress(FileNotFoundError):
            folder.joinpath(temporary).replace(folder / name)
    _flush(folder)
    journal.unlink()


def _announced(journal: bytes) -> Iterator[tuple[str, str]]:
    """The pairs of names in a journal; what leads out of the folder, or is no journal of ours, is passed over."""
    with suppress(ValueError, TypeError):
        for temporary, name in json.loads(journal):
            if temporary == Path(temporary).name and name == Path(name).name and temporary.startswith(PARTIAL):
                yield temporary, name


def _flush(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    with suppress(OSError):
        os.fsync(descriptor)
    os.close(descriptor)


def _refuse_folders(paths: Iterable[Path]) -> None:
    """Raise `IsADirectoryError` where a folder stands in the place of a file, before anything is renamed."""
    for path in paths:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder", str(path))


@contextmanager
def _written(folder: Path, content: bytes) -> Iterator[Path]:
    """A temporary file with the content, on the disk and locked; removed at the end if it was not renamed."""
    path, descriptor = _locked(folder)
    with os.fdopen(descriptor, "wb") as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
            yield path
        finally:
            path.unlink(missing_ok=True)


def _locked(folder: Path) -> tuple[Path, int]:
    """A new file and its descriptor, locked; its mode is what the umask leaves.

    Another build may take the file for an abandoned one before it is locked; then it is gone, and a new one
    is made. Where the file system knows no locks, it is not locked.
    """
    while True:
        path = folder / f"{PARTIAL}{os.urandom(8).hex()}"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if path.exists():
            return path, descriptor
        os.close(descriptor)


def _remove_abandoned(folder: Path) -> None:
    """Remove the temporary files whose writers are gone, which is to say those that can be locked."""
    for path in folder.glob(f"{PARTIAL}*"):
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
