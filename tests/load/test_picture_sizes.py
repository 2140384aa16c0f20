"""Sizes of pictures: a share of the column, or a length."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from publisher.model.block import Figure
from publisher.model.text import Text

TextOf = Callable[[str], Text]
MistakesIn = Callable[[str], list[str]]


@pytest.mark.parametrize(
    ("braces", "size"),
    [
        ("{width=40%}", "width: 40%"),
        (" {width=12.5%}", "width: 12.5%"),
        ('{width="60 mm"}', "width: 60mm"),
        ("{width=6cm}", "width: 60mm"),
        ("{ width = 40 % }", "width: 40%"),
        ("{#map width=2in height=10cm}", "width: 50.8mm; height: 100mm"),
        ("{height=1inch #map}", "height: 25.4mm"),
        ("{#map}", ""),
        ("", ""),
    ],
)
def test_a_picture_has_the_size_that_it_is_given(text_of: TextOf, braces: str, size: str) -> None:
    (figure,) = text_of(f'![A map](map.png "The *caption*"){braces}\n').blocks
    assert isinstance(figure, Figure)
    assert figure.size == size
    assert figure.id == ("map" if "#map" in braces else None)


@pytest.mark.parametrize("words", ["300px", "300", "0%", "101%", "40", "0.5mm", "9m", "auto", "height", "1e3mm"])
def test_what_is_no_width_is_reported(mistakes_in: MistakesIn, words: str) -> None:
    line = f"![A map](map.png){{width={words}}}"
    assert mistakes_in(f"{line}\n") == [f"M-041:1:1 {line}"]


def test_a_height_is_a_length(mistakes_in: MistakesIn) -> None:
    assert [mistake[:5] for mistake in mistakes_in("![A map](map.png){height=40%}\n")] == ["M-041"]


@pytest.mark.parametrize("braces", ["{width}", "{wide=4cm}", "{.left}", "{width=4cm,}", "{width=4cm height}"])
def test_what_else_is_said_of_a_picture_is_reported(mistakes_in: MistakesIn, braces: str) -> None:
    assert {mistake[:5] for mistake in mistakes_in(f"![A map](map.png){braces}\n")} <= {"M-004", "M-041"}
    assert mistakes_in(f"![A map](map.png){braces}\n")
