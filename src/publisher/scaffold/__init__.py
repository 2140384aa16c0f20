"""The small working edition that `publisher init` starts from, and the small working course reader around it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path, PurePosixPath

from publisher import workspace
from publisher.workspace import commit
from publisher.workspace.output_path import Purpose

EDITION_IN_READER = "on-reading-proofs"
"""The folder of the starter edition in the starter reader."""

Files = tuple[tuple[PurePosixPath, bytes], ...]


class NotEmpty(Exception):
    """The folder already holds something."""


def copy(folder: Path, *, reader: bool = False) -> tuple[Path, ...]:
    """Return the paths of the starter's files, written into a new or empty folder.

    In a folder that an interrupted call has left, the files are written that it lacks.
    `edition.yaml` or `reader.yaml` comes last: a folder without it is not taken for an edition or a reader. Raises
    `NotEmpty`, also if a file was changed since the interrupted call, and `PublisherError` with exit code 4 if the
    folder cannot be written.
    """
    files = reader_contents() if reader else contents()
    recovered = [commit.recover(folder / parent) for parent in dict.fromkeys(name.parent for name, _ in files)]
    there = _there(folder, dict(files))
    if len(there) == len(files) and not any(recovered):
        raise NotEmpty(folder)
    missing = (file for file in files if file[0] not in there)
    for parent, group in groupby(missing, key=lambda file: file[0].parent):
        commit.commit_files(folder / parent, ((name.name, content) for name, content in group), purpose=Purpose.NEW)
    return tuple(folder / name for name, _ in files)


def _there(folder: Path, files: dict[PurePosixPath, bytes]) -> frozenset[PurePosixPath]:
    """Return which of the files are in a folder; raise `NotEmpty` if one is changed, or if it has anything else."""
    if not workspace.is_occupied(folder):
        return frozenset()
    if not folder.is_dir():
        raise NotEmpty(folder)
    parents = {parent for name in files for parent in name.parents}
    there = []
    for name, content in workspace.contents_below(folder):
        if name.name.startswith(commit.RESERVED) or (content is None and name in parents):
            continue
        if content is None or files.get(name) != content:
            raise NotEmpty(folder)
        there.append(name)
    return frozenset(there)


def contents() -> Files:
    """The names and bytes of the edition's files: those in folders first, `edition.yaml` last."""
    return _files("edition", last="edition.yaml")


def reader_contents() -> Files:
    """The names and bytes of the reader's files, those of its edition first, `reader.yaml` last."""
    edition = ((PurePosixPath(EDITION_IN_READER) / name, content) for name, content in contents())
    return (*edition, *_files("reader", last="reader.yaml"))


def _files(kind: str, *, last: str) -> Files:
    folder = workspace.resources("scaffold")
    names = (*folder.matching(f"{kind}/*/*.*"), *folder.matching(f"{kind}/*.*"))
    ordered = sorted(names, key=lambda name: name == f"{kind}/{last}")
    return tuple((PurePosixPath(name).relative_to(kind), folder.read(name)) for name in ordered)
