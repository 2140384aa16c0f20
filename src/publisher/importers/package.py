"""ZIP files of documents (OPC, OpenDocument, EPUB), and the XML in them, opened within limits.

No entity is resolved and nothing outside of the file is read. See https://www.w3.org/TR/xml/#sec-external-ent and
ECMA-376, part 2.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from publisher.importers.failures import damage_error, encrypt, too_much
from publisher.sanitize.xml import parse_xml

MEMBERS = 20_000
"""How many files a package may hold."""
LARGEST = 128 << 20
"""Bytes that one of them may have."""
WHOLE = 512 << 20
"""Bytes that all of them together may have."""
RATIO = 400
"""How many times its size in the package a file of more than a megabyte may have."""
_SMALL = 1 << 20
_ENCRYPTED = 0x1

Element = etree._Element


@dataclass(slots=True)
class Package:
    """The files of a package by their names, decompressed as they are asked for."""

    name: str
    """Of the package itself, for messages."""
    archive: zipfile.ZipFile
    names: frozenset[str]
    _read: dict[str, bytes] = field(default_factory=dict)
    _whole: int = 0

    @classmethod
    def of(cls, content: bytes, name: str) -> Package:
        """The package in some bytes. Raises `PublisherError`: W-002, W-003, W-004."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damage_error(name, f"its ZIP container cannot be read ({error})") from error
        members = archive.infolist()
        if len(members) > MEMBERS:
            raise too_much(name, f"it holds {len(members):,} files, more than {MEMBERS:,}")
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise encrypt(name)
        return cls(name, archive, frozenset(member.filename for member in members))

    def read(self, part: str) -> bytes | None:
        """The bytes of a file; None if there is none. Raises `PublisherError`: W-002, W-004."""
        if part not in self.names:
            return None
        if part not in self._read:
            self._read[part] = self._decompress(part)
        return self._read[part]

    def _decompress(self, part: str) -> bytes:
        member = self.archive.getinfo(part)
        most = min(LARGEST, WHOLE - self._whole, max(_SMALL, member.compress_size * RATIO))
        try:
            with self.archive.open(member) as stream:
                content = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise damage_error(self.name, f"{part} cannot be unpacked ({error})") from error
        if len(content) > most:
            raise too_much(self.name, f"{part} unpacks to more than {most:,} bytes")
        self._whole += len(content)
        return content

    def xml(self, part: str) -> Element | None:
        """The root of an XML file; None if there is none. Raises `PublisherError`: W-002, W-004."""
        content = self.read(part)
        return None if content is None else xml_root(content, name=f"{self.name}, {part}")


def xml_root(content: bytes, *, name: str, dtd: bool = False) -> Element:
    """The root of an XML document; one with a document type only if `dtd` allows it. Raises W-002."""
    try:
        root = parse_xml(content)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damage_error(name, f"its XML cannot be read ({str(error)[:200]})") from error
    info: Any = root.getroottree().docinfo
    if not dtd and info.doctype:
        raise damage_error(name, "it has a document type, which no such file may have")
    return root


def joined_path(base: str, target: str) -> str:
    """The name of a file in the package that another one names, relative to its folder or from the top."""
    path = PurePosixPath(target) if target.startswith("/") else PurePosixPath(base).parent / target
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            del parts[-1:]
        elif part not in ("/", "."):
            parts.append(part)
    return "/".join(parts)
