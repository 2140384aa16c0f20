"""Scanned pages get the words that Tesseract recognises; doubtful words and what is missing are reported."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

import publisher
from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.ocr import program, recognise
from publisher.ocr.languages import tesseract_name
from publisher.pdf.foreign.reading import Wanted, read_pages
from publisher.workspace import Folder

LINES = (
    "TREATY PROVIDING FOR THE RENUNCIATION OF WAR",
    "The High Contracting Parties solemnly declare",
    "that they condemn recourse to war for the solution",
    "of international controversies.",
)
READER = """\
title: Scans
language: en
date: 2026-11-24
output: {name: scans, formats: [epub, pdf]}
units:
  - title: Week 1
    readings:
      - pdf: scan.pdf
        ocr: true
        title: The Pact of Paris
        citation: Treaty, 1928.
        rights: {status: public-domain, statement: A work of a government.}
"""


def scan(*lines: str) -> Image.Image:
    """A page as a scanner sees it: grey, 200 dots an inch."""
    (face,) = (
        Path(publisher.__file__)
        .parents[2]
        .glob(".venv/lib/python3*/site-packages/font_source_serif_pro/files/*o-Regular.otf")
    )
    page = Image.new("L", (1240, 1754), 255)
    drawing = ImageDraw.Draw(page)
    for at, line in enumerate(lines):
        drawing.text((120, 160 + 70 * at), line, font=ImageFont.truetype(str(face), 36), fill=20)
    return page


@pytest.fixture(scope="session")
def scanned() -> bytes:
    """Two scanned pages: one with words, and one on which nothing can be read with certainty."""
    out = io.BytesIO()
    noise = scan("rnm 1lI|l jq qj0O vvwvw")
    blurred = noise.resize((310, 438)).resize(noise.size)
    scan(*LINES).save(out, "PDF", resolution=150, save_all=True, append_images=[blurred])
    return out.getvalue()


@pytest.fixture
def reader(tmp_path: Path, scanned: bytes) -> Path:
    """The folder of a reader with the scan."""
    folder = tmp_path / "reader"
    folder.mkdir()
    (folder / "reader.yaml").write_text(READER, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(scanned)
    return folder


def words_of(diagnostic: Diagnostic) -> str:
    """The words that a diagnostic is about."""
    span = diagnostic.span
    assert span is not None
    return span.source.text[span.start : span.end]


def errors(folder: Path) -> list[Diagnostic]:
    """The errors that a check of a reader reports."""
    with pytest.raises(PublisherError) as raised:
        pipeline.check(BuildRequest(folder=Folder(folder)))
    return list(raised.value.diagnostics)


def test_the_epub_and_the_pdf_have_the_words_and_say_that_a_program_recognised_them(
    reader: Path, tmp_path: Path
) -> None:
    built = pipeline.build(BuildRequest(folder=Folder(reader)))
    pipeline.keep(built.volume, output=tmp_path / "output")
    with ZipFile(tmp_path / "output" / "scans.epub") as epub:
        documents = "".join(epub.read(name).decode() for name in epub.namelist() if name.endswith(".xhtml"))
    assert "that they condemn recourse to war" in documents
    assert "A program recognised the words of the scanned pages" in documents
    document = pypdfium2.PdfDocument(tmp_path / "output" / "scans.pdf")
    words = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert any("RENUNCIATION" in page for page in words)
    (doubt,) = (diagnostic for diagnostic in built.diagnostics if diagnostic.code == "U-024")
    assert "scan.pdf, page 2" in doubt.message
    assert " %)" in doubt.message
    assert doubt.span is not None
    assert words_of(doubt) == "scan.pdf"


def test_pages_with_words_stay_as_they_are(reader: Path, scanned: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    found = recognise.recognise(scanned, first=1, last=1, language="en")
    (reader / "scan.pdf").write_bytes(found.content)
    (reader / "reader.yaml").write_text(READER.replace("ocr: true", "ocr: true\n        pages: 1"), encoding="utf-8")
    monkeypatch.setattr(recognise, "_make", lambda _: pytest.fail("there is nothing to recognise"))
    assert pipeline.check(BuildRequest(folder=Folder(reader))).publication is not None


def test_the_same_scan_gives_the_same_words(scanned: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    first = recognise.recognise(scanned, first=None, last=None, language="en")
    monkeypatch.setattr(recognise, "user_recognised", NoStore)
    again = recognise.recognise(scanned, first=None, last=None, language="en")
    assert again.doubtful == first.doubtful
    volumes = [rebuilt(recognised.content) for recognised in (first, again)]
    assert volumes[0] == volumes[1]


class NoStore:
    """A store that holds nothing."""

    def get(self, key: str) -> None:
        """Return nothing."""

    def put(self, key: str, content: bytes) -> None:
        """Do nothing."""


def rebuilt(content: bytes) -> bytes:
    """The pages of a PDF as they go into a volume."""
    (pages,) = read_pages((Wanted(content, None, None),))
    assert pages.fault is None
    return pages.content


def test_missing_programs_are_reported_with_the_line_that_installs_them(
    reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognise, "find_programs", lambda: None)
    (found,) = errors(reader)
    assert (found.code, words_of(found)) == ("U-025", "scan.pdf")
    assert found.hint is not None
    assert found.hint.startswith("sudo apt-get install ocrmypdf tesseract-ocr ")


def test_programs_are_not_taken_from_the_folder_of_the_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ocrmypdf", "tesseract"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".:")
    assert program.find_programs() is None


def test_a_language_without_data_is_reported_with_its_package(reader: Path) -> None:
    (reader / "reader.yaml").write_text(READER.replace("language: en", "language: eo"), encoding="utf-8")
    (found,) = errors(reader)
    assert found.code == "U-025"
    assert found.hint is not None
    assert "sudo apt-get install tesseract-ocr-epo" in found.hint


def test_a_damaged_file_is_damaged_and_not_repaired(reader: Path, scanned: bytes) -> None:
    (reader / "scan.pdf").write_bytes(scanned[:-400])
    assert [diagnostic.code for diagnostic in errors(reader)] == ["C-011"]


def test_a_run_that_fails_is_an_error_of_the_file(reader: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = program.find_programs()
    assert whole is not None
    broken = program.Programs("/bin/false", whole.tesseract, (*whole.versions, "broken"), whole.languages)
    monkeypatch.setattr(recognise, "find_programs", lambda: broken)
    (found,) = errors(reader)
    assert (found.code, "status 1" in found.message) == ("U-026", True)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en-GB", "eng"),
        ("de-CH", "deu"),
        ("zh-Hant", "chi_tra"),
        ("zh", "chi_sim"),
        ("sr-Latn", "srp_latn"),
        ("grc", "grc"),
        ("xx", ""),
    ],
)
def test_languages_have_the_names_of_tesseract(tag: str, name: str) -> None:
    assert tesseract_name(tag) == name


def test_ocr_belongs_to_pages_of_a_pdf(reader: Path) -> None:
    given: Any = READER.replace("pdf: scan.pdf", "link: https://www.example.org/")
    (reader / "reader.yaml").write_text(given, encoding="utf-8")
    assert [diagnostic.code for diagnostic in errors(reader)] == ["C-016"]
