"""Differences between a lemma and the text that the eye misses are named."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from publisher.annotate.nearly import difference


@pytest.mark.parametrize(
    ("lemma", "text", "said"),
    [
        ("It's read", "It’s read", "straight apostrophe here, curly apostrophe ’ there"),
        ("It’s read", "It's read", "curly apostrophe ’ here, straight apostrophe there"),
        ('the "second"', "the “second”", "straight quotation mark here, curly quotation mark “ there"),
        ("1914-1918", "1914–1918", "hyphen here, dash – (U+2013) there"),
        ("a − b", "a - b", "minus sign − (U+2212) here, hyphen there"),
        ("p. 12", "p.\u00a012", "space here, no-break space U+00A0 there"),
        ("The Text", "the text", "they differ in upper and lower case"),
        (
            "naïve café",
            normalize("NFD", "naïve café"),
            "they look alike, but “ï” is U+00EF here and U+0069 + U+0308 there",
        ),
        (normalize("NFD", "café"), "café", "they look alike, but “é” is U+0065 + U+0301 here and U+00E9 there"),
        ("Å", "\u212b", "they look alike, but “Å” is U+00C5 here and U+212B there"),
        ('"It\'s" 1914-18', "“It’s” 1914–18", "straight quotation mark here, curly quotation mark “ there"),
        ("other words", "the words", None),
        ("word", "words", None),
    ],
)
def test_what_differs_is_named(lemma: str, text: str, said: str | None) -> None:
    assert difference(lemma, text) == said
