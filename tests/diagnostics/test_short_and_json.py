"""Diagnostics as text editors and programs read them."""

from __future__ import annotations

import json
import re

from publisher.diagnostics import Diagnostic, Severity, Source
from publisher.diagnostics.report import caret, short
from publisher.diagnostics.report import json as as_json
from publisher.diagnostics.report.order import as_given

SOURCE = Source(name="book/edition.yaml", text="title: A\nlanguage: en\ntitel: B\n")
WRONG = Diagnostic(
    code="E-002",
    message="unknown key titel",
    span=SOURCE.span(22, 27),
    hint="title",
    related=(("the other one", SOURCE.span(0, 5)),),
)
DOUBTFUL = Diagnostic(code="O-009", message="of two\nlines – and a dash", severity=Severity.WARNING)


def test_short_form_is_one_line_each() -> None:
    assert short.render([DOUBTFUL, WRONG]) == (
        "book/edition.yaml:3:1: error[E-002 malformed-yaml]: unknown key titel\n"
        "warning[O-009]: of two lines – and a dash\n"
    )


def test_json_form_is_one_array_with_every_field() -> None:
    text = as_json.render([DOUBTFUL, WRONG])
    assert text.isascii()
    assert json.loads(text) == [
        {
            "code": "E-002",
            "name": "malformed-yaml",
            "severity": "error",
            "message": "unknown key titel",
            "file": "book/edition.yaml",
            "line": 3,
            "column": 1,
            "endLine": 3,
            "endColumn": 6,
            "hint": "title",
            "related": [
                {
                    "message": "the other one",
                    "file": "book/edition.yaml",
                    "line": 1,
                    "column": 1,
                    "endLine": 1,
                    "endColumn": 6,
                }
            ],
        },
        {
            "code": "O-009",
            "name": None,
            "severity": "warning",
            "message": "of two\nlines – and a dash",
            "file": None,
            "line": None,
            "column": None,
            "endLine": None,
            "endColumn": None,
            "hint": None,
            "related": [],
        },
    ]


def test_nothing_found_is_an_empty_array_in_json_and_no_line_in_short() -> None:
    assert json.loads(as_json.render([])) == []
    assert short.render([]) == ""


def test_an_order_that_means_something_is_kept_in_every_form() -> None:
    found = [DOUBTFUL, WRONG]
    codes = [DOUBTFUL.code, WRONG.code]
    assert [line.partition("[")[2][:5] for line in short.render(found, order=as_given).splitlines()] == codes
    assert [load["code"] for load in json.loads(as_json.render(found, order=as_given))] == codes
    assert re.findall(r"explain (\S+)", caret.render(found, order=as_given)) == ["O-009", "malformed-yaml"]


def test_a_note_is_named_and_counted_after_errors_and_warnings() -> None:
    note = Diagnostic(code="P-003", message="a short last line", severity=Severity.NOTE)
    assert short.render([note]) == "note[P-003 short-last-line]: a short last line\n"
    assert caret.render([note, WRONG, DOUBTFUL, note]).splitlines()[-1] == "1 error, 1 warning, 2 notes"
