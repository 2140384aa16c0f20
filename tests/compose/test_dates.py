"""Dates in words."""

from __future__ import annotations

import pytest

from publisher.compose.i18n.dates import date_in_words


@pytest.mark.parametrize(
    ("iso", "language", "expected"),
    [
        ("1999-11-19", "en", "19 November 1999"),
        ("1999-11-19", "en-GB", "19 November 1999"),
        ("1999-11-19", "en-US", "November 19, 1999"),
        ("1999-11", "en", "November 1999"),
        ("1999", "en", "1999"),
        ("1999-11-19", "de", "19. November 1999"),
        ("1999-11-19", "fr-CA", "19 novembre 1999"),
        ("1999-11-19", "de-CH-1996", "19. November 1999"),
        ("1999-11-19", "x-unknown", "19 November 1999"),
        ("2010-03", "ru", "март 2010\u202fг."),
        ("18XX", "en", "19th century"),
        ("00XX", "fr", "Ier siècle"),
        ("18XX", "es", "siglo XIX"),
        ("18XX", "el", "19ος αιώνας"),
        ("18XX", "he", "המאה ה־19"),
        ("18XX", "ja", "19世紀"),
        ("18XX", "fi", "19."),
        ("188X", "uk", "1880-ті роки"),
        ("1886~", "zh", "约1886年"),
        ("1886?", "es", "¿1886?"),
        ("2020-21", "ja", "2020年春"),
        ("2020-21", "fi", "2020"),
        ("-0042", "ar", "43 ق.م"),
        ("../1914", "nl", "tot 1914"),
    ],
)
def test_date_is_written_in_the_words_of_the_language(iso: str, language: str, expected: str) -> None:
    assert date_in_words(iso, language) == expected


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        date_in_words("1999-13-01", "en")
