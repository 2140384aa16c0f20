"""No validator objects to the two editions. One that is not installed fails, and says how to get it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from publisher.diagnostics import Severity
from publisher.validators import pagevalidation, verapdf
from publisher.validators.registry import VALIDATORS, Validator

Built = Callable[[str], Any]


@pytest.mark.parametrize("name", ["book", "everything"])
@pytest.mark.parametrize("validator", VALIDATORS, ids=lambda validator: validator.name)
def test_no_validator_finds_fault(built: Built, name: str, validator: Validator) -> None:
    missing = [f"{need.name}: {need.remedy}" for need in validator.missing]
    assert not missing, f"{validator.name} cannot run, install " + "; ".join(missing)
    work = built(name)
    files = [path for path in (work.epub, work.pdf) if path.suffix in validator.extensions]
    assert files
    assert [finding for path in files for finding in validator.validate(path)] == []


def test_verapdf_is_asked_for_both_standards() -> None:
    assert verapdf.FLAVOURS == ("ua1", "3a")


@pytest.mark.parametrize("name", ["book", "everything"])
def test_page_validation_finds_no_fault_by_pdf_a_but_its_own(built: Built, name: str) -> None:
    found = pagevalidation.validate(built(name).pdf, profile="3a")
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []
