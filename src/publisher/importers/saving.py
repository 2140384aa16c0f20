"""The files of an import in their folder: whole, and over others only if that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path, PurePosixPath

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workspace import Folder, NotThere, OutsideFolder
from publisher.workspace.commit import commit_files
from publisher.workspace.output_path import Purpose
from publisher.workspace.rewriting import rewrite

Files = tuple[tuple[str, bytes], ...]


def demand_room(folder: Path, names: Iterable[str]) -> None:
    """Raise `PublisherError` (W-007, exit code 4) if a folder has one of the files."""
    there = [name for name in names if _content(folder, name) is not None]
    if there:
        raise PublisherError(
            Diagnostic(
                code="W-007",
                message=f"{folder} has {', '.join(there)} already; nothing was written",
                hint="choose another folder, or overwrite what is there with --force",
            ),
            exit_code=ExitCode.FILES,
        )


def save(folder: Path, files: Files, *, force: bool) -> tuple[Path, ...]:
    """Return the paths of the files, written into a folder; `edition.yaml`, if there is one, comes last.

    Raises `PublisherError` with exit code 4: W-007 if one is there and `force` is false, O-002 and others as
    `publisher.workspace.commit` does.
    """
    contents = {name: _content(folder, name) for name, _ in files}
    if not force:
        demand_room(folder, [name for name, content in files if contents[name] not in (None, content)])
    new = [(PurePosixPath(name), content) for name, content in files if contents[name] is None]
    for parent, group in groupby(new, key=lambda file: file[0].parent):
        commit_files(folder / parent, tuple((name.name, content) for name, content in group), purpose=Purpose.NEW)
    for name, content in files:
        before = contents[name]
        if before is not None:
            rewrite(folder / name, before=before, after=content)
    return tuple(folder / name for name, _ in files)


def _content(folder: Path, name: str) -> bytes | None:
    """The bytes of a file in a folder; None if there is none, or only something that is no file."""
    try:
        return Folder(folder).read(name)
    except (NotThere, OutsideFolder):
        return None
