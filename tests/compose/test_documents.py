"""Documents: letters, statutes and cases in one appendix with agreements, each with the words of its kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.compose import compose
from publisher.diagnostics import PublisherError
from publisher.model.block import Block, DefinitionList, Division, Heading, Table
from publisher.model.publication import Section
from publisher.model.walk import blocks_of, plain, plain_of_inlines
from publisher.workspace import Folder

CLEAN = Path(__file__).parents[1] / "checks" / "clean"
LETTER = """\
---
id: answer
title: An answer from the compositor
short: The answer
kind: letter
date: c. 1887
by: A compositor
to: The *author*
---
"""
CASE = LETTER.replace("id: answer", "id: case").replace("kind: letter", "kind: case")

Write = Callable[..., Folder]


@pytest.fixture
def edition(tmp_path: Path) -> Write:
    """The clean edition with documents, and with keys added to its `edition.yaml`."""

    def write(documents: dict[str, str], more: str = "", *, old: str = "", new: str = "") -> Folder:
        folder = tmp_path / "clean"
        shutil.copytree(CLEAN, folder)
        for name, content in documents.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(content)
        settings = (folder / "edition.yaml").read_text()
        settings = settings.replace(old, new) if old else settings
        (folder / "edition.yaml").write_text(f"{settings}documents: documents/*.md\n{more}")
        return Folder(folder)

    return write


def appendix(folder: Folder) -> Section:
    publication = compose(pipeline.check(BuildRequest(folder=folder)).annotated, moment="2026-11-24T00:00:00Z")
    return next(section for section in publication.sections if section.id == "agreements")


def table(section: Section) -> list[list[str]]:
    found = next(block for block in section.blocks if isinstance(block, Table))
    return [[plain_of_inlines(cell.children) for cell in row] for row in (*found.head, *found.rows)]


def facts(section: Section, name: str) -> list[tuple[str, str]]:
    entry = next(
        division for division in section.blocks if isinstance(division, Division) and division.id == f"agreement-{name}"
    )
    known = next(block for block in entry.blocks if isinstance(block, DefinitionList))
    return [
        (plain_of_inlines(definition.term), " ".join(plain(said) for said in definition.descriptions))
        for definition in known.entries
    ]


def headings(blocks: tuple[Block, ...]) -> list[tuple[int, str]]:
    return [
        (heading.level, plain_of_inlines(heading.children))
        for heading in blocks_of(blocks)
        if isinstance(heading, Heading)
    ]


def test_agreements_and_documents_share_an_appendix_in_order_of_time(edition: Write) -> None:
    section = appendix(edition({"documents/answer.md": LETTER}))
    assert section.label == "Documents"
    assert table(section) == [
        ["No.", "Date", "Document", "Kind", "Place", "Force"],
        ["A1", "9 September 1886", "Berne Convention", "Agreement", "Berne", "Treaty in force"],
        ["D1", "c. 1887", "The answer", "Letter", "–", "–"],
    ]
    assert [entry.label for entry in section.entries] == ["A1\u2002Berne Convention", "D1\u2002The answer"]


def test_labels_follow_the_kind_and_the_language(edition: Write) -> None:
    section = appendix(edition({"documents/answer.md": LETTER, "documents/case.md": CASE}))
    assert facts(section, "answer") == [
        ("Short title", "The answer"),
        ("Written", "c. 1887"),
        ("From", "A compositor"),
        ("To", "The author"),
        ("Kind", "Letter"),
    ]
    assert [term for term, _ in facts(section, "case")][1:3] == ["Decided", "Decided by"]


def test_the_words_are_those_of_the_language(edition: Write) -> None:
    section = appendix(edition({"documents/answer.md": LETTER}, old="language: en", new="language: de"))
    assert section.label == "Dokumente"
    assert [term for term, _ in facts(section, "answer")] == ["Kurztitel", "Geschrieben", "Von", "An", "Art"]


def test_documents_of_one_kind_have_its_word_above_the_dates(edition: Write) -> None:
    folder = edition({"documents/answer.md": LETTER}, old="agreements: agreements/*.md\n", new="")
    for name in ("introduction.md", "text.md"):
        path = folder.root / name
        path.write_text(path.read_text().replace("[](agreement:berne-1886#2)", "[](document:answer)"))
    assert table(appendix(folder)) == [["No.", "Written", "Document"], ["D1", "c. 1887", "The answer"]]


def test_a_title_of_the_edition_has_precedence(edition: Write) -> None:
    assert appendix(edition({"documents/answer.md": LETTER}, "documents-title: Sources\n")).label == "Sources"


def test_the_full_text_is_printed_below_the_description(edition: Write) -> None:
    letter = LETTER.replace("---\n", "text: documents/answer-text.md\n---\n", 2).removeprefix(
        "text: documents/answer-text.md\n"
    )
    files = {
        "documents/a.md": f"{letter}Found in a drawer.\n",
        "documents/answer-text.md": "Dear author,\n\n## Again\n\nNo.\n",
    }
    folder = edition(files)
    settings = folder.root / "edition.yaml"
    settings.write_text(settings.read_text().replace("documents/*.md", "[documents/a.md]"))
    section = appendix(folder)
    entry = next(
        division for division in section.blocks if isinstance(division, Division) and division.id == "agreement-answer"
    )
    assert headings(entry.blocks)[1:] == [(3, "The text"), (4, "Again")]
    assert plain(entry.blocks).index("drawer") < plain(entry.blocks).index("Dear author")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("kind: letter", "kind: note", "E-006"),
        ("kind: letter", "kind: letters", "E-006"),
        ("to: The", "too: The", "E-003"),
        ("id: answer", "id: berne-1886", "A-004"),
        ("by: A compositor", "text: documents/none.txt", "E-010"),
        ("by: A compositor", "force: never in force\nforce-note: '[x](nowhere)'", "M-005"),
    ],
)
def test_faults_of_a_document_are_shown(edition: Write, before: str, after: str, code: str) -> None:
    with pytest.raises(PublisherError) as caught:
        pipeline.check(BuildRequest(folder=edition({"documents/answer.md": LETTER.replace(before, after)})))
    assert code in {diagnostic.code for diagnostic in caught.value.diagnostics}
