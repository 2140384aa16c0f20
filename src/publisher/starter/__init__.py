"""The small working edition that `publisher init` starts from."""

from __future__ import annotations

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
    """The names and bytes of the files: those in folders first, `edition.yaml` last."""
    folder = workspace.resources("starter")
    names = (*folder.matching("edition/*/*.*"), *folder.matching("edition/*.*"))
    ordered = sorted(names, key=lambda name: name == "edition/edition.yaml")
    return tuple((PurePosixPath(name).relative_to("edition"), folder.read(name)) for name in ordered)
