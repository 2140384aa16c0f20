"""Pictures that are saved next to what is in a folder, and over nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from publisher.workspace.errors import files_error

MOST = 10_000
"""How many files of one name there can be."""


def temporary_folder(prefix: str) -> Path:
    """A new folder where the system has its temporary files; nothing removes it."""
    try:
        return Path(tempfile.mkdtemp(prefix=prefix))
    except OSError as error:
        raise files_error("O-002", f"no temporary folder can be made: {error.strerror}") from error


def save_new(folder: Path, stem: str, ending: str, content: bytes) -> Path:
    """The path of a new file: with a number in its name if there is one of the name already.

    Raises `PublisherError` (O-002, exit code 4) if it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, MOST):
            path = folder / f"{stem}-{number}{ending}"
            try:
                with path.open("xb") as file:
                    file.write(content)
            except FileExistsError:
                continue
            return path
    except OSError as error:
        raise files_error("O-002", f"{folder} cannot be written: {error.strerror}") from error
    raise files_error("O-002", f"{folder} has too many files named {stem}")
