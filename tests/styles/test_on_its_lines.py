"""The text is back on its lines after everything that is set on others; and so are notes after their tables."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from publisher.model.profile import Style

LEADING = {Style.DEFAULT: 1.42, Style.ACCESSIBLE: 1.5, Style.COMPACT: 1.25}
QUOTATION = "> A quotation that is long enough to need more than one line of its own, if not three of them.\n"
TABLE = "| Year | Copies |\n| --- | --- |\n| 1840 | 971 |\n"
BETWEEN = "Text that goes on between, on lines that are the same on every page of the volume."


def matter(things: tuple[str, ...]) -> str:
    """Front matter in which text and other things take turns."""
    return "# Matter\n\n" + "\n".join(f"{BETWEEN}\n\n{thing}" for thing in things * 4) + f"\n{BETWEEN}\n"


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("trim", ["A5", "6x9in"])
def test_text_is_back_on_its_lines_after_quotations_and_tables(
    composed: Callable[..., Any], measured: ModuleType, style: Style, trim: str
) -> None:
    things = (QUOTATION, TABLE, QUOTATION + ">\n> — Somebody\n", "## A heading\n", "```\nsome code\n```\n")
    publication = composed(
        f"style: {style}\nfront: [matter.md]\noutput: {{page: {trim}}}\n", **{"matter.md": matter(things)}
    )
    checked = 0
    for page in measured.lines_of(measured.pages_of(publication)):
        text = [line for line in page if line.text.startswith(BETWEEN[:14])]
        for item, other in itertools.pairwise(text):
            half = item.size * LEADING[style] / 2
            rows = (item.baseline - other.baseline) / half
            assert rows == pytest.approx(round(rows), abs=0.02)
            checked += 1
    assert checked > 9


@pytest.mark.parametrize("style", Style)
def test_every_page_has_the_lines_of_every_other(
    composed: Callable[..., Any], measured: ModuleType, style: Style
) -> None:
    """Opening pages too: titles take up whole half-lines."""
    publication = composed(f"style: {style}\nfront: [matter.md]\n", **{"matter.md": matter((QUOTATION,))})
    text = [
        line
        for page in measured.lines_of(measured.pages_of(publication))
        for line in page
        if line.text.startswith(BETWEEN[:14]) or (len(line.text) > 50 and not line.text.startswith("A quot"))
    ]
    size = next(line.size for line in text if line.text.startswith(BETWEEN[:14]))
    heights = [line.baseline for line in text if line.size == pytest.approx(size, abs=0.05)]
    rows = [(heights[0] - height) / (size * LEADING[style] / 2) for height in heights]
    assert len(rows) > 60
    assert rows == pytest.approx([round(row) for row in rows], abs=0.02)
