"""The ZIP container of an EPUB, read by its local and by its central headers: both have to describe the same book.

PKWARE APPNOTE 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT; EPUB 3.3, 4.2 OCF ZIP container,
https://www.w3.org/TR/epub-33/#sec-container-zip.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MEDIA_TYPE = b"application/epub+zip"
STORED, DEFLATED = 0, 8
UTF_8, STREAMED, ENCRYPTED = 1 << 11, 1 << 3, 1
HARMLESS = frozenset({0x0001, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875})
"""Extra fields that hold sizes, times and owners; others may give a file another name (0x7075)."""
_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END_FIELDS = struct.Struct("<4s4H2IH")
_CENTRAL_FIELDS = struct.Struct("<4s6H3I5H2I")
_LOCAL_FIELDS = struct.Struct("<4s5H3I2H")
_DESCRIPTOR = b"PK\x07\x08"


class _Broken(ValueError):
    """A container that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of the container, as one of its two headers describes it."""

    name: str
    method: int
    flags: int
    checksum: int
    packed: int
    size: int
    offset: int
    """Of its local header."""
    length: int
    """Of the header itself."""
    extra: bytes
    comment: bytes = b""


def container_faults(content: bytes) -> Iterator[str]:
    """What is wrong with a container: each fault in words; nothing where readers of both headers see one book."""
    try:
        central, start = _central(content)
        yield from _name_faults(central)
        yield from _first(content, central)
        yield from _laid_out(content, sorted(central, key=lambda member: member.offset), start)
    except (struct.error, UnicodeDecodeError, _Broken) as error:
        yield f"the container is damaged: {error}"


def _central(content: bytes) -> tuple[tuple[Member, ...], int]:
    """The files of the central directory, and where that begins."""
    at = content.rfind(_END)
    if at < 0:
        raise _Broken("it has no end of central directory")
    _, disk, first_disk, here, count, size, start, comment = _END_FIELDS.unpack_from(content, at)
    if disk or first_disk or here != count or at + _END_FIELDS.size != len(content) or comment:
        raise _Broken("something follows the central directory")
    if start + size != at:
        raise _Broken("the central directory is not where its end says")
    members, place = [], start
    for _ in range(count):
        member, place = _central_header(content, place)
        members.append(member)
    if place != at:
        raise _Broken("the central directory has another length than its end says")
    return tuple(members), start


def _central_header(content: bytes, at: int) -> tuple[Member, int]:
    fields = _CENTRAL_FIELDS.unpack_from(content, at)
    signature, _, _, flags, method, _, _, checksum, packed, size, name, extra, comment, _, _, _, offset = fields
    if signature != _CENTRAL:
        raise _Broken(f"no header at byte {at}")
    names = at + _CENTRAL_FIELDS.size
    end = names + name + extra + comment
    member = Member(
        name=_decode(content[names : names + name], flags),
        method=method,
        flags=flags,
        checksum=checksum,
        packed=packed,
        size=size,
        offset=offset,
        length=end - at,
        extra=content[names + name : names + name + extra],
        comment=content[end - comment : end],
    )
    return member, end


def _local_header(content: bytes, at: int) -> Member:
    signature, _, flags, method, _, _, checksum, packed, size, name, extra = _LOCAL_FIELDS.unpack_from(content, at)
    if signature != _LOCAL:
        raise _Broken(f"no file at byte {at}")
    names = at + _LOCAL_FIELDS.size
    return Member(
        name=_decode(content[names : names + name], flags),
        method=method,
        flags=flags,
        checksum=checksum,
        packed=packed,
        size=size,
        offset=at,
        length=_LOCAL_FIELDS.size + name + extra,
        extra=content[names + name : names + name + extra],
    )


def _decode(name: bytes, flags: int) -> str:
    """A file name; without the flag for UTF-8 only ASCII means the same to every reader."""
    return name.decode("utf-8" if flags & UTF_8 else "ascii")


def _name_faults(members: Sequence[Member]) -> Iterator[str]:
    """Names that two files share, or that lead out of the container."""
    seen: set[str] = set()
    for member in members:
        if member.name.casefold() in seen:
            yield f"two files of the container are named {member.name}"
        seen.add(member.name.casefold())
        if member.name.startswith("/") or "\\" in member.name or ".." in member.name.split("/"):
            yield f"a file name leads out of the container: {member.name}"
        if member.name.endswith("/") and (member.size or not _holds(member.name, members)):
            yield f"the container has a folder that holds nothing: {member.name}"


def _holds(folder: str, members: Sequence[Member]) -> bool:
    return any(member.name.startswith(folder) and member.name != folder for member in members)


def _first(content: bytes, members: Sequence[Member]) -> Iterator[str]:
    """`mimetype` has to come first, stored, without extra field, and say exactly what the container is."""
    first = min(members, key=lambda member: member.offset, default=None)
    if first is None or first.name != "mimetype" or first.offset:
        yield "the container does not begin with the file mimetype"
        return
    local = _local_header(content, 0)
    begin = local.length
    if first.method != STORED or local.extra or content[begin : begin + first.size] != MEDIA_TYPE:
        yield "the file mimetype is compressed, or does not say application/epub+zip"


def _laid_out(content: bytes, members: Sequence[Member], end: int) -> Iterator[str]:
    """Every byte belongs to one file, and both headers of each agree."""
    ends = [*(item.offset for item in members[1:]), end]
    for member, following in zip(members, ends, strict=True):
        local = _local_header(content, member.offset)
        yield from _agreeing(member, local)
        stop = member.offset + local.length + member.packed
        if member.flags & STREAMED:
            stop += _descriptor(content, stop, member)
        if stop != following:
            yield f"there are bytes that belong to no file behind {member.name}"


def _agreeing(central: Member, local: Member) -> Iterator[str]:
    """What the two headers of a file say differently, and what no file of a book has."""
    measured = ("checksum", "packed", "size") if not central.flags & STREAMED else ()
    for field in ("name", "method", "flags", *measured):
        if getattr(central, field) != getattr(local, field):
            yield f"the two headers of {central.name} disagree ({field})"
    if central.method not in (STORED, DEFLATED) or central.flags & ENCRYPTED:
        yield f"{central.name} is packed or encrypted in a way that EPUB does not allow"
    if central.comment or not (_kinds(central.extra) | _kinds(local.extra)) <= HARMLESS:
        yield f"the headers of {central.name} hold more than a name, sizes and times"


def _kinds(extra: bytes) -> frozenset[int]:
    """The kinds of extra fields; one that is cut off is a kind of its own."""
    kinds, at = set[int](), 0
    while at < len(extra):
        if at + 4 > len(extra):
            return frozenset({*kinds, -1})
        kind, length = struct.unpack_from("<2H", extra, at)
        kinds.add(kind)
        at += 4 + length
    return frozenset(kinds if at == len(extra) else {*kinds, -1})


def _descriptor(content: bytes, at: int, member: Member) -> int:
    """How long the data descriptor behind a streamed file is; it has to say what the central header says."""
    wanted = struct.pack("<3I", member.checksum, member.packed, member.size)
    for form in (_DESCRIPTOR + wanted, wanted):
        if content[at : at + len(form)] == form:
            return len(form)
    raise _Broken(f"what follows {member.name} disagrees with its header")
