"""A folder written whole: next to its place first, then renamed, and never over files that the program did not write.

The folder in its place is replaced only if every file in it is one that the program wrote there, by its record
(`ownership`), or one that the new folder has too. A build that is killed leaves the old folder or the new one, and a
temporary one that the next build removes.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

from publisher.workspace import ownership
from publisher.workspace.errors import files_error
from publisher.workspace.lock import locked_folder
from publisher.workspace.overwrite import UNTOUCHED
from publisher.workspace.ownership import Writing
from publisher.workspace.regular_file import LARGEST, kind, read_regular

TEMPORARY = ".publisher-folder-"
"""How the names of temporary folders begin."""
MOST_FILES = 100_000
"""How many files a folder that is replaced may have."""


def commit_folder(folder: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Return the path of a folder in `folder` that holds exactly these files, by their paths with `/`.

    Raises `PublisherError` with exit code 4 if it cannot be written (O-002), or if something is in its place that the
    program did not write (O-051); what was there is untouched then.
    """
    target = folder / name
    try:
        with locked_folder(folder):
            _remove_abandoned(folder)
            if _is_same(target, files):
                return target
            _demand_ours(folder, target, files)
            _put_in_place(folder, target, files)
    except OSError as error:
        raise files_error(
            "O-002",
            f"{target} cannot be written: {error.strerror or error}",
            hint=f"choose another folder with --output, or make room; {UNTOUCHED}",
        ) from error
    return target


def demand_folder_free(folder: Path, name: str) -> None:
    """Raise `PublisherError` (O-051) if a folder could not be put in its place, as far as that is known before."""
    with suppress(FileNotFoundError):
        _demand_ours(folder, folder / name, {})


def _put_in_place(folder: Path, target: Path, files: Mapping[str, bytes]) -> None:
    """Write the folder next to its place and rename it; the old one is removed afterwards."""
    new, old = (folder / f"{TEMPORARY}{os.urandom(8).hex()}" for _ in range(2))
    ownership.add_to_record(folder, {entry.name: Writing(digest="folder", device=-1, inode=-1) for entry in (new, old)})
    try:
        _write(new, files)
        digests = {f"{target.name}/{path}": sha256(content).hexdigest() for path, content in files.items()}
        ownership.add_to_record(folder, {n: Writing(digest=d, device=-1, inode=-1) for n, d in digests.items()})
        if os.path.lexists(target):
            target.rename(old)
            try:
                new.rename(target)
            except OSError:
                old.rename(target)
                raise
        else:
            new.rename(target)
    finally:
        for item in (new, old):
            if item.is_dir() and not item.is_symlink():
                shutil.rmtree(item, ignore_errors=True)


def _write(new: Path, files: Mapping[str, bytes]) -> None:
    new.mkdir()
    for path, content in files.items():
        place = new / PurePosixPath(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)


def _is_same(target: Path, files: Mapping[str, bytes]) -> bool:
    """Whether the folder is there already, with these files and no others."""
    if target.is_symlink() or not target.is_dir():
        return False
    found = dict(_entries(target))
    return {*found} == {*files} and all(
        mode is None and read_regular(target / path, follow=False, limit=LARGEST) == files[path]
        for path, mode in found.items()
    )


def _demand_ours(folder: Path, target: Path, files: Mapping[str, bytes]) -> None:
    """Raise `PublisherError` (O-051) if something in the place of a folder was not written by the program."""
    try:
        status = target.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(status.st_mode):
        raise _foreign(target, f"is {kind(status.st_mode) or 'a file'} that publisher did not make")
    known = ownership.read_record(folder)
    for path, what in _entries(target):
        if what is not None:
            raise _foreign(target / path, f"is {what} that publisher did not make")
        content = read_regular(target / path, follow=False, limit=LARGEST)
        writings = known.get(f"{target.name}/{path}", ())
        is_ours = any(writing.digest == sha256(content).hexdigest() for writing in writings)
        if not is_ours and files.get(path) != content:
            raise _foreign(target / path, "was not written by publisher, or was changed since")


def _entries(target: Path) -> Iterator[tuple[str, str | None]]:
    """The files below a folder by their paths, each with what it is if it is no regular file; no link is followed."""
    count = 0
    for parent, folders, names in os.walk(target, followlinks=False):
        for name in (*names, *(folder for folder in folders if Path(parent, folder).is_symlink())):
            count += 1
            if count > MOST_FILES:
                raise _foreign(target, f"has more than {MOST_FILES} files")
            path = Path(parent, name)
            yield path.relative_to(target).as_posix(), kind(path.lstat().st_mode)


def _remove_abandoned(folder: Path) -> None:
    """Remove the temporary folders that builds of this user left when they were killed."""
    known = ownership.read_record(folder)
    for path in folder.glob(f"{TEMPORARY}*"):
        ours = any(writing.digest == "folder" for writing in known.get(path.name, ()))
        if ours and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _foreign(target: Path, why: str) -> Exception:
    return files_error(
        "O-051", f"{target} {why}", hint=f"move it away, or choose another place with --output; {UNTOUCHED}"
    )
