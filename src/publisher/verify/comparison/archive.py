"""ZIP archives read strictly: every byte has to belong to one member that all programs see alike.

APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT; what an EPUB may use of it is in
EPUB 3.3, 4.2 OCF ZIP container, https://www.w3.org/TR/epub-33/#sec-container-zip.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

MEDIA_TYPE = b"application/epub+zip"
STORED, DEFLATED = 0, 8
DESCRIBED = 0x0008
"""Flag: sizes and checksum follow the member (a data descriptor)."""
HARMLESS = 0x0002 | 0x0004 | DESCRIBED | 0x0800
"""Flags for the effort of compression, for data descriptors, and for names in UTF-8."""
EXTRA = frozenset({0x000A, 0x5455, 0x5855, 0x7875, 0x7855})
"""Extra fields for times and owners, which change nothing for a reader."""
MOST_MEMBERS = 65535
_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")


class NotAnArchive(Exception):
    """The bytes are no ZIP archive that can be read without guessing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One entry of the central directory."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int
    """Where its local header begins."""
    extra: bytes
    comment: bytes
    mode: int
    """The Unix mode that it is to have; 0 if none is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The members of an archive, in the order of its central directory."""

    content: bytes
    members: tuple[Member, ...]
    comment: bytes
    directory: int
    """Where the central directory begins."""
    directory_end: int
    end: int
    """Where the record at the end begins."""

    @classmethod
    def read(cls, content: bytes) -> Archive:
        """The archive in some bytes. Raises `NotAnArchive`."""
        end = content.rfind(b"PK\x05\x06")
        if end < 0 or end + _END.size > len(content):
            raise NotAnArchive("it has no central directory")
        _, disk, first, here, count, size, start, comment = _END.unpack_from(content, end)
        if disk or first or here != count:
            raise NotAnArchive("it is one of several disks")
        if start + size > end:
            raise NotAnArchive("its central directory lies outside of it")
        members, at = [], start
        for _ in range(count):
            member, at = _central(content, at)
            members.append(member)
        text = content[end + _END.size : end + _END.size + comment]
        return cls(content=content, members=tuple(members), comment=text, directory=start, directory_end=at, end=end)

    def files(self) -> tuple[Member, ...]:
        """The members that are files, without the folders that some programs add."""
        return tuple(member for member in self.members if not (member.name.endswith("/") and member.size == 0))

    def extract(self, member: Member, *, most: int) -> bytes | None:
        """The content of a member; None if it is longer than `most` bytes. Raises `NotAnArchive`."""
        at = self._data(member)
        packed = self.content[at : at + member.packed]
        if member.method == STORED:
            return packed if len(packed) <= most else None
        if member.method != DEFLATED:
            raise NotAnArchive(f"{member.name} is compressed with method {member.method}")
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflate.decompress(packed, most + 1)
        except zlib.error as error:
            raise NotAnArchive(f"{member.name} cannot be decompressed") from error
        if len(content) > most:
            return None
        if not inflate.eof or inflate.unused_data:
            raise NotAnArchive(f"{member.name} does not end where its compression ends")
        return content

    def _data(self, member: Member) -> int:
        """Where the data of a member begins."""
        if member.offset + _LOCAL.size > len(self.content):
            raise NotAnArchive(f"{member.name} has no local header")
        fields = _LOCAL.unpack_from(self.content, member.offset)
        return int(member.offset + _LOCAL.size + fields[9] + fields[10])

    def irregularities(self) -> Iterator[tuple[str, str]]:
        """What programs could read differently, each with the name of the member or an empty one."""
        for name, times in Counter(item.name for item in self.members).items():
            if times > 1:
                yield name, f"the archive has {times} members of this name"
        folded = Counter(item.name.casefold() for item in {entry.name: entry for entry in self.members}.values())
        for name, times in folded.items():
            if times > 1:
                yield name, "names in the archive differ in capitals only"
        if self.comment:
            yield "", "the archive has a comment"
        if self.directory_end != self.end:
            yield "", "there are bytes between the central directory and the end of the archive"
        if self.end + _END.size + len(self.comment) != len(self.content):
            yield "", "there are bytes behind the end of the archive"
        for member in self.members:
            yield from ((member.name, message) for message in _odd_headers(self.content, member))
        yield from self._gaps()

    def _gaps(self) -> Iterator[tuple[str, str]]:
        """Bytes that belong to no member, and members that lie over each other."""
        at = 0
        for member in sorted(self.members, key=lambda item: item.offset):
            if member.offset > at:
                yield member.name, "there are bytes before this member that belong to none"
            elif member.offset < at:
                yield member.name, "this member lies over another one"
            try:
                begin = self._data(member)
            except NotAnArchive as error:
                yield member.name, str(error)
                continue
            at = begin + member.packed + _descriptor(self.content, begin + member.packed, member)
        if at != self.directory:
            yield "", "there are bytes before the central directory that belong to no member"


def first_is_media_type(archive: Archive) -> bool:
    """Whether the first member is `mimetype`, stored, without extra field, as OCF asks."""
    if not archive.members:
        return False
    first = min(archive.members, key=lambda member: member.offset)
    start = _LOCAL.size + len("mimetype")
    return (
        first.name == "mimetype"
        and first.offset == 0
        and first.method == STORED
        and archive.content[_LOCAL.size : start + len(MEDIA_TYPE)] == b"mimetype" + MEDIA_TYPE
    )


def _central(content: bytes, at: int) -> tuple[Member, int]:
    """A member from its entry in the central directory, and where the next one begins."""
    if content[at : at + 4] != b"PK\x01\x02" or at + _CENTRAL.size > len(content):
        raise NotAnArchive("its central directory is damaged")
    fields = _CENTRAL.unpack_from(content, at)
    flags, method = fields[3], fields[4]
    checksum, packed, size, name, extra, comment = fields[7:13]
    mode, offset = fields[15] >> 16, fields[16]
    texts = at + _CENTRAL.size
    member = Member(
        name=_name(content[texts : texts + name], flags),
        flags=flags,
        method=method,
        checksum=checksum,
        packed=packed,
        size=size,
        offset=offset,
        extra=content[texts + name : texts + name + extra],
        comment=content[texts + name + extra : texts + name + extra + comment],
        mode=mode,
    )
    return member, texts + name + extra + comment


def _name(name: bytes, flags: int) -> str:
    encoding = "utf-8" if flags & 0x0800 else "cp437"
    return name.decode(encoding, errors="backslashreplace")


def _odd_headers(content: bytes, member: Member) -> Iterator[str]:
    """Where the two headers of a member disagree, or ask for something that no EPUB may have."""
    if content[member.offset : member.offset + 4] != b"PK\x03\x04" or member.offset + _LOCAL.size > len(content):
        yield "the member has no local header"
        return
    fields = _LOCAL.unpack_from(content, member.offset)
    flags, method = fields[2], fields[3]
    checksum, packed, size, name, extra = fields[6:]
    texts = member.offset + _LOCAL.size
    if _name(content[texts : texts + name], flags) != member.name:
        yield "the local header has another name"
    if (flags ^ member.flags) & ~0x0800 or method != member.method:
        yield "the local header names another compression"
    if not flags & DESCRIBED and (checksum, packed, size) != (member.checksum, member.packed, member.size):
        yield "the local header has another size or checksum"
    if (flags | member.flags) & 0x0001:
        yield "the member is encrypted"
    elif (flags | member.flags) & ~HARMLESS:
        yield "the member has flags that change how it is read"
    if member.method not in (STORED, DEFLATED):
        yield "the member is compressed in a way that no EPUB may have"
    if member.comment:
        yield "the member has a comment"
    if member.mode and member.mode & 0o170000 not in (0, 0o100000, 0o040000):
        yield "the member is no regular file"
    if not {*_extra_ids(member.extra), *_extra_ids(content[texts + name : texts + name + extra])} <= EXTRA:
        yield "the member has an extra field that changes how it is read"
    if member.name == "mimetype" and extra:
        yield "the member has an extra field"


def _extra_ids(extra: bytes) -> Iterator[int]:
    """The ids of the extra fields; one that no field has if they are damaged."""
    at = 0
    while at < len(extra):
        if at + 4 > len(extra):
            yield -1
            return
        found, length = struct.unpack_from("<2H", extra, at)
        at += 4 + length
        yield found if at <= len(extra) else -1


def _descriptor(content: bytes, at: int, member: Member) -> int:
    """How long the data descriptor behind a member is."""
    if not member.flags & DESCRIBED:
        return 0
    values = struct.pack("<3L", member.checksum, member.packed, member.size)
    if content[at : at + 16] == b"PK\x07\x08" + values:
        return 16
    return 12 if content[at : at + 12] == values else 0
