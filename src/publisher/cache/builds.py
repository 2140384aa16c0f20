"""Volumes that were built before are not built again where nothing has changed that their builds have read or asked.

What a build has asked (`workspace.trace`) is stored with the digests of the answers, with the digests of the finished
and proved files, and with what was reported. Later the same is asked again; if everything is answered alike, and the
files in the output folder have the same bytes, there is nothing to do. A file that is missing or altered is put back
from the cache, if it is there. docs/decisions/0080-volumes-that-were-built-before.md has the reasons.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from publisher import workspace
from publisher.cache.fingerprint import toolchain
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.diagnostics.codec import decode, encode
from publisher.workspace import Folder, NotThere, OutsideFolder, commit
from publisher.workspace.regular_file import LARGEST as LARGEST_FILE
from publisher.workspace.regular_file import read_regular
from publisher.workspace.trace import Access, Kind, Tracer, tracing

LARGEST = 128 * 1024 * 1024
"""How many bytes the files of a volume may have that are stored; of larger ones only the digests are retained."""

SUFFIXES = (
    ".accessibility.json",
    ".archive.pdf",
    ".epub",
    ".pdf",
    ".print.pdf",
    ".proof.json",
    ".rights.csv",
)
"""How the names of the files of a build end, after the name of the volume, which is the same for all of them."""
_STEM = re.compile(r"[^/\\\x00-\x1f\x7f.][^/\\\x00-\x1f\x7f]*")
_UNASKABLE = (OSError, RuntimeError)
"""What asking raises if a question is none that a build asks."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Store(Protocol):
    """Where things are stored by key."""

    def get(self, key: str) -> bytes | None:
        """What is stored under a key."""

    def put(self, key: str, content: bytes) -> None:
        """Keeps something under a key."""

    def evict(self) -> None:
        """Takes away what is too much."""


class File(Protocol):
    """A finished file."""

    @property
    def name(self) -> str:
        """Return the name of the file, without a folder."""

    @property
    def content(self) -> bytes:
        """Return the bytes of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildKey:
    """What is asked for: which volume, and how."""

    folder: Folder
    formats: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    audience: str = "student"
    copy: str | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedBuild:
    """A volume that was built before, of which nothing has changed."""

    files: tuple[tuple[str, str], ...]
    """The finished files in their order, each with its digest."""
    warnings: tuple[Diagnostic, ...]
    results: Store

    def in_place(self, output: Path) -> tuple[Path, ...] | None:
        """The paths of the finished files in a folder, those that are not as they were put back; None if they can't be.

        Raises `PublisherError` with exit code 4 where the folder cannot be written.
        """
        lacking = [(name, digest) for name, digest in self.files if _digest(output / name) != digest]
        contents = [(name, self.content(digest)) for name, digest in lacking]
        whole = [(name, content) for name, content in contents if content is not None]
        if len(whole) < len(lacking):
            return None
        if whole:
            commit.commit_files(output, whole)
        return tuple(output / name for name, _ in self.files)

    def content(self, digest: str) -> bytes | None:
        """The bytes that have this digest: those that were proved. None if they are no longer stored."""
        content = self.results.get(digest)
        return content if content is not None and workspace.digest(content) == digest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is stored of a volume that was built."""

    asked: tuple[tuple[str, str, str, str], ...]
    """What its build has asked of the world outside: kind, folder, subject, answer."""
    files: tuple[tuple[str, str], ...]
    """Its finished files: name and digest. None if it was only checked."""
    diagnostics: tuple[Diagnostic, ...]


def encode_record(record: Record) -> bytes:
    """Return the record as JSON."""
    value = {"asked": record.asked, "files": record.files, "diagnostics": encode(record.diagnostics)}
    return json.dumps(value).encode()


def decode_record(content: bytes) -> Record:
    """Return the record that is stored as these bytes. Raises `ValueError` if they are none, whatever they are.

    The files of a record are files that a build makes: names without a folder, of one volume, with a digest each; the
    record of a check has none.
    """
    try:
        value = json.loads(content)
        asked = tuple(_words(item, 4) for item in value["asked"])
        files = tuple(_words(item, 2) for item in value["files"])
        diagnostics = decode(value["diagnostics"])
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise ValueError("no record of a volume") from error
    if files and (
        not all(_DIGEST.fullmatch(digest) for _, digest in files) or not is_volume(name for name, _ in files)
    ):
        raise ValueError("no files of a volume")
    return Record(asked=asked, files=files, diagnostics=diagnostics)


def is_volume(names: Iterable[str]) -> bool:
    """Whether these can be the names of the files of one volume, each once."""
    names = tuple(names)
    stems = [{name.removesuffix(end) for end in SUFFIXES if name.endswith(end)} for name in names]
    common = set.intersection(*stems) if stems else set()
    return len({*names}) == len(names) and any(_STEM.fullmatch(stem) for stem in common)


def _words(value: object, count: int) -> tuple[Any, ...]:
    """So many words; raises `TypeError` if it is anything else."""
    if not (isinstance(value, list) and len(value) == count and all(type(word) is str for word in value)):
        raise TypeError(f"no list of {count} words")
    return tuple(value)


@dataclass(frozen=True, kw_only=True)
class BuildCache:
    """What is remembered of volumes that were built."""

    results: Store

    @cached_property
    def _toolchain(self) -> str:
        return toolchain()

    def lookup(self, asked: BuildKey) -> CachedBuild | None:
        """The volume that was built for the same target; None where it was not, or where anything has changed."""
        record = self._find_unchanged(self._key(asked))
        if record is None or not record.files:
            return None
        return CachedBuild(files=record.files, warnings=record.diagnostics, results=self.results)

    def lookup_check(self, asked: BuildKey) -> tuple[Diagnostic, ...] | None:
        """Return what a check of the same edition has reported; None if it was not made, or if anything has changed."""
        record = self._find_unchanged(self._key(asked, work="check"))
        return None if record is None else record.diagnostics

    def _find_unchanged(self, key: str) -> Record | None:
        """What is stored under a key, if everything is answered as it was."""
        content = self.results.get(key)
        if content is None:
            return None
        try:
            record = decode_record(content)
            return record if all(_holds(*item) for item in record.asked) else None
        except ValueError:  # stored by another version, with the same key by chance
            return None

    def store(self, asked: BuildKey, tracer: Tracer, files: Iterable[File], warnings: tuple[Diagnostic, ...]) -> None:
        """Remembers a volume that has been built, proved and saved; nothing where its sources changed meanwhile."""
        files = tuple(files)
        if not (tracer.steady and is_volume(file.name for file in files)):
            return
        if sum(len(file.content) for file in files) <= LARGEST:
            for file in files:
                self.results.put(workspace.digest(file.content), file.content)
        record = Record(
            asked=_encode_accesses(tracer),
            files=tuple((file.name, workspace.digest(file.content)) for file in files),
            diagnostics=warnings,
        )
        self.results.put(self._key(asked), encode_record(record))
        self.results.evict()

    def store_check(self, asked: BuildKey, tracer: Tracer, warnings: tuple[Diagnostic, ...]) -> None:
        """Store what a check without errors has reported, unless its sources changed meanwhile."""
        if tracer.steady:
            record = Record(asked=_encode_accesses(tracer), files=(), diagnostics=warnings)
            self.results.put(self._key(asked, work="check"), encode_record(record))

    def _key(self, asked: BuildKey, *, work: str = "build") -> str:
        """Whatever decides on a volume and is not asked of the world outside while it is built."""
        parts = (
            work,
            self._toolchain,
            workspace.here(),
            str(asked.folder.root),
            str(asked.folder.root.resolve()),
            asked.formats,
            asked.profiles,
            asked.audience,
            asked.copy,
            asked.strict,
        )
        return sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A volume that has just been built and saved."""

    files: tuple[File, ...]
    paths: tuple[Path, ...]
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A volume whose finished files are in their places."""

    paths: tuple[Path, ...]
    warnings: tuple[Diagnostic, ...]
    unchanged: bool
    """Whether it had been built before."""


def build_cached(asked: BuildKey, *, memory: BuildCache | None, output: Path, build: Callable[[], Finished]) -> Made:
    """The volume as it was built before, where nothing has changed; else built now, and remembered.

    Raises as `build`; `PublisherError` with exit code 4 where a file cannot be put back.
    """
    remembered = None if memory is None else memory.lookup(asked)
    paths = None if remembered is None else remembered.in_place(output)
    if remembered is not None and paths is not None:
        return Made(paths=paths, warnings=remembered.warnings, unchanged=True)
    with tracing() as tracer:
        finished = build()
    if memory is not None:
        memory.store(asked, tracer, finished.files, finished.warnings)
    return Made(paths=finished.paths, warnings=finished.warnings, unchanged=False)


def check_cached(
    asked: BuildKey, *, memory: BuildCache | None, check: Callable[[], tuple[Diagnostic, ...]]
) -> tuple[Diagnostic, ...]:
    """Return what a check reports: what it has reported before if nothing has changed. Raises as `check`."""
    stored = None if memory is None else memory.lookup_check(asked)
    if stored is not None:
        return stored
    with tracing() as tracer:
        found = check()
    if memory is not None:
        memory.store_check(asked, tracer, found)
    return found


def _encode_accesses(tracer: Tracer) -> tuple[tuple[str, str, str, str], ...]:
    """What was asked of the world outside, as a record has it."""
    return tuple((str(item.kind), item.folder, item.about, answer) for item, answer in tracer.answers.items())


def _holds(kind: str, folder: str, about: str, answer: str) -> bool:
    """Whether a question is answered as it was."""
    question = Access(kind=Kind(kind), folder=folder, about=about)
    with tracing() as tracer, suppress(OutsideFolder, NotThere, PublisherError, *_UNASKABLE):
        _ask(question)
    return tracer.answers.get(question) == answer


def _ask(question: Access) -> object:
    """What the question was asked for, from anyone who answered it."""
    folder, about = Folder(Path(question.folder)), question.about
    match question.kind:
        case Kind.LOCATED:
            return folder.locate(about)
        case Kind.READ:
            return folder.read(about)
        case Kind.MATCHING:
            return folder.matching(about)
        case Kind.BESIDE:
            return folder.beside(about)
        case Kind.MOMENT:
            return workspace.moment(about)
        case Kind.DAY:
            return workspace.current_day()
        case Kind.PAST:
            return workspace.is_past(about)
        case Kind.COLOURS:
            return workspace.system_colour_profile()
        case Kind.VARIABLE:
            return workspace.variable(about)


def _digest(path: Path) -> str | None:
    """The digest of a finished file; None where it is not there, is a link, or cannot be read."""
    with suppress(OSError):
        return workspace.digest(read_regular(path, follow=False, limit=LARGEST_FILE))
    return None
