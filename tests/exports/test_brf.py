"""Braille: cells and pages by the rules of North American braille, and words that liblouis reads back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from tests.exports.conftest import Diagnoses, Runs

from publisher.exports.brf.blocks import BlockKind, Call, PrintPage, blocks
from publisher.exports.brf.pages import BraillePages, Indents, PrintStart
from publisher.exports.brf.translate import ASCII, label, translate, unknown_characters

CLEAN = Path(__file__).parents[1] / "checks" / "clean"
PARAGRAPH = Indents(first=2, others=0)
DOCUMENT = b"""<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><body>
<span role="doc-pagebreak" aria-label="Page ix"/><h1>One</h1><h2>Two</h2>
<p><span class="paragraph-number">1</span> The <em>first</em><a role="doc-noteref" href="#n">3</a>, and
<span role="doc-pagebreak" aria-label="Page 1"/>on.</p>
<figure><img src="a.png" alt="A field"/><figcaption>Grey</figcaption></figure>
<ol start="4"><li>four</li><li><p>five</p><p>more</p></li></ol>
<table><caption>Sums</caption><tbody><tr><td>a</td><td>b</td></tr></tbody></table>
<p lang="de">Wort</p></body></html>"""


@pytest.fixture(scope="module")
def pages(runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The pages of the clean edition in uncontracted braille, each as its lines."""
    output = tmp_path_factory.mktemp("brf")
    folder = Path(shutil.copytree(CLEAN, tmp_path_factory.mktemp("edition") / "book"))
    done = runs("export", "brf", folder, "-o", output, "--grade", "1")
    assert done.exit_code == 0, done.output
    (file,) = output.glob("*.brf")
    content = file.read_bytes().decode("ascii")
    return [page.split("\r\n") for page in content.split("\f")]


def test_pages_have_25_lines_of_40_cells_at_most(pages: list[list[str]]) -> None:
    assert len(pages) > 2
    assert {len(page) for page in pages} == {26}
    assert all(len(line) <= 40 for page in pages for line in page)
    assert set("".join(line for page in pages for line in page)) <= set(ASCII)


def test_braille_pages_are_numbered_at_the_foot_and_print_pages_at_the_head(pages: list[list[str]]) -> None:
    assert [page[24].split()[-1] for page in pages] == [label(str(number)) for number in range(1, len(pages) + 1)]
    assert [page[0][-1:].strip() != "" for page in pages[1:]] == [True] * (len(pages) - 1)


def test_the_words_are_read_back_by_liblouis(pages: list[list[str]]) -> None:
    """The beginning of the text, without page numbers, back-translated by the program itself."""
    lines = [line for page in pages for line in page[1:24] if not line.startswith("--")]
    words = " ".join(" ".join(lines).split())
    program = shutil.which("lou_translate")
    assert program
    command = [program, "--backward", "en-us-brf.dis,en-ueb-g1.ctb"]
    read = subprocess.run(command, input=words[:1500].lower(), capture_output=True, text=True, check=True).stdout
    assert "Each of these statements was measured in the finished files" in read
    assert "Print page numbers are those of the PDF" in read


def test_a_call_is_raised_behind_its_word(pages: list[list[str]]) -> None:
    assert any(";9#A" in line for page in pages for line in page)


def test_blocks_are_those_of_the_document_in_order() -> None:
    found = list(blocks({"text/a.xhtml": DOCUMENT}, ("text/a.xhtml",), language="en"))
    shown = [
        (braille_block.kind, tuple(part for part in braille_block.pieces if str(part).strip()))
        for braille_block in found
    ]
    kinds = [kind for kind, _ in shown]
    assert kinds == [
        BlockKind.PARAGRAPH,
        BlockKind.TITLE,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.TRANSCRIBER,
        BlockKind.PARAGRAPH,
        BlockKind.ENTRY,
        BlockKind.ENTRY,
        BlockKind.PARAGRAPH,
        BlockKind.TRANSCRIBER,
        BlockKind.HEADING,
        BlockKind.ENTRY,
        BlockKind.PARAGRAPH,
    ]
    assert shown[0][1] == (PrintPage(label="ix"),)
    assert Call(mark="3") in shown[3][1]
    assert PrintPage(label="1") in shown[3][1]
    assert shown[4][1] == ("Picture: A field",)
    assert shown[6][1][0] == "4. "
    assert shown[11][1] == ("a", "; ", "b")
    assert found[-1].language == "de"


def test_a_print_page_begins_below_a_line_of_hyphens() -> None:
    made = BraillePages(cells=20, rows=10)
    made.add(["A", "B", PrintStart(label="12"), "C"], PARAGRAPH)
    lines = made.content().decode().split("\r\n")
    assert lines[:3] == ["  A B", "-" * 17 + "#AB", "C"]


def test_the_number_of_a_print_page_gets_a_letter_on_its_further_braille_pages() -> None:
    made = BraillePages(cells=20, rows=10)
    made.add([PrintStart(label="7"), *["WORD"] * 60], PARAGRAPH)
    heads = [page.split("\r\n")[0][-3:] for page in made.content().decode().split("\f")]
    assert heads == [" #G", "A#G"]


def test_pages_without_words_are_passed_over() -> None:
    made = BraillePages(cells=20, rows=10)
    made.add(["A", PrintStart(label="1"), PrintStart(label="2"), "B"], PARAGRAPH)
    assert "#A\r\n" not in made.content().decode().replace("#A\r\n\f", "")[:60]
    assert "#B\r\n" in made.content().decode()


@pytest.mark.parametrize("length", [1, 19, 20, 21, 40, 300])
def test_no_line_is_longer_than_the_page_is_wide(length: int) -> None:
    made = BraillePages(cells=20, rows=10)
    made.add([PrintStart(label="1234"), "X" * length, "Y"], Indents(first=6, others=4))
    text = made.content().decode()
    assert all(len(line) <= 20 for line in text.replace("\f", "").split("\r\n"))
    assert text.count("X") == length


def test_texts_come_back_in_braille_whatever_their_length() -> None:
    long = "word " * 500
    found = translate(["", "The cat", long, "two\nlines"], table="en-ueb-g2.ctb")
    assert found["The cat"] == ",! CAT"
    assert found[""] == ""
    assert found[long].split() == ["^W"] * 500
    assert found["two\nlines"] == "TWO L9ES"


def test_characters_without_cells_are_found() -> None:
    assert unknown_characters(["café “quoted” ☞"], table="en-ueb-g1.ctb") == ("☞",)


def test_a_language_without_a_table_is_shown_where_it_is_named(diagnoses: Diagnoses, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CLEAN, tmp_path / "book"))
    settings = folder / "edition.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("language: en", "language: eo"), encoding="utf-8")
    found = diagnoses("export", "brf", folder, "-o", tmp_path / "out")
    assert ("U-022", 2) in found


def test_a_missing_program_is_named_with_the_way_to_get_it(
    runs: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = runs("export", "brf", CLEAN, "-o", tmp_path / "out")
    assert done.exit_code == 3
    assert "[L-010 " in done.stderr
    assert "liblouis" in done.stderr
