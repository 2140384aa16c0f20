"""More diagnostics than anybody reads: the first hundred are printed, programs get all."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher.cli.program import program
from publisher.diagnostics import Diagnostic, Severity, Source
from publisher.diagnostics.report import caret, order, short, visible
from publisher.diagnostics.report import json as as_json
from publisher.diagnostics.report.order import as_given

SOURCE = Source(name="text.md", text="word\n" * 1000)


def found(count: int, severity: Severity = Severity.ERROR, first: int = 1) -> list[Diagnostic]:
    """So many diagnostics, one a line."""
    spans = (SOURCE.line_span(first + at) for at in range(count))
    return [Diagnostic(code="T-006", message="doubtful", span=span, severity=severity) for span in spans]


def lines_of(told: str) -> list[int]:
    """The lines that the headings of diagnostics name."""
    return [int(element) for element in re.findall(r"^text\.md:(\d+):", told, re.MULTILINE)]


def test_a_hundred_are_all_printed() -> None:
    assert lines_of(caret.render(found(100))) == lines_of(short.render(found(100))) == [*range(1, 101)]
    assert "more" not in short.render(found(100))
    assert "… and" not in caret.render(found(100))


@pytest.mark.parametrize("form", [caret, short])
def test_of_more_the_first_hundred_are_printed_and_the_rest_counted(form: object) -> None:
    told = form.render(reversed(found(1000)))  # type: ignore[attr-defined]  # one of the two modules
    assert lines_of(told) == [*range(1, 101)]
    assert "… and 900 more" in told


def test_the_last_line_counts_all_of_them() -> None:
    told = caret.render([*found(150), *found(20, Severity.WARNING, 200)])
    assert told.splitlines()[-3:] == ["… and 51 more; --diagnostics json lists them all", "", "150 errors, 20 warnings"]


def test_errors_are_printed_before_warnings_and_all_in_their_places() -> None:
    many = [*found(300, Severity.WARNING), *found(30, first=500), *found(5, Severity.NOTE, 1)]
    assert lines_of(short.render(many)) == [*range(500, 530), *range(1, 71)]
    assert lines_of(short.render(many, order=as_given)) == [*range(1, 71), *range(500, 530)]
    assert lines_of(caret.render(many)) == [*range(500, 530), 1, 1]
    assert lines_of(caret.render(many, order=as_given)) == [1, *range(500, 530), 1]


def warnings(*messages: str, code: str = "R-006") -> list[Diagnostic]:
    """A warning a line."""
    return [
        Diagnostic(code=code, message=message, span=SOURCE.line_span(at), severity=Severity.WARNING)
        for at, message in enumerate(messages, 1)
    ]


def test_warnings_that_say_the_same_are_one_with_the_lines_of_the_others() -> None:
    told = caret.render(warnings(*["too long"] * 4))
    assert told.count("warning[R-006 unused-reference]") == 1
    assert "  3 more like this: lines 2, 3, 4\n" in told
    assert told.endswith("\n4 warnings\n")
    assert "  1 more like this: line 2\n" in caret.render(warnings("too long", "too long"))


def test_warnings_that_differ_in_quoted_words_are_one_if_they_are_many() -> None:
    messages = [f"nothing cites “ref{at}”" for at in range(30)]
    assert caret.render(warnings(*messages[:3])).count("warning[R-006 unused-reference]") == 3
    told = caret.render(warnings(*messages))
    assert told.count("warning[R-006 unused-reference]") == 1
    assert (
        "  29 more like this: lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21 …\n" in told
    )
    assert short.render(warnings(*messages)).count("warning[R-006 unused-reference]") == 30


def test_errors_are_never_put_together() -> None:
    assert caret.render(found(5)).count("error[T-006 invisible-character]") == 5


def test_many_related_places_have_a_line_each() -> None:
    places = tuple((f"place {at}", SOURCE.line_span(at)) for at in range(1, 21))
    diagnostic = Diagnostic(code="N-004", message="ambiguous", span=SOURCE.line_span(1), related=places)
    assert len(caret.render([diagnostic]).splitlines()) == 3 + 20 + 3


def test_what_stands_beneath_is_counted_as_well() -> None:
    diagnostic = Diagnostic(code="C-002", message="does not build", beneath=tuple(found(500)))
    told = short.render([diagnostic])
    assert len(told.splitlines()) == order.PRINTED + 1
    assert told.endswith("… and 401 more\n")


def test_programs_get_all_of_them() -> None:
    assert len(json.loads(as_json.render(found(1000)))) == 1000


def test_a_long_message_is_cut() -> None:
    diagnostic = Diagnostic(code="M-005", message="a" * 100_000, hint="b" * 100_000)
    for form in (caret, short):
        assert len(form.render([diagnostic])) < 3 * visible.LONGEST
    assert len(json.loads(as_json.render([diagnostic]))[0]["message"]) == 100_000


@pytest.mark.parametrize(("how", "count"), [("human", 100), ("short", 100), ("json", 300)])
def test_the_exit_status_is_that_of_all(tmp_path: Path, root: Path, how: str, count: int) -> None:
    book = shutil.copytree(root / "tests" / "checks" / "clean", tmp_path / "book")
    with (book / "edition.yaml").open("a", encoding="utf-8") as settings:
        settings.writelines(f"unknown{at}: x\n" for at in range(300))
    ended = CliRunner().invoke(program, ["check", str(book), "--diagnostics", how])
    assert ended.exit_code == 1
    assert ended.stderr.count("[E-003 " if how != "json" else '"E-003"') == count
