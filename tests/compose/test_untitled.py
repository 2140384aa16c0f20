"""A text without a heading is printed under the title of the edition."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from publisher.annotate import annotate
from publisher.compose import compose
from publisher.load import load_edition
from publisher.model.publication import Role
from publisher.model.walk import plain_of_inlines
from publisher.workspace import Folder


@pytest.mark.parametrize(("text", "title"), [("Words.\n", "A title"), ("# Its own\n\nWords.\n", "Its own")])
def test_a_text_has_a_heading(text: str, title: str, tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text(text, encoding="utf-8")
    (tmp_path / "edition.yaml").write_text(
        "title: A title\nlanguage: en\ndate: 2026-11-24\ncontributors: [{name: A, role: aut}]\n"
        f"source: {{file: text.md, sha256: {hashlib.sha256(text.encode()).hexdigest()}}}\n"
        "rights: {status: public-domain, statement: Free.}\n",
        encoding="utf-8",
    )
    publication = compose(annotate(load_edition(Folder(tmp_path))), moment="2026-11-24T00:00:00Z")
    (section,) = (item for item in publication.sections if item.role is Role.TEXT)
    assert (plain_of_inlines(section.title), section.label) == (title, title)
