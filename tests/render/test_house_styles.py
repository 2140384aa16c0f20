"""The styles of the house on screens: legible on every ground, and no wider than the eye can follow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "styles"
SCREEN = (STYLES / "screen.css").read_text(encoding="utf-8")


def declared(name: str) -> list[str]:
    """The values that the style sheet for screens gives to a property."""
    return re.findall(rf"(?<![\w-]){name}: ([^;}}]+)[;}}]", SCREEN)


def test_no_colour_of_text_is_fixed_since_the_ground_is_the_readers() -> None:
    colours = declared("color")
    assert len(colours) >= 3
    assert [colour for colour in colours if colour != "inherit" and "currentColor" not in colour] == []


@pytest.mark.parametrize(
    "name", ["background", "background-color", "color-scheme", "font-family", "height", "position"]
)
def test_nothing_is_declared_that_belongs_to_the_reader(name: str) -> None:
    assert declared(name) == []


def test_lines_are_not_longer_than_a_page_of_a_book_has_them() -> None:
    assert "body > section, body > nav { max-width: 40em;" in SCREEN
