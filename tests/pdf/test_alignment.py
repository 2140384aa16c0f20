"""The characters of the text that the sequences of a page hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from publisher.pdf.assemble.structure import Mark
from publisher.pdf.assemble.words import Words, _align


@dataclass(frozen=True)
class Said:
    """What a sequence says."""

    text: str


def counted(text: str, *shown: str) -> tuple[list[int], int]:
    """How many characters of a text each sequence holds, and how many of them end with a hyphen of the layout."""
    marks = [Mark(page=0, mcid=number) for number in range(len(shown))]
    sequences: Any = {mark: Said(words) for mark, words in zip(marks, shown, strict=True)}
    words = Words()
    _align(text, marks, sequences, words)
    return list(words.counts.values()), len(words.hyphens)


@pytest.mark.parametrize(
    ("text", "shown", "counts"),
    [
        ("fine office", ("ﬁne oﬃce",), [10]),
        ("fine", ("ﬁ", "ne"), [2, 2]),
        ("the sign ﬁ", ("the sign ﬁ",), [8]),
        ("x² and ½", ("x² and ½",), [6]),
        ("Straße", ("STRASSE",), [6]),
    ],
)
def test_a_ligature_stands_for_the_letters_that_the_text_has_apart(
    text: str, shown: tuple[str, ...], counts: list[int]
) -> None:
    assert counted(text, *shown) == (counts, 0)


def test_a_hyphen_of_the_layout_is_no_character_of_the_text() -> None:
    assert counted("afﬁne words", "af-", "ﬁne ", "words") == ([2, 3, 5], 1)
