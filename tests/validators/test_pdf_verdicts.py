"""What qpdf and page-validation say of PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.diagnostics import PublisherError, Severity
from publisher.validators import pagevalidation, qpdf


def test_qpdf_finds_nothing_in_a_sound_pdf(plain_pdf: Path) -> None:
    assert qpdf.validate(plain_pdf) == ()


def test_qpdf_reports_a_missing_cross_reference_table(damaged_pdf: Path) -> None:
    found = qpdf.validate(damaged_pdf)
    assert any("xref" in finding.message for finding in found)
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert not [finding for finding in found if str(damaged_pdf) in finding.message]


def test_qpdf_reports_what_is_no_pdf_as_an_error(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_text("not a PDF")
    assert Severity.ERROR in {finding.severity for finding in qpdf.validate(path)}


def test_page_validation_reports_a_pdf_without_tags_or_language(plain_pdf: Path) -> None:
    found = pagevalidation.validate(plain_pdf)
    assert len(found) > 3
    assert all(finding.rule.startswith("PDFUA1-") and finding.message for finding in found)


def test_page_validation_checks_by_the_profile_asked_for(plain_pdf: Path) -> None:
    assert all(finding.rule.startswith("PDFA3") for finding in pagevalidation.validate(plain_pdf, profile="3a"))


def test_page_validation_comes_to_no_verdict_on_what_is_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_text("not a PDF")
    with pytest.raises(PublisherError, match=r"L-011.*page-validation"):
        pagevalidation.validate(path)
