"""The journal of a commit: what is written into a folder, so that the next build can finish it or clear it away.

Journals are in the user's state folder, outside of every output folder, and each line is signed with the user's secret
(HMAC-SHA-256, RFC 2104). So a journal is obeyed only if this user's program wrote it, and only for the folder with the
device, inode or path that it names. The program that writes a journal holds a lock on it as long as it lives.
"""

from __future__ import annotations

import hmac
import json
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from publisher.workspace.posix import lock
from publisher.workspace.secret import state_folder, user_secret

FOLDER = "commits"
"""The folder of the journals in the state folder."""
ENDING = ".journal"
_LARGEST = 16 * 1024 * 1024
"""How many bytes a journal may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """One file that is put in its place."""

    staged: str
    """The name of the temporary file that has the new content."""
    name: str
    """The name that it gets."""
    digest: str
    """The digest of the new content."""
    replaces: str | None
    """The digest of the file that has the name now; None if there is none."""


@dataclass(slots=True, kw_only=True)
class Journal:
    """The journal of one commit. Without a safe place for it nothing is written, and nothing can be finished later."""

    path: Path | None = None
    descriptor: int | None = None
    names: tuple[str, ...] = ()
    """The temporary files that belong to the commit, whether they are there or not."""
    renames: tuple[Rename, ...] = ()
    """What was announced; empty if nothing was, or if it was withdrawn."""
    _secret: bytes = field(default=b"", repr=False)

    def announce(self, renames: Sequence[Rename]) -> None:
        """Write what is renamed next: from here on, anyone who finds the journal finishes the commit.

        If that cannot be written, there is no journal any more.
        """
        self._write({"renames": [[rename.staged, rename.name, rename.digest, rename.replaces] for rename in renames]})
        self.renames = tuple(renames)

    def withdraw(self) -> None:
        """Write that nothing is renamed after all: anyone who finds the journal removes the temporary files."""
        self._write({"renames": []})
        self.renames = ()

    def end(self) -> None:
        """Remove the journal: the commit is over, and its temporary files are gone."""
        if self.path is not None:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)
        self.leave()

    def leave(self) -> None:
        """Leave the journal to the next build."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    def _write(self, record: dict[str, Any]) -> None:
        try:
            if self.descriptor is not None:
                _append(self.descriptor, record, secret=self._secret)
        except OSError:
            self.end()
            self.path = None


def begin(folder: Path, names: Sequence[str]) -> Journal:
    """Begin the journal of a commit into a folder, which uses these names for its temporary files."""
    status, names = folder.stat(), tuple(names)
    opening = {
        "folder": str(folder.resolve()),
        "device": status.st_dev,
        "inode": status.st_ino,
        "names": list(names),
    }
    place, secret = _place(), user_secret()
    if place is None or secret is None:
        return Journal(names=names)
    try:
        path, descriptor = _create(place)
    except OSError:
        return Journal(names=names)
    try:
        _append(descriptor, opening, secret=secret)
        _flush(place)
    except OSError:
        path.unlink(missing_ok=True)
        os.close(descriptor)
        return Journal(names=names)
    return Journal(path=path, descriptor=descriptor, names=names, _secret=secret)


def abandon(folder: Path) -> Iterator[Journal]:
    """Yield the journals for a folder whose programs are gone; each is locked until it is ended or left."""
    place, secret = _place(), user_secret()
    if place is None or secret is None:
        return
    status, path = folder.stat(), str(folder.resolve())
    for journal in sorted(place.glob(f"*{ENDING}")):
        opened = _open_file(journal, secret=secret)
        if opened is None:
            continue
        found, opening = opened
        inode_is_same = opening["inode"] == status.st_ino
        if inode_is_same and (opening["device"] == status.st_dev or opening["folder"] == path):
            yield found
        else:
            found.leave()


def names_in_use() -> frozenset[str]:
    """Return the names of the temporary files of every commit that is journaled, also of those that run now."""
    place, secret = _place(), user_secret()
    if place is None or secret is None:
        return frozenset()
    found: set[str] = set()
    for path in place.glob(f"*{ENDING}"):
        with suppress(OSError):
            records = _records(path.read_bytes(), secret=secret)
            found.update(records[0]["names"] if records else ())
    return frozenset(found)


def _place() -> Path | None:
    state = state_folder()
    if state is None:
        return None
    place = state / FOLDER
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        status = place.lstat()
    except OSError:
        return None
    is_safe = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022
    return place if is_safe else None


def _create(place: Path) -> tuple[Path, int]:
    """Return a new file and its descriptor, locked.

    Another build may take it for one whose program is gone before it is locked; then a new one is made.
    """
    while True:
        path = place / f"{os.urandom(8).hex()}{ENDING}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with suppress(OSError):
            lock(descriptor, wait=True)
        if path.exists():
            return path, descriptor
        os.close(descriptor)


def _open_file(path: Path, *, secret: bytes) -> tuple[Journal, dict[str, Any]] | None:
    """Return a journal whose program is gone, locked, with its first record; None if it lives, or wrote none.

    A file without a whole first line is removed: its program was killed before it did anything.
    """
    flags = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags)
    except OSError:
        return None
    try:
        lock(descriptor, wait=False)
        status = os.fstat(descriptor)
        is_regular = stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST
        content = os.pread(descriptor, status.st_size, 0) if is_regular else b""
    except OSError:
        os.close(descriptor)
        return None
    records = _records(content, secret=secret)
    journal = Journal(path=path, descriptor=descriptor, _secret=secret)
    if not records or not path.exists():
        journal.end()
        return None
    journal.names = tuple(records[0]["names"])
    journal.renames = tuple(
        Rename(staged=staged, name=name, digest=digest, replaces=replaces)
        for staged, name, digest, replaces in records[-1].get("renames", ())
    )
    return journal, records[0]


def _append(descriptor: int, record: dict[str, Any], *, secret: bytes) -> None:
    """Add a signed line to a journal, and put it on the disk."""
    text = json.dumps(record).encode()
    line = b"%s %s\n" % (_signature(text, secret=secret), text)
    written = 0
    while written < len(line):
        written += os.write(descriptor, line[written:])
    os.fsync(descriptor)


def _flush(place: Path) -> None:
    """Put the names of the journals on the disk."""
    descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _records(content: bytes, *, secret: bytes) -> list[dict[str, Any]]:
    """Return the records of the lines that are whole and signed, up to the first one that is not."""
    records = []
    for line in content.splitlines(keepends=True):
        signature, _, text = line.removesuffix(b"\n").partition(b" ")
        if not line.endswith(b"\n") or not hmac.compare_digest(signature, _signature(text, secret=secret)):
            break
        records.append(json.loads(text))
    return records


def _signature(text: bytes, *, secret: bytes) -> bytes:
    return hmac.new(secret, b"publisher journal 1\n" + text, sha256).hexdigest().encode()
