"""A long text in chapters: sections of their own in both formats, and proved to be the text all the same."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from tests.epub_reading.reader import read_epub

from publisher.build import pipeline
from publisher.build.excerpt import build_excerpt
from publisher.build.request import BuildRequest
from publisher.model.block import Heading
from publisher.model.excerpt import Wanted
from publisher.model.publication import Publication, Role, Section
from publisher.model.rendition import Volume
from publisher.verify.source import source_faults
from publisher.workspace import Folder

TEXT = """# On Treaties

Before the first chapter.

## How they begin {#begin}

Two parties *meet*, and agree on a date.[^own] Then they go on.

### A smaller matter

> ### A quoted heading
>
> And what it says.

The same is said twice.

## How they end {#end}

The same is said again, with a way back.

## In the end

[^own]: The author's own.
"""
NOTES = """## parties

> Two parties

Or more. See [the last](note:ways).

## title

> How they **end**

Some do not.

## ways

> a way back

The last one.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of a text in chapters."""
    folder = tmp_path_factory.mktemp("chapters")
    (folder / "text.md").write_text(TEXT, encoding="utf-8")
    (folder / "notes.md").write_text(NOTES, encoding="utf-8")
    (folder / "edition.yaml").write_text(
        "title: On Treaties\nlanguage: en\ndate: 2026-01-02\ncontributors: [{name: Some Writer, role: aut}]\n"
        f"source: {{file: text.md, sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}}}\n"
        "rights: {status: public-domain, statement: None are claimed.}\n"
        "series: [{id: editorial, title: Notes, file: notes.md}]\noutput: {name: treaties, chapters: true}\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def volume(folder: Path) -> Volume:
    """Both formats of it, built and proved."""
    return pipeline.build(BuildRequest(folder=Folder(folder))).volume


def texts(publication: Publication) -> tuple[Section, ...]:
    """The sections of the text."""
    return tuple(section for section in publication.sections if section.role is Role.TEXT)


def test_each_second_level_heading_begins_a_section(volume: Volume) -> None:
    sections = texts(volume.publication)
    assert [(section.id, section.label, section.continues) for section in sections] == [
        ("text", "On Treaties", None),
        ("begin", "How they begin", "text"),
        ("end", "How they end", "text"),
        ("text-in-the-end", "In the end", "text"),
    ]


def test_notes_go_with_the_chapter_that_calls_them_and_count_on(volume: Volume) -> None:
    called = {
        section.id: [(note.note_id, note.mark, note.section_id) for note in section.notes]
        for section in texts(volume.publication)
    }
    assert called == {
        "text": [],
        "begin": [("parties", "1", "begin"), ("own", "*", "begin")],
        "end": [("title", "2", "end"), ("ways", "3", "end")],
        "text-in-the-end": [],
    }


def test_paragraphs_count_on(volume: Volume) -> None:
    numbers = [getattr(block, "number", None) for section in texts(volume.publication) for block in section.blocks]
    assert [number for number in numbers if number] == [1, 2, 3, 4]


def test_headings_rise_with_their_chapter(volume: Volume) -> None:
    blocks = texts(volume.publication)[1].blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == [2]


def test_chapters_stand_below_the_text_in_the_contents(volume: Volume) -> None:
    entry = next(contents_entry for contents_entry in volume.publication.contents if contents_entry.target_id == "text")
    assert [(contents_entry.target_id, contents_entry.section_id) for contents_entry in entry.children] == [
        ("begin", "begin"),
        ("end", "end"),
        ("text-in-the-end", "text-in-the-end"),
    ]


def test_each_chapter_begins_a_right_hand_page_and_has_its_document(volume: Volume) -> None:
    epub = next(artifact for artifact in volume.artifacts if artifact.name.endswith(".epub"))
    places = {entry.label: Path(entry.target.partition("#")[0]).stem for entry in read_epub(epub.content).pages}
    assert [places[label] for label in ("1", "3", "5", "7")] == [section.id for section in texts(volume.publication)]


@pytest.mark.parametrize("lost", ["begin", "end", "text-in-the-end"])
def test_a_chapter_that_is_not_printed_is_found(volume: Volume, lost: str) -> None:
    publication = volume.publication
    assert not list(source_faults(publication))
    without = tuple(section for section in publication.sections if section.id != lost)
    faults = [fault.message for fault in source_faults(replace(publication, sections=without))]
    label = next(section.label for section in texts(publication) if section.id == lost)
    assert any(label in fault for fault in faults)


def test_an_article_keeps_its_headings_where_they_stand(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    settings = tmp_path / "edition.yaml"
    settings.write_text(settings.read_text("utf-8").replace("chapters: true", "chapters: false"), encoding="utf-8")
    publication = pipeline.check(BuildRequest(folder=Folder(tmp_path))).publication
    assert publication is not None
    assert [section.id for section in texts(publication)] == ["text"]


def test_a_reading_in_chapters_is_bound_with_them(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "treaties")
    (tmp_path / "reader.yaml").write_text(
        "title: Readings\nlanguage: en\ndate: 2026-01-02\nunits:\n- title: The first\n  readings:\n"
        "  - {edition: treaties, rights: {status: public-domain}}\n",
        encoding="utf-8",
    )
    publication = pipeline.build(BuildRequest(folder=Folder(tmp_path))).volume.publication
    assert [(section.label, section.depth) for section in texts(publication)] == [
        ("On Treaties", 3),
        ("How they begin", 3),
        ("How they end", 3),
        ("In the end", 3),
    ]
    unit = next(contents_entry for contents_entry in publication.contents if contents_entry.label.endswith("The first"))
    assert [contents_entry.label for contents_entry in unit.children[0].children] == [
        "How they begin",
        "How they end",
        "In the end",
    ]


def test_the_text_is_handed_out_with_its_chapters_and_a_chapter_alone(folder: Path) -> None:
    text = build_excerpt(BuildRequest(folder=Folder(folder), excerpt=Wanted(section="text"))).artifacts[0].content
    chapter = build_excerpt(BuildRequest(folder=Folder(folder), excerpt=Wanted(section="end"))).artifacts[0].content
    labels = [
        [pdf.get_page_label(page) for page in range(len(pdf))] for pdf in map(pypdfium2.PdfDocument, (text, chapter))
    ]
    assert labels[0][0] == "1"
    assert {"3", "5", "7"} <= set(labels[0])
    assert labels[1] == ["5"]
