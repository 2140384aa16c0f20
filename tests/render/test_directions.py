"""Elements state the direction of their language where it is another one than that around them."""

from __future__ import annotations

import pytest

from publisher.model.language import direction
from publisher.model.target import Format
from publisher.render.context import Context, turned, within


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
    assert turned(language, context(around)) == attribute


@pytest.mark.parametrize("language", ["he", "ar", "fa", "yi", "hbo", "ur-PK"])
def test_languages_from_right_to_left(language: str) -> None:
    assert direction(language) == "rtl"
