"""Elements state the direction of their language where it is another one than that around them."""

from __future__ import annotations

import pytest

from publisher.model.language import LTR, RTL, direction, line_direction, passage_direction
from publisher.model.target import Format
from publisher.render.context import Context, turn, within


def context(around: str) -> Context:
    bare = Context(format=Format.EPUB, metadata=None, words=None, contents=(), series=(), places={})  # type: ignore[arg-type]
    return within(bare, around)


@pytest.mark.parametrize(
    ("around", "language", "attribute"),
    [
        ("en", "de", ""),
        ("en", "he", ' dir="rtl"'),
        ("ar", "fa", ""),
        ("ar", "la", ' dir="ltr"'),
        ("he", "he-Latn", ' dir="ltr"'),
        ("az", "az-Arab", ' dir="rtl"'),
    ],
)
def test_a_direction_is_stated_where_it_changes(around: str, language: str, attribute: str) -> None:
    assert turn(language, context(around)) == attribute


@pytest.mark.parametrize("language", ["he", "ar", "fa", "yi", "hbo", "ur-PK"])
def test_languages_from_right_to_left(language: str) -> None:
    assert direction(language) == "rtl"


@pytest.mark.parametrize(
    ("text", "tag", "around", "expected"),
    [
        ("שלום", "he", LTR, RTL),
        ("shalom", "he", LTR, LTR),
        ("shalom 12", "he", RTL, RTL),
        ("שלום and Latin", "he", LTR, RTL),
        ("سلام", "fa", LTR, RTL),
        ("Latin", "en", RTL, LTR),
        ("שלום", "he-Latn", LTR, LTR),
        ("12", "ar", LTR, LTR),
    ],
)
def test_a_passage_runs_as_the_letters_that_it_is_written_in(text: str, tag: str, around: str, expected: str) -> None:
    assert passage_direction(text, tag, around=around) == expected


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        ("Smith, John. 1999. A book.", RTL, LTR),
        ("Smith, ספר", RTL, RTL),
        ("1999, 12–13.", RTL, RTL),
        ("ספר", RTL, RTL),
        ("ספר", LTR, LTR),
        ("A book.", LTR, LTR),
    ],
)
def test_a_line_of_latin_letters_alone_runs_from_left_to_right(text: str, around: str, expected: str) -> None:
    assert line_direction(text, around=around) == expected
