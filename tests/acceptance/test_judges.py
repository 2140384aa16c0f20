"""What every judge says of the two editions: nothing. A judge that is not installed fails, and says how to get it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from publisher.diagnostics import Severity
from publisher.validators import pagevalidation, verapdf
from publisher.validators.registry import VALIDATORS, Validator

Built = Callable[[str], Any]


@pytest.mark.parametrize("name", ["book", "everything"])
@pytest.mark.parametrize("judge", VALIDATORS, ids=lambda judge: judge.name)
def test_no_judge_finds_fault(built: Built, name: str, judge: Validator) -> None:
    missing = [f"{need.name}: {need.remedy}" for need in judge.missing]
    assert not missing, f"{judge.name} cannot judge, install " + "; ".join(missing)
    work = built(name)
    files = [path for path in (work.epub, work.pdf) if path.suffix in judge.judges]
    assert files
    assert [finding for path in files for finding in judge.judge(path)] == []


def test_verapdf_is_asked_for_both_standards() -> None:
    assert verapdf.FLAVOURS == ("ua1", "3a")


@pytest.mark.parametrize("name", ["book", "everything"])
def test_page_validation_finds_no_fault_by_pdf_a_but_its_own(built: Built, name: str) -> None:
    found = pagevalidation.validate(built(name).pdf, profile="3a")
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []
