"""Tables: what each cell says and spans, which rows are heads, which paragraphs are captions, which figures align."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from publisher.load.markdown.tables import decimal_sign, name_of
from publisher.model.block import DefinitionList, Paragraph, Table, TableRow, Verse
from publisher.model.inline import FootnoteCall, Run
from publisher.model.text import Text
from publisher.model.walk import leaves, nest, plain, plain_of_inlines

TextOf = Callable[[str], Text]
MistakesIn = Callable[[str], list[str]]
SPANS = """\
|        | Grain        ||
| Port   | 1820 | 1830   |
|--------|-----:|-------:|
| Bergen | one         ||
| Lübeck | 2    | 3      |
| ^^     | 4    | 5      |
"""


def shape(rows: tuple[TableRow, ...]) -> list[list[str]]:
    """The words of cells, with columns and rows if they span several."""
    return [
        [
            plain_of_inlines(cell.children) + (f" {cell.columns}×{cell.rows}" if cell.columns + cell.rows > 2 else "")
            for cell in row
        ]
        for row in rows
    ]


def table_in(text: Text) -> Table:
    """The only table of a text."""
    (table,) = (block for block in text.blocks if isinstance(block, Table))
    return table


def test_cells_span_columns_and_rows(text_of: TextOf) -> None:
    table = table_in(text_of(SPANS))
    assert table.width == 3
    assert table.groups == (1, 2)
    assert shape(table.head) == [["", "Grain 2×1"], ["Port", "1820", "1830"]]
    assert shape(table.rows) == [["Bergen", "one 2×1"], ["Lübeck 1×2", "2", "3"], ["4", "5"]]


def test_a_wide_cell_goes_on_below(text_of: TextOf) -> None:
    table = table_in(text_of("|a|b|c|\n|-|-|-|\n| wide || x |\n| ^^ || y |\n"))
    assert shape(table.rows) == [["wide 2×2", "x"], ["y"]]


@pytest.mark.parametrize(
    ("dashes", "rows"),
    [
        ("|---|---|\n| a | b |", [["a", "b"]]),
        ("| | |\n|---|---|\n| a | b |", [["a", "b"]]),
        ("|---|---|\n|---|---|\n| a | b |", [["a", "b"]]),
    ],
)
def test_a_table_may_have_no_head(text_of: TextOf, dashes: str, rows: list[list[str]]) -> None:
    table = table_in(text_of(f"Before.\n\n{dashes}\n\nAfter.\n"))
    assert table.head == ()
    assert shape(table.rows) == rows


@pytest.mark.parametrize("between", ["", "|---|---|\n"])
def test_a_table_may_have_several_bodies(text_of: TextOf, between: str) -> None:
    between = between or "\n"
    table = table_in(text_of(f"| A | B |\n|---|---|\n| 1 | 2 |\n{between}| 3 | 4 |\n| 5 | 6 |\n\nAfter | this.\n"))
    assert [shape(body) for body in table.bodies] == [[["1", "2"]], [["3", "4"], ["5", "6"]]]


def test_a_table_after_a_table_is_one_of_its_own(text_of: TextOf) -> None:
    text = text_of("| A |\n|---|\n| 1 |\n\n| B |\n|---|\n| 2 |\n\n|---|\n| 3 |\n")
    assert [type(block) for block in text.blocks] == [Table, Table, Table]


def test_verse_after_a_table_is_verse(text_of: TextOf) -> None:
    text = text_of("| A |\n|---|\n| 1 |\n\n| a line\n| another\n")
    assert [type(block) for block in text.blocks] == [Table, Verse]


def test_a_heading_with_a_bar_is_a_heading(text_of: TextOf) -> None:
    assert not any(isinstance(block, Table) for block in text_of("One | other\n---\n\nWords.\n").blocks)


@pytest.mark.parametrize("source", ["Table: Words[^1] {#t}\n\n{t}", "{t}\n: Words[^1] {#t}", "{t}\n\n: Words[^1] {#t}"])
def test_a_paragraph_beside_a_table_is_its_caption(text_of: TextOf, source: str) -> None:
    table = "| A | B |\n|---|---|\n| 1 | 2 |"
    text = text_of(f"Before.\n\n{source.replace('{t}', table)}\n\nAfter.\n\n[^1]: A note.\n")
    found = table_in(text)
    assert plain_of_inlines(found.caption) == "Words"
    assert found.id == "t"
    assert any(isinstance(node, FootnoteCall) for node in nest(found.caption))
    assert [type(block) for block in text.blocks] == [Paragraph, Table, Paragraph]
    assert text.plain == plain(text.blocks) == "Before.\nWords\nA\nB\n1\n2\nAfter."
    for leaf in leaves((*found.caption, *(node for row in found.rows for cell in row for node in cell.children))):
        assert isinstance(leaf, Run)
        assert leaf.span is not None
        assert leaf.span.source.text[leaf.span.start : leaf.span.end] == leaf.text


def test_a_caption_between_tables_belongs_to_the_first_without_one(text_of: TextOf) -> None:
    table = "| A |\n|---|\n| 1 |\n\n"
    text = text_of(f": One\n\n{table}: Two\n\n{table}: Three\n\n{table}")
    captions = [plain_of_inlines(block.caption) for block in text.blocks if isinstance(block, Table)]
    assert captions == ["One", "Two", "Three"]


def test_a_definition_is_no_caption(text_of: TextOf) -> None:
    text = text_of("Term\n: Definition\n\n| A |\n|---|\n| 1 |\n")
    assert [type(block) for block in text.blocks] == [DefinitionList, Table]
    text = text_of("A paragraph.\n\n: Caption\n\n| A |\n|---|\n| 1 |\n")
    assert [type(block) for block in text.blocks] == [Paragraph, Table]


def test_a_bar_after_a_backslash_is_part_of_the_words(text_of: TextOf) -> None:
    text = text_of("| A | B |\n|---|---|\n| `a\\|b` | c \\| d |\n| \\^^ | 2 |\n")
    assert shape(table_in(text).rows) == [["a|b", "c | d"], ["^^", "2"]]


@pytest.mark.parametrize(
    "rows",
    [
        "| 1 | 2 | 3 |",
        "| `a|b` | 3 |",
        "| 1 | 2 ||",
        "| ^^ | 2 |",
        "| wide ||\n| ^^ | 2 |",
        "| 1 | 2 |\n| ^^ | ^^ |",
    ],
)
def test_a_row_that_does_not_fit_is_reported(mistakes_in: MistakesIn, rows: str) -> None:
    line = 2 + len(rows.splitlines())
    assert mistakes_in(f"| A | B |\n|---|---|\n{rows}\n") == [f"M-040:{line}:1 {rows.splitlines()[-1]}"]


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        (["1.5", "12.25", "7"], "."),
        (["1,5", "12,25", "(7)"], ","),
        (["1,234.5", "7"], "."),
        (["1.234,5", "−7"], ","),
        (["1,234", "12,500", "7"], None),
        (["1,234", "12.500"], None),
        (["1.5", "about 7"], None),
        (["1", "20"], None),
        (["1.2.3", "4.5"], None),
    ],
)
def test_a_column_of_figures_has_a_decimal_sign(words: list[str], sign: str | None) -> None:
    assert decimal_sign(words) == sign


def test_figures_know_how_many_places_they_lack() -> None:
    assert [name_of(words, ".", 3) for words in ("7", "7.5", "7.125", "")] == ["places-3 whole", "places-2", None, None]


def test_many_rows_are_read_in_linear_time(text_of: TextOf) -> None:
    rows = "| a | b |\n" + "| ^^ | c |\n" * 4000
    table = table_in(text_of(f"| A | B |\n|---|---|\n{rows}"))
    assert table.rows[0][0].rows == 4001
