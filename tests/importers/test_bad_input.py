"""Input that is large, odd or damaged: imported, reported or explained, and never a fault of the program."""

from __future__ import annotations

import random
import re
import zipfile
from io import BytesIO

import pytest
from tests.importers.docx_files import (
    PNG,
    cell,
    comment,
    commented,
    docx,
    entry,
    field,
    note,
    note_call,
    paragraph,
    picture,
    run,
    table,
    zipped,
)
from tests.importers.importing_files import made

from publisher.diagnostics import PublisherError
from publisher.importers import package
from publisher.importers.package import Package


def everything() -> bytes:
    """A document with every kind of content."""
    deleted = '<w:del w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    body = (
        paragraph("Title", style="Titel"),
        paragraph("One ", commented(1, "two"), note_call(1), " ", deleted, run("x", "<w:i/>"), style="berschrift1"),
        paragraph(field(' HYPERLINK "https://a.org" ', "there"), field(" ADDIN ZOTERO_ITEM CSL_CITATION {} ", "(x)")),
        entry("a"),
        entry("b", level=1),
        table(cell("p", properties='<w:gridSpan w:val="2"/>'), cell("q", table(cell("r") + cell("s"))) + cell("t")),
        paragraph(picture("i1")),
        paragraph("v", style="Verse"),
        "<w:sdt><w:sdtContent>" + paragraph("w") + "</w:sdtContent></w:sdt>",
    )
    parts = {"comments": comment(1, "c"), "footnotes": note(1, "n")}
    return docx(*body, parts=parts, pictures={"i1": PNG})


def mutated(content: bytes, seed: int) -> bytes:
    """The document with tags removed, doubled or renamed, and with numbers changed; its XML stays well formed."""
    chance = random.Random(seed)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in [file for file in files if file.startswith("word/") and file.endswith((".xml", ".rels"))]:
        text = files[name].decode()
        for _ in range(3):
            tags = list(re.finditer(r"<(\w+:\w+)(?: [^<>]*)?/>|<(w:t|w:instrText)[^<>]*>[^<>]*</\2>", text))
            if tags:
                item = chance.choice(tags)
                with_what = chance.choice(("", item[0] * 2, item[0].replace("w:", "w:x", 1) if item[1] else ""))
                text = text[: item.start()] + with_what + text[item.end() :]
            numbers = list(re.finditer(r'"(\d+)"', text))
            if numbers:
                item = chance.choice(numbers)
                value = chance.choice(("-1", "999999999999", "x", "", "0"))
                text = f'{text[: item.start()]}"{value}"{text[item.end() :]}'
        files[name] = text.encode()
    return zipped(files)


def test_everything_is_imported_without_a_lost_word() -> None:
    assert made(everything()).lost == ()


@pytest.mark.parametrize("seed", range(40))
def test_a_document_with_odd_xml_is_imported_or_explained(seed: int) -> None:
    try:
        made(mutated(everything(), seed))
    except PublisherError as error:
        assert all(diagnostic.code.startswith("W-") for diagnostic in error.diagnostics)  # noqa: PT017 - some seeds raise none


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_many_comments(count: int) -> None:
    body = (paragraph("word ", commented(number, f"w{number}"), " and more", ".") for number in range(count))
    comments = "".join(comment(number, f"c{number}") for number in range(count))
    found = made(docx(*body, parts={"comments": comments}))
    assert found.files["notes/jane-doe.md"].count("\n## ") + 1 == count
    assert found.lost == ()


def test_a_document_is_nested_as_deep_as_xml_can_be() -> None:
    inner = paragraph("deep")
    for _ in range(60):
        inner = table(cell("x", inner) + cell("y"))
    found = made(docx(paragraph("a"), inner))
    assert "deep" in found.text + "".join(found.entries)


def test_a_package_of_too_many_files_or_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MEMBERS", 3)
    with pytest.raises(PublisherError, match="W-004"):
        Package.of(zipped({str(number): b"" for number in range(4)}), "a.docx")
    monkeypatch.setattr(package, "MEMBERS", 100)
    monkeypatch.setattr(package, "WHOLE", 1000)
    opened = Package.of(zipped({"a": b"x" * 600, "b": b"x" * 600}), "a.docx")
    assert opened.read("a") == b"x" * 600
    with pytest.raises(PublisherError, match="W-004"):
        opened.read("b")


def test_macros_are_left_out_and_reported() -> None:
    found = made(docx(paragraph("a"), extra={"word/vbaProject.bin": b"x"}), "a.docm")
    assert "dropped: its macros: nothing of them was run" in found.entries
