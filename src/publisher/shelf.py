"""What has been made once, kept by what it was made from, in the user's cache folder.

An entry is a file named by its key, written beside its place and renamed. It begins with the digest of what it holds,
so that one that was not written to its end is none. What nobody has asked for longest goes when there is too much.
Whatever goes wrong here, the work is only done again. Several programs can use one shelf.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import platformdirs

LIMIT = 1024 * 1024 * 1024
"""How many bytes a shelf holds at most."""
VOLUMES = LIMIT // 2
"""How many bytes that for finished volumes holds."""
_PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of entries."""

    root: Path
    limit: int = LIMIT

    def take(self, key: str) -> bytes | None:
        """What is kept under a key; None where nothing is, or where it is damaged."""
        path = self._place(key)
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        digest, kept = content[:32], content[32:]
        return kept if sha256(kept).digest() == digest else None

    def put(self, key: str, content: bytes) -> None:
        """Keeps something under a key; nothing where it can't be written."""
        path = self._place(key)
        partial = path.with_name(f"{_PARTIAL}{os.urandom(8).hex()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                partial.write_bytes(sha256(content).digest() + content)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)

    def trim(self) -> None:
        """Takes away what nobody has asked for longest, until the shelf holds what it may."""
        entries = sorted(self._entries(), reverse=True)
        kept = 0
        for _, size, path in entries:
            kept += size
            if kept > self.limit:
                with suppress(OSError):
                    path.unlink()

    def clear(self) -> tuple[int, int]:
        """How many entries were taken away, and how many bytes they had."""
        entries = self._entries()
        for _, _, path in entries:
            with suppress(OSError):
                path.unlink()
        return len(entries), sum(size for _, size, _ in entries)

    def _place(self, key: str) -> Path:
        return self.root / key[:2] / key[2:]

    def _entries(self) -> list[tuple[float, int, Path]]:
        """When each entry was asked for last, its size and its place; those of killed programs as well."""
        found: list[tuple[float, int, Path]] = []
        for path in self.root.glob("??/*"):
            with suppress(OSError):
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        return found


def users_shelf() -> Shelf:
    """The shelf for laid-out sections of whoever runs this."""
    return Shelf(_cache() / "sections")


def users_volumes() -> Shelf:
    """Their shelf for finished volumes."""
    return Shelf(_cache() / "volumes", limit=VOLUMES)


def _cache() -> Path:
    return platformdirs.user_cache_path("publisher", appauthor=False)
