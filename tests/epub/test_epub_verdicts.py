"""What the validators say of a good book and of one with planted faults; each checks each book once."""

from __future__ import annotations

from pathlib import Path

from publisher.diagnostics import Severity
from publisher.validators import ace, epubcheck, nu


def test_epubcheck_finds_neither_error_nor_warning_in_the_good_book(book_path: Path) -> None:
    assert epubcheck.validate(book_path) == ()


def test_ace_finds_nothing_at_all_in_the_good_book(book_path: Path) -> None:
    assert ace.validate(book_path) == ()


def test_nu_finds_no_error_in_the_good_book(book_path: Path) -> None:
    assert [finding for finding in nu.validate(book_path) if finding.severity is Severity.ERROR] == []


def test_epubcheck_reports_a_broken_link_with_its_place_and_an_undeclared_svg(faulty_path: Path) -> None:
    found = epubcheck.validate(faulty_path)
    assert {(finding.validator, finding.severity) for finding in found} == {("epubcheck", Severity.ERROR)}
    assert [finding.where[:22] for finding in found if finding.rule == "RSC-012"] == ["EPUB/text/text.xhtml:9"]
    assert [finding.where for finding in found if finding.rule == "OPF-014"] == ["EPUB/text/text.xhtml"]


def test_ace_reports_an_image_without_alternative_text_and_hazards_that_nobody_stated(faulty_path: Path) -> None:
    found = {(finding.rule, finding.where, finding.severity) for finding in ace.validate(faulty_path)}
    assert found == {
        ("image-alt", "text/cover.xhtml img", Severity.ERROR),
        ("metadata-accessibilityhazard", "EPUB/content.opf", Severity.ERROR),
    }
