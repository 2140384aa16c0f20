"""Files, clock and environment: the only place that touches them. Reading stays inside an edition's folder."""

from __future__ import annotations

import importlib.resources
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.workspace.archived import Archive, Extract
from publisher.workspace.errors import files_error
from publisher.workspace.glob import Glob, TooMany, Unreadable
from publisher.workspace.regular_file import kind, read_regular
from publisher.workspace.session import record_pattern, record_read, unsaved_content
from publisher.workspace.trace import Kind, is_traced, record_access


class OutsideFolder(Exception):
    """A name that leads out of the folder: absolute, with `..`, with a scheme, or through a symbolic link."""


class NotThere(Exception):
    """A name that leads to no regular file; a second argument says what is there instead, if something is."""

    @property
    def instead(self) -> str | None:
        """What has the name: "a named pipe"; None if nothing has."""
        return str(self.args[1]) if len(self.args) > 1 else None

    def __str__(self) -> str:
        """Return the name."""
        return str(self.args[0]) if self.args else ""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that can be read from and not left."""

    root: Path
    archive: Archive | None = field(default=None, compare=False, repr=False)
    """What the folder was unpacked from, and knows of the other folders of its volume; None for a user's folder."""

    @property
    def name(self) -> str:
        """The name of the folder, or of the one whose files were unpacked here."""
        known = None if self.archive is None else self.archive.name_of(self.root)
        return known or self.root.resolve().name

    def digest_of(self, name: str, content: bytes) -> str:
        """The SHA-256 of a file; of one that was cut for an archive, that of the whole file."""
        known = None if self.archive is None else self.archive.digest_of(self.root, name)
        return known or digest(content)

    def is_cut(self, name: str) -> bool:
        """Whether a file was cut for an archive."""
        return self.archive is not None and self.archive.digest_of(self.root, name) is not None

    def extract(self, name: str, first: int | None, last: int | None) -> Extract | None:
        """The pages of a PDF that an archive has in its place; None if the PDF itself is there."""
        return None if self.archive is None else self.archive.extract(self.root, name, first, last)

    def locate(self, name: str) -> Path:
        """The path of a file inside the folder.

        Raises `OutsideFolder` where the name leads out of it, `NotThere` where no regular file is, and
        `PublisherError` (O-001, exit code 4) where a folder on the way cannot be searched.
        """
        try:
            path = self._locate(name)
        except (OutsideFolder, NotThere) as error:
            self._record_access(Kind.LOCATED, name, type(error).__name__)
            raise
        self._record_access(Kind.LOCATED, name, str(path))
        return path

    def _locate(self, name: str) -> Path:
        parts = PurePosixPath(name)
        if "://" in name or name.lower().startswith(("file:", "data:")) or "\\" in name or "\0" in name:
            raise OutsideFolder(name)
        if parts.is_absolute() or ".." in parts.parts:
            raise OutsideFolder(name)
        try:
            path = (self.root / parts).resolve()
            if not path.is_relative_to(self.root.resolve()):
                raise OutsideFolder(name)
            found = kind(path.stat().st_mode)
        except PermissionError as error:
            raise files_error("O-001", f"{self.shown(name)} cannot be read: {error.strerror}") from error
        except (OSError, RuntimeError) as error:
            raise NotThere(name) from error
        if found is not None:
            raise NotThere(name, found)
        if self.archive is None:
            record_read(path)
        return path

    def read(self, name: str) -> bytes:
        """The bytes of a file inside the folder; raises as `locate` does, exit code 4 where it can't be read."""
        try:
            path = self._locate(name)
            unsaved = unsaved_content(path)
            content = read_regular(path, follow=False) if unsaved is None else unsaved
        except (OutsideFolder, NotThere) as error:
            self._record_access(Kind.READ, name, type(error).__name__)
            raise
        except OSError as error:
            raise files_error("O-001", f"{self.shown(name)} cannot be read: {error.strerror}") from error
        if is_traced():
            self._record_access(Kind.READ, name, digest(content))
        return content

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The names that match a pattern (see `workspace.glob`), sorted; empty if none does.

        Raises `OutsideFolder`; `PublisherError` with exit code 4 if the pattern reaches more than `glob.MATCHES` files
        (O-070), or a folder that cannot be read (O-071).
        """
        parts = PurePosixPath(pattern)
        if parts.is_absolute() or ".." in parts.parts or "://" in pattern or "\0" in pattern:
            raise OutsideFolder(pattern)
        try:
            found = Glob(pattern).below(self.root)
        except TooMany as error:
            hint = "name files that lie together, such as agreements/*.md; move what does not belong here elsewhere"
            raise files_error("O-070", f"“{pattern}” reaches {error}", hint=hint) from error
        except Unreadable as error:
            path, reason = error.args
            shown = self.shown(os.path.relpath(path, self.root))
            hint = "let yourself read it (chmod u+rx), or move it elsewhere"
            raise files_error("O-071", f"the folder {shown} cannot be read: {reason}", hint=hint) from error
        if self.archive is None:
            record_pattern(self.root, pattern)
        self._record_access(Kind.MATCHING, pattern, json.dumps(found))
        return found

    def beside(self, name: str) -> Folder:
        """Another folder, named as seen from this one, in which it need not lie.

        Raises `OutsideFolder` where the name is absolute or has a scheme, `NotThere` where no folder is.
        """
        if PurePosixPath(name).is_absolute() or "://" in name or "\\" in name or "\0" in name:
            raise OutsideFolder(name)
        archived = None if self.archive is None else self.archive.beside(self.root, name)
        path = archived or Path(os.path.normpath(self.root / name))
        there = path.is_dir() and (self.archive is None or archived is not None)
        self._record_access(Kind.BESIDE, name, str(path.resolve()) if there else NotThere.__name__)
        if not there:
            raise NotThere(name)
        return Folder(path, self.archive)

    def shown(self, name: str) -> str:
        """The name as people see it: relative to where the command was run."""
        return Path(os.path.relpath(self.root / name)).as_posix()

    def _record_access(self, kind: Kind, name: str, answer: str) -> None:
        """Record an access; what was unpacked is gone before anything could be asked again."""
        if self.archive is None:
            record_access(kind, name, answer, folder=str(self.root))


@dataclass(frozen=True, slots=True)
class ShippedFolder(Folder):
    """A folder of what the project ships: no tracer records it, since it is known by the project's own digest."""

    def _record_access(self, kind: Kind, name: str, answer: str) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class RememberedFolder(Folder):
    """A folder that remembers what was read from it."""

    contents: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    """The bytes of every file that was read, by its name from the folder."""

    def read(self, name: str) -> bytes:
        """The bytes of a file inside the folder; raises as `Folder.read` does."""
        content = Folder.read(self, name)
        self.contents[PurePosixPath(name).as_posix()] = content
        return content


def read_file(path: Path) -> bytes:
    """The bytes of a file that was named on the command line, links followed.

    Raises `PublisherError` with exit code 4 (O-001) if it cannot be read, or is no file: a folder, a pipe, a device.
    """
    try:
        content = read_regular(path)
        record_read(path.resolve())
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its links lead to themselves"
        raise files_error("O-001", f"{path.as_posix()} cannot be read: {reason}") from error
    return content


def digest(content: bytes) -> str:
    """What bytes are known by: their SHA-256, in hexadecimal digits."""
    return sha256(content).hexdigest()


def here() -> str:
    """The folder in which the command was run: files are shown as seen from there."""
    return str(Path.cwd())


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def clock_time() -> str:
    """The time of day of this computer: `14:05:09`."""
    return datetime.now().strftime("%H:%M:%S")


def moment(date: str) -> str:
    """Return the time that artifacts carry, `YYYY-MM-DDThh:mm:ssZ`.

    It is SOURCE_DATE_EPOCH, else midnight UTC of `date`; of its first day if that is a month or a year.

    See https://reproducible-builds.org/specs/source-date-epoch/. Raises `PublisherError` where the
    variable is not a whole number.
    """
    answer = _moment(date)
    record_access(Kind.MOMENT, date, answer)
    return answer


def _moment(date: str) -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return f"{f'{date}-01-01'[:10]}T00:00:00Z"
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError) as error:
        raise PublisherError(
            Diagnostic(
                code="O-004",
                message=f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds",
                hint="unset it, or set it to seconds since 1970, for example 1700000000",
            ),
            exit_code=ExitCode.USAGE,
        ) from error


def current_day() -> str:
    """The day, ISO 8601, in UTC: that of SOURCE_DATE_EPOCH where it is set, else that of the clock."""
    day = _today()
    record_access(Kind.DAY, "", day)
    return day


def is_past(day: str) -> bool:
    """Whether a day, ISO 8601, lies before the current one. Anyone who needs no more than this asks no more."""
    past = day < _today()
    record_access(Kind.PAST, day, str(past))
    return past


def _today() -> str:
    return _moment(datetime.now(tz=UTC).date().isoformat())[:10]


def is_occupied(folder: Path) -> bool:
    """Whether there is anything at a path: a file, or a folder that is not empty.

    Raises `PublisherError` with exit code 4 where it is a folder that cannot be read.
    """
    try:
        return any(folder.iterdir()) if folder.is_dir() else folder.exists()
    except OSError as error:
        raise files_error("O-001", f"{folder} cannot be read: {error.strerror}") from error


def contents_below(folder: Path) -> Iterator[tuple[PurePosixPath, bytes | None]]:
    """The names and bytes of what is below a folder, links not followed; None instead of bytes where it is no file.

    Of a path that is no folder, its own name. Raises `PublisherError` with exit code 4 where something cannot be read.
    """
    waiting = [PurePosixPath()]
    while waiting:
        name = waiting.pop()
        path = folder / name
        try:
            if path.is_dir() and (name == PurePosixPath() or not path.is_symlink()):
                waiting += sorted((name / entry.name for entry in path.iterdir()), reverse=True)
                yield name, None
            else:
                yield name, None if kind(path.lstat().st_mode) else read_regular(path, follow=False)
        except OSError as error:
            raise files_error("O-001", f"{path} cannot be read: {error.strerror}") from error


def resources(name: str) -> Folder:
    """The folder of what the project ships under a name: `diagnostics/codes`, `styles`, `templates`.

    The wheel carries all of them in the package; in a checkout, `styles` is at the top.
    """
    package = Path(__file__).parent.parent
    places = (package / name, package / "render" / name, package.parent.parent / name)
    return ShippedFolder(next(place for place in places if place.is_dir()))


HOUSE_PROFILES = ("/usr/share/color/icc/ghostscript/default_cmyk.icc",)
"""Where a CMYK profile lies that belongs to the system: Debian's `libgs-common`, Ghostscript's own default."""


def system_colour_profile() -> tuple[str, bytes] | None:
    """The path and the bytes of the system's own CMYK profile; None where there is none."""
    found = next((path for path in map(Path, HOUSE_PROFILES) if path.is_file()), None)
    colours = None if found is None else (found.as_posix(), found.read_bytes())
    record_access(Kind.COLOURS, "", "none" if colours is None else f"{colours[0]} {digest(colours[1])}")
    return colours


def variable(name: str) -> str | None:
    """What an environment variable holds; None where it is not set, or empty."""
    found = os.environ.get(name) or None
    record_access(Kind.VARIABLE, name, json.dumps(found))
    return found


def seconds() -> float:
    """Seconds on a clock that never goes back, to report how long something took."""
    return time.perf_counter()


def installed_below(path: Path) -> bool:
    """Whether a path is in a folder of the program or of Python, not of a user's own."""
    return any(
        path.is_relative_to(place) for place in (Path(__file__).resolve().parents[1], Path(sys.prefix).resolve())
    )


def packaged_path(package: str, name: str) -> bytes:
    """The bytes of a file that an installed package carries."""
    return importlib.resources.files(package).joinpath(name).read_bytes()
