"""Dates and lists in the words of a language, from the Unicode CLDR (https://cldr.unicode.org/), through Babel."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton

_ENGLISH = Locale("en", "GB")
"""English without a region writes the day first: `19 November 1999`."""


def date_in_words(iso: str, language: str) -> str:
    """An ISO 8601 date, month or year in words: `19 November 1999`, `November 1999`, `1999`.

    `language` is a BCP 47 tag; one that the CLDR does not know is written as English. Raises `ValueError`
    where `iso` is no date.
    """
    locale = _locale(language)
    match iso.count("-"):
        case 0:
            return format_skeleton("y", date(int(iso), 1, 1), locale=locale)
        case 1:
            return format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=locale)
        case _:
            return format_date(date.fromisoformat(iso), format="long", locale=locale)


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
