"""What `typesetting` says of words, paragraphs and pictures, on the pages and in the files that carry it."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.model.target import Format
from publisher.model.typesetting import Divisible, PagedElement, Tracking, Typesetting
from publisher.render.typesetting import with_typesetting
from publisher.workspace import Folder

WORDS = "They considered internationally neighbouring representatives of the cooperation. "
SETTINGS = """title: Typesetting
language: en
date: 2026-11-24
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.txt, sha256: {digest}}}
rights: {{status: unknown, statement: Not known.}}
series: [{{id: notes, title: Notes, file: notes.md}}]
output: {{page: [94mm, 150mm]}}
"""
Write = Callable[[str], Folder]


@pytest.fixture
def edition(tmp_path: Path) -> Write:
    """An edition of four paragraphs in a narrow column, with what `typesetting` is to say."""

    def write(typesetting: str) -> Folder:
        text = f"Typesetting\n\n{chr(10).join([WORDS * 6, ''] * 4)}"
        (tmp_path / "text.txt").write_text(text)
        (tmp_path / "notes.md").write_text(f"## one\n\n> Typesetting\n\n{WORDS * 4}\n")
        digest = hashlib.sha256(text.encode()).hexdigest()
        (tmp_path / "edition.yaml").write_text(SETTINGS.format(digest=digest) + typesetting)
        return Folder(tmp_path)

    return write


def pages(folder: Folder) -> list[str]:
    made = pipeline.build(BuildRequest(folder=folder, formats=(Format.PDF,))).volume.artifacts
    path = folder.root / "made.pdf"
    path.write_bytes(next(artifact.content for artifact in made if artifact.name.endswith(".pdf")))
    read = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True)
    return read.stdout.split("\f")


def divided(printed: list[str]) -> set[str]:
    """What precedes the hyphens at line ends."""
    lines = (line.rstrip() for page in printed for line in page.splitlines())
    return {line.split()[-1].rstrip("-\u00ad") for line in lines if line.endswith(("-", "\u00ad"))}


def test_words_are_divided_where_the_edition_says_in_text_and_notes(edition: Write) -> None:
    assert "neighbour" in divided(pages(edition("")))
    words = "{en-GB: [internationally, neigh-bouring, representatives, cooperation, considered]}"
    after = pages(edition(f"typesetting:\n  hyphenation: {words}\n  page-breaks: [p3]\n"))
    assert {"neigh"} <= divided(after)
    assert not divided(after) & {"neighbour", "interna", "internation", "represen", "representa", "coopera", "con"}
    assert any(page.split("\n\n")[-1].lstrip().startswith("3 ") or "\n3   They" in page for page in after)


def test_a_document_names_the_words_that_it_has_and_no_others() -> None:
    typesetting = Typesetting(
        hyphenation=(("en", (Divisible(word="cooperation", places=(6,)), Divisible(word="absent", places=()))),),
        tracking=(Tracking(id="p1", thousandths=-4), Tracking(id="p9", thousandths=5)),
        page_breaks=(PagedElement(id="p1"),),
    )
    made = with_typesetting(
        '<html lang="en"><p id="p1" class="numbered">Cooperation</p><p id="p2">x</p></html>', typesetting
    )
    assert made == (
        '<html data-hyphenation="en cooper-ation" lang="en"><p id="p1" class="numbered" '
        'style="letter-spacing: -0.004em; break-before: page">Cooperation</p><p id="p2">x</p></html>'
    )
    other = '<html lang="en"><p id="p2">x</p></html>'
    assert with_typesetting(other, typesetting) == other


@pytest.mark.parametrize(
    ("typesetting", "code"),
    [
        ("typesetting: {tracking: {p99: -4}}\n", "E-022"),
        ("typesetting: {page-breaks: [p99]}\n", "E-022"),
        ("typesetting: {picture-widths: {a.png: 80mm}}\n", "E-022"),
        ("typesetting: {picture-widths: {a.png: 80}}\n", "E-007"),
        ("typesetting: {tracking: {p1: 21}}\n", "E-007"),
        ("typesetting: {tracking: {p1: tight}}\n", "E-007"),
        ("typesetting: {hyphenation: {en: [two words]}}\n", "E-007"),
        ("typesetting: {hyphenation: {xx-1: [word]}}\n", "E-007"),
        ("typesetting: {hyphenation: [word]}\n", "E-005"),
    ],
)
def test_what_typesetting_cannot_say_is_an_error(edition: Write, typesetting: str, code: str) -> None:
    with pytest.raises(PublisherError) as caught:
        pipeline.check(BuildRequest(folder=edition(typesetting)))
    assert code in {diagnostic.code for diagnostic in caught.value.diagnostics}
