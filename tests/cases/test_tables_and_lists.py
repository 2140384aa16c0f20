"""Tables and lists as people write them."""

from __future__ import annotations

import re

import pytest
from tests.cases.conftest import Make, demand_built

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
