"""What veraPDF says of PDFs, and that it needs no more than a Java runtime."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.diagnostics import PublisherError, Severity
from publisher.validators import verapdf
from publisher.validators.process import Outcome


def test_verapdf_tells_each_broken_rule_with_its_place(plain_pdf: Path) -> None:
    found = verapdf.validate(plain_pdf, flavours=("ua1",))
    assert {finding.rule for finding in found} >= {"ua1 6.2-1", "ua1 7.1-8"}
    assert all(finding.message and finding.where.startswith("root") for finding in found)
    assert {finding.severity for finding in found} == {Severity.ERROR}


def test_verapdf_checks_by_all_flavours_asked_for(plain_pdf: Path) -> None:
    found = verapdf.validate(plain_pdf)
    assert {finding.rule.split()[0] for finding in found} == {"ua1", "3a"}


def test_verapdf_comes_to_no_verdict_on_what_is_no_pdf(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_text("not a PDF")
    with pytest.raises(PublisherError, match=r"L-011.*verapdf.*parse"):
        verapdf.validate(path)


def test_a_flavour_that_there_is_not_is_no_verdict(plain_pdf: Path) -> None:
    with pytest.raises(PublisherError, match="L-011"):
        verapdf.validate(plain_pdf, flavours=("ua9",))


def test_a_machine_that_prints_nothing_is_no_verdict(plain_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verapdf, "run", lambda *_, **__: Outcome(status=1, stdout="", stderr="no memory"))
    with pytest.raises(PublisherError, match=r"L-011.*no memory"):
        verapdf.validate(plain_pdf)
