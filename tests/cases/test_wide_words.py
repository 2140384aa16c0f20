"""Words that are wider than their line, wherever they stand."""

from __future__ import annotations

import re

import pikepdf
import pytest
from tests.cases.conftest import Make, demand_built

from publisher.layout.weasyprint.fixes.word_pieces import HERE, HYPHEN_HERE, mark_breaks

COMPOUND = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstandsvorsitzender"
LETTERS = "x" * 180
ADDRESS = "https://example.org/" + "/".join(["some-long-part", "other_part", "p.html?query=value&more=values"] * 5)
BRACKETS = "\\[" * 90 + "\\]" * 90
JOINED = "\u00a0".join(["joined"] * 30)
TEXT = f"""\
# {COMPOUND} and {LETTERS}

The first words with {COMPOUND} and {LETTERS} and {ADDRESS} here.

Here are {BRACKETS} and *{LETTERS}*{COMPOUND}**{LETTERS}** and {JOINED} and `{LETTERS}` code.

## {LETTERS}

- entry {LETTERS}
  - entry {LETTERS}
    - entry {ADDRESS}
      - entry {COMPOUND}{COMPOUND}

> quotation {LETTERS}
>
> | verse {LETTERS}
> | more verse {ADDRESS}

| head | other head | {LETTERS} |
|---|---|---|
| {LETTERS} | short | {ADDRESS} |
| {COMPOUND} | `{LETTERS}` | *{LETTERS}* |

```
code {LETTERS}
```

A footnote[^1] here. <{ADDRESS}>. [{LETTERS}](https://example.org/).

[^1]: Footnote {LETTERS} and {ADDRESS}.
"""
NOTES = f"""\
## one

> first words

A note with {LETTERS} and {ADDRESS} and {COMPOUND}.

- entry {LETTERS}

> quotation {COMPOUND}
"""
MORE = f"""\
subtitle: {LETTERS}
publisher: {COMPOUND}
short-title: {COMPOUND} {LETTERS}
output:
  page: [100mm, 160mm]
  paragraph-numbers: true
"""


def test_words_that_are_wider_than_their_line_are_divided(small: Make) -> None:
    made = small(TEXT, notes=NOTES, place="margin", more=MORE)
    result = made.build("-f", "pdf")
    demand_built(result)
    found = set(re.findall(r"([\w.]+:\d+):\d+: warning\[P-020 [a-z-]+\]: [^“]*“(\w+)", result.output))
    assert {("text.md:1", COMPOUND[:40]), ("text.md:1", LETTERS[:40]), ("text.md:5", "joined")} - found == set()
    words = "".join("".join(made.pages()).split())
    assert LETTERS[:60] in words
    assert "other_part/" in words
    assert "other_part-" not in words


def test_a_title_of_one_long_word_gets_hyphens(small: Make) -> None:
    made = small(f"# {COMPOUND}\n\nWords.\n")
    result = made.build("-f", "pdf")
    demand_built(result)
    assert result.output.count("[P-020 ") == 1
    title = next(page for page in made.pages() if "Words." in page)
    assert re.search("\\w\u00ad\\n", title)


def test_long_titles_are_cut_in_running_heads_and_nowhere_else(small: Make) -> None:
    title = "A title that says at length what is in the book, and in whose words, and for whom it was written"
    made = small(f"# {title}\n\n" + "Words of the text. \n\n" * 80, more=f"short-title: {title}\n")
    demand_built(made.build("-f", "pdf"))
    assert any("for whom it was…" in " ".join(page.split()) for page in made.pages())
    with pikepdf.open(next((made.folder / "output").glob("*.pdf"))) as pdf, pdf.open_outline() as outline:
        assert title in [outline_item.title for outline_item in outline.root]


@pytest.mark.parametrize(
    ("word", "language", "made"),
    [
        ("https://example.org/a-b?c=d", "en", "https://|example.|org/|a-|b?|c=|d"),
        ("writer@example.org", "en", "writer@|example.|org"),
        ("Hauptbetriebswerk", "de", "Haupt~be~triebs~werk"),
        ("Hauptbetriebswerk", None, "Hauptbetriebswerk"),
        ("Haupt\u00adbetriebswerk", "de", "Haupt~betriebswerk"),
        ("(abc)[def]", None, "(abc)|[def]"),
        ("one\u00a0two", None, "one\u00a0|two"),
        ("nowhere", "x-zumm", "nowhere"),
    ],
)
def test_words_are_divided_where_they_join(word: str, language: str | None, made: str) -> None:
    assert mark_breaks(word, language=language, room=40) == made.replace("|", HERE).replace("~", HYPHEN_HERE)


def test_what_has_no_joints_is_divided_between_characters_as_people_count_them() -> None:
    assert mark_breaks("ae\u0301\u0302b👨‍👩‍👧c", language=None, room=0) == HERE.join(
        ["a", "e\u0301\u0302", "b", "👨‍👩‍👧", "c"]
    )
