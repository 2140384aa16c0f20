"""The cache store: results by the key of what they were made from, in the user's cache folder.

An entry is a regular file named by its key. It begins with a digest of the key and the content that is made with the
user's secret (HMAC-SHA256, RFC 2104): an entry that was not written to its end, was written by another user, came with
somebody's folder or was renamed is a miss. Entries are written next to their place and renamed. The entries that were
not used for longest are evicted when there are too many. Errors of the file system are misses too: the work is done
again. Several programs can use one store.
"""

from __future__ import annotations

import hmac
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from publisher.cache.folder import UnsafeFolder, cache_folder, open_file, opened_within
from publisher.workspace.posix import NO_LINK, NO_WAITING, NOT_INHERITED
from publisher.workspace.secret import user_secret

LIMIT = 1024 * 1024 * 1024
"""How many bytes the store for sections holds at most."""
VOLUMES = LIMIT // 2
"""How many bytes that for finished volumes holds."""
LARGEST = LIMIT // 4
"""How many bytes an entry may have; a larger file is no entry of ours."""
TEXTS = LIMIT // 16
"""How many bytes that for texts holds."""
_PARTIAL = ".partial-"
_LEFT = 3600
"""Seconds by which a file that is still being written is older than the newest entry at most."""
_SIGNATURE = 32
_PREFIX = re.compile(r"[0-9a-f]{2}")
_REST = re.compile(r"[0-9a-f]{62}|\.partial-[0-9a-f]{16}")
_READ = os.O_RDONLY | NO_LINK | NO_WAITING | NOT_INHERITED
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | NOT_INHERITED
_KEY = re.compile(r"[0-9a-f]{64}")
_FAILURES = (OSError, UnsafeFolder)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, or what a killed program has left of one."""

    used: float
    """When it was used last, in seconds since 1970."""
    size: int
    prefix: str
    """The folder that it is in."""
    name: str


@dataclass(frozen=True, slots=True)
class Store:
    """A store: a folder of entries, signed with the secret of their user; without a secret it holds nothing."""

    root: Path
    limit: int = LIMIT
    secret: bytes | None = field(default_factory=user_secret, repr=False)

    def get(self, key: str) -> bytes | None:
        """Return the content of an entry; None if there is none, or if this user's program did not write it."""
        if not self._holds(key):
            return None
        with suppress(*_FAILURES), open_file(self.root) as root, opened_within(root, key[:2]) as folder:
            stored = _content(key[2:], folder)
            signature, content = stored[:_SIGNATURE], stored[_SIGNATURE:]
            if hmac.compare_digest(signature, self._signature(key, content)):
                return content
        return None

    def put(self, key: str, content: bytes) -> None:
        """Store content under a key; do nothing if it cannot be written."""
        if not self._holds(key) or len(content) > LARGEST:
            return
        partial = f"{_PARTIAL}{os.urandom(8).hex()}"
        with (
            suppress(*_FAILURES),
            open_file(self.root, create=True) as root,
            opened_within(root, key[:2], create=True) as folder,
        ):
            try:
                with os.fdopen(os.open(partial, _WRITE, 0o600, dir_fd=folder), "wb") as file:
                    file.write(self._signature(key, content))
                    file.write(content)
                os.rename(partial, key[2:], src_dir_fd=folder, dst_dir_fd=folder)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(partial, dir_fd=folder)

    def drop(self, key: str) -> None:
        """Remove an entry, if it is there."""
        if not self._holds(key):
            return
        with suppress(*_FAILURES), open_file(self.root) as root, opened_within(root, key[:2]) as folder:
            os.unlink(key[2:], dir_fd=folder)

    def evict(self) -> None:
        """Evict the entries that were not used for longest, until the store holds no more than its limit.

        What killed programs have left half-written goes too, if it is older than any program needs to write it.
        """
        stored = 0
        entries = sorted(self._entries(), key=lambda entry: (entry.used, entry.prefix, entry.name), reverse=True)
        for entry in entries:
            stored += entry.size
            is_left = entry.name.startswith(_PARTIAL) and entry.used < entries[0].used - _LEFT
            if is_left or stored > self.limit:
                self._remove(entry)

    def clear(self) -> tuple[int, int]:
        """Return how many entries were removed, and how many bytes they had."""
        removed = [entry.size for entry in self._entries() if self._remove(entry)]
        return len(removed), sum(removed)

    def count(self) -> int:
        """Return how many entries there are."""
        return len(self._entries())

    def _holds(self, key: str) -> bool:
        """Whether there can be an entry of this key: a SHA-256 in hexadecimal digits, and so never a path."""
        return self.secret is not None and _KEY.fullmatch(key) is not None

    def _signature(self, key: str, content: bytes) -> bytes:
        assert self.secret is not None
        made = hmac.new(self.secret, f"cache\0{self.root.name}\0{key}\0".encode(), "sha256")
        made.update(content)
        return made.digest()

    def _remove(self, entry: Entry) -> bool:
        """Whether an entry could be removed."""
        with suppress(*_FAILURES), open_file(self.root) as root, opened_within(root, entry.prefix) as folder:
            os.unlink(entry.name, dir_fd=folder)
            return True
        return False

    def _entries(self) -> list[Entry]:
        """Every entry, and what killed programs have left; nothing that a link leads to, nothing of another name."""
        found: list[Entry] = []
        with suppress(*_FAILURES), open_file(self.root) as root:
            for prefix in _names(root, _PREFIX):
                with suppress(*_FAILURES), opened_within(root, prefix) as folder:
                    found += _list_all(prefix, folder)
        return found


def user_sections() -> Store:
    """Return the store for laid-out sections of the user who runs this."""
    return _store("sections", LIMIT)


def user_builds() -> Store:
    """Return their store for finished volumes."""
    return _store("volumes", VOLUMES)


def user_texts() -> Store:
    """Return their store for texts that were found as they were recorded."""
    return _store("texts", TEXTS)


def user_recognised() -> Store:
    """Return their store for pages whose words were recognised."""
    return _store("recognised", TEXTS * 4)


def _store(name: str, limit: int) -> Store:
    """One of the user's stores; one that holds nothing if no place for it is known."""
    folder = cache_folder()
    return Store(Path(os.devnull, name), limit, None) if folder is None else Store(folder / name, limit)


def _content(name: str, folder: int) -> bytes:
    """The bytes of a regular file of this user's, of which there is no second link; it counts as used now.

    Raises `OSError`; a file of another kind is as if it were not there.
    """
    with os.fdopen(os.open(name, _READ, dir_fd=folder), "rb") as file:
        status = os.fstat(file.fileno())
        is_ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and status.st_nlink == 1
        if not is_ours or status.st_size > LARGEST + _SIGNATURE:
            raise FileNotFoundError(name)
        content = file.read(LARGEST + _SIGNATURE)
        os.utime(file.fileno())
        return content


def _list_all(prefix: str, folder: int) -> Iterator[Entry]:
    for name in _names(folder, _REST):
        with suppress(FileNotFoundError):  # another program may have removed it meanwhile
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            if not stat.S_ISDIR(status.st_mode):
                yield Entry(used=status.st_mtime, size=status.st_size, prefix=prefix, name=name)


def _names(folder: int, pattern: re.Pattern[str]) -> list[str]:
    """The names in an open folder that match."""
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries if pattern.fullmatch(entry.name)]
