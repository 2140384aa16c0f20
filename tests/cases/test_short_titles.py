"""Short titles for running heads: of a document, of a chapter."""

from __future__ import annotations

import pytest
from tests.cases.conftest import Make, demand_built

LONG = "A Heading That Goes On and On about Whatever Its Author Could Think of at the Time of Writing It"
TEXT = f"""\
# {LONG} {{#the-title short="A heading"}}

Words before the first chapter.

## {LONG} once more {{short="Once *more*"}}

{"Words of the first chapter, which fill some pages. " * 120}

## The second chapter

Words.
"""
PREFACE = f"# {LONG} in a preface {{short=Preface}}\n\n{'Words of a preface that fill some pages. ' * 120}\n"


def test_running_heads_have_short_titles(small: Make) -> None:
    more = "front: [preface.md]\noutput: {chapters: true, formats: [pdf, epub]}\n"
    edition = small(TEXT, more=more, files={"preface.md": PREFACE})
    demand_built(edition.build("--strict"))
    pages = edition.pages()
    heads = [page.strip().splitlines()[0].strip() for page in pages if page.strip()]
    assert any(head.startswith("Once *more*") for head in heads)
    assert any(head.startswith("Preface") for head in heads)
    assert not any("…" in head for head in heads)
    assert not any("short=" in page for page in pages)


@pytest.mark.parametrize("attributes", ['{shrt="A"}', "{short}", '{short="A" kind=b}'])
def test_other_attributes_are_refused(small: Make, attributes: str) -> None:
    assert "error[M-004 unknown-attribute]" in small(f"# One\n\n## Two {attributes}\n\nWords.\n").check().output
