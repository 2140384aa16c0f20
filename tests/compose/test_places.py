"""Links lead to whatever has an id, in editions and readers, and say so if it is not in the copy."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.model.inline import InternalLink
from publisher.model.publication import Publication
from publisher.model.walk import inlines_of, plain_of_inlines
from publisher.workspace import Folder

READER = Path(__file__).parents[1] / "checks" / "clean-reader"

SETTINGS = """\
title: A diary
language: en
date: 2026-11-30
contributors:
  - {{name: Some Writer, role: aut}}
source: {{file: text.md, sha256: {sha256}}}
rights: {{status: unknown, statement: Not known.}}
"""


def composed(folder: Path, text: str, settings: str = "") -> Publication:
    """The publication of a text, in a folder."""
    folder.joinpath("text.md").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder.joinpath("edition.yaml").write_text(SETTINGS.format(sha256=digest) + settings, encoding="utf-8")
    publication = pipeline.check(BuildRequest(folder=Folder(folder))).publication
    assert publication is not None
    return publication


def links(publication: Publication) -> list[tuple[str, str]]:
    """Where links inside the book lead to, with their words."""
    return [
        (internal_link.target_id, plain_of_inlines(internal_link.children))
        for section in publication.sections
        for internal_link in inlines_of(section.blocks)
        if isinstance(internal_link, InternalLink)
    ]


@pytest.mark.parametrize(
    ("what", "target", "words"),
    [
        ("## The fire {#it}", "it", "The fire"),
        ("## 2 September {#it date=1666-09-02}", "it", "2 September"),
        ("Some words. {#it}", "it", "paragraph\u00a02"),
        ("::: entry {#it date=1666-09-02}\nUp.\n:::", "it", "2 September 1666"),
        ("::: scene {#it}\n### Scene one\n\nUp.\n:::", "it", "Scene one"),
        ("::: letter {#it}\nOne two three four five six seven.\n:::", "it", "One two three four five six…"),
        ("| a line\n| another {#it}", "it", "a line"),
        ("Some [marked words]{#it}.", "it", "marked words"),
        ("Table: Ships {#it}\n\n| a | b |\n|---|---|\n| c | d |", "it", "Ships"),
        ("The second.", "p2", "paragraph\u00a02"),
    ],
)
def test_link_without_words_names_what_it_leads_to(tmp_path: Path, what: str, target: str, words: str) -> None:
    publication = composed(tmp_path, f"See [](#{target}) and [there](#{target}).\n\n{what}\n")
    assert links(publication) == [(target, words), (target, "there")]


def test_paragraphs_of_one_kind_are_not_counted(tmp_path: Path) -> None:
    text = "One.\n\nTwo {.continued}\n\n::: letter\nSir, {.salutation}\n\nThree.\n:::\n\n[](#p3)\n"
    assert links(composed(tmp_path, text)) == [("p3", "paragraph\u00a03")]


def test_links_in_a_reading_lead_into_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(READER, tmp_path / "reader"))
    (notes,) = folder.glob("edition/notes/*.md")
    text = notes.read_text("utf-8")
    assert "about the first." in text
    notes.write_text(text.replace("about the first.", "about the first; see [](#p3)."), encoding="utf-8")
    publication = pipeline.check(BuildRequest(folder=Folder(folder))).publication
    assert publication is not None
    found = {
        internal_link.target_id
        for s in publication.sections
        for note in s.notes
        for internal_link in inlines_of(note.blocks)
        if isinstance(internal_link, InternalLink)
    }
    assert "reading-edition--p3" in found


def test_unknown_place_in_matter_of_a_reader_is_an_error(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(READER, tmp_path / "reader"))
    matter = next(path for path in sorted(folder.glob("*.md")))
    matter.write_text(matter.read_text("utf-8") + "\n## Aims {#aims}\n\nSee [](#aim).\n", encoding="utf-8")
    with pytest.raises(PublisherError, match=r"\[M-050") as raised:
        pipeline.check(BuildRequest(folder=Folder(folder)))
    assert "did you mean “aims”?" in str([diagnostic.hint for diagnostic in raised.value.diagnostics])
