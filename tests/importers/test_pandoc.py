"""Formats that Pandoc reads: made by Pandoc of one Markdown text, and imported."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.importers.docx_files import PNG
from tests.importers.importing_files import made

from publisher.diagnostics import PublisherError
from publisher.importers import opening
from publisher.importers.kinds import kind_of
from publisher.importers.pandoc import pandoc_place, syntax_tree

TEXT = """---
title: On Proofs
author: Ann Reed
lang: en
---

# First

He *read* **every** proof,^[Twice.] and H~2~O; x^2^ and `code`.

> All is well.

1. one
2. two
   - a

| Port   | Ships |
|--------|------:|
| Bergen |     7 |

# Second

The [end](https://example.org).
"""
EXPECTED = (
    "# On Proofs\n\n## First\n\n"
    "He *read* **every** proof,[^1] and H[2]{.subscript}O; x[2]{.superscript} and `code`.\n\n"
    "> All is well.\n\n1. one\n2. two\n   - a\n\n| Port | Ships |\n|---|--:|\n| Bergen | 7 |\n\n## Second\n\n"
    "The [end](<https://example.org>).\n\n[^1]: Twice.\n"
)


def converted(target: str, name: str, folder: Path) -> bytes:
    """The text in another format, as Pandoc writes it."""
    place = pandoc_place()
    assert place is not None
    source, path = folder / "source.md", folder / name
    source.write_text(TEXT, encoding="utf-8")
    whole = [] if target == "typst" else ["--standalone"]
    subprocess.run([place, *whole, "--to", target, "--output", path, source], check=True, timeout=120)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("odt", "a.odt"),
        ("rtf", "a.rtf"),
        ("html", "a.html"),
        ("latex", "a.tex"),
        ("typst", "a.typ"),
        ("markdown", "a.md"),
    ],
)
def test_what_pandoc_reads_is_the_same_text(target: str, name: str, tmp_path: Path) -> None:
    found = made(converted(target, name, tmp_path), name)
    words = found.text
    lines = ("[^1]: Twice.", "> All is well.") if target != "rtf" else ("All is well.",)
    for line in ("First", "Second", "Bergen | 7 |", *lines):
        assert line in words, (target, words)
    assert "*read*" in words
    assert "[end](<https://example.org>)" in words
    assert "name: Ann Reed" in found.files["edition.yaml"] or target in ("odt", "rtf", "typst")
    assert found.lost == ()
    if target in ("html", "markdown"):
        assert words.replace("\n\nAnn Reed", "") == EXPECTED


def test_docx_as_pandoc_writes_it_is_the_same_text(tmp_path: Path) -> None:
    found = made(converted("docx", "a.docx", tmp_path))
    assert found.text == EXPECTED
    assert "name: Ann Reed" in found.files["edition.yaml"]
    assert found.lost == ()


def test_an_epub_of_another_program(tmp_path: Path) -> None:
    found = made(converted("epub", "a.epub", tmp_path), "a.epub")
    assert "He *read* **every** proof" in found.text
    assert found.lost == ()


def test_words_that_pandoc_drops_are_in_the_report(tmp_path: Path) -> None:
    found = made(converted("rtf", "a.rtf", tmp_path), "a.rtf")
    assert "Twice" not in found.text
    assert any(
        entry.startswith("dropped: words that Pandoc does not read") and "Twice" in entry for entry in found.entries
    )


def test_citations_of_imported_records() -> None:
    content = b"As *said* [see @reed, p. 3; @stone], and [@other].\n"
    records = [{"id": text, "type": "book", "title": text} for text in ("reed", "stone")]
    found = made(content, "a.md", references=json.dumps(records))
    assert "[see @reed, p. 3; @stone]" in found.text
    assert "\\[\\@other\\]" in found.text
    assert [load["id"] for load in json.loads(found.files["references.json"])] == ["reed", "stone"]


def test_pictures_beside_a_page_are_taken_and_others_reported(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "port.png").write_bytes(PNG)
    page = tmp_path / "a.html"
    page.write_text(
        '<!doctype html><html><body><p>x <img src="pictures/port.png" alt="A port"></p>'
        '<p>y <img src="../secret.png" alt="s"> <img src="https://example.org/a.png" alt="t"></p></body></html>',
        encoding="utf-8",
    )
    found = opening.open_source(page)
    assert [name for name, _ in found.pictures] == ["pictures/port.png"]


def test_without_pandoc_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publisher.importers.pandoc.pandoc_place", lambda: None)
    content = b"{\\rtf1 x}"
    with pytest.raises(PublisherError) as error:
        syntax_tree(content, "a.rtf", kind_of(content, "a.rtf"))
    assert error.value.diagnostics[0].code == "W-006"
    assert error.value.exit_code == 3


def test_signs_of_latex_that_pandoc_leaves_out_are_in_the_text() -> None:
    source = (
        r"\documentclass{article}\begin{document}A \textbraceleft{}x\textbraceright{} \texteuro 5\textemdash{}and "
        r"\verb|\textbar| \textbar\ $x^2$. \end{document}"
    )
    assert made(source.encode(), "a.tex").text == "A \\{x\\} €5—and `\\textbar` \\|\u00a0$x^2$.\n"
