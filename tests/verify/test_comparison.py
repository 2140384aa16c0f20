"""A file compared with the one that it should be: saved again it is the same, and every change is named."""

from __future__ import annotations

import importlib.util
import io
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, StreamDecodeLevel, String

from publisher.model.target import Format
from publisher.verify.comparison import Difference, Kind, compare


def _beside(name: str) -> ModuleType:
    """A module that stands beside this one."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


EPUB, PDF = "on-promises.epub", "on-promises.pdf"
IN_EPUB = tuple(corruption for corruption, _ in _beside("corruptions_epub").CORRUPTIONS)
IN_PDF = tuple(corruption for corruption, _ in _beside("corruptions_pdf").CORRUPTIONS)
TEXT = "EPUB/text/text.xhtml"
SAVED: dict[str, dict[str, Any]] = {
    "as it is": {},
    "linearized": {"linearize": True},
    "without object streams": {"object_stream_mode": ObjectStreamMode.disable},
    "with object streams": {"object_stream_mode": ObjectStreamMode.generate},
    "uncompressed": {"compress_streams": False, "stream_decode_level": StreamDecodeLevel.generalized},
    "recompressed": {"recompress_flate": True},
    "normalized": {"normalize_content": True, "compress_streams": False},
    "qdf": {"qdf": True},
}


def saved(content: bytes, change: Callable[[Pdf], None] = lambda pdf: None, **options: Any) -> bytes:
    """A PDF that another program has saved."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out, **options)
    return out.getvalue()


def packed(content: bytes, change: Callable[[dict[str, bytes]], None] = lambda files: None, how: int = 9) -> bytes:
    """An EPUB that another program has packed, with other dates."""
    with ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in files.items():
            compression = ZIP_STORED if name == "mimetype" or not how else ZIP_DEFLATED
            archive.writestr(ZipInfo(name, (2026, 11, 30, 12, 0, 0)), data, compression, how or None)
    return out.getvalue()


def kinds(differences: tuple[Difference, ...]) -> set[Kind]:
    """What differences are about."""
    return {difference.kind for difference in differences}


@pytest.mark.parametrize("options", SAVED.values(), ids=SAVED)
def test_a_pdf_that_was_only_saved_again_is_the_same(good: dict[str, bytes], options: dict[str, Any]) -> None:
    again = saved(good[PDF], **options)
    assert again != good[PDF]
    assert compare(good[PDF], again, Format.PDF) == ()


@pytest.mark.parametrize("how", [0, 1, 9])
def test_an_epub_that_was_only_packed_again_is_the_same(good: dict[str, bytes], how: int) -> None:
    assert compare(good[EPUB], packed(good[EPUB], how=how), Format.EPUB) == ()


def test_an_epub_of_a_program_that_notes_times_and_folders_is_the_same(good: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(good[EPUB])) as archive, ZipFile(out, "w") as again:
        for name in archive.namelist():
            info = ZipInfo(name)
            if name != "mimetype":
                info.extra = b"UT\x05\x00\x03\x00\x00\x00\x00ux\x0b\x00\x01\x04\xe8\x03\x00\x00\x04\xe8\x03\x00\x00"
            again.writestr(info, archive.read(name), ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
            if name == "mimetype":
                again.writestr(ZipInfo("EPUB/"), b"")
    assert compare(good[EPUB], out.getvalue(), Format.EPUB) == ()


def test_markup_and_sheets_that_are_only_spelt_otherwise_are_the_same(good: dict[str, bytes]) -> None:
    def spell(files: dict[str, bytes]) -> None:
        files[TEXT] = files[TEXT].replace(b"<br/>", b"<br></br>").replace(b' class="numbered" ', b"  class='numbered' ")
        files["EPUB/styles/screen.css"] += b"\n\n/* nothing */\n"

    assert compare(good[EPUB], packed(good[EPUB], spell), Format.EPUB) == ()


@pytest.mark.parametrize("corruption", IN_EPUB, ids=lambda item: item.__name__)
def test_every_change_of_an_epub_is_named(good: dict[str, bytes], corruption: Callable[[dict[str, str]], None]) -> None:
    def change(files: dict[str, bytes]) -> None:
        texts = {name: data.decode(_coding(name)) for name, data in files.items()}
        corruption(texts)
        files.clear()
        files.update({name: text.encode(_coding(name)) for name, text in texts.items()})

    assert compare(good[EPUB], packed(good[EPUB], change), Format.EPUB)


@pytest.mark.parametrize("corruption", IN_PDF, ids=lambda item: item.__name__)
def test_every_change_of_a_pdf_is_named(good: dict[str, bytes], corruption: Callable[[Pdf], None]) -> None:
    assert compare(good[PDF], saved(good[PDF], corruption), Format.PDF)


def _coding(name: str) -> str:
    return "latin-1" if name.endswith((".otf", ".png")) else "utf-8"


def test_changed_words_are_shown_with_some_around(good: dict[str, bytes]) -> None:
    def change(files: dict[str, bytes]) -> None:
        files[TEXT] = files[TEXT].replace(b"The harbour was quiet", b"The harbor was quiet")

    (difference,) = compare(good[EPUB], packed(good[EPUB], change), Format.EPUB)
    assert (difference.kind, difference.place) == (Kind.WORDS, f"{TEXT}, line 6")
    assert difference.expected == "1 The harbour was quiet when the …"
    assert difference.found == "1 The harbor was quiet when the …"


def test_what_cannot_be_seen_is_named_in_words(good: dict[str, bytes]) -> None:
    def change(files: dict[str, bytes]) -> None:
        files[TEXT] = files[TEXT].replace(b"harbour was", b"harbour\xc2\xa0was", 1)

    (difference,) = compare(good[EPUB], packed(good[EPUB], change), Format.EPUB)
    assert "harbour[U+00A0]was" in (difference.found or "")


def test_a_page_that_looks_different_is_shown(good: dict[str, bytes]) -> None:
    def cover(pdf: Pdf) -> None:
        pdf.pages[8].contents_add(b"q 1 g 60 60 1 1 re f 0 g 70 300 .8 .8 re f Q")

    (difference,) = compare(good[PDF], saved(good[PDF], cover), Format.PDF)
    assert (difference.kind, difference.place) == (Kind.DRAWING, "page 9")
    assert (difference.picture or b"").startswith(b"\x89PNG")


def later_revision(pdf: bytes) -> bytes:
    """A PDF with an incremental update that replaces its catalog by an equal one."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        number, root = opened.Root.objgen[0], opened.Root.unparse(resolved=True)
        size = int(opened.trailer.Size)
    at = len(pdf)
    body = b"%d 0 obj\n%s\nendobj\n" % (number, root)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %s>>\n" % (
        *(number, at, size, number),
        pdf[pdf.rfind(b"startxref") + 9 :].split()[0],
    )
    return pdf + body + table + b"startxref\n%d\n%%%%EOF\n" % (at + len(body))


def test_another_revision_of_a_pdf_is_named(good: dict[str, bytes]) -> None:
    assert Kind.AMBIGUOUS in kinds(compare(good[PDF], later_revision(good[PDF]), Format.PDF))


@pytest.mark.parametrize("around", [(b"#!/bin/sh\n", b""), (b"", b"<script>1</script>")], ids=["before", "behind"])
@pytest.mark.parametrize("name", [EPUB, PDF])
def test_bytes_around_a_file_are_named(good: dict[str, bytes], name: str, around: tuple[bytes, bytes]) -> None:
    spoilt = around[0] + good[name] + around[1]
    assert compare(good[name], spoilt, Format(name.rpartition(".")[2]))


def _local_name(zipped: bytes, name: bytes, other: bytes) -> bytes:
    at = zipped.index(name)
    return zipped[:at] + other + zipped[at + len(name) :]


def _commented(zipped: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(zipped)) as archive, ZipFile(out, "w") as again:
        for info in archive.infolist():
            info.comment = b"read me" if info.filename == TEXT else b""
            again.writestr(info, archive.read(info.filename))
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda zipped: _local_name(zipped, b"EPUB/text/text.xhtml", b"EPUB/text/texx.xhtml"),
        lambda zipped: zipped[:-2] + b"\x03\x00abc",
        _commented,
    ],
    ids=["another name in the local header", "a comment", "a comment of a member"],
)
def test_headers_that_disagree_are_named(good: dict[str, bytes], change: Callable[[bytes], bytes]) -> None:
    assert Kind.AMBIGUOUS in kinds(compare(good[EPUB], change(good[EPUB]), Format.EPUB))


def test_attributes_that_a_document_declares_itself_are_named(good: dict[str, bytes]) -> None:
    def declare(files: dict[str, bytes]) -> None:
        declared = b"<!DOCTYPE html [<!ATTLIST p hidden CDATA 'hidden'>]>"
        files[TEXT] = files[TEXT].replace(b"<!DOCTYPE html>", declared)
        assert declared in files[TEXT]

    assert compare(good[EPUB], packed(good[EPUB], declare), Format.EPUB)


def test_two_members_of_one_name_are_named(good: dict[str, bytes]) -> None:
    out = io.BytesIO(packed(good[EPUB]))
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(out, "a") as archive:
        archive.writestr(TEXT, b"<html xmlns='http://www.w3.org/1999/xhtml'/>")
    assert Kind.AMBIGUOUS in kinds(compare(good[EPUB], out.getvalue(), Format.EPUB))


def test_a_member_that_expands_without_end_is_not_read(good: dict[str, bytes]) -> None:
    def swell(files: dict[str, bytes]) -> None:
        files[TEXT] = files[TEXT] + b" " * 300_000_000

    bomb = packed(good[EPUB], swell)
    begun = time.process_time()
    assert kinds(compare(good[EPUB], bomb, Format.EPUB)) == {Kind.LIMIT}
    assert time.process_time() - begun < 2


def test_a_stream_that_expands_without_end_is_not_read(good: dict[str, bytes]) -> None:
    def swell(pdf: Pdf) -> None:
        bomb = zlib.compress(zlib.compress(b"0 g " * 50_000_000, 9), 9)
        filters = Array([Name.FlateDecode, Name.FlateDecode])
        pdf.pages[8].Contents = pikepdf.Stream(pdf, bomb, Dictionary(Filter=filters))

    spoilt = saved(good[PDF], swell, stream_decode_level=StreamDecodeLevel.none, compress_streams=False)
    assert Kind.LIMIT in kinds(compare(good[PDF], spoilt, Format.PDF))


@pytest.mark.parametrize("kept", [0, 9, 5000, -600])
@pytest.mark.parametrize("name", [EPUB, PDF])
def test_a_file_that_is_cut_off_is_named(good: dict[str, bytes], name: str, kept: int) -> None:
    found = kinds(compare(good[name], good[name][:kept], Format(name.rpartition(".")[2])))
    assert found & {Kind.UNREADABLE, Kind.AMBIGUOUS}


def test_a_locked_pdf_cannot_be_read(good: dict[str, bytes]) -> None:
    locked = saved(good[PDF], encryption=pikepdf.Encryption(owner="x", user="y"))
    assert kinds(compare(good[PDF], locked, Format.PDF)) == {Kind.UNREADABLE}


def test_a_page_that_is_missing_is_named_alone(good: dict[str, bytes]) -> None:
    def drop(pdf: Pdf) -> None:
        del pdf.pages[8]

    found = compare(good[PDF], saved(good[PDF], drop), Format.PDF)
    assert ("page 9", "this page is missing") in {(difference.place, difference.message) for difference in found}
    assert not [difference for difference in found if difference.kind is Kind.DRAWING]


def test_a_description_of_a_link_is_named(good: dict[str, bytes]) -> None:
    def describe(pdf: Pdf) -> None:
        pdf.pages[8].Annots[0].Contents = String("to nowhere")

    (difference,) = compare(good[PDF], saved(good[PDF], describe), Format.PDF)
    assert (difference.kind, difference.place, difference.found) == (Kind.SPOKEN, "page 9", "to nowhere")


def test_objects_that_lead_to_each_other_come_to_an_end(good: dict[str, bytes]) -> None:
    def circle(pdf: Pdf) -> None:
        item = pdf.make_indirect(Dictionary())
        item.Next = pdf.make_indirect(Dictionary(Prev=item, Next=item))
        pdf.Root.Threads = Array([item])

    assert kinds(compare(good[PDF], saved(good[PDF], circle), Format.PDF)) == {Kind.OBJECT}
