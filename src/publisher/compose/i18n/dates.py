"""Dates and lists in the words of a language, from the Unicode CLDR (https://cldr.unicode.org/), through Babel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date as day

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton

from publisher.compose.i18n.vocabularies import LANGUAGES, words_for
from publisher.compose.i18n.vocabulary import DateWords, Forms
from publisher.model.date import Interval, Point, parse

_ENGLISH = Locale("en", "GB")
"""English without a region writes the day first: `19 November 1999`."""
_NEUTRAL = DateWords(
    about="c. {0}",
    uncertain="{0}?",
    before="< {0}",
    after="> {0}",
    until="–{0}",
    since="{0}–",
    decade="{0}–{1}",
    century="{0}",
    before_christ="−{0}",
    seasons=("", "", "", ""),
    season="{1}",
    numerals="arabic",
    ordinal={"other": "{0}."},
)
"""Signs that need no language, for languages that have no vocabulary."""


def date_in_words(edtf: str, language: str) -> str:
    """Return a date in words: `19 November 1999`, `November 1999`, `c. 1886`, `1914–1918`, `19th century`.

    `edtf` is a date in EDTF (`model.date`), `language` a BCP 47 tag; one that the CLDR does not know is written as
    English. Raises `WrongDate` if `edtf` is no date.
    """
    date, words = parse(edtf), _words(language)
    if isinstance(date, Point):
        return _point(date, language)
    start, end = (None if point is None else _point(point, language) for point in (date.start, date.end))
    if start is None:
        return (words.before if date.is_moment else words.until).format(end)
    if end is None:
        return (words.after if date.is_moment else words.since).format(start)
    return _between(date, start, end, language)


def _between(date: Interval, start: str, end: str, language: str) -> str:
    """The two ends with a dash; what is said of both is said once: `c. 1914–1918`."""
    assert date.start is not None
    assert date.end is not None
    same = date.start.approximate and date.end.approximate
    if same and not date.start.uncertain and not date.end.uncertain:
        first, last = (_point(replace(point, approximate=False), language) for point in (date.start, date.end))
        return _words(language).about.format(_dash(first, last))
    return _dash(start, end)


def _dash(start: str, end: str) -> str:
    return f"{start} – {end}" if " " in start + end else f"{start}–{end}"


def _point(point: Point, language: str) -> str:
    words = _words(language)
    said = _exactly(point, language)
    if point.approximate:
        said = words.about.format(said)
    return words.uncertain.format(said) if point.uncertain else said


def _exactly(point: Point, language: str) -> str:
    words, locale = _words(language), _locale(language)
    if point.years > 1:
        if point.years == 10:
            return words.decade.format(point.year, point.year + 9)
        return words.century.format(_ordinal(point.year // 100 + 1, language))
    if point.year < 1:
        return words.before_christ.format(1 - point.year)
    if point.month is None:
        return format_skeleton("y", day(point.year, 1, 1), locale=locale)
    if point.is_season:
        return words.season.format(words.seasons[point.month - 21], point.year)
    if point.day is None:
        return format_skeleton("yMMMM", day(point.year, point.month, 1), locale=locale)
    return format_date(day(point.year, point.month, point.day), format="long", locale=locale)


def _words(language: str) -> DateWords:
    """The words around dates; signs for a language that has no vocabulary."""
    return words_for(language).dates if language.partition("-")[0].lower() in LANGUAGES else _NEUTRAL


def _ordinal(number: int, language: str) -> str:
    """The ordinal of a century: `19th`, `19.`, `XIXe`."""
    words = _words(language)
    form = words.ordinal.get(_locale(language).ordinal_form(number), words.ordinal["other"])
    return form.format(_roman(number) if words.numerals == "roman" else number)


def _roman(number: int) -> str:
    signs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text


def count(forms: Forms, number: int, language: str) -> str:
    """Return the form for so many, by the plural rules of the CLDR, with the number in the place of `{0}`."""
    form = _locale(language).plural_form(number)
    return forms.get(form, forms["other"]).format(number)


def joints(language: str) -> tuple[str, str, str]:
    """Return what joins two items of a list; of more than two, the first ones; the last one: ` and `, `, `, ` and `.

    `language` is a BCP 47 tag. The patterns are the standard list patterns of the CLDR (UTS #35, part 2).
    """
    patterns = _locale(language).list_patterns["standard"]
    two, middle, last = (patterns[kind].removeprefix("{0}").removesuffix("{1}") for kind in ("2", "middle", "end"))
    return two, middle, last


def _locale(language: str) -> Locale:
    """The CLDR's locale for a language tag, or for its first subtags."""
    subtags = language.split("-")
    if language.lower() == "en":
        return _ENGLISH
    while subtags:
        try:
            return Locale.parse("-".join(subtags), sep="-")
        except (UnknownLocaleError, ValueError):
            subtags.pop()
    return _ENGLISH
