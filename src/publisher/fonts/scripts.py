"""The scripts that characters belong to (UAX #24, https://www.unicode.org/reports/tr24/)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category

import regex
from fontTools import unicodedata

COMMON = "Zyyy"
INHERITED = "Zinh"
_NAMES = {COMMON: "signs", INHERITED: "marks", "Zzzz": "characters", "Hani": "Chinese characters"}
_CLUSTER = regex.compile(r"\X")
_JOINING = frozenset("'’ʼ·‌‍­-‐‑")
"""What is inside words: apostrophes, joiners, soft and hard hyphens."""


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """The ISO 15924 code of a character's script: `Grek`; `Zyyy` for signs, `Zinh` for marks of any script."""
    return str(unicodedata.script(character))


def script_name(script: str) -> str:
    """The name of a script in English, for `… letters`: `Greek`."""
    return str(unicodedata.script_name(script, default=script))


def letters_of(script: str) -> str:
    """What characters of a script are called in a message: `Greek letters`, `signs`."""
    return _NAMES.get(script) or f"{script_name(script)} letters"


def scripts() -> tuple[str, ...]:
    """The codes of all scripts, in order."""
    return tuple(sorted(unicodedata.Scripts.NAMES))


def is_blank(character: str) -> bool:
    """Whether a character prints nothing of its own: line ends, spaces, joiners, variation selectors."""
    return (
        character.isspace()
        or category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp")
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word of a text begins and ends, and its script; a sign outside of words is one by itself.

    A word is what is between spaces and punctuation, as far as it is in one script: marks, digits, apostrophes and
    hyphens belong to the word that they are in. No grapheme cluster (UAX #29) is divided.
    """
    begin, script = -1, COMMON
    for cluster in _CLUSTER.finditer(text):
        at, found = cluster.start(), _script(cluster.group())
        if not _is_of_words(text[at]):
            if begin >= 0:
                yield begin, at, script
            if not all(map(is_blank, cluster.group())):
                yield at, cluster.end(), found
            begin, script = -1, COMMON
        elif begin < 0:
            begin, script = at, found
        elif COMMON not in (found, script) and found != script:
            yield begin, at, script
            begin, script = at, found
        elif script == COMMON:
            script = found
    if begin >= 0:
        yield begin, len(text), script


def _script(cluster: str) -> str:
    """The script of the first character of a cluster that has one."""
    found = (script_of(character) for character in cluster)
    return next((script for script in found if script not in (COMMON, INHERITED)), COMMON)


def _is_of_words(character: str) -> bool:
    return category(character)[0] in "LMN" or character in _JOINING


def script_at(text: str, at: int) -> str:
    """The script that a character of a text belongs to where it is: signs and marks go with letters before them.

    A sign goes with them only if it is one of their script (UAX #24, Script_Extensions), as an Arabic comma is.
    """
    script = script_of(text[at])
    if script not in (COMMON, INHERITED):
        return script
    of = unicodedata.script_extension(text[at]) - {COMMON, INHERITED}
    before = next((found for found in map(script_of, reversed(text[:at])) if found not in (COMMON, INHERITED)), COMMON)
    if before in of or (not of and script == INHERITED):
        return before
    return str(next(iter(of))) if len(of) == 1 else COMMON
