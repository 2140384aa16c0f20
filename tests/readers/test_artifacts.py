"""A course reader built: what stands in its files, and on every page of a proof."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from tests.readers.conftest import RIGHT_HAND

from publisher import verify
from publisher.build import pipeline
from publisher.build.request import BuildRequest, BuildResult
from publisher.diagnostics import PublisherError
from publisher.model.rendition import Artifact
from publisher.model.target import Copy, Target
from publisher.workspace import Folder

STAMP = "Proof: not for distribution"


def content(built: BuildResult, suffix: str) -> bytes:
    return next(artifact.content for artifact in built.volume.artifacts if artifact.name.endswith(suffix))


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def documents_of(epub: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xhtml", ".css"))}


def test_every_page_of_a_proof_says_so_and_empty_ones_say_nothing_else(proof: BuildResult) -> None:
    pages = pages_of(content(proof, ".pdf"))
    assert len(pages) > 30
    assert [number for number, words in enumerate(pages, 1) if STAMP not in words] == []
    empty = [number for number, words in enumerate(pages, 1) if words.strip() == STAMP]
    assert len(empty) > 5
    assert all(number % 2 == 0 for number in empty)


def test_the_proof_finds_a_page_of_a_proof_that_does_not_say_so(proof: BuildResult) -> None:
    out = io.BytesIO()
    whole = content(proof, ".pdf")
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        at = next(at for at, words in enumerate(pages_of(whole)) if words.strip() == STAMP)
        label = pdf.pages[at].label
        pdf.pages[at].obj.Contents = pdf.make_stream(b"")
        pdf.save(out)
    with pytest.raises(PublisherError) as raised:
        verify.verify(proof.volume.publication, (Artifact(name="course.pdf", content=out.getvalue()),))
    assert f"(page {label}) the page does not say “{STAMP}”" in raised.value.diagnostics[0].message


def test_every_document_of_a_proof_says_so(proof: BuildResult) -> None:
    files = documents_of(content(proof, ".epub"))
    documents = {name: text for name, text in files.items() if name.endswith(".xhtml")}
    assert len(documents) > 15
    assert [name for name, text in documents.items() if "Proof: not for distribution" not in text] == []


def test_a_copy_for_distribution_is_no_proof(course: Path) -> None:
    built = pipeline.build(BuildRequest(folder=Folder(course), target=Target(copy=Copy.DISTRIBUTION)))
    assert not [words for words in pages_of(content(built, ".pdf")) if "Proof" in words]
    assert not [text for text in documents_of(content(built, ".epub")).values() if "Proof" in text]


def test_a_copy_for_distribution_is_not_built_where_rights_are_missing(course: Path) -> None:
    reader = course / "reader.yaml"
    reader.write_text(reader.read_text().replace("copies: 30}", "copies: 3}").replace("copies: 30,", "copies: 3,"))
    with pytest.raises(PublisherError, match=r"\[C-008\] the permission for “Two pages” is for 3 copies"):
        pipeline.build(BuildRequest(folder=Folder(course)))


def test_the_pages_of_the_epub_are_those_of_the_pdf(proof: BuildResult) -> None:
    nav = documents_of(content(proof, ".epub"))["EPUB/text/nav.xhtml"]
    (listed,) = re.findall(r'epub:type="page-list".*?</nav>', nav, flags=re.S)
    labels = re.findall(r"<a [^>]*>([^<]+)</a>", listed)
    assert len(labels) == len(pages_of(content(proof, ".pdf")))
    assert labels[-1].isdecimal()


def test_the_ledger_is_a_table_with_a_line_for_each_reading_and_picture(proof: BuildResult) -> None:
    lines = list(csv.DictReader(io.StringIO(content(proof, ".rights.csv").decode())))
    assert [(line["kind"], line["reading"], line["status"]) for line in lines] == [
        ("reading", "edition", "public-domain"),
        ("reading", "part", "public-domain"),
        ("reading", "guide", "public-domain"),
        ("image", "guide", "public-domain"),
        ("reading", "pages", "permission"),
        ("reading", "elsewhere", "unknown"),
    ]
    assert (lines[4]["granted"], lines[4]["copies"], lines[4]["expires"]) == ("2026-10-02", "30", "2027-03-01")


def test_two_builds_are_equal_byte_for_byte(proof: BuildResult, course: Path) -> None:
    folder = course.rename(course.with_name("clean"))
    settings = folder / "reader.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + RIGHT_HAND, encoding="utf-8")
    again = pipeline.build(BuildRequest(folder=Folder(folder), target=Target(copy=Copy.PROOF)))
    assert [artifact.content for artifact in again.volume.artifacts] == [
        artifact.content for artifact in proof.volume.artifacts
    ]
