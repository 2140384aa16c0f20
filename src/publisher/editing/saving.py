"""Files of an edition read and written for an editor: whole or not at all, and never over somebody else's change."""

from __future__ import annotations

import codecs
from hashlib import sha256
from pathlib import Path

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.editing.change import Change
from publisher.workspace import read_file
from publisher.workspace.rewriting import rewrite


def digest(text: str) -> str:
    """Return what is compared to see whether a stretch of a file has changed."""
    return sha256(text.encode("utf-8")).hexdigest()


def open_source(path: Path) -> Source:
    """Return a file as it is now. Raises `PublisherError` if it cannot be read, or is not UTF-8 (H-004)."""
    try:
        return Source(name=path.as_posix(), text=read_file(path).removeprefix(codecs.BOM_UTF8).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise conflict(f"{path.name} is not UTF-8", hint="save it as UTF-8 first") from error


def save(source: Source, after: str, *, what: str) -> Change:
    """Write a file that was opened, and return the change; raises `PublisherError` (H-004) if it changed meanwhile."""
    path = Path(source.name)
    content = read_file(path)
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    if content != mark + source.text.encode("utf-8"):
        raise conflict(
            f"{path.name} was changed by another program meanwhile", hint="look at the new state, then try again"
        )
    rewrite(path, before=content, after=mark + after.encode("utf-8"))
    return Change(path=source.name, before=source.text, after=after, what=what)


def taken_back(change: Change) -> Change:
    """Take a change back, and return what takes that back. Raises `PublisherError` (H-004) if its place has changed."""
    source = open_source(Path(change.path))
    after = change.inverse().applied(source.text)
    if after is None:
        message = f"“{change.what}” cannot be taken back: another program changed {Path(change.path).name} there"
        raise conflict(message, hint="nothing was written; change the file itself")
    return save(source, after, what=change.what)


def conflict(message: str, *, hint: str) -> PublisherError:
    """Return the error of a file that is not as it was."""
    return PublisherError(Diagnostic(code="H-004", message=message, hint=hint))
