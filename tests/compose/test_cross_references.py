"""Cross-references that follow each other are one phrase, as an editor writes it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.walk import plain
from publisher.workspace import Folder

SETTINGS = """\
title: A diary
language: {language}
date: 2026-11-30
contributors:
  - {{name: Some Writer, role: aut}}
source: {{file: text.md, sha256: {sha256}}}
rights: {{status: unknown, statement: Not known.}}
series:
  - {{id: editorial, title: Notes, file: notes.md, marks: {marks}, placement: {{pdf: foot, epub: pop-up}}}}
agreements: agreements/*.md
front: [introduction.md]
"""
TEXT = "Here one, two, three, four, five, six, seven."
NOTES = "\n".join(
    f"## {name}\n\n> {name}\n\nA remark.\n" for name in ("one", "two", "three", "four", "five", "six", "seven")
)
AGREEMENT = """\
---
id: {id}
title: {title}
short: {title}
date: {date}
place: Paris
parties: Two states
kind: Treaty
force: none
document: Printed
published: Printed
---

## Preamble {{#preamble}}

Words.

## Paragraph 8 {{#8}}

Words.

## Paragraph 23 {{#23}}

Words.

## Section I {{#I}}

Words.
"""


def printed(folder: Path, sentence: str, *, language: str = "en", marks: str = "decimal") -> str:
    """What an introduction of one sentence says once its references are resolved."""
    folder.joinpath("text.md").write_text(TEXT, encoding="utf-8")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    settings = SETTINGS.format(sha256=digest, language=language, marks=marks)
    folder.joinpath("edition.yaml").write_text(settings, encoding="utf-8")
    folder.joinpath("notes.md").write_text(NOTES, encoding="utf-8")
    folder.joinpath("introduction.md").write_text(f"# Introduction\n\n{sentence}\n", encoding="utf-8")
    folder.joinpath("agreements").mkdir()
    for name, title, date in (("act", "Founding Act", "1997-05-27"), ("pact", "Other Pact", "1998-05-27")):
        text = AGREEMENT.format(id=name, title=title, date=date)
        folder.joinpath("agreements", f"{name}.md").write_text(text, encoding="utf-8")
    publication = pipeline.check(BuildRequest(folder=Folder(folder))).publication
    assert publication is not None
    (section,) = (section for section in publication.sections if section.id == "introduction")
    return plain(section.blocks)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("([](note:two), [](note:four))", "(notes 2 and 4)"),
        ("[](note:four), [](note:two); [](note:seven) and [](note:two).", "notes 2, 4 and 7."),
        ("[](note:two) and [](note:two)", "note 2"),
        ("[](note:two) or [](note:four)", "note 2 or note 4"),
        ("[](note:two) and [this](note:four)", "note 2 and this"),
        ("[](note:two), [](agreement:act)", "note 2, Founding Act [A1]"),
        (
            "See [](agreement:act#preamble) and [](agreement:act#I).",
            "See Founding Act [A1], preamble and section I.",
        ),
        ("[](agreement:act#8), [](agreement:act#23)", "Founding Act [A1], paragraphs 8 and 23"),
        ("[](agreement:act) and [](agreement:act)", "Founding Act [A1]"),
        ("[](agreement:act) and [](agreement:pact)", "Founding Act [A1] and Other Pact [A2]"),
        ("[](agreement:act#8), [](agreement:act#8)", "Founding Act [A1], paragraph 8"),
    ],
)
def test_references_that_follow_each_other_are_one_phrase(tmp_path: Path, sentence: str, expected: str) -> None:
    assert printed(tmp_path, sentence).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("language", "marks", "sentence", "expected"),
    [
        ("de", "decimal", "([](note:two), [](note:four))", "(Anmerkungen 2 und 4)"),
        ("fr", "decimal", "[](note:two) et [](note:four)", "notes 2 et 4"),
        ("pl", "decimal", "[](note:two), [](note:four)", "przypis 2 i przypis 4"),
        ("la", "decimal", "[](note:two), [](note:four)", "adnotatio 2 et adnotatio 4"),
        ("en", "lower-alpha", "[](note:four), [](note:two)", "notes d and b"),
    ],
)
def test_references_follow_the_language(
    tmp_path: Path, language: str, marks: str, sentence: str, expected: str
) -> None:
    assert printed(tmp_path, sentence, language=language, marks=marks).replace("\u00a0", " ") == expected
