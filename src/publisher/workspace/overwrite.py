"""Whether a file may take the place of another one: never of one that was read, or that the program did not write."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import assert_never

from publisher.diagnostics import Diagnostic, PublisherError, Severity
from publisher.workspace import ownership
from publisher.workspace.errors import files_error
from publisher.workspace.output_path import Purpose
from publisher.workspace.ownership import Owner
from publisher.workspace.regular_file import LARGEST, kind, read_regular
from publisher.workspace.session import current_session

UNTOUCHED = "what was there is untouched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A file whose place another one takes."""

    digest: str
    copy: Path | None = None
    """Where it is retained, if it was changed since the program wrote it."""


def demand_replaceable(
    target: Path, digest: str, *, record: ownership.Record, purpose: Purpose, copying: bool = True
) -> Replaced | None:
    """Return the file whose place another one takes; None if there is none.

    Raises `PublisherError` if that file was read (O-050), or is not ours (O-051). One that was changed since the
    program wrote it is copied aside, unless `copying` is false. Raises `IsADirectoryError` if it is a folder.
    """
    try:
        status = target.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, f"{target.name or target} is a folder", str(target))
    _demand_not_read(target, status)
    found = kind(status.st_mode)
    if found is not None:
        raise _foreign(target, f"is {found} that publisher did not make")
    try:
        content = read_regular(target, follow=False, limit=LARGEST)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EFBIG):
            raise
        raise _foreign(target, f"cannot be read to see whether publisher wrote it: {error.strerror}") from error
    old = Replaced(digest=sha256(content).hexdigest())
    if old.digest == digest:
        return old
    if purpose is Purpose.NEW:
        raise _foreign(target, "is there already")
    match ownership.owner(target.name, content, status, record=record):
        case Owner.FOREIGN:
            raise _foreign(target, "was not written by publisher, as far as is known")
        case Owner.CHANGED if copying:
            return replace(old, copy=_copied_aside(target, content))
        case Owner.OURS | Owner.CHANGED:
            return old
        case _ as never:
            assert_never(never)


def _demand_not_read(target: Path, status: os.stat_result) -> None:
    """Raise `PublisherError` (O-050) if a file is one that the command has read, under whatever name."""
    for path in current_session().read:
        with suppress(OSError):
            read = path.stat()
            if (read.st_dev, read.st_ino) == (status.st_dev, status.st_ino):
                raise files_error(
                    "O-050",
                    f"{target} is a file that was read for what would be written there",
                    hint=f"choose another folder with --output, or another name; {UNTOUCHED}",
                )


def _foreign(target: Path, why: str) -> PublisherError:
    return files_error(
        "O-051",
        f"{target} {why}",
        hint=f"move it away, or choose another place with --output; {UNTOUCHED}",
    )


def _copied_aside(target: Path, content: bytes) -> Path:
    """Return where a file that was changed is retained."""
    copy = ownership.copy_aside(target.name, content)
    if copy is None:
        raise _foreign(target, "was changed since publisher wrote it, and there is no room to keep the changed file")
    return copy


def report_changed(target: Path, copy: Path) -> None:
    """Report that a changed file was replaced, and where its copy is (O-062)."""
    message = f"{target} was changed since publisher wrote it, and is replaced; the changed file is now {copy}"
    current_session().warn(Diagnostic(code="O-062", message=message, severity=Severity.WARNING))
