"""Two EPUBs compared: the container, then each member in the form that its media type has."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree

import tinyhtml5

from publisher.verify.comparison.archive import Archive, NotAnArchive, first_is_media_type
from publisher.verify.comparison.difference import Difference, Kind
from publisher.verify.comparison.markup import NotMarkup, markup_differences
from publisher.verify.comparison.sheets import sheet_differences

MARKUP = frozenset({".xhtml", ".xml", ".opf", ".ncx", ".svg"})
METADATA = frozenset({".opf", ".ncx"})
SLACK = 4
"""A member may be so many times as long as it should be, and a megabyte more, to be compared in its parts."""
MEGABYTE = 1024 * 1024


def epub_differences(expected: bytes, found: bytes) -> tuple[Difference, ...]:
    """Where an EPUB differs from the one that it should be; nothing if it was only packed again."""
    want = Archive.read(expected)
    try:
        have = Archive.read(found)
    except NotAnArchive as error:
        return (Difference(kind=Kind.UNREADABLE, place="", message=f"it is no EPUB that can be read: {error}"),)
    return tuple(dict.fromkeys((*_container(have), *_members(want, have))))


def web_differences(expected: bytes, found: bytes) -> tuple[Difference, ...]:
    """Where the ZIP file of a web edition differs from the one that it should be."""
    want = Archive.read(expected)
    try:
        have = Archive.read(found)
    except NotAnArchive as error:
        return (Difference(kind=Kind.UNREADABLE, place="", message=f"it is no ZIP file that can be read: {error}"),)
    irregular = (
        Difference(kind=Kind.AMBIGUOUS, place=name, message=message) for name, message in have.irregularities()
    )
    return tuple(dict.fromkeys((*irregular, *_members(want, have))))


def _container(archive: Archive) -> Iterator[Difference]:
    """What is irregular in the archive itself."""
    for name, message in archive.irregularities():
        yield Difference(kind=Kind.AMBIGUOUS, place=name, message=message)
    if not first_is_media_type(archive):
        message = "the first member is not “mimetype”, uncompressed and without extra field"
        yield Difference(kind=Kind.CONTAINER, place="mimetype", message=message)


def _members(want: Archive, have: Archive) -> Iterator[Difference]:
    """Members that are missing, that came in, and that differ."""
    wanted = {file.name: file for file in want.files()}
    there = {file.name: file for file in have.files()}
    for name in sorted(wanted.keys() - there.keys()):
        yield Difference(kind=Kind.CONTAINER, place=name, message="this file is missing")
    for name in sorted(there.keys() - wanted.keys()):
        yield Difference(kind=Kind.CONTAINER, place=name, message="this file does not belong there")
    for name, member in wanted.items():
        if name not in there:
            continue
        expected = want.extract(member, most=member.size)
        assert expected is not None
        try:
            found = have.extract(there[name], most=SLACK * len(expected) + MEGABYTE)
        except NotAnArchive as error:
            yield Difference(kind=Kind.UNREADABLE, place=name, message=str(error))
            continue
        if found is None:
            yield Difference(kind=Kind.LIMIT, place=name, message="this file is many times as long as it should be")
            continue
        if zlib.crc32(found) != there[name].checksum or len(found) != there[name].size:
            yield Difference(kind=Kind.AMBIGUOUS, place=name, message="the archive has a wrong checksum or size for it")
        yield from content_differences(expected, found, name=name)


def _as_xml(page: bytes) -> bytes:
    """A page of a web edition, read by the rules of HTML and written as XML."""
    return ElementTree.tostring(tinyhtml5.parse(page.decode("utf-8", "replace")))


def content_differences(expected: bytes, found: bytes, *, name: str) -> tuple[Difference, ...]:
    """Where a member differs, in the form that its name says."""
    if expected == found:
        return ()
    ending = PurePosixPath(name).suffix.lower()
    try:
        if ending == ".html":
            return markup_differences(_as_xml(expected), _as_xml(found), name=name)
        if ending in MARKUP:
            return markup_differences(expected, found, name=name, kind=Kind.METADATA if ending in METADATA else None)
        if ending == ".css":
            return sheet_differences(expected, found, name=name)
    except NotMarkup as error:
        return (Difference(kind=Kind.UNREADABLE, place=name, message=f"it is not well-formed XML: {error}"),)
    kind = Kind.CONTAINER if name == "mimetype" else Kind.RESOURCE
    return (Difference(kind=kind, place=name, message="the bytes of this file differ"),)
