"""Dates as people write them, and as they are kept, sorted and printed."""

from __future__ import annotations

import pytest

from publisher.compose.i18n.dates import date_in_words
from publisher.model.date import WrongDate, last_day, likely_edtf, order, standard


@pytest.mark.parametrize(
    ("written", "edtf", "english", "german", "french"),
    [
        ("1990", "1990", "1990", "1990", "1990"),
        ("1990-09", "1990-09", "September 1990", "September 1990", "septembre 1990"),
        ("1990-09-12", "1990-09-12", "12 September 1990", "12. September 1990", "12 septembre 1990"),
        ("c. 1886", "1886~", "c. 1886", "um 1886", "vers 1886"),
        ("circa 1886", "1886~", "c. 1886", "um 1886", "vers 1886"),
        ("um 1886-05", "1886-05~", "c. May 1886", "um Mai 1886", "vers mai 1886"),
        ("1886?", "1886?", "1886?", "1886?", "1886\u202f?"),
        ("1886%", "1886%", "c. 1886?", "um 1886?", "vers 1886\u202f?"),
        ("1914/1918", "1914/1918", "1914–1918", "1914–1918", "1914–1918"),
        ("1914–18", "1914/1918", "1914–1918", "1914–1918", "1914–1918"),
        ("1914-1918", "1914/1918", "1914–1918", "1914–1918", "1914–1918"),
        ("c. 1914–1918", "1914~/1918~", "c. 1914–1918", "um 1914–1918", "vers 1914–1918"),
        ("1914-08/1918-11", "1914-08/1918-11", "August 1914 – November 1918", "August 1914 – November 1918", None),
        ("before 1700", "[..1700]", "before 1700", "vor 1700", "avant 1700"),
        ("after 1700", "[1700..]", "after 1700", "nach 1700", "après 1700"),
        ("../1700", "../1700", "until 1700", "bis 1700", "jusqu’en 1700"),
        ("1700/..", "1700/..", "from 1700", "ab 1700", "à partir de 1700"),
        ("1880s", "188X", "1880s", "1880er-Jahre", "années 1880"),
        ("19th century", "18XX", "19th century", "19. Jahrhundert", "XIXe siècle"),
        ("1990-22", "1990-22", "summer 1990", "Sommer 1990", "été 1990"),
        ("1990-XX", "1990-XX", "1990", "1990", "1990"),
        ("-0043", "-0043", "44 BC", "44 v. Chr.", "44 av. J.-C."),
    ],
)
def test_a_date_is_printed_as_far_as_it_is_known(
    written: str, edtf: str, english: str, german: str, french: str | None
) -> None:
    assert standard(written) == edtf
    assert standard(edtf) == edtf
    assert date_in_words(edtf, "en") == english
    assert date_in_words(edtf, "de") == german
    assert date_in_words(edtf, "fr") == (french or "août 1914 – novembre 1918")


@pytest.mark.parametrize("edtf", ["1886~", "[..1700]", "188X", "18XX", "1990-22", "1914/1918", "-0043", "1886-05-12?"])
@pytest.mark.parametrize("language", ["pl", "x-zumm", "zh-Hant", "ar"])
def test_a_language_without_words_of_its_own_has_signs(edtf: str, language: str) -> None:
    assert date_in_words(edtf, language)


@pytest.mark.parametrize(
    ("written", "reason", "hint"),
    [
        ("soon", "none that is understood", None),
        ("199", "none that is understood", None),
        ("1990-13", "no month 13", None),
        ("1990-02-30", "no day 30", None),
        ("1918/1914", "ends before it begins", None),
        ("../..", "neither its beginning nor its end", None),
        ("1990/1991/1992", "more than one", None),
        ("1990-XX-12", "a day and no month", None),
        ("12 May 1990", "none that is understood", "1990-05-12"),
        ("May 12, 1990", "none that is understood", "1990-05-12"),
        ("Mai 1990", "none that is understood", "1990-05"),
        ("12. Dezember 1990", "none that is understood", "1990-12-12"),
        ("1990-9-1", "none that is understood", "1990-09-01"),
        ("12.5.1990", "none that is understood", "1990-05-12"),
        ("12/5/1990", "more than one", None),
        ("in 1990, I think, 3", "none that is understood", None),
    ],
)
def test_what_is_not_understood_is_refused_with_what_may_be_meant(written: str, reason: str, hint: str | None) -> None:
    with pytest.raises(WrongDate, match=reason):
        standard(written)
    assert likely_edtf(written) == hint


def test_dates_are_sorted_by_their_first_day_and_longer_times_first() -> None:
    dates = ["1999-11-19", "2000", "-0043", "1999-11", "1886~", "18XX", "1914/1918", "1999", "[1700..]", "../1700"]
    assert sorted(dates, key=order) == [
        *("-0043", "[1700..]", "../1700", "18XX", "1886~", "1914/1918", "1999", "1999-11", "1999-11-19", "2000")
    ]


@pytest.mark.parametrize(
    ("date", "last"), [("2026", "2026-12-31"), ("2024-02", "2024-02-29"), ("2026-11-24", "2026-11-24")]
)
def test_the_last_day_of_a_month_or_year(date: str, last: str) -> None:
    assert last_day(date) == last
