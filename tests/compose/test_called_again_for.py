"""A copy for an audience keeps a note with those of its passages that the copy has."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.target import Audience, Target
from publisher.workspace import Folder

TEXT = "First words stand.\n\n::: {audience=instructor}\nHidden words stand.\n:::\n\nLast words stand.\n"
NOTES = """## both {calls=2}

> **First** words

> **Hidden** words

Remark.

## three {calls=3}

> Hidden **words**

> First **words**

> **Last** words

Remark.

## hidden {calls=2}

> Hidden words **stand**

> **Hidden words** stand

Remark.
"""


@pytest.mark.parametrize(
    ("audience", "calls"),
    [
        (Audience.STUDENT, {"both": ("1", 1), "three": ("2", 2)}),
        (Audience.INSTRUCTOR, {"both": ("1", 2), "three": ("2", 3), "hidden": ("3", 2)}),
    ],
)
def test_a_copy_has_the_calls_of_its_own_passages(
    tmp_path: Path, audience: Audience, calls: dict[str, tuple[str, int]]
) -> None:
    (tmp_path / "text.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "notes.md").write_text(NOTES, encoding="utf-8")
    (tmp_path / "edition.yaml").write_text(
        f"""title: A volume
language: en-GB
date: 2026-01-02
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.md, sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}}}
rights: {{status: public-domain, statement: None are claimed.}}
series: [{{id: n, title: Notes, file: notes.md, placement: {{pdf: foot, epub: pop-up}}}}]
output: {{name: volume}}
""",
        encoding="utf-8",
    )
    publication = pipeline.check(BuildRequest(folder=Folder(tmp_path), target=Target(audience=audience))).publication
    assert publication is not None
    notes = [note for section in publication.sections for note in section.notes]
    assert {note.note_id: (note.mark, 1 + len(note.called_again)) for note in notes} == calls
