"""What a laid-out section depends on, as the key under which it is stored.

The key is made from the document of the section, the dress, the hyphen, the programs that lay it out, and the code of
this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import metadata

import msgspec

from publisher.cache.fingerprint import native_versions, program
from publisher.model.rendition import LayoutResources, PdfSection

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A section to be set."""

    section: PdfSection
    dress: LayoutResources
    hyphen: str
    """What is set at line ends."""


def key(task: Task) -> str:
    """What a section is kept under: a digest of all that it depends on."""
    section = msgspec.msgpack.encode(task.section)
    parts = (section, task.hyphen.encode(), resources_digest(task.dress), tools())
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


@lru_cache(maxsize=2)
def resources_digest(dress: LayoutResources) -> bytes:
    """SHA-256 of a dress."""
    return sha256(msgspec.msgpack.encode(dress)).digest()


@lru_cache(maxsize=1)
def tools() -> bytes:
    """Everything that sets sections, by version; our own code by what it is."""
    return "\n".join((*_versions(), *program())).encode()


def fingerprint() -> bytes:
    """Return a digest of everything that lays out sections, which has to be the same wherever they are laid out."""
    return sha256(tools()).digest()


def _versions() -> Iterator[str]:
    for package in _PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            yield f"{package} {metadata.version(package)}"
    yield from native_versions()
