"""The ZIP container of the EPUB."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from publisher.diagnostics import PublisherError
from publisher.epub.write.zip import Entry, seal, unseal
from publisher.model.rendition import Artifact, EpubRendition

Written = Callable[[EpubRendition], Artifact]


@pytest.fixture(scope="module")
def archive(book: bytes) -> ZipFile:
    return ZipFile(BytesIO(book))


def test_a_reading_system_finds_the_media_type_at_its_fixed_place(book: bytes) -> None:
    assert book[:4] == b"PK\x03\x04"
    assert book[30:58] == b"mimetypeapplication/epub+zip"


def test_mimetype_is_stored_and_has_no_extra_field(book: bytes) -> None:
    _, _, flags, method, _, _, _, packed, size, name, extra = struct.unpack("<4s5H3I2H", book[:30])
    assert (flags, method, packed, size, name, extra) == (0, ZIP_STORED, 20, 20, 8, 0)


def test_files_follow_in_reading_order(archive: ZipFile) -> None:
    assert archive.namelist() == [
        "mimetype",
        "META-INF/container.xml",
        "EPUB/content.opf",
        "EPUB/text/cover.xhtml",
        "EPUB/text/title-page.xhtml",
        "EPUB/nav.xhtml",
        "EPUB/text/text.xhtml",
        "EPUB/styles/screen.css",
        "EPUB/fonts/Serif.otf",
        "EPUB/images/cover.png",
        "EPUB/toc.ncx",
    ]


def test_every_entry_has_the_same_date_mode_and_system(archive: ZipFile) -> None:
    properties = {(i.date_time, i.external_attr >> 16, i.create_system, i.extra, i.comment) for i in archive.infolist()}
    assert properties == {((1980, 1, 1, 0, 0, 0), 0o100644, 3, b"", b"")}


def test_every_entry_but_the_first_is_deflated(archive: ZipFile) -> None:
    assert [entry.compress_type for entry in archive.infolist()[1:]] == [ZIP_DEFLATED] * 10


def test_documents_and_assets_go_in_as_they_are(archive: ZipFile, rendition: EpubRendition) -> None:
    files = {document.href: document.content for document in rendition.documents}
    files |= {asset.href: asset.content for asset in (*rendition.assets, rendition.cover_image)}
    files |= {"toc.ncx": rendition.ncx}
    assert [href for href, content in files.items() if archive.read(f"EPUB/{href}") != content] == []


def test_sealing_twice_gives_the_same_bytes(book: bytes) -> None:
    assert seal(unseal(book)) == book


def test_sealing_keeps_order_and_content() -> None:
    entries = (Entry(name="b", content=b"2"), Entry(name="ä/a", content=b""))
    assert unseal(seal(entries)) == entries


@pytest.mark.parametrize(
    ("href", "character"),
    [
        ("images/a?.png", "U+003F"),
        ("images/a b.png", "U+0020"),
        ("images/a\x07.png", "U+0007"),
        ("images/\ue000.png", "U+E000"),
    ],
)
def test_a_name_with_a_forbidden_character_is_refused(
    rendition: EpubRendition, written: Written, href: str, character: str
) -> None:
    with pytest.raises(PublisherError, match=r"O-012") as caught:
        written(replace(rendition, cover_image=replace(rendition.cover_image, href=href)))
    assert character in caught.value.diagnostics[0].message


@pytest.mark.parametrize("href", ["/a.png", "../a.png", "images//a.png", "images/a.", "images/" + "a" * 256, ""])
def test_a_name_that_leads_elsewhere_or_is_too_long_is_refused(
    rendition: EpubRendition, written: Written, href: str
) -> None:
    with pytest.raises(PublisherError, match=r"O-012"):
        written(replace(rendition, cover_image=replace(rendition.cover_image, href=href)))


@pytest.mark.parametrize("href", ["Images/COVER.png", "content.opf", "toc.ncx"])
def test_two_files_with_one_name_are_refused(rendition: EpubRendition, written: Written, href: str) -> None:
    twin = replace(rendition.cover_image, href=href)
    with pytest.raises(PublisherError, match=r"O-013"):
        written(replace(rendition, assets=(*rendition.assets, twin)))


def test_names_that_differ_only_in_composition_are_one(rendition: EpubRendition, written: Written) -> None:
    twins = tuple(replace(rendition.cover_image, href=href) for href in ("images/\u00e9.png", "images/e\u0301.png"))
    with pytest.raises(PublisherError, match=r"O-013"):
        written(replace(rendition, assets=(*rendition.assets, *twins)))


def test_all_faults_are_told_at_once(rendition: EpubRendition, written: Written) -> None:
    cover = replace(rendition.cover_image, href="a:b.png")
    metadata = replace(rendition.metadata, title="A\x02", description="B\uffff")
    with pytest.raises(PublisherError) as caught:
        written(replace(rendition, metadata=metadata, cover_image=cover, assets=rendition.assets * 2))
    codes = [diagnostic.code for diagnostic in caught.value.diagnostics]
    assert codes == ["O-011", "O-011", "O-012", "O-013", "O-013"]
