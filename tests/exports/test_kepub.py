"""The EPUB for Kobo readers: the same words, each sentence in an element with a number of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree
from tests.exports.conftest import Runs

from publisher.diagnostics import Severity
from publisher.exports.kepub import mark_spans
from publisher.validators import epubcheck

CLEAN = Path(__file__).parents[1] / "checks" / "clean"
XHTML = "{http://www.w3.org/1999/xhtml}"
DOCUMENT = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><h1>Title</h1>
<p>One is <em>first. Two</em> “is it?” Three… <!-- no --> four <img src="a.png" alt="a"/> <span id="page-1"></span></p>
<pre>code. more</pre><svg xmlns="http://www.w3.org/2000/svg"><text>drawn. words</text></svg>
<ul> <li>five</li> </ul><p>Ἀρχή. 一。 e.g. 3.5</p></body></html>""".encode()


@pytest.fixture(scope="module")
def book(runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kepub of the clean edition."""
    output = tmp_path_factory.mktemp("kepub")
    done = runs("export", "kepub", CLEAN, "-o", output)
    assert done.exit_code == 0, done.output
    (file,) = output.glob("*.kepub.epub")
    return file


def files(content: bytes) -> Mapping[str, bytes]:
    """The files of a ZIP file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(document: bytes) -> str:
    """The text of the body of a document."""
    body = etree.fromstring(document).find(f"{XHTML}body")
    assert body is not None
    return "".join(map(str, body.itertext()))


def spans(document: bytes) -> list[tuple[str, str]]:
    """The numbers and texts of the marked sentences."""
    found = etree.fromstring(document).iter(f"{XHTML}span")
    return [(element.get("id", ""), element.text or "") for element in found if element.get("class") == "koboSpan"]


def test_no_letter_is_changed(book: Path, runs: Runs, tmp_path: Path) -> None:
    assert words(mark_spans(DOCUMENT)) == words(DOCUMENT)
    assert runs("build", CLEAN, "-o", tmp_path, "-f", "epub", "-f", "pdf").exit_code == 0
    plain = files(next(tmp_path.glob("*.epub")).read_bytes())
    kobo = files(book.read_bytes())
    assert plain.keys() == kobo.keys()
    for name, content in plain.items():
        if name.endswith(".xhtml"):
            assert words(kobo[name]) == words(content), name
        else:
            assert kobo[name] == content, name


def test_sentences_are_counted_in_their_paragraphs() -> None:
    assert spans(mark_spans(DOCUMENT)) == [
        ("kobo.1.1", "Title"),
        ("kobo.2.1", "One is "),
        ("kobo.2.2", "first. "),
        ("kobo.2.3", "Two"),
        ("kobo.2.4", " “is it?” "),
        ("kobo.2.5", "Three… "),
        ("kobo.2.6", " four "),
        ("kobo.2.7", ""),
        ("kobo.3.1", "five"),
        ("kobo.4.1", "Ἀρχή. "),
        ("kobo.4.2", "一。 "),
        ("kobo.4.3", "e.g. "),
        ("kobo.4.4", "3.5"),
    ]


def test_epubcheck_finds_no_fault(book: Path) -> None:
    found = epubcheck.validate(book)
    assert [finding for finding in found if finding.severity is not Severity.NOTE] == []


def test_the_same_edition_gives_the_same_bytes(book: Path, runs: Runs, tmp_path: Path) -> None:
    assert runs("export", "kepub", CLEAN, "-o", tmp_path).exit_code == 0
    assert next(tmp_path.glob("*.kepub.epub")).read_bytes() == book.read_bytes()
