"""Letters behind years, so that two references of one author and year can be told apart: `2022a`, `n.d.-b`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from string import ascii_lowercase

_DATED = re.compile(r"(?P<before>.*?)(?P<year>\d{4}|n\.d\.)(?P<after>\W*)", re.DOTALL)
"""What a citation ends with where the style is one of author and date."""


def told_apart(
    keys: Sequence[str], citations: Mapping[str, str], entries: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The citations and the entries by key; where citations are alike, a letter follows the year in both.

    Letters are given in the order of `keys`.
    """
    cores, listed = dict(citations), dict(entries)
    alike: Mapping[str, list[str]] = defaultdict(list)
    for key in keys:
        alike[cores[key]].append(key)
    for core, same in alike.items():
        dated = _DATED.fullmatch(core)
        if len(same) > 1 and dated:
            for key, letter in zip(same, _letters(), strict=False):
                year, lettered = dated["year"], dated["year"] + ("-" if dated["year"] == "n.d." else "") + letter
                cores[key] = dated["before"] + lettered + dated["after"]
                listed[key] = _with_letter(listed[key], year, lettered)
    return cores, listed


def _with_letter(entry: str, year: str, lettered: str) -> str:
    """The entry with the letter behind its first mention of the year; a full stop follows `n.d.-a` again."""
    stop = "." if year == "n.d." else ""
    return re.sub(rf"(?<!\d){re.escape(year)}(?!\d)", lettered + stop, entry, count=1)


def _letters() -> Iterator[str]:
    """`a` to `z`, then `aa`, `ab`, …"""
    for length in count(1):
        yield from _words(length)


def _words(length: int) -> Iterator[str]:
    if length == 0:
        yield ""
        return
    for begin in _words(length - 1):
        for letter in ascii_lowercase:
            yield begin + letter
