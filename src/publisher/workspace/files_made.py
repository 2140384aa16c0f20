"""Files of the program's own in a scratch folder: whole when they have their names."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path


def write_made(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files below a folder of the program's own; a file that has its name is whole."""
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.partial")
        partial.write_bytes(content)
        partial.replace(path)


def link_made(source: Path, target: Path, *, but: str) -> None:
    """Give the files of one such folder to another one without a copy, except those with an ending."""
    for path in source.rglob("*"):
        if path.is_file() and path.suffix != but:
            new = target / path.relative_to(source)
            new.parent.mkdir(parents=True, exist_ok=True)
            new.hardlink_to(path)


def read_made(path: Path) -> bytes:
    """Return the bytes of such a file. Raises `OSError` if it is gone."""
    return path.read_bytes()


def remove_made(folder: Path, *, but: frozenset[str] | None = None, prefix: str = "") -> None:
    """Remove such a folder; with `but`, those in it whose names begin with a prefix, except these."""
    if but is None:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in folder.glob(f"{prefix}*"):
        if path.name not in but:
            shutil.rmtree(path, ignore_errors=True)
