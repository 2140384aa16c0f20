"""The small working edition that `publisher init` starts from."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import groupby
from pathlib import Path, PurePosixPath

from publisher import workspace


class NotEmpty(Exception):
    """The folder already holds something."""


def copy(folder: Path) -> tuple[Path, ...]:
    """The paths of the starter edition's files, written into a new or empty folder.

    `edition.yaml` comes last: a folder without it is not taken for an edition. Raises `NotEmpty`,
    and `PublisherError` with exit code 4 where the folder cannot be written.
    """
    if workspace.is_occupied(folder):
        raise NotEmpty(folder)
    by_folder = groupby(contents(), key=lambda file: file[0].parent)
    return tuple(
        path
        for parent, files in by_folder
        for path in workspace.keep(folder / parent, ((name.name, content) for name, content in files))
    )


def contents() -> tuple[tuple[PurePosixPath, bytes], ...]:
    """The names and bytes of the files, those in folders first."""
    found = _files(resources.files(__name__).joinpath("edition"), PurePosixPath())
    return tuple(sorted(found, key=lambda file: (-len(file[0].parts), file[0].parent, file[0].name == "edition.yaml")))


def _files(folder: Traversable, at: PurePosixPath) -> Iterator[tuple[PurePosixPath, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _files(entry, at / entry.name)
        else:
            yield at / entry.name, entry.read_bytes()
