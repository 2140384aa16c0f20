"""Notes that begin with lines, on words that are in no numbered line, and with ids in them."""

from __future__ import annotations

from tests.cases.conftest import Make, demand_built

TEXT = "# T\n\nWord one, and two.[^a]\n\n[^a]: A footnote of some words.\n"
NOTES = """\
## n

> Word one

A note with verse:

| Verse of
| a note {#of-verse}

## m {in=footnote:a}

> some words

It is about a footnote.
"""
MORE = """\
series:
  - {id: ed, title: Notes, file: ed.md, cite: lines, placement: {pdf: section, epub: end}}
output: {line-numbers: {every: 5, by: page}, formats: [pdf]}
"""


def test_a_note_on_a_footnote_cites_its_lemma_alone(small: Make) -> None:
    edition = small(TEXT, more=MORE, files={"ed.md": NOTES})
    demand_built(edition.build())
    words = " ".join(" ".join(edition.pages()).split())
    assert "some words] It is about" in words
    assert "2 Word one] A note with verse" in words
