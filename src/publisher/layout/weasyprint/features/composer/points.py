"""The places at which the lines of a paragraph may end: between words, at hyphenation points, between inline boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from weasyprint.layout import inline
from weasyprint.text.line_break import pyphen

from publisher.layout.weasyprint.features.composer.breaks import Hyphen, Point
from publisher.layout.weasyprint.features.composer.shaping import Run, kerning, letter_widths, width
from publisher.layout.weasyprint.features.own_hyphenation import own_divisions

_BIG = 1 << 24
"""More than the characters of any text: the order of a point is that of its text, then that of its character."""
_SHORT = 2
"""How many letters are before a hyphen that only a very loose line is given."""
_ADDRESS = re.compile(r"://|^www\.|@|[_\\]|/.*[/.]\w|\.\w.*/")
"""What only addresses and names of files have: no hyphen may be put into them."""
_NEAR = 100
"""How many characters around a word are looked at for signs of an address."""
_LONGEST = 200
"""No word of a language has more letters."""
_HYPHENS = frozenset("-\u2010\u2011")
_EXCEPTIONS: dict[str, dict[str, tuple[int, ...]]] = {
    "de": {"beinhalten": (2, 4, 7), "urinstinkt": (2, 4)},
    "en": {
        "budapest": (2, 4),
        "reported": (2, 6),
        "reporting": (2, 6),
        "supported": (3, 7),
        "supporting": (3, 7),
        "therapist": (4, 5),
        "therapists": (4, 5),
    },
    "fr": {"atmosphère": (2, 4)},
}
"""Words that the dictionaries divide badly, by language: after how many letters they may be divided."""


def order(run: int, index: int) -> int:
    """Return the order of a character of a text."""
    return run * _BIG + index


def between_words(context: Any, runs: Sequence[Run]) -> Iterator[Point]:
    """Yield the places between words at which a line may end, and those between two texts."""
    for number, run in enumerate(runs):
        yield from _in_text(context, number, run)
        if number + 1 < len(runs) and _may_end_between(run, runs[number + 1]):
            yield from _between(number, run, runs[number + 1])


def _in_text(context: Any, number: int, run: Run) -> Iterator[Point]:
    text, base, at = run.text, run.base, run.at
    known = letter_widths(run.style)[1]
    for index in run.breaks:
        after = run.spaces_up_to(index)
        if text[index - 1] != " ":
            here = base + at(index)
            yield Point(order(number, index), here, here, after, after, Hyphen.NONE, number, index, index)
        elif index > 1:
            letter = text[index - 2]
            if letter not in known:
                known[letter] = kerning(context, run.style, letter)
            end = base + at(index - 1) + known[letter]
            yield Point(
                order(number, index),
                end,
                base + at(index),
                after - run.space,
                after,
                Hyphen.NONE,
                number,
                index - 1,
                index,
            )


def _between(number: int, run: Run, other: Run) -> Iterator[Point]:
    """The end of a text, if the line may end there."""
    count = len(run.text)
    stop = count - (run.text[-1] == " ")
    if stop:
        leading = other.text[0] == " "
        yield Point(
            order(number, count),
            run.base + run.at(stop),
            other.base + (other.at(1) if leading else 0),
            other.space_base - (count - stop) * run.space,
            other.space_base + leading * other.space,
            Hyphen.NONE,
            number,
            stop,
            count,
        )


def _may_end_between(run: Run, other: Run) -> bool:
    """Whether a line may end between two texts."""
    if run.unbroken and other.unbroken:
        return False
    if run.text[-1] == " " or other.text[0] == " ":
        return True
    pair = run.text[-1] + other.text[0]
    return not other.in_call and _can_break(pair, other.style["lang"])


@lru_cache(maxsize=10_000)
def _can_break(pair: str, language: str | None) -> bool:
    return bool(inline.can_break_text(pair, language))


def in_words(context: Any, runs: Sequence[Run], *, short: bool = False) -> Iterator[Point]:
    """Yield the places in words at which a line may end with a hyphen; those after two letters if `short`."""
    for number, run in enumerate(runs):
        language = run.style["lang"] and pyphen.language_fallback(run.style["lang"])
        if run.style["hyphens"] != "auto" or not language or run.unbroken:
            continue
        least, before, after = run.style["hyphenate_limit_chars"]
        if short and before <= _SHORT:
            continue
        yield from _in_words_of(context, number, run, language, (least, _SHORT if short else before, after))


def _in_words_of(context: Any, number: int, run: Run, language: str, limits: tuple[int, int, int]) -> Iterator[Point]:
    widths = letter_widths(run.style)[0]
    base, at, least = run.base, run.at, limits[0]
    for start, end in run.words:
        if not least <= end - start <= _LONGEST or not _is_plain(run.text, start, end):
            continue
        word = run.text[start:end]
        kind = Hyphen.CAPITAL if word[0].isupper() else Hyphen.USUAL
        spaces = run.spaces_up_to(start)
        own = own_divisions(word, run.style["lang"])
        for place in divisions(word, language, limits) if own is None else own:
            index = start + place
            letter = run.text[index - 1]
            if letter not in widths:
                widths[letter] = width(context, run.style, letter + run.style["hyphenate_character"])
            hyphen = Hyphen.SHORT if place <= _SHORT else kind
            end_here = base + at(index - 1) + widths[letter]
            yield Point(order(number, index), end_here, base + at(index), spaces, spaces, hyphen, number, index, index)


def _is_plain(text: str, start: int, end: int) -> bool:
    """Whether a word has no hyphen of its own, and is no part of an address."""
    first = max(text.rfind(" ", max(start - _NEAR, 0), start) + 1, start - _NEAR, 0)
    behind = text.find(" ", end, end + _NEAR)
    whole = text[first : behind if behind >= 0 else end + _NEAR]
    return _HYPHENS.isdisjoint(whole) and not _ADDRESS.search(whole)


@lru_cache(maxsize=50_000)
def divisions(word: str, language: str, limits: tuple[int, int, int]) -> tuple[int, ...]:
    """Return after how many letters a word may be divided.

    `limits` are the least number of letters of the word, before a hyphen and after it. Places at which the spelling
    would change are left out.
    """
    _, before, after = limits
    places: tuple[int, ...] | None = _EXCEPTIONS.get(language.partition("_")[0], {}).get(word.lower())
    if places is None:
        places = tuple(int(place) for place in _dictionary(language).positions(word) if not place.data)
    return tuple(place for place in places if before <= place <= len(word) - after)


@lru_cache(maxsize=16)
def _dictionary(language: str) -> Any:
    return pyphen.Pyphen(lang=language, left=1, right=1)
