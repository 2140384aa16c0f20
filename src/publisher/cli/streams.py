"""Standard output and standard error, opened so that a failure to print is known for what it is."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TextIO


class UnwritableOutput(OSError):
    """Standard output cannot be written: the disk is full, or it was closed."""


class ReaderGone(BrokenPipeError):
    """Nobody reads any more what is printed on standard output (`publisher explain | head -1`)."""


class _Output(io.FileIO):
    """Standard output, whose errors are told from those of other files."""

    def write(self, content: object, /) -> int:
        """Write some bytes, and return how many."""
        try:
            return super().write(content)  # type: ignore[arg-type]
        except BrokenPipeError as error:
            raise ReaderGone(error.errno, error.strerror) from error
        except OSError as error:
            raise UnwritableOutput(error.errno, error.strerror) from error


class _Complaints(io.FileIO):
    """Standard error, which may be full or closed: what cannot be printed there changes nothing."""

    def write(self, content: object, /) -> int:
        """Write some bytes, if that is possible, and return how many."""
        try:
            return super().write(content)  # type: ignore[arg-type]
        except OSError:
            return len(content)  # type: ignore[arg-type]


def open_standard_streams() -> None:
    """Open `sys.stdout` and `sys.stderr` again, so that errors of standard output have types of their own.

    A descriptor that is closed is opened on the null device in the wrong direction: no other file gets its number, and
    what is printed there fails. Characters that an encoding lacks are printed as `\\u2026`.
    """
    for descriptor, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_RDONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, flags), True)
    sys.stdout = _text(_Output(1, "wb", closefd=False), sys.stdout)
    sys.stderr = _text(_Complaints(2, "wb", closefd=False), sys.stderr)


def flush_output() -> None:
    """Print what standard output still holds; raises `UnwritableOutput` and `ReaderGone`."""
    sys.stdout.flush()


def mute(stream: TextIO) -> None:
    """Send whatever a stream still has to print nowhere, since it cannot be printed or nobody reads it.

    Else Python fails to print it at the end and changes the exit status,
    https://docs.python.org/3/library/signal.html#note-on-sigpipe.
    """
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _text(raw: io.FileIO, before: TextIO | None) -> TextIO:
    """A text stream with the encoding of the one that it takes the place of."""
    is_error = isinstance(raw, _Complaints)
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=before.encoding if before is not None else "utf-8",
        errors="backslashreplace",
        line_buffering=is_error or raw.isatty(),
    )
