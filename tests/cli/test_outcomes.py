"""What can happen to a command, and the exit status that tells it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest
from click.testing import Result

from publisher import doctor
from publisher.build import pipeline
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError

Run = Callable[..., Result]


class Checked:
    """What checking ends with where there are only warnings."""

    def __init__(self, *warnings: Diagnostic) -> None:
        self.warnings = self.diagnostics = warnings
        self.files = ()
        self.volume = SimpleNamespace(artifacts=(), files=())
        self.page_map = None


@pytest.fixture
def ends_with(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets checking and building end with warnings, or raise."""

    def ends_with(*warnings: Diagnostic, raising: BaseException | None = None) -> None:
        def stages(*_: object, **__: object) -> Checked:
            if raising:
                raise raising
            return Checked(*warnings)

        monkeypatch.setattr(pipeline, "check", stages)
        monkeypatch.setattr(pipeline, "build", stages)
        monkeypatch.setattr(pipeline, "keep", lambda volume, *, output: (output / "a.epub", output / "a.pdf"))

    return ends_with


def test_build_prints_the_paths_and_nothing_else_in_a_pipe(
    run: Run, edition: Path, ends_with: Callable[..., None]
) -> None:
    ends_with()
    result = run("build", str(edition), "-o", "there")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "there/a.epub\nthere/a.pdf\n", "")


def test_check_is_silent_where_nothing_is_wrong(run: Run, edition: Path, ends_with: Callable[..., None]) -> None:
    ends_with()
    result = run("check", str(edition))
    assert (result.exit_code, result.output) == (0, "")


def test_warnings_are_printed_and_do_not_stop(
    run: Run, edition: Path, ends_with: Callable[..., None], warning: Diagnostic
) -> None:
    ends_with(warning)
    result = run("build", str(edition))
    assert result.exit_code == 0
    assert result.stdout == "output/a.epub\noutput/a.pdf\n"
    assert result.stderr.startswith("warning[E-901]: a doubtful thing\n")
    assert result.stderr.endswith("\n1 warning\n")


def test_quiet_prints_no_warnings_and_no_paths(
    run: Run, edition: Path, ends_with: Callable[..., None], warning: Diagnostic
) -> None:
    ends_with(warning)
    result = run("build", str(edition), "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_errors_of_the_content_exit_with_1(
    run: Run, edition: Path, ends_with: Callable[..., None], error: Diagnostic
) -> None:
    ends_with(raising=PublisherError(error))
    result = run("check", str(edition))
    assert result.exit_code == ExitCode.CONTENT
    assert result.stdout == ""
    assert result.stderr == (
        "edition.yaml:1:1: error[E-900]: unknown key titel\n"
        "    1 | titel: A\n"
        "      | ^^^^^\n"
        "  more: publisher explain E-900\n"
        "\n"
        "1 error\n"
    )


@pytest.mark.parametrize("code", [ExitCode.MISSING, ExitCode.FILES, ExitCode.UNPROVED])
def test_the_exit_status_is_that_of_the_error(
    run: Run, edition: Path, ends_with: Callable[..., None], error: Diagnostic, code: ExitCode
) -> None:
    ends_with(raising=PublisherError(error, exit_code=code))
    assert run("build", str(edition)).exit_code == code


def test_short_form_is_one_line_each(
    run: Run, edition: Path, ends_with: Callable[..., None], error: Diagnostic
) -> None:
    ends_with(raising=PublisherError(error))
    result = run("check", str(edition), "--diagnostics", "short")
    assert result.stderr == "edition.yaml:1:1: error[E-900]: unknown key titel\n"


def test_json_form_is_one_array_whatever_is_found(
    run: Run, edition: Path, ends_with: Callable[..., None], error: Diagnostic, warning: Diagnostic
) -> None:
    ends_with()
    assert json.loads(run("check", str(edition), "--diagnostics", "json").stderr) == []
    ends_with(raising=PublisherError(warning, error))
    result = run("build", str(edition), "--diagnostics", "json")
    assert [record["code"] for record in json.loads(result.stderr)] == ["E-900", "E-901"]


def test_a_bug_asks_for_a_report_without_a_traceback(run: Run, edition: Path, ends_with: Callable[..., None]) -> None:
    ends_with(raising=KeyError("lost"))
    result = run("build", str(edition))
    assert result.exit_code == ExitCode.BUG
    assert "publisher stopped unexpectedly: KeyError: 'lost' (test_outcomes.py, line" in result.stderr
    assert "Please report it" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 3


def test_a_bug_shows_its_traceback_where_it_is_verbose(run: Run, edition: Path, ends_with: Callable[..., None]) -> None:
    ends_with(raising=KeyError("lost"))
    result = run("build", str(edition), "--verbose")
    assert result.exit_code == ExitCode.BUG
    assert "Traceback" in result.stderr
    assert "Please report it" in result.stderr


def test_a_bug_in_a_command_without_verbose_does_not_speak_of_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> NoReturn:
        raise RuntimeError("no pages")

    monkeypatch.setattr("publisher.diagnostics.codes.pages", broken)
    result = run("explain")
    assert result.exit_code == ExitCode.BUG
    assert "--verbose" not in result.stderr


def test_a_package_that_is_not_installed_exits_with_3(run: Run, edition: Path, ends_with: Callable[..., None]) -> None:
    ends_with(raising=ModuleNotFoundError("No module named 'pikepdf'", name="pikepdf"))
    result = run("build", str(edition))
    assert result.exit_code == ExitCode.MISSING
    assert (
        "error[L-001 python-package-missing]: the Python package that holds pikepdf is not installed" in result.stderr
    )
    assert "publisher doctor" in result.stderr


def test_a_native_library_that_is_not_installed_exits_with_3(
    run: Run, edition: Path, ends_with: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_with()
    absent = [replace(library, files=("libnot-there.so.0",)) for library in doctor.LIBRARIES[:2]]
    monkeypatch.setattr(doctor, "LIBRARIES", tuple(absent))
    result = run("build", str(edition))
    assert (result.exit_code, result.stdout) == (ExitCode.MISSING, "")
    assert "error[L-002 system-library-missing]: the library GObject is not installed\n  hint: " in result.stderr
    assert "error[L-002 system-library-missing]: the library Pango is not installed\n" in result.stderr


def test_an_interruption_exits_with_130(run: Run, edition: Path, ends_with: Callable[..., None]) -> None:
    ends_with(raising=KeyboardInterrupt())
    result = run("build", str(edition))
    assert result.exit_code == ExitCode.INTERRUPTED
    assert result.stderr.strip() == "interrupted"


@pytest.mark.parametrize(
    "words",
    [
        ("unknown",),
        ("build", "--unknown"),
        ("build", "-f", "docx"),
        ("build", "not-there"),
        ("check", "."),
        ("check", "--diagnostics", "xml"),
        ("explain", "Z-999"),
        ("completion", "tcsh"),
        ("init",),
        (),
    ],
)
def test_a_command_that_is_not_understood_exits_with_2(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (ExitCode.USAGE, "")
    assert "Usage: publisher" in result.stderr


def test_a_mistyped_command_is_guessed(run: Run) -> None:
    assert "Did you mean explain?" in run("exlain").stderr
    assert "Did you mean" not in run("xyz").stderr


def test_the_folder_is_the_current_one_or_book(
    run: Run, tmp_path: Path, edition: Path, ends_with: Callable[..., None]
) -> None:
    ends_with()
    refused = run("check")
    assert refused.exit_code == ExitCode.USAGE
    assert "neither this folder nor its folder 'book' has edition.yaml" in refused.stderr
    edition.rename(tmp_path / "book")
    assert run("check").exit_code == 0
    tmp_path.joinpath("book/edition.yaml").rename(tmp_path / "edition.yaml")
    assert run("check").exit_code == 0


def test_a_named_folder_without_an_edition_is_refused(run: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("empty").mkdir()
    result = run("build", "empty")
    assert result.exit_code == ExitCode.USAGE
    assert "empty has no edition.yaml" in result.stderr


def test_version_is_printed(run: Run) -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, "publisher, version 0.2.0\n")
