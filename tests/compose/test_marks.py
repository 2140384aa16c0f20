"""What calls look like, style by style."""

from __future__ import annotations

import pytest

from publisher.compose.i18n import LANGUAGES, words_for
from publisher.compose.notes.marks import mark
from publisher.model.agreement import Force
from publisher.model.apparatus import Marks
from publisher.model.settings import RightsStatus


@pytest.mark.parametrize(
    ("style", "number", "expected"),
    [
        (Marks.DECIMAL, 12, "12"),
        (Marks.LOWER_ALPHA, 1, "a"),
        (Marks.LOWER_ALPHA, 26, "z"),
        (Marks.LOWER_ALPHA, 27, "aa"),
        (Marks.LOWER_ALPHA, 703, "aaa"),
        (Marks.LOWER_ROMAN, 4, "iv"),
        (Marks.LOWER_ROMAN, 1999, "mcmxcix"),
        (Marks.SYMBOLS, 2, "†"),
        (Marks.SYMBOLS, 5, "¶"),
        (Marks.SYMBOLS, 6, "**"),
    ],
)
def test_mark_of_a_note(style: Marks, number: int, expected: str) -> None:
    assert mark(number, style) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_word_for_every_force_and_status(language: str) -> None:
    found = words_for(language)
    assert all(found.force_of(force) for force in Force)
    assert all(found.status_of(status) for status in RightsStatus)


def test_an_unknown_language_is_answered_in_english() -> None:
    assert words_for("tlh").contents == "Contents"
    assert words_for("de-AT").contents == "Inhalt"
