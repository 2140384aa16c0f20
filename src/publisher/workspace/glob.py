"""Files that match a pattern, found in one bounded walk that follows no links.

A pattern has the signs of https://docs.python.org/3/library/pathlib.html#pathlib.Path.glob: `*`, `?` and `[…]` within a
name, `**` for any number of folders. Every folder is visited once, however many `**` the pattern has.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path, PurePosixPath

MATCHES = 10_000
"""How many files a pattern may match."""
FOLDERS = 20_000
"""How many folders may be visited to match a pattern."""
ENTRIES = 200_000
"""How many files and folders may be looked at to match a pattern."""

ANY_DEPTH = "**"
MAGIC = re.compile(r"[*?\[]")

Steps = frozenset[int]
"""The parts of a pattern that may come next, by their index."""


class TooMany(Exception):
    """A pattern matches or visits more than it may; the argument says how much."""


class Unreadable(Exception):
    """A folder in which a pattern looks cannot be read; the arguments are its path and the reason."""


class Glob:
    """A pattern, and the walk that finds what it matches."""

    def __init__(self, pattern: str) -> None:
        """Compile a pattern, relative to the folder that is searched."""
        self.parts = PurePosixPath(pattern).parts
        self._names = [re.compile(translate(part)) for part in self.parts]
        self._entries = self._folders = self._matches = 0

    def below(self, root: Path) -> tuple[str, ...]:
        """The names of all that matches below a folder, relative to it and sorted.

        A link may match, but only a part without `*`, `?` and `[` leads through one. Raises `TooMany` and `Unreadable`.
        """
        return tuple(sorted(self._walk(root))) if self.parts else ()

    def _walk(self, root: Path) -> Iterator[str]:
        waiting: list[tuple[str, Steps]] = [("", self._open(frozenset({0})) - {len(self.parts)})]
        while waiting:
            folder, steps = waiting.pop()
            for name, is_folder, is_link in self._listed(root, folder, steps):
                path = f"{folder}/{name}" if folder else name
                after = self._after(name, steps, is_folder=is_folder, is_link=is_link)
                if len(self.parts) in after:
                    self._matches = self._counted(self._matches, MATCHES, "files")
                    yield path
                if is_folder and (further := after - {len(self.parts)}):
                    waiting.append((path, further))

    def _listed(self, root: Path, folder: str, steps: Steps) -> list[tuple[str, bool, bool]]:
        """The entries of a folder that can matter: names, whether each is a folder, and whether it is a link."""
        self._folders = self._counted(self._folders, FOLDERS, "folders")
        if all(not MAGIC.search(self.parts[step]) for step in steps):
            names = sorted({self.parts[step] for step in steps})
            paths = ((name, root / folder / name) for name in names)
            return [(name, os.path.isdir(path), os.path.islink(path)) for name, path in paths if os.path.lexists(path)]  # noqa: PTH112, PTH114 - these answer False where pathlib raises
        found = []
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    self._entries = self._counted(self._entries, ENTRIES, "files and folders")
                    found.append((entry.name, _is_folder(entry), entry.is_symlink()))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Unreadable(root / folder, error.strerror or str(error)) from error
        return found

    def _after(self, name: str, steps: Steps, *, is_folder: bool, is_link: bool) -> Steps:
        """The parts that may come next below an entry; with the number of parts among them, the entry matches."""
        found = set()
        for step in steps:
            part = self.parts[step]
            if part == ANY_DEPTH:
                found |= {step} if is_folder and not is_link else set()
            elif self._names[step].match(name):
                is_last = step + 1 == len(self.parts)
                found |= {step + 1} if is_last or not is_link or not MAGIC.search(part) else set()
        return self._open(frozenset(found)) if is_folder else frozenset(found & {len(self.parts)})

    def _open(self, steps: Steps) -> Steps:
        """These parts, and those behind a `**` that represents no folder at all."""
        found = set(steps)
        for step in range(len(self.parts)):
            if step in found and self.parts[step] == ANY_DEPTH:
                found.add(step + 1)
        return frozenset(found)

    def _counted(self, count: int, most: int, what: str) -> int:
        if count == most:
            raise TooMany(f"more than {most:,} {what}")
        return count + 1


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder, links followed; a link that leads to itself is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False
