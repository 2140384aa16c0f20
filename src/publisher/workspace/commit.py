"""Files written whole, all of them or none, and never over a file that the program did not write.

Every file is first written next to its place and flushed to the disk. Then a journal announces what is renamed, the
files are renamed, and the journal is removed. A commit that is killed is finished by the next one on that folder; one
whose renames fail is undone. See `docs/decisions/0040-files-that-belong-together.md`.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity
from publisher.workspace import journal, ownership
from publisher.workspace.errors import files_error
from publisher.workspace.journal import Journal, Rename
from publisher.workspace.lock import locked_folder
from publisher.workspace.output_path import Purpose, demand_apart
from publisher.workspace.overwrite import UNTOUCHED, Replaced, demand_replaceable, report_changed
from publisher.workspace.ownership import Writing
from publisher.workspace.regular_file import LARGEST, kind, read_regular
from publisher.workspace.session import current_session

RESERVED = ".publisher-"
"""How the names begin that are ours in every output folder."""
PARTIAL = f"{RESERVED}partial-"
"""How the names of temporary files begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One file that is put in its place."""

    rename: Rename
    backup: str | None = None
    """A second name of the file that has the name now, to undo the renaming; None if there is none."""


def commit_files(
    folder: Path, files: Iterable[tuple[str, bytes]], *, purpose: Purpose = Purpose.BUILD
) -> tuple[Path, ...]:
    """Return the paths of the files written into a folder, all of them whole, or none of them.

    What commits that were killed have left in the folder is finished or removed first. Raises `PublisherError` with
    exit code 4 if the folder cannot be written, a file has the name of one that was read or that the program did
    not write, the folder is one that sources are read from, is locked, two files would have one name, or files of
    two builds are left because even the undoing failed (O-057). Except with O-057, what was there is unchanged.
    """
    files = tuple(files)
    names = [name for name, _ in files]
    _demand_names(folder, names)
    try:
        demand_apart(folder, names, purpose=purpose)
        _make(folder)
        _demand_not_written(folder, names)
        recover(folder)
        with _stage(folder, files) as (record, renames), locked_folder(folder):
            return _put_in_place(folder, record, renames, purpose=purpose)
    except OSError as error:
        another = "another folder" if purpose is Purpose.NEW else "another folder with --output"
        raise files_error(
            "O-002",
            f"{folder} cannot be written: {error.strerror or error}",
            hint=f"choose {another}, or make room; {UNTOUCHED}",
        ) from error


def demand_free(folder: Path, names: Sequence[str]) -> None:
    """Raise `PublisherError` if a build could not save files of these names, as far as that is known before it begins.

    Nothing is changed. Raises as `commit_files` does.
    """
    _demand_names(folder, names)
    try:
        demand_apart(folder, names, purpose=Purpose.BUILD)
        known = ownership.known_writings(folder)
        for name in names:
            demand_replaceable(folder / name, "", record=known, purpose=Purpose.BUILD, copying=False)
    except OSError as error:
        hint = f"choose another folder with --output; {UNTOUCHED}"
        raise files_error("O-002", f"{folder} cannot be written: {error.strerror or error}", hint=hint) from error


def recover(folder: Path) -> bool:
    """Finish the commits into a folder that were killed after they were announced, and clear the others away.

    Return whether one was finished. Done as far as it can be. Called before a build too, so that the files of the last
    one belong together even if this one fails. Reports O-054 about files that look like ours and are not. Raises
    `PublisherError` (O-056) if the folder is locked.
    """
    is_finished = False
    with suppress(OSError), locked_folder(folder):
        for found in journal.abandon(folder):
            is_finished |= bool(found.renames)
            _complete(folder, found)
    _report_unknown(folder)
    return is_finished


def _make(folder: Path) -> None:
    """Make a folder if it is not there; raise `OSError` with what is there instead."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        mode = folder.lstat().st_mode
        what = "a link to nothing" if stat.S_ISLNK(mode) else kind(mode)
        if what is None:
            raise
        raise NotADirectoryError(errno.ENOTDIR, f"it is {what}, not a folder", str(folder)) from error


def _demand_names(folder: Path, names: Sequence[str]) -> None:
    """Raise `PublisherError` (O-063) if two files would have one name, or one a name that is reserved."""
    for name in names:
        if names.count(name) > 1:
            raise files_error(
                "O-063", f"two files would have the name {name} in {folder}", hint=f"change one; {UNTOUCHED}"
            )
        if name.startswith(RESERVED):
            hint = f"choose a name that does not begin with {RESERVED}"
            raise files_error("O-063", f"the name {name} is reserved", hint=hint)


@contextmanager
def _stage(folder: Path, files: Sequence[tuple[str, bytes]]) -> Iterator[tuple[Journal, list[Rename]]]:
    """Write every file under a temporary name, on the disk; in the end, clear away what has no other name.

    Only if files of two builds are left, the temporary files and the journal stay, for the next commit.
    """
    names = [f"{PARTIAL}{os.urandom(8).hex()}" for _ in range(2 * len(files))]
    record = journal.begin(folder, names)
    try:
        for temporary, (_, content) in zip(names, files, strict=False):
            _write(folder / temporary, content)
        yield (
            record,
            [
                Rename(staged=temporary, name=name, digest=sha256(content).hexdigest(), replaces=None)
                for temporary, (name, content) in zip(names, files, strict=False)
            ],
        )
    finally:
        if not (record.renames and record.path):
            _remove(folder, names)
            record.end()
        record.leave()


def _write(path: Path, content: bytes) -> None:
    """Write a new file; its mode is what the umask leaves."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def _put_in_place(folder: Path, record: Journal, renames: Sequence[Rename], *, purpose: Purpose) -> tuple[Path, ...]:
    """Rename the temporary files, all of them; if this is killed halfway, the next commit does."""
    known = ownership.known_writings(folder)
    replaced = [demand_replaceable(folder / item.name, item.digest, record=known, purpose=purpose) for item in renames]
    steps = [
        _prepare(folder, item, old, backup=backup)
        for item, old, backup in zip(renames, replaced, record.names[len(renames) :], strict=True)
    ]
    if purpose is not Purpose.NEW:
        _remember(folder, renames)
    record.announce([step.rename for step in steps])
    done: list[Step] = []
    try:
        for step in steps:
            folder.joinpath(step.rename.staged).replace(folder / step.rename.name)
            done.append(step)
    except OSError as error:
        _undo(folder, steps, done, error)
        record.withdraw()
        raise
    _flush(folder)
    record.renames = ()
    _note_written(folder, renames)
    for rename, old in zip(renames, replaced, strict=True):
        if old is not None and old.copy is not None:
            report_changed(folder / rename.name, old.copy)
    return tuple(folder / item.name for item in renames)


def _prepare(folder: Path, rename: Rename, old: Replaced | None, *, backup: str) -> Step:
    """Give the file that is replaced a second name, if the file system can."""
    if old is None:
        return Step(rename=rename)
    rename = replace(rename, replaces=old.digest)
    with suppress(OSError):
        os.link(folder / rename.name, folder / backup, follow_symlinks=False)
        return Step(rename=rename, backup=backup)
    return Step(rename=rename)


def _undo(folder: Path, steps: Sequence[Step], done: Sequence[Step], error: OSError) -> None:
    """Give the names back to the files that had them; raise `PublisherError` (O-057) if that fails.

    Each new file keeps its temporary name, so that at every moment the journal leads to the files of one build.
    """
    remaining = list(done)
    try:
        for step in reversed(done):
            target, staged = folder / step.rename.name, folder / step.rename.staged
            if step.rename.replaces is None:
                target.replace(staged)
            elif step.backup is not None:
                os.link(target, staged)
                folder.joinpath(step.backup).replace(target)
            else:
                break
            remaining.remove(step)
    except OSError as second:
        error = second
    _flush(folder)
    if remaining:
        raise _mixed_files(folder, steps, remaining, error) from error


def _mixed_files(folder: Path, steps: Sequence[Step], new: Sequence[Step], error: OSError) -> PublisherError:
    """Return the error that names what is new and what is old."""
    new_names = ", ".join(step.rename.name for step in steps if step in new)
    others = ", ".join(step.rename.name for step in steps if step not in new)
    return files_error(
        "O-057",
        f"{folder} has files of two builds: {error.strerror or error}. New: {new_names}. Not replaced: {others}",
        hint="each file is whole; run the command again, which puts the others in place",
    )


def _remember(folder: Path, renames: Sequence[Rename]) -> None:
    """Record what is written before it has its name: a kill between the two loses no record."""
    writings = {}
    for rename in renames:
        status = folder.joinpath(rename.staged).lstat()
        writings[rename.name] = Writing(digest=rename.digest, device=status.st_dev, inode=status.st_ino)
    ownership.add_to_record(folder, writings)


def _note_written(folder: Path, renames: Sequence[Rename]) -> None:
    session, status = current_session(), folder.stat()
    for rename in renames:
        session.written[status.st_dev, status.st_ino, rename.name] = session.volume


def _demand_not_written(folder: Path, names: Iterable[str]) -> None:
    """Raise `PublisherError` (O-063) if another volume of this run has written a file of these names into a folder."""
    session = current_session()
    with suppress(OSError):
        status = folder.stat()
        for name in names:
            volume = session.written.get((status.st_dev, status.st_ino, name), session.volume)
            if volume != session.volume:
                message = f"{folder / name} was written for the volume {volume} in this run"
                hint = f"let each volume have a folder of its own; {UNTOUCHED}"
                raise PublisherError(Diagnostic(code="O-063", message=message, hint=hint), exit_code=ExitCode.FILES)


def _complete(folder: Path, found: Journal) -> None:
    """Do what a commit that was killed had announced, or remove what it had only prepared; the folder is locked."""
    try:
        for rename in found.renames:
            _finish(folder, rename)
        _flush(folder)
        _remove(folder, found.names)
    except OSError:
        found.leave()
        raise
    found.end()


def _finish(folder: Path, rename: Rename) -> None:
    """Rename one file, if it has the content that was announced, and if the file in its place is the announced one."""
    staged, target = folder / rename.staged, folder / rename.name
    if _digest(staged) == rename.digest and _digest(target) in (None, rename.replaces, rename.digest):
        staged.replace(target)


def _digest(path: Path) -> str | None:
    """Return the digest of a regular file; None if nothing is there, and a word that is no digest for all else."""
    try:
        return sha256(read_regular(path, follow=False, limit=LARGEST)).hexdigest()
    except FileNotFoundError:
        return None
    except OSError:
        return "unreadable"


def _report_unknown(folder: Path) -> None:
    """Report the files that have a reserved name and belong to no commit of this user (O-054)."""
    with suppress(OSError):
        names = sorted(path.name for path in folder.iterdir() if path.name.startswith(RESERVED))
        known = journal.names_in_use() if names else frozenset()
        unknown = [name for name in names if name not in known and os.path.lexists(folder / name)]
        if unknown:
            item = len(unknown) == 1
            message = (
                f"{folder} has {', '.join(unknown[:3])}{' …' if len(unknown) > 3 else ''}, which this user's "
                f"publisher did not write for this folder; {'it is' if item else 'they are'} ignored"
            )
            hint = f"delete {'it' if item else 'them'} if no other user or computer is building into this folder"
            current_session().warn(Diagnostic(code="O-054", message=message, hint=hint, severity=Severity.WARNING))


def _flush(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove(folder: Path, names: Iterable[str]) -> None:
    """Remove temporary files, those that are there."""
    for name in names:
        with suppress(OSError):
            folder.joinpath(name).unlink()
