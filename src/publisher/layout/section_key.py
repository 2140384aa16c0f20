"""What a laid-out section depends on, as the key under which it is stored.

The key is made from the document of the section, the dress, the hyphen, the programs that lay it out, and the code of
this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import metadata

import msgspec

from publisher.cache.fingerprint import native_versions, program
from publisher.model.rendition import Asset, LayoutResources, PdfSection

_ESCAPED = re.compile(r"""(?:src|href)\s*=\s*["'][^"'#:]*[%&]|url\([^)]*[%&\\]""")
"""An address in a document that is not written as it is: the document is taken to name each picture."""
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
    """What a section is stored under: a digest of all that it depends on."""
    section = msgspec.msgpack.encode(task.section)
    resources = b"".join(resource_digests(task.section, task.dress))
    parts = (section, task.hyphen.encode(), resources, tools())
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def resource_digests(section: PdfSection, resources: LayoutResources) -> Iterator[bytes]:
    """SHA-256 of each resource that a section uses: style sheets, typefaces, and the pictures that these or it name."""
    sheets = tuple(_digest(sheet) for sheet in resources.stylesheets)
    yield from sheets
    for asset in resources.assets:
        name = asset.href.rpartition("/")[2]
        is_named = name in section.document or bool(_ESCAPED.search(section.document))
        if is_named or not asset.media_type.startswith("image/") or _is_in_sheets(name, resources):
            yield _digest(asset)


@lru_cache(maxsize=512)
def _digest(asset: Asset) -> bytes:
    return sha256(msgspec.msgpack.encode(asset)).digest()


@lru_cache(maxsize=512)
def _is_in_sheets(name: str, resources: LayoutResources) -> bool:
    """Whether a style sheet of the edition names a file; a sheet with escapes is taken to name each."""
    own = (sheet for sheet in resources.stylesheets if sheet.shown is not None)
    return any(name.encode() in sheet.content or b"\\" in sheet.content for sheet in own)


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
