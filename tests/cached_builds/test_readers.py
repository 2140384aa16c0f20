"""Course readers: what their editions are made from counts, and the days on which permissions run out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publisher.workspace import Folder, current_day, is_past
from publisher.workspace.trace import Access, Kind, tracing

Build = Callable[..., Any]

READER = """
title: Two texts
code: T 1
institution: A School
language: en-GB
date: 2020-01-02
copy: proof
units:
  - title: One
    readings:
      - edition: ../edition
        rights: {status: permission, granted: 2020-01-01, scope: this course, expires: EXPIRES}
"""
SECONDS = {
    "2020-01-03": "1578009600",
    "2020-01-04": "1578096000",
    "2020-06-01": "1590969600",
    "2020-06-02": "1591056000",
}


@pytest.fixture
def reader(starter: Path, place: Path) -> Path:
    """A reader with one reading, the edition beside it, whose permission runs out on 31 May 2020."""
    folder = place / "reader"
    folder.mkdir()
    folder.joinpath("reader.yaml").write_text(READER.replace("EXPIRES", "2020-05-31"), encoding="utf-8")
    return folder


@pytest.fixture
def on(build: Build, clean_environment: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Builds the reader on a day."""

    def on(day: str) -> Any:
        clean_environment.setenv("SOURCE_DATE_EPOCH", SECONDS[day])
        return build(folder="reader")

    return on


def test_every_file_of_its_editions_counts(reader: Path, starter: Path, build: Build) -> None:
    first = build(folder="reader")
    assert first.exit_code == 0, first.stderr
    assert build(folder="reader").unchanged
    notes = next(starter.glob("notes/*.md"))
    notes.write_text(notes.read_text(encoding="utf-8").replace(".", "!", 1), encoding="utf-8")
    second = build(folder="reader")
    assert not second.unchanged
    shutil.rmtree("output")
    assert second.files == build("--no-cache", folder="reader").files


def test_an_edition_that_moves_is_noticed(reader: Path, starter: Path, build: Build) -> None:
    build(folder="reader")
    starter.rename(starter.with_name("moved"))
    found = build(folder="reader")
    assert (found.exit_code, found.unchanged) == (1, False)
    (reader.parent / "edition").symlink_to("moved")
    linked = build(folder="reader")
    assert linked.exit_code == 0
    assert not linked.unchanged


def test_a_copy_for_distribution_is_another(reader: Path, build: Build) -> None:
    build(folder="reader")
    assert not build("--copy", "distribution", folder="reader").unchanged


def test_the_day_counts_only_where_its_answer_changes(
    clean_environment: pytest.MonkeyPatch,
) -> None:
    answers = []
    for seconds in SECONDS.values():
        clean_environment.setenv("SOURCE_DATE_EPOCH", seconds)
        with tracing() as tracer:
            is_past("2020-05-31")
        answers.append(tracer.answers)
    question = Access(kind=Kind.PAST, about="2020-05-31")
    assert answers == [{question: said} for said in ("False", "False", "True", "True")]


def test_a_permission_that_has_run_out_is_told_on_the_first_day_after(reader: Path, on: Callable[[str], Any]) -> None:
    assert "C-007" not in on("2020-01-03").stderr
    late = on("2020-06-01")
    assert not late.unchanged
    assert "it has to hold until 2020-06-01" in late.stderr
    assert on("2020-06-01").told == late.told
    assert "it has to hold until 2020-06-02" in on("2020-06-02").stderr


def test_what_is_asked_is_remembered_with_what_is_not_there(
    tmp_path: Path, clean_environment: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path)
    with tracing() as tracer:
        assert folder.matching("*.md") == ()
        with pytest.raises(Exception, match=r"a\.md"):
            folder.read("a.md")
        with pytest.raises(Exception, match="b"):
            folder.beside("b")
        current_day()
    assert [question.kind for question in tracer.answers] == [Kind.MATCHING, Kind.READ, Kind.BESIDE, Kind.DAY]


def test_two_answers_to_one_question_are_not_steady(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    with tracing() as tracer:
        Folder(tmp_path).read("a.md")
        Folder(tmp_path).read("a.md")
        assert tracer.steady
        (tmp_path / "a.md").write_text("two")
        Folder(tmp_path).read("a.md")
    assert not tracer.steady
