"""What one command has read and written so far: what it writes next is compared with that, and nothing read is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from publisher.diagnostics import Diagnostic


def _ignore(_: Diagnostic) -> None:
    """Report nothing: the default of a session that no command has begun."""


@dataclass(slots=True, kw_only=True)
class Session:
    """The files of one command, or of one volume of a catalogue."""

    report: Callable[[Diagnostic], None] = _ignore
    """Prints a warning at once; call `warn`."""
    read: dict[Path, None] = field(default_factory=dict)
    """Every file that was read or located, links resolved, in the order of the first time."""
    patterns: dict[tuple[Path, str], None] = field(default_factory=dict)
    """Every pattern for sources, with the folder below which it was matched."""
    written: dict[tuple[int, int, str], str] = field(default_factory=dict)
    """The volume of each file that was written: by device and inode of its folder, and its name."""
    texts: dict[str, bytes] = field(default_factory=dict)
    """The texts that are as they were recorded, by their sha256."""
    reported: dict[Diagnostic, None] = field(default_factory=dict)
    """What was reported: nothing is reported twice."""
    unsaved: Mapping[Path, bytes] = field(default_factory=dict)
    """What editors hold of files and have not saved: read in place of the files, links resolved."""
    parsed: dict[Any, object] | None = None
    """What files gave that were parsed before, for a program that reads them again; None to parse each file."""
    volume: str = ""
    """The volume of a catalogue that is being built; empty outside of catalogues."""

    def warn(self, diagnostic: Diagnostic) -> None:
        """Report a warning at once, if it has not been reported."""
        if diagnostic not in self.reported:
            self.reported[diagnostic] = None
            self.report(diagnostic)


_CURRENT: ContextVar[Session | None] = ContextVar("_CURRENT", default=None)


def current_session() -> Session:
    """Return the session of the running command; a new one if no command has begun any."""
    return _CURRENT.get() or Session()


@contextmanager
def new_session(
    report: Callable[[Diagnostic], None] = _ignore,
    *,
    unsaved: Mapping[Path, bytes] | None = None,
    parsed: dict[Any, object] | None = None,
) -> Iterator[Session]:
    """Begin the session of a command.

    `unsaved` is what editors hold of files, by their resolved paths; `parsed` what earlier sessions have parsed.
    """
    with _enter(Session(report=report, unsaved=unsaved or {}, parsed=parsed)) as session:
        yield session


@contextmanager
def volume_session(volume: str) -> Iterator[Session]:
    """Begin the session of one volume of a catalogue: its sources are its own, and later those of the command too."""
    whole = current_session()
    with _enter(
        Session(
            report=whole.report,
            written=whole.written,
            reported=whole.reported,
            unsaved=whole.unsaved,
            parsed=whole.parsed,
            volume=volume,
        )
    ) as session:
        try:
            yield session
        finally:
            whole.read |= session.read
            whole.texts |= session.texts


@contextmanager
def _enter(session: Session) -> Iterator[Session]:
    before = _CURRENT.set(session)
    try:
        yield session
    finally:
        _CURRENT.reset(before)


def record_read(path: Path) -> None:
    """Record that a file (its path resolved) was read or located."""
    session = _CURRENT.get()
    if session is not None:
        session.read.setdefault(path)


def record_text(digest: str, content: bytes) -> None:
    """Record that a text with a sha256 was read, and is the one that its edition has recorded."""
    session = _CURRENT.get()
    if session is not None:
        session.texts.setdefault(digest, content)


def record_pattern(root: Path, pattern: str) -> None:
    """Record that sources were looked for by a pattern below a folder."""
    session = _CURRENT.get()
    if session is not None:
        session.patterns.setdefault((root, pattern))


def unsaved_content(path: Path) -> bytes | None:
    """What an editor holds of a file (its path resolved) and has not saved; None for every other file."""
    session = _CURRENT.get()
    return None if session is None or not session.unsaved else session.unsaved.get(path)
