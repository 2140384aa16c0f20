"""The small working edition that `publisher init` starts from, and the small working course reader around it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path, PurePosixPath

from publisher import workspace
from publisher.workspace import keeping

EDITION_IN_READER = "on-reading-proofs"
"""The folder of the starter edition in the starter reader."""

Files = tuple[tuple[PurePosixPath, bytes], ...]


class NotEmpty(Exception):
    """The folder already holds something."""


def copy(folder: Path, *, reader: bool = False) -> tuple[Path, ...]:
    """The paths of the starter's files, written into a new or empty folder.

    `edition.yaml` or `reader.yaml` comes last: a folder without it is not taken for an edition or a reader. Raises
    `NotEmpty`, and `PublisherError` with exit code 4 where the folder cannot be written.
    """
    if workspace.is_occupied(folder):
        raise NotEmpty(folder)
    by_folder = groupby(reader_contents() if reader else contents(), key=lambda file: file[0].parent)
    return tuple(
        path
        for parent, files in by_folder
        for path in keeping.keep(folder / parent, ((name.name, content) for name, content in files))
    )


def contents() -> Files:
    """The names and bytes of the edition's files: those in folders first, `edition.yaml` last."""
    return _files("edition", last="edition.yaml")


def reader_contents() -> Files:
    """The names and bytes of the reader's files, those of its edition first, `reader.yaml` last."""
    edition = ((PurePosixPath(EDITION_IN_READER) / name, content) for name, content in contents())
    return (*edition, *_files("reader", last="reader.yaml"))


def _files(kind: str, *, last: str) -> Files:
    folder = workspace.resources("starter")
    names = (*folder.matching(f"{kind}/*/*.*"), *folder.matching(f"{kind}/*.*"))
    ordered = sorted(names, key=lambda name: name == f"{kind}/{last}")
    return tuple((PurePosixPath(name).relative_to(kind), folder.read(name)) for name in ordered)
