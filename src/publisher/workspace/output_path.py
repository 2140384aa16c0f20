"""Where finished files may be put: not through a link out of the current folder, and not among the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from fnmatch import translate
from pathlib import Path, PurePosixPath

from publisher.diagnostics import Diagnostic, Severity
from publisher.workspace.errors import files_error
from publisher.workspace.session import current_session

_MAGIC = re.compile(r"[*?\[]")


class Purpose(Enum):
    """What files are written for."""

    BUILD = auto()
    """Finished files in an output folder: they may replace those of the last build."""
    NAMED = auto()
    """A file that was named, or lies next to one: it may replace what the program wrote there."""
    NEW = auto()
    """Files that the user continues working with: they replace nothing."""


def demand_within(folder: Path, outer: Path | None = None) -> None:
    """Raise `PublisherError` (O-052, exit code 4) if a link leads from an output folder out of another folder.

    The other folder is the current one if none is given. Raises O-002 if the links go round in a circle.
    """
    target, around = resolve(folder), resolve(outer or Path.cwd())
    if not target.is_relative_to(around):
        raise files_error(
            "O-052",
            f"{folder} leads to {target}, outside of {outer or 'the current folder'}, by a link",
            hint="delete the link" if outer else f"to write there, say so: --output {target}; or delete the link",
        )


def resolve(folder: Path) -> Path:
    """Return the path of an output folder, links followed; raise `PublisherError` (O-002) if they lead in a circle."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError) as error:
        raise files_error("O-002", f"{folder} cannot be written: it is a link that leads to itself") from error


def demand_apart(folder: Path, names: Sequence[str], *, purpose: Purpose) -> None:
    """Raise `PublisherError` (O-053, exit code 4) if a build would take finished files for sources the next time.

    That is so in a folder that sources are looked for in by a pattern (`styles`, `fonts`, `agreements`), and for a name
    that a pattern matches. A warning of the same code is reported for the edition's folder itself.
    """
    if purpose is Purpose.NEW:
        return
    target = resolve(folder)
    for root, pattern in current_session().patterns:
        base = root.resolve()
        if not target.is_relative_to(base):
            continue
        inside = PurePosixPath(target.relative_to(base).as_posix())
        first = _fix(pattern)
        taken = next((name for name in names if _matches(inside / name, pattern)), None)
        if taken is not None or (first.parts and inside.is_relative_to(first) and purpose is Purpose.BUILD):
            what = folder / taken if taken else f"what is in {folder}"
            raise files_error(
                "O-053",
                f"{what} would be read as a source of the edition in {root}, which looks for “{pattern}”",
                hint="choose another folder with --output",
            )
    if purpose is Purpose.BUILD:
        _warn_among_sources(folder, target)


def _warn_among_sources(folder: Path, target: Path) -> None:
    session = current_session()
    roots: Iterable[Path] = dict.fromkeys(root.resolve() for root, _ in session.patterns)
    if target in roots:
        message = f"the finished files are put among the sources, in {folder}"
        hint = "choose a folder of their own: --output output"
        session.warn(Diagnostic(code="O-053", message=message, hint=hint, severity=Severity.WARNING))


def _fix(pattern: str) -> PurePosixPath:
    """Return the folder in which everything lies that a pattern can match."""
    parts = PurePosixPath(pattern).parts[:-1]
    count = next((at for at, part in enumerate(parts) if _MAGIC.search(part)), len(parts))
    return PurePosixPath(*parts[:count])


def _matches(name: PurePosixPath, pattern: str) -> bool:
    """Return whether a pattern matches a name; `**` is any number of folders."""
    return _match(name.parts, PurePosixPath(pattern).parts)


def _match(names: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    reached = {0}
    for part in parts:
        if part == "**":
            reached = set(range(min(reached, default=len(names) + 1), len(names) + 1))
        else:
            expression = re.compile(translate(part))
            reached = {at + 1 for at in reached if at < len(names) and expression.match(names[at])}
    return len(names) in reached
