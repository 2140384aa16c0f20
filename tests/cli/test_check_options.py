"""`check` tells what may be claimed, and asks the validators."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result

from publisher.build import pipeline
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity
from publisher.validators import conformance

Run = Callable[..., Result]
OBJECTION = Diagnostic(code="V-030", message="ace objects to a.epub", severity=Severity.WARNING)


@pytest.fixture
def clean(tmp_path: Path, root: Path) -> Path:
    """An edition without a fault."""
    return Path(shutil.copytree(root / "tests" / "checks" / "clean", tmp_path / "book"))


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Diagnostic], None]:
    """Lets the validators find something in a build that nobody makes."""

    def checked(found: Diagnostic) -> None:
        def verdicts(
            *_: object, publication: object, all_required: bool, elements: dict[int, object], settings: object
        ) -> tuple[Diagnostic, ...]:
            assert elements == {}
            if all_required:
                raise PublisherError(found, exit_code=ExitCode.MISSING)
            return (found,)

        volume = SimpleNamespace(artifacts=(), publication=None)
        monkeypatch.setattr(
            pipeline, "build", lambda *_, **__: SimpleNamespace(volume=volume, settings=None, diagnostics=())
        )
        monkeypatch.setattr(conformance, "verdicts", verdicts)

    return checked


def test_the_report_names_every_claim(run: Run, clean: Path) -> None:
    result = run("check", str(clean), "--report")
    assert result.exit_code == 0
    assert "claimed: alternativeText\n" in result.stdout
    assert result.stdout.endswith("claimed: EPUB Accessibility 1.1 - WCAG 2.2 Level AA\n")


def test_the_report_says_why_a_claim_is_not_made(run: Run, clean: Path) -> None:
    clean.joinpath("styles").mkdir()
    clean.joinpath("styles", "own.css").write_text(".note { color: #999 }\n")
    result = run("check", str(clean), "--report")
    assert result.exit_code == 0
    assert "not claimed: contrast of colours: 2.85 to 1 where 4.5 is needed" in result.stdout
    assert "(book/styles/own.css:1:9)" in result.stdout
    assert "\nclaimed: EPUB Accessibility" not in result.stdout


def test_warnings_of_validators_do_not_fail_unless_it_is_strict(
    run: Run, clean: Path, checked: Callable[[Diagnostic], None]
) -> None:
    checked(OBJECTION)
    result = run("check", str(clean), "--conformance")
    assert result.exit_code == 0
    assert result.stderr.startswith("warning[V-030 validator-reports-error]: ace objects to a.epub\n")
    assert run("check", str(clean), "--conformance", "--strict").exit_code == 5


def test_errors_of_validators_fail(run: Run, clean: Path, checked: Callable[[Diagnostic], None]) -> None:
    checked(replace(OBJECTION, severity=Severity.ERROR))
    assert run("check", str(clean), "--conformance").exit_code == 5


def test_a_missing_validator_fails_where_all_are_required(
    run: Run, clean: Path, checked: Callable[[Diagnostic], None]
) -> None:
    checked(OBJECTION)
    assert run("check", str(clean), "--conformance", "--require", "all").exit_code == 3


def test_requiring_validators_without_asking_them_is_a_mistake(run: Run, clean: Path) -> None:
    assert run("check", str(clean), "--require", "all").exit_code == 2
