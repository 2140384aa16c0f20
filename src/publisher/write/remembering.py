"""Sections that were set before are not set again: a crew that looks on the shelf first.

The key of a section is made from all that it depends on: its document, the dress, the hyphen, the programs that lay it
out, and the code of this one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from typing import Protocol, TypeVar

import msgspec

from publisher.model.rendition import Dress
from publisher.toolchain import native_versions, program
from publisher.workers.remote import Remote
from publisher.write.bind.bound import BoundSection
from publisher.write.crew import Crew
from publisher.write.setting import Task, fits

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_PACKAGES = (
    "weasyprint",
    "pydyf",
    "pikepdf",
    "fonttools",
    "pillow",
    "tinycss2",
    "cssselect2",
    "pyphen",
    "tinyhtml5",
    "lxml",
)


class Store(Protocol):
    """Where results are kept."""

    def take(self, key: str) -> bytes | None:
        """What is kept under a key."""

    def put(self, key: str, content: bytes) -> None:
        """Keeps something under a key."""

    def drop(self, key: str) -> None:
        """Removes what is kept under a key."""


class Remembering:
    """A crew that sets what is not on the shelf, and puts it there."""

    def __init__(self, crew: Crew, shelf: Store, *, origin: str = "") -> None:
        """`origin` says who the crew is, if its sections are not to be taken for those of this machine."""
        self._crew = crew
        self._shelf = shelf
        self._origin = origin
        self._used: set[str] = set()

    @property
    def count(self) -> int:
        """How many processes of this machine there are."""
        return self._crew.count

    def each(self, called: Remote[_Given, _Made], given: Sequence[_Given]) -> tuple[_Made, ...]:
        """Return what a function makes of each argument; nothing of that is kept."""
        return self._crew.each(called, given)

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        """The sections set, in the order of the tasks."""
        keys = [self._key(task) for task in tasks]
        found = {at: kept for at, one in enumerate(keys) if (kept := self._kept(one, tasks[at])) is not None}
        missing = [at for at in range(len(tasks)) if at not in found]
        self._used.update(keys)
        for at, made in zip(missing, self._crew.set_all([tasks[at] for at in missing]), strict=True):
            found[at] = made
            if not made.found:
                self._shelf.put(keys[at], msgspec.msgpack.encode(made))
        return tuple(found[at] for at in range(len(tasks)))

    def forget(self) -> None:
        """Remove the sections that were used from the cache: a volume that was made of them was not proved."""
        for one in self._used:
            self._shelf.drop(one)
        self._used.clear()

    def _key(self, task: Task) -> str:
        made = key(task)
        return sha256(f"{self._origin} {made}".encode()).hexdigest() if self._origin else made

    def _kept(self, key: str, task: Task) -> BoundSection | None:
        """The section of a task as it is stored; None if what is stored cannot be that."""
        content = self._shelf.take(key)
        if content is None:
            return None
        try:
            section = msgspec.msgpack.decode(content, type=BoundSection)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        return section if fits(task, section) and not section.found else None


def key(task: Task) -> str:
    """What a section is kept under: a digest of all that it depends on."""
    section = msgspec.msgpack.encode(task.section)
    parts = (section, task.hyphen.encode(), dress_digest(task.dress), tools())
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


@lru_cache(maxsize=2)
def dress_digest(dress: Dress) -> bytes:
    """SHA-256 of a dress."""
    return sha256(msgspec.msgpack.encode(dress)).digest()


@lru_cache(maxsize=1)
def tools() -> bytes:
    """Everything that sets sections, by version; our own code by what it is."""
    return "\n".join((*_versions(), *program())).encode()


def _versions() -> Iterator[str]:
    for package in _PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            yield f"{package} {metadata.version(package)}"
    yield from native_versions()
