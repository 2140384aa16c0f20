"""The edition inside a PDF of the archive profile: its attached sources, unpacked into a folder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

import msgspec

from publisher.build.verification.outcome import Given
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.verify.comparison.attached import Attached, Unsafe, attach
from publisher.workers.limited import ChildFailed, LimitExceeded, Limits, run_limited
from publisher.workspace import Folder
from publisher.workspace.archived import INDEX, Archive, ArchiveIndex, decode
from publisher.workspace.unpack import unpack

MEMORY = 1 << 30
SECONDS = 10
OUTPUT = 300 * 1024 * 1024
SETTINGS = ("edition.yaml", "reader.yaml")


@contextmanager
def attached_edition(item: Given) -> Iterator[Folder | None]:
    """A folder with the sources that are attached to a PDF, for as long as the block lasts; None if there are none.

    Raises `PublisherError` (V-053, exit code 5) if they have unsafe names, are too many or too large.
    """
    files = {file.name: file.content for file in _files(item)}
    if not files.keys() & set(SETTINGS):
        yield None
        return
    index = decode(files.pop(INDEX)) if INDEX in files else ArchiveIndex()
    if index is None:
        raise _refuse(item, f"{INDEX} cannot be read")
    with unpack(files) as root:
        try:
            yield Folder(root, Archive(top=root, index=index))
        except PublisherError as error:
            if error.exit_code is not ExitCode.CONTENT:
                raise
            raise _refuse(item, "they are no whole edition", *error.diagnostics) from error


def carries_sources(item: Given) -> bool:
    """Whether the sources of an edition or a reader are attached to a file; False if it cannot be read."""
    try:
        return any(file.name in SETTINGS for file in _files(item))
    except PublisherError:
        return True


def _files(item: Given) -> tuple[Attached, ...]:
    if item.kind != "pdf":
        return ()
    try:
        answer = run_limited(
            "publisher.build.verification.archive:answer_attached",
            item.content,
            limits=Limits(seconds=SECONDS, memory=MEMORY, output=OUTPUT),
        )
    except LimitExceeded as error:
        raise _refuse(item, f"reading them takes too much {error.limit}") from error
    except ChildFailed:
        return ()
    found = msgspec.msgpack.decode(answer, type=tuple[Attached, ...] | str)
    if isinstance(found, str):
        raise _refuse(item, found)
    folders = {parent for file in found for parent in PurePosixPath(file.name).parents}
    for file in found:
        if not is_safe(file.name) or PurePosixPath(file.name) in folders:
            raise _refuse(item, f"{file.name[:60]!r} is no name of a file in an edition")
    return found


def is_safe(name: str) -> bool:
    """Whether a name leads to a file below a folder, on every system."""
    parts = PurePosixPath(name).parts
    plain = name.isprintable() and not any(character in name for character in '\\:*?"<>|')
    short = len(name.encode()) <= 1000 and all(len(part.encode()) <= 200 for part in parts)
    return (
        bool(parts)
        and plain
        and short
        and not name.startswith("/")
        and ".." not in parts
        and "." not in name.split("/")
    )


def answer_attached(request: bytes) -> bytes:
    """The attached files of a PDF, or why they cannot be read; in the child."""
    try:
        return msgspec.msgpack.encode(attach(request))
    except Unsafe as error:
        return msgspec.msgpack.encode(str(error))


def _refuse(item: Given, why: str, *beneath: Diagnostic) -> PublisherError:
    diagnostic = Diagnostic(
        code="V-053",
        message=f"the sources attached to {item.name} cannot be used: {why}",
        hint="name the folder of the edition: publisher verify DIR FILE",
        beneath=beneath,
    )
    return PublisherError(diagnostic, exit_code=ExitCode.UNPROVED)
