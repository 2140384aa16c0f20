"""Agreements have front matter and provisions; references are records of CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from publisher.diagnostics import Source
from publisher.load.agreements import agreement
from publisher.load.findings import Findings
from publisher.load.references import references
from publisher.model.agreement import Agreement, Force
from publisher.model.inline import Citation, Reference, Run, Styled
from publisher.model.walk import plain, plain_of_inlines

GOOD = """\
---
id: istanbul-1999
title: "Charter: for European Security"
short: Istanbul Charter
date: 1999-11   # the month
place: Istanbul
parties: 54 *participating* States [@osce]
kind: Document
force: political-commitment
published: >
  Istanbul
  Document
---
What it is.

## Paragraph 8 {#8}
The provision.

### A part of it

## Paragraph 9 {#9}
"""

ReadAgreement = Callable[[str], tuple[Agreement | None, list[str]]]
ReadReferences = Callable[[str], tuple[tuple[Reference, ...], list[str]]]


@pytest.fixture
def read() -> ReadAgreement:
    """The agreement of a file, and the code, line and column of each mistake."""

    def reading(content: str) -> tuple[Agreement | None, list[str]]:
        findings = Findings()
        found = agreement(Source(name="", text=content), figures=[], findings=findings)
        return found, [f"{diagnostic.code}{diagnostic.span}" for diagnostic in findings.diagnostics]

    return reading


@pytest.fixture
def read_records() -> ReadReferences:
    """The references of a file, and the code, line and column of each mistake."""

    def reading(content: str) -> tuple[tuple[Reference, ...], list[str]]:
        findings = Findings()
        found = references(Source(name="", text=content), findings=findings)
        return found, [f"{diagnostic.code}{diagnostic.span}" for diagnostic in findings.diagnostics]

    return reading


def test_an_agreement_has_its_fields_and_its_provisions(read: ReadAgreement) -> None:
    found, mistakes = read(GOOD)
    assert mistakes == []
    assert found is not None
    assert (found.id, found.title, found.date) == ("istanbul-1999", "Charter: for European Security", "1999-11")
    assert found.force is Force.POLITICAL_COMMITMENT
    assert plain_of_inlines(found.published) == "Istanbul Document"
    assert plain(found.blocks) == "What it is."
    assert [
        (provision.id, plain_of_inlines(provision.label), plain(provision.blocks)) for provision in found.provisions
    ] == [
        ("8", "Paragraph 8", "The provision.\nA part of it"),
        ("9", "Paragraph 9", ""),
    ]
    assert [str(span) for span in (found.span, *(provision.span for provision in found.provisions))] == [
        ":2:5",
        ":16:1",
        ":21:1",
    ]


def test_fields_are_inline_markdown_with_exact_places(read: ReadAgreement) -> None:
    found, _ = read(GOOD)
    assert found is not None
    first, styled, _, citation = found.parties
    assert isinstance(first, Run)
    assert str(first.span) == ":7:10"
    assert isinstance(styled, Styled)
    assert isinstance(citation, Citation)
    assert str(citation.span) == ":7:36"
    assert str(citation.references[0].span) == ":7:37"


@pytest.mark.parametrize(
    ("old", "new", "mistakes"),
    [
        ("---\nid", "id", ["A-001:1:1"]),
        ("Document\n---\n", "Document\n", ["A-001:1:1"]),
        (" {#8}", "", ["A-002:16:1"]),
        ("{#9}", "{#8}", ["A-003:21:1"]),
        ("{#9}", "{kind=x}", ["M-004:21:16", "A-002:21:1"]),
        ("short: Istanbul Charter\n", "", ["E-004:2:1"]),
        ("short:", "shart:", ["E-003:4:1"]),
        ("date: 1999-11 ", "date: 1999-13 ", ["E-007:5:7"]),
        ("force: political-commitment", "force: treaty", ["E-006:9:8"]),
        ("kind: Document", "kind: A <b>document", ["M-001:8:9"]),
        ("kind: Document", "kind: [Document", ["E-002:9:6"]),
        ("What it is.", "# What it is", ["M-002:14:1"]),
        ("The provision.", "The provision.[^1]\n\n[^1]: x", ["M-011:19:1"]),
    ],
)
def test_a_mistake_in_an_agreement_is_shown(read: ReadAgreement, old: str, new: str, mistakes: list[str]) -> None:
    assert old in GOOD
    assert read(GOOD.replace(old, new, 1))[1] == mistakes


def test_a_record_is_kept_as_canonical_json(read_records: ReadReferences) -> None:
    found, mistakes = read_records(
        '[\n  {"type": "book", "id": "a", "title": "Ü"},\n  {"id": 7, "type": "report"}\n]\n'
    )
    assert mistakes == []
    assert [reference.key for reference in found] == ["a", "7"]
    assert found[0].record == '{"id": "a", "title": "Ü", "type": "book"}'
    assert json.loads(found[1].record)["id"] == "7"
    assert [str(reference.span) for reference in found] == [":2:26", ":3:10"]


def test_no_records_are_no_mistake(read_records: ReadReferences) -> None:
    assert read_records(" [ ] ") == ((), [])


@pytest.mark.parametrize(
    ("content", "mistakes"),
    [
        ('[{"id": "a"\n "type": "book"}]', ["R-001:2:2"]),
        ("", ["R-001:1:1"]),
        ("[NaN]", ["R-001:1:1"]),
        ("[" * 100_000, ["R-001:1:1"]),
        ('{"id": "a"}', ["R-002:1:1"]),
        ('[{"type": "book"},\n "a"]', ["R-002:1:2", "R-002:2:2"]),
        ('[{"id": true, "type": "book"}]', ["R-002:1:2"]),
        ('[{"id": "a", "type": "book", "title": "\\ud800"}]', ["R-002:1:9"]),
        ('[{"id": "a", "type": "book", "title": "\\u0007"}]', ["R-002:1:9"]),
        ('[{"id": "a", "type": "book"},\n {"id": "a", "type": "book"}]', ["R-003:2:9"]),
        ('[{"id": "a", "type": "bok"}]', ["R-004:1:22"]),
        ('[{"id": "a"}]', ["R-004:1:9"]),
    ],
)
def test_a_mistake_in_the_references_is_shown(read_records: ReadReferences, content: str, mistakes: list[str]) -> None:
    assert read_records(content)[1] == mistakes
