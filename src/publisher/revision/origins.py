"""The earlier text of an edition: from a file, an archive, a commit of Git, or as this computer knows it."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.load.recorded import Recorded
from publisher.revision.store import earlier
from publisher.validators.process import program, run
from publisher.verify.comparison.attached import Unsafe, attach
from publisher.workers.limited import ChildFailed, LimitExceeded, Limits, run_limited
from publisher.workspace import digest, read_file

SECONDS = 20
"""How long a command of Git may take."""
STATES = 300
"""How many states of a file are looked at for one with the recorded digest."""
SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never")
"""What a repository could make Git run or fetch, turned off."""
QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier text."""

    contents: tuple[bytes, ...]
    """The bytes of each of its files, or of all of them together."""
    origin: str
    """Where it comes from, for people."""


def earlier_text(recorded: Recorded, given: str | None) -> Earlier | None:
    """The earlier text of an edition: what was named, else the recorded one if this computer or Git has it.

    Raises `PublisherError` (K-002) if what was named is no file, no archive with the text, and no state in Git.
    """
    return _earlier_text(recorded) if given is None else _named_origin(recorded, given)


def _earlier_text(recorded: Recorded) -> Earlier | None:
    if not any(recorded.digests):
        return None
    if recorded.is_current:
        return Earlier(contents=recorded.contents, origin="the text itself, which is as it was recorded")
    stored = tuple(content for text in recorded.digests if (content := earlier(text)) is not None)
    if len(stored) == len(recorded.digests):
        return Earlier(contents=stored, origin="the recorded text, from the cache of this computer")
    for state in _states(recorded):
        contents = _at(recorded, state)
        if contents is not None and recorded.digests in (_each(contents), (digest(b"".join(contents)),)):
            return Earlier(contents=contents, origin=f"the recorded text, from Git ({state[:10]})")
    return None


def _each(contents: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(map(digest, contents))


def _named_origin(recorded: Recorded, given: str) -> Earlier:
    path = Path(given)
    if path.is_dir():
        contents = tuple(read_file(path / name) for name in _names(recorded))
        return Earlier(contents=contents, origin=path.as_posix())
    if path.exists():
        content = read_file(path)
        if content.startswith(b"%PDF"):
            return Earlier(contents=_archive(recorded, path, content), origin=f"{path.as_posix()}, an archive")
        return Earlier(contents=(content,), origin=path.as_posix())
    found = None if given.startswith("-") else _at(recorded, given)
    if found is None:
        message = f"“{given}” is no file, and no state of {recorded.text.source.name} in Git"
        raise _missing(message, "name the earlier text, a PDF with the archive profile, or a commit or tag")
    return Earlier(contents=found, origin=f"Git ({given})")


def _names(recorded: Recorded) -> tuple[str, ...]:
    """The files of the text, as `edition.yaml` names them."""
    return tuple(file.text for file in recorded.source.files)


def _archive(recorded: Recorded, path: Path, content: bytes) -> tuple[bytes, ...]:
    """The text in an archive that was made of the edition."""
    names = _names(recorded)
    try:
        answer = run_limited(
            "publisher.revision.origins:answer_attached",
            json.dumps(names).encode() + b"\n" + content,
            limits=Limits(seconds=10, memory=1 << 30, output=300 << 20),
        )
    except (LimitExceeded, ChildFailed) as error:
        raise _missing(f"{path.as_posix()} cannot be read", "name an archive that publisher made") from error
    if not answer:
        hint = "name a PDF that was built with the profile archive, of this edition"
        raise _missing(f"{path.as_posix()} has no {', '.join(names)} attached", hint)
    return tuple(map(b64decode, answer.split(b"\n")[1:]))


def answer_attached(request: bytes) -> bytes:
    """The files of these names that are attached to a PDF, a line each; nothing if one is missing. Runs in a child."""
    names, _, content = request.partition(b"\n")
    try:
        files = {attached.name: attached.content for attached in attach(content)}
    except Unsafe:
        return b""
    found = [files.get(name) for name in json.loads(names)]
    return b"\n".join((b"", *(b64encode(item) for item in found if item is not None))) if None not in found else b""


def _states(recorded: Recorded) -> Iterator[str]:
    """The commits that changed the text, the latest first."""
    output = _git(recorded, "rev-list", f"--max-count={STATES}", "HEAD", "--", *_names(recorded))
    yield from (output or b"").decode("ascii", errors="replace").split()


def _at(recorded: Recorded, state: str) -> tuple[bytes, ...] | None:
    """The files of the text at a commit; None if Git has one of them not there."""
    found = [_git(recorded, "cat-file", "blob", f"{state}:./{name}") for name in _names(recorded)]
    return None if None in found else tuple(content for content in found if content is not None)


def _git(recorded: Recorded, *words: str) -> bytes | None:
    """What a command of Git prints; None if there is no Git, no repository, or no such thing."""
    git = program("git")
    if git is None:
        return None
    folder = recorded.folder.root.absolute()
    outcome = run((git, *SAFE, "-C", folder, *words), validator="Git", seconds=SECONDS, environment=QUIET)
    return outcome.content if outcome.status == 0 else None


def _missing(message: str, hint: str) -> PublisherError:
    return PublisherError(Diagnostic(code="K-002", message=message, hint=f"{hint}; nothing was written"))
