"""The scripts that characters belong to (UAX #24, https://www.unicode.org/reports/tr24/)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category

from fontTools import unicodedata

COMMON = "Zyyy"
INHERITED = "Zinh"
_NAMES = {COMMON: "signs", INHERITED: "marks", "Zzzz": "characters", "Hani": "Chinese characters"}
_JOINING = frozenset("'’ʼ·‌‍­-‐‑")
"""What stands inside words: apostrophes, joiners, soft and hard hyphens."""


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

    A word is what stands between spaces and punctuation, as far as it is in one script: marks, digits, apostrophes and
    hyphens belong to the word that they stand in.
    """
    begin, script = -1, COMMON
    for at, character in enumerate(text):
        if not _is_of_words(character):
            if begin >= 0:
                yield begin, at, script
            if not is_blank(character):
                yield at, at + 1, COMMON
            begin, script = -1, COMMON
            continue
        found = script_of(character)
        if begin >= 0 and found not in (COMMON, INHERITED, script):
            if script == COMMON:
                script = found
                continue
            yield begin, at, script
            begin, script = at, found
        elif begin < 0:
            begin, script = at, found if found != INHERITED else COMMON
    if begin >= 0:
        yield begin, len(text), script


def _is_of_words(character: str) -> bool:
    return category(character)[0] in "LMN" or character in _JOINING


def script_at(text: str, at: int) -> str:
    """The script that a character of a text belongs to where it stands: signs and marks go with letters before them.

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
