"""The ZIP container of an EPUB, with the same bytes each time.

EPUB 3.3, §4.2 OCF ZIP container, https://www.w3.org/TR/epub-33/#sec-container-zip: `mimetype` comes
first, is stored, and has no extra field. Of the rest the specification leaves free what would differ
from one machine to the next: dates, modes, the system that made it and how hard it was compressed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MEDIA_TYPE = b"application/epub+zip"
DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP entry can carry."""
MODE = 0o100644 << 16
UNIX = 3
LEVEL = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file in the container."""

    name: str
    """Path from the container's root, with `/`."""
    content: bytes


def seal(entries: Iterable[Entry]) -> bytes:
    """The bytes of a container that holds `mimetype`, then the entries in the order given."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(_header("mimetype", ZIP_STORED), MEDIA_TYPE)
        for entry in entries:
            archive.writestr(_header(entry.name, ZIP_DEFLATED), entry.content, compresslevel=LEVEL)
    return buffer.getvalue()


def seal_files(entries: Iterable[Entry]) -> bytes:
    """The bytes of a ZIP file that holds the entries in the order given, and nothing that differs between machines."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for entry in entries:
            archive.writestr(_header(entry.name, ZIP_DEFLATED), entry.content, compresslevel=LEVEL)
    return buffer.getvalue()


def unseal(content: bytes) -> tuple[Entry, ...]:
    """The entries of a container in their order, without `mimetype`."""
    with ZipFile(BytesIO(content)) as archive:
        names = (name for name in archive.namelist() if name != "mimetype")
        return tuple(Entry(name=name, content=archive.read(name)) for name in names)


def _header(name: str, compression: int) -> ZipInfo:
    header = ZipInfo(name, DATE)
    header.compress_type = compression
    header.create_system = UNIX
    header.external_attr = MODE
    return header
