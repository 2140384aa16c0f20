"""Tables and lists as people write them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from tests.cases.conftest import Make, Small, demand_built

EMPTY_CELLS = """\
# Tables

|  | Head |
|--|------|
| one | two |
| short |
|  |  |
| | last |

|  |  |
|--|--|
| no | head |

| A | B |
|---|---|

| A | B |
|---|---|
| `code` | **bold** |
| more | &nbsp; |
"""
LISTS = """\
# Lists

5. five
6. six

   3. three
   4. four

Then:

0. none
1. one

Then:

7) seven

> 1984. Within a quotation.

10. ten
    - a point
      99. ninety-nine
11. eleven
"""


def test_cells_may_be_empty(small: Make) -> None:
    demand_built(small(EMPTY_CELLS).build())


def test_cells_of_a_table_in_a_note_may_be_empty(small: Make) -> None:
    notes = "## a\n\n> Tables\n\nSee:\n\n|  | B |\n|--|---|\n| x |  |\n|  | y |\n"
    demand_built(small(EMPTY_CELLS, notes=notes).build())


def test_a_list_keeps_the_number_that_it_begins_with(small: Make) -> None:
    edition = small(LISTS)
    demand_built(edition.build())
    words = "\n".join(edition.pages())
    for number, word in ((5, "five"), (6, "six"), (3, "three"), (0, "none"), (7, "seven"), (99, "ninety-nine")):
        assert re.search(rf"\b{number}[.)]\s+{word}", words), word


@pytest.mark.parametrize("place", ["foot", "margin", "section", "end"])
def test_a_note_may_be_called_in_a_head_that_is_repeated(small: Make, place: str) -> None:
    rows = "\n".join(f"| row {number} left | row {number} right |" for number in range(60))
    text = f"# T\n\n| Head A | Head B |\n|---|---|\n{rows}\n\nAfter.\n"
    edition = small(text, notes="## b\n\n> Head B\n\nA word on the head.\n", place=place)
    demand_built(edition.build("--format", "pdf"))
    assert sum(page.count("A word on the head.") for page in edition.pages()) == 1
    assert sum("Head B" in page for page in edition.pages()) > 1


def test_an_authors_footnote_may_be_called_in_a_head_that_is_repeated(small: Make) -> None:
    rows = "\n".join(f"| {number} | right |" for number in range(60))
    text = f"# T\n\n| Head[^a] | *B* |\n|---|---|\n{rows}\n\n[^a]: Of the author.\n"
    demand_built(small(text).build("--format", "pdf"))


TABLES = """\
# Tables

Table: Grain of the *four* ports[^a] {#grain}

|        | Grain        ||
| Port   | 1820 | 1830   |
|:-------|-----:|-------:|
| Bergen | 1.5  | 12.25  |
| Lübeck | 7    | 0.125  |
| ^^     | 8.5  | −3     |

| Total  | 17   | 9.375  |
| all in words          |||

|---|---|
| no | head |

: A caption below

[^a]: Of quarters.

    | in | a note |
    |----|--------|
    | x  | `a\\|b` |
    | ^^ | wide   |
"""


def demand_changed(edition: Small, name: str, content: bytes, code: str) -> None:
    """Fails unless the proof finds what was changed in a file."""
    (edition.folder / "output" / name).write_bytes(content)
    found = edition.run("verify", "--semantic", str(edition.folder), str(edition.folder / "output" / name))
    assert found.exit_code == 5, found.output
    assert code in found.output


def epub_with(epub: Path, old: str, new: str) -> bytes:
    """The bytes of an EPUB whose text says something else."""
    out = io.BytesIO()
    with ZipFile(epub) as before, ZipFile(out, "w") as after:
        for entry in before.infolist():
            content = before.read(entry)
            if entry.filename.endswith("text.xhtml"):
                assert old in content.decode()
                content = content.decode().replace(old, new).encode()
            after.writestr(entry, content)
    return out.getvalue()


def pdf_with(pdf: Path, change: Callable[[pikepdf.Dictionary], None]) -> bytes:
    """The bytes of a PDF of which each structure element is changed."""
    out = io.BytesIO()
    with pikepdf.open(pdf) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.StructElem:
                change(item)
        opened.save(out)
    return out.getvalue()


def test_tables_with_spans_captions_and_bodies_are_built_and_proved(small: Make) -> None:
    edition = small(TABLES, notes="## a\n\n> four\n\nOn a caption.\n\n## b\n\n> Lübeck\n\nOn a cell.\n")
    demand_built(edition.build())
    output = edition.folder / "output"
    with ZipFile(output / "small.epub") as epub:
        text = next(epub.read(name).decode() for name in epub.namelist() if name.endswith("text.xhtml"))
    assert '<table id="grain"><caption>Grain of the <em>four</em>' in text
    assert '<colgroup></colgroup><colgroup span="2"></colgroup><thead>' in text
    assert '<th scope="colgroup" class="end" colspan="2">Grain</th>' in text
    assert '<td class="end places-1 whole">7</td>' in text
    with pikepdf.open(output / "small.pdf") as pdf:
        elements = [
            dictionary
            for dictionary in pdf.objects
            if isinstance(dictionary, pikepdf.Dictionary) and dictionary.get("/S") is not None
        ]
        spans = [dictionary.A for dictionary in elements if dictionary.S in ("/TH", "/TD") and "/A" in dictionary]
        assert [int(span.ColSpan) for span in spans if "/ColSpan" in span] == [2, 3]
        assert [int(span.RowSpan) for span in spans if "/RowSpan" in span] == [2, 2]
        assert {str(span.Scope) for span in spans if "/Scope" in span} == {"/Column"}
        assert sum(dictionary.S == "/Caption" for dictionary in elements) == 2
    wide = 'colspan="2">Grain'
    demand_changed(edition, "small.epub", epub_with(output / "small.epub", wide, ">Grain"), "V-005")
    demand_changed(edition, "small.pdf", pdf_with(output / "small.pdf", _narrowed), "V-005")


def _narrowed(element: pikepdf.Dictionary) -> None:
    """Takes the span of columns from a cell."""
    if "/A" in element and "/ColSpan" in element.A:
        del element.A.ColSpan


def numbered_words(name: str, count: int) -> str:
    """Words that differ, in a row."""
    return " ".join(f"{name}{at}" for at in range(count))


def test_rows_that_are_higher_than_a_page_go_on_on_the_next(small: Make) -> None:
    left, right, spanning = (numbered_words(name, 500) for name in ("left", "right", "span"))
    text = (
        f"# T\n\nBefore.\n\n| Head A | Head B |\n|---|--:|\n| {left} | {right} |\n| short | row |\n| {right} ||\n\n"
        f"Between.\n\n| Wide | C |\n|---|---|\n| {spanning} | one |\n| ^^ | *two*[^a] |\n\n"
        f"Then.\n\n| {numbered_words('head', 250)} | D |\n|---|---|\n| x | y |\n\nLast.\n\n"
        f"{'| supercalifragilistic ' * 9}|\n{'|---' * 9}|\n| {numbered_words('narrow', 600)} |\n\n"
        "[^a]: Of the author.\n"
    )
    edition = small(text)
    demand_built(edition.build("--format", "pdf"))
    pages = edition.pages()
    heads = [at for at, page in enumerate(pages) if re.search(r"Head A\s+Head B", page)]
    assert heads[0] == next(at for at, page in enumerate(pages) if "Before." in page)
    assert len(heads) > 2
    assert sum("head7 " in page for page in pages) == 1


def test_tables_and_lists_in_a_note_go_on_on_the_next_page(small: Make) -> None:
    rows = "\n".join(f"| Ship {at} | {at} |" for at in range(50))
    entries = "\n".join(f"{at}. Entry {at}\n\n   {'and more ' * (60 if at == 9 else 1)}" for at in range(3, 45))
    literal = "\n".join(f"literal line {at}" for at in range(60))
    notes = (
        f"## a\n\n> A text\n\nTable: Ships\n\n| Ship | Men |\n|---|---|\n{rows}\n\n"
        f"## b\n\n> with a list\n\n{entries}\n\n## c\n\n> and lines\n\n```\n{literal}\n```\n\n"
        f"## d\n\n> and a row\n\n| A | B |\n| C | D |\n|---|---|\n| {numbered_words('word', 600)} | b |\n"
    )
    edition = small("# T\n\nA text with a list and lines and a row.\n", notes=notes)
    demand_built(edition.build("--format", "pdf"))
    words = "\n".join(edition.pages())
    assert all(re.search(rf"Ship {at}\s+{at}\n", words) for at in range(50))
    assert all(re.search(rf"\b{at}\.\s+Entry {at}\n", words) for at in range(3, 45))
    assert "\n\n" not in words[words.index("literal line 5") : words.index("literal line 9")]


def test_the_tables_and_pictures_of_the_documentation_are_right(small: Make) -> None:
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
    examples = re.findall(r"(?ms)^```markdown\n(.*?)^```", page)
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M 0 0 H 9 V 9 Z"/></svg>'
    edition = small("# T\n\n" + "\n\nBetween.\n\n".join(examples), files={"images/squares.svg": square})
    assert len(examples) > 3
    assert edition.check().exit_code == 0


def test_a_lemma_may_be_in_a_cell_that_spans_others(small: Make) -> None:
    notes = "".join(
        f"## n{at}\n\n> {words}\n\nA note.\n\n"
        for at, words in enumerate(("Grain", "ports, in", "two wide", "below it"))
    )
    text = (
        "# T\n\n: Of four ports, in thousands\n\n| | Grain ||\n|---|---|---|\n"
        "| two wide || x |\n| tall | a | b |\n| ^^ | below it | c |\n"
    )
    assert small(text, notes=notes).check().exit_code == 0


def test_notes_that_cells_of_a_row_call_stand_below_each_other_in_the_margin(small: Make) -> None:
    notes = "".join(
        f"## {words}\n\n> {words}\n\nA note with some words about {words}, which take a few lines.\n\n"
        for words in ("before", "one", "two", "three", "after")
    )
    row = "| Left | Middle | Right |  |\n|---|---|---|---|\n| one | two | three | |\n"
    edition = small(
        f"# T\n\nA line before.\n\n{row}\nA line after.\n", notes=notes, place="margin", more="style: accessible\n"
    )
    demand_built(edition.build("--format", "pdf"))
