"""What docs/genres.md shows how to write is right, and every kind is on it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.load.markdown.inlines import CLASSES
from publisher.model.kinds import ABBREVIATIONS, CAPTION, DIVISIONS, PARAGRAPHS
from publisher.workspace import Folder

SETTINGS = """\
title: Samples
language: en
date: 2026-11-30
contributors: [{{name: The editors, role: edt}}]
lists: [illustrations, dates]
source: {{file: text.md, sha256: {sha256}}}
rights: {{status: public-domain, statement: In the public domain.}}
"""


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    """The page that shows how to write letters, diaries, plays, verse and pictures."""
    return (root / "docs" / "genres.md").read_text("utf-8")


def test_examples_are_right(page: str, tmp_path: Path) -> None:
    examples = re.findall(r"(?ms)^```markdown\n(.*?)^```", page)
    text = "# Samples\n\n## Part\n\n" + "\n\n".join(examples)
    (tmp_path / "images").mkdir()
    for name in ("square", "circle", "squares"):
        drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
        (tmp_path / "images" / f"{name}.svg").write_text(drawing, "utf-8")
    (tmp_path / "text.md").write_text(text, "utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    (tmp_path / "edition.yaml").write_text(SETTINGS.format(sha256=digest), "utf-8")
    publication = pipeline.check(BuildRequest(folder=Folder(tmp_path))).publication
    assert publication is not None
    assert {"illustrations", "date-index"} <= {section.id for section in publication.sections}


@pytest.mark.parametrize("name", [*PARAGRAPHS, CAPTION, *(name for name in CLASSES if name != "abbr")])
def test_each_kind_of_paragraph_and_of_words_is_on_the_page(page: str, name: str) -> None:
    general = ("small-caps", "superscript", "subscript", "dots")
    assert f".{name}" in page or name in general


@pytest.mark.parametrize("name", [*DIVISIONS, *ABBREVIATIONS])
def test_each_kind_of_block_and_of_abbreviation_is_on_the_page(page: str, name: str) -> None:
    assert f"::: {name}" in page or f"`{name}`" in page
