"""A title stays with its text, and the page is filled, where a short paragraph calls a note longer than a page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from publisher.model.profile import Style

ROWS = {Style.DEFAULT: 30, Style.ACCESSIBLE: 14, Style.COMPACT: 36}
"""How many rows a title may have above it, and still need the page: the rest of the page is for notes and title."""
LENGTH = 110
"""So many sentences make a note of more than sixty lines in each of the styles."""


HEIGHT = 595
"""Of a page of A5, in points."""


def chapter(rows: int) -> str:
    """A chapter of some rows, a title, and a short paragraph that calls a note; then as much as fills a page."""
    lines = "\\\n".join(f"Row {number}" for number in range(1, rows + 1))
    last = "\\\nIts last line." if rows % 2 else ""
    return (
        f"## Chapter {rows}\n\n{lines}\n\n### Title {rows}\n\n"
        f"The c{rows}call of a note.\\\nIts second line.{last}\n\n"
        + "A sentence that follows. " * 40
        + "\n\nAnother.\n\nAnd one more.\n\nThe end."
    )


def note(rows: int) -> str:
    """The note of a chapter."""
    words = " ".join(f"A sentence of the note, of which this is {number}." for number in range(LENGTH))
    return f"## n{rows}\n\n> c{rows}call\n\nBegun{rows}. {words}\n"


def foot(page: Any) -> float:
    """How low a page is filled; the folio of an opening page does not count."""
    return float(min(line.baseline for line in page if not line.text.isdigit()))


@pytest.mark.parametrize("style", Style)
def test_a_title_stays_with_a_short_paragraph_that_calls_a_long_note(
    composed: Callable[..., Any], measured: ModuleType, style: Style
) -> None:
    counts = range(1, ROWS[style], 5)
    text = "# Notes\n\n" + "\n\n".join(chapter(rows) for rows in counts) + "\n"
    settings = measured.SETTINGS.replace("SHA256", hashlib.sha256(text.encode()).hexdigest())
    publication = composed(
        **{
            "edition.yaml": settings.replace("text.txt", "text.md") + f"style: {style}\n"
            "series: [{id: editorial, title: Notes, file: notes/editorial.md, placement: {pdf: foot}}]\n"
            "output: {chapters: true, page: A5}\n",
            "text.md": text,
            "notes/editorial.md": "\n".join(note(rows) for rows in counts),
        }
    )
    pages = measured.lines_of(measured.pages_of(publication))
    for rows in counts:
        said = [" ".join(line.text for line in page) for page in pages]
        at = next(at for at, words in enumerate(said) if f"The c{rows}call" in words)
        for words in (f"Title {rows}", "Its second line.", f"Begun{rows}."):
            assert words in said[at], (rows, words)
        assert foot(pages[at]) < 0.2 * HEIGHT, rows
        if "Row" not in said[at]:
            assert foot(pages[at - 1]) < 0.45 * HEIGHT, rows
