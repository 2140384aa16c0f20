"""How what EPUBCheck and Nu report becomes findings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from publisher.diagnostics import PublisherError, Severity
from publisher.validators import epubcheck, nu
from publisher.validators.finding import Finding

HTML = """<!DOCTYPE html>
<html lang="en">
<title>x</title>
<p id="a"><p id="a">
"""


def _message(severity: str, *places: tuple[str, int, int]) -> dict[str, object]:
    locations = [{"path": path, "line": line, "column": column} for path, line, column in places]
    return {"ID": "RSC-005", "severity": severity, "message": "Wrong.", "locations": locations}


def test_each_place_of_a_message_is_a_finding_and_usage_is_none(epubcheck_says: Callable[[str], None]) -> None:
    messages = [
        _message("FATAL"),
        _message("WARNING", ("a.xhtml", 3, 4), ("b.xhtml", -1, -1)),
        _message("USAGE", ("c.xhtml", 1, 1)),
        _message("INFO", ("c.xhtml", 1, 1)),
    ]
    epubcheck_says(json.dumps({"messages": messages}))
    assert [(finding.where, finding.severity) for finding in epubcheck.validate(Path("book.epub"))] == [
        ("", Severity.ERROR),
        ("a.xhtml:3:4", Severity.WARNING),
        ("b.xhtml", Severity.WARNING),
    ]


@pytest.mark.parametrize("words", ["Exception in thread main", "{}", '{"messages": [{}]}'])
def test_what_is_no_report_is_no_verdict(epubcheck_says: Callable[[str], None], words: str) -> None:
    epubcheck_says(words)
    with pytest.raises(PublisherError, match=r"L-011.*epubcheck came to no verdict"):
        epubcheck.validate(Path("book.epub"))


def test_nu_reports_an_id_given_twice_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML)
    (finding,) = (finding for finding in nu.validate(path) if finding.severity is Severity.ERROR)
    assert finding == Finding(
        validator="nu", rule="error", message="Duplicate ID “a”.", where="page.html:4:20", severity=Severity.ERROR
    )


def test_an_unknown_type_is_an_error_though_epubcheck_calls_it_usage(epubcheck_says: Callable[[str], None]) -> None:
    unknown = {**_message("USAGE", ("a.xhtml", 3, 4)), "ID": "OPF-088"}
    epubcheck_says(json.dumps({"messages": [unknown]}))
    (finding,) = epubcheck.validate(Path("book.epub"))
    assert (finding.rule, finding.where, finding.severity) == ("OPF-088", "a.xhtml:3:4", Severity.ERROR)


def test_nu_reads_style_sheets_of_an_epub(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    with ZipFile(path, "w") as book:
        book.writestr("EPUB/styles/good.css", "p { color: red }")
        book.writestr("EPUB/styles/bad.css", "p { color: red }\nq { colour: red }")
    (finding,) = nu.validate(path)
    assert (finding.where, finding.severity) == ("EPUB/styles/bad.css:2:16", Severity.ERROR)
    assert "colour" in finding.message


def test_nu_comes_to_no_verdict_on_what_is_no_epub(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    path.write_text("not an EPUB")
    with pytest.raises(PublisherError, match=r"L-011.*book\.epub is no EPUB"):
        nu.validate(path)


def test_epub_attributes_are_blanked_and_every_other_character_stays_where_it_was() -> None:
    document = (
        b"""<a id="x" epub:type="noteref" href="#n"\n  epub:prefix='a: b\nc' class="epub:type">epub:type= "kept</a>"""
    )
    blanked = nu.without_epub_attributes(document)
    assert len(blanked) == len(document)
    assert blanked.split() == b"""<a id="x" href="#n" class="epub:type">epub:type= "kept</a>""".split()
    assert [at for at, byte in enumerate(blanked) if byte == 10] == [
        at for at, byte in enumerate(document) if byte == 10
    ]
