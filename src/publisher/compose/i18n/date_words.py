"""The words around dates that are not known to the day, by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """How a language says that a date is approximate, open, a decade, a century; `{0}` stands for what is put in."""

    about: str = "c. {0}"
    uncertain: str = "{0}?"
    before: str = "< {0}"
    after: str = "> {0}"
    until: str = "–{0}"
    since: str = "{0}–"
    decade: str = "{0}–{1}"
    century: str = "{0}–{1}"
    before_christ: str = "−{0}"
    seasons: tuple[str, str, str, str] | None = None
    """Spring to winter; None prints the year alone."""


NEUTRAL = DateWords()
"""Signs that need no language."""

ENGLISH = DateWords(
    before="before {0}",
    after="after {0}",
    until="until {0}",
    since="from {0}",
    decade="{0}s",
    century="{2} century",
    before_christ="{0} BC",
    seasons=("spring", "summer", "autumn", "winter"),
)
GERMAN = DateWords(
    about="um {0}",
    before="vor {0}",
    after="nach {0}",
    until="bis {0}",
    since="ab {0}",
    decade="{0}er-Jahre",
    century="{2} Jahrhundert",
    before_christ="{0} v. Chr.",
    seasons=("Frühling", "Sommer", "Herbst", "Winter"),
)
FRENCH = DateWords(
    about="vers {0}",
    uncertain="{0}\u202f?",
    before="avant {0}",
    after="après {0}",
    until="jusqu’en {0}",
    since="à partir de {0}",
    decade="années {0}",
    century="{2} siècle",
    before_christ="{0} av. J.-C.",
    seasons=("printemps", "été", "automne", "hiver"),
)

_LANGUAGES = (("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH))


def date_words(language: str) -> DateWords:
    """Return the words of a language by its BCP 47 tag; the neutral ones if it has none here."""
    return dict(_LANGUAGES).get(language.partition("-")[0].lower(), NEUTRAL)


def nth(number: int, language: str) -> str:
    """Return the ordinal of a century: `19th`, `19.`, `XIXe`."""
    match language.partition("-")[0].lower():
        case "fr":
            return f"{_roman(number)}{'er' if number == 1 else 'e'}"
        case "en":
            ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{ending}"
        case _:
            return f"{number}."


def _roman(number: int) -> str:
    signs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text
