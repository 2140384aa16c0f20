"""Files in a temporary folder that no other user can read, gone in the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from publisher.workspace.errors import files_error


@contextmanager
def unpack(files: Mapping[str, bytes]) -> Iterator[Path]:
    """The folder that holds the files, by names that lead to nothing outside of it.

    Raises `PublisherError` (O-002, exit code 4) if they cannot be written.
    """
    with TemporaryDirectory(prefix="publisher-", ignore_cleanup_errors=True) as name:
        root = Path(name).resolve() / "edition"
        try:
            root.mkdir()
            for path, content in files.items():
                target = root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    file.write(content)
        except OSError as error:
            raise files_error("O-002", f"the attached sources cannot be unpacked: {error.strerror}") from error
        yield root
