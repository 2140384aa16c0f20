"""A check of which nothing has changed is not made again, and reports the same; a change is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.build import pipeline
from publisher.cli.program import program

Build = Callable[..., object]


def run(*words: str) -> Result:
    return CliRunner().invoke(program, words, prog_name="publisher")


def test_a_second_check_reports_the_same_without_reading_the_edition_again(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run("check", "edition")
    with monkeypatch.context() as patch:
        patch.delattr(pipeline, "check")
        second = run("check", "edition")
    assert (second.exit_code, second.stderr, second.stdout) == (first.exit_code, first.stderr, first.stdout)
    notes = starter / "notes" / "editorial.md"
    notes.write_text(notes.read_text().replace("> ", "> no such words ", 1))
    changed = run("check", "edition")
    assert changed.exit_code == 1
    assert "[N-003 " in changed.stderr
    assert run("check", "edition").stderr == changed.stderr  # errors are not stored


def test_a_report_and_strictness_are_other_checks(starter: Path) -> None:
    assert run("check", "edition").exit_code == 0
    assert "accessib" in run("check", "edition", "--report").stdout.lower()
    strict = run("check", "edition", "--strict")
    assert strict.exit_code == run("check", "edition", "--strict").exit_code


def test_a_check_is_no_build(starter: Path, build: Build) -> None:
    run("check", "edition")
    built = build()
    assert (built.exit_code, built.unchanged) == (0, False)  # type: ignore[attr-defined]


def test_words_are_cited_from_the_build_that_is_there_as_from_a_new_one(
    starter: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(
        next(text for text in (starter / "article.txt").read_text().splitlines() if "." in text).split()[:4]
    )
    build(formats=())
    with monkeypatch.context() as patch:
        patch.delattr(pipeline, "check")
        patch.delattr(pipeline, "build")
        known = run("cite", words, "edition")
        Path("output/my-edition.epub").unlink(missing_ok=True)
        for path in Path("output").glob("*.epub"):
            path.unlink()
        stored = run("cite", words, "edition")
    assert known.exit_code == stored.exit_code == 0, known.output
    found = [line for line in known.stdout.splitlines() if not line.startswith("EPUB  ")]
    assert found == [line for line in stored.stdout.splitlines() if not line.startswith("EPUB  ")]
    assert "as it is built now" in stored.stdout
