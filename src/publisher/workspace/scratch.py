"""A folder for what libraries put down while they work, gone when the work is done, however its processes end."""

from __future__ import annotations

import tempfile
from tempfile import TemporaryDirectory


class Scratch:
    """One such folder, in the folder that the system has for it."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="publisher-", ignore_cleanup_errors=True)

    @property
    def path(self) -> str:
        """Where it is."""
        return self._folder.name

    def clear(self) -> None:
        """Takes it away with all that is in it."""
        self._folder.cleanup()


def put_down_in(path: str) -> None:
    """Lets this process put temporary files into a folder."""
    tempfile.tempdir = path
