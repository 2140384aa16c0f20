"""The words in which two texts differ, with a few words around them."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

AROUND = 9
"""How many unchanged words and spaces are shown on either side."""
MOST_COMPARED = 4000
"""Longer texts are compared from both ends only, which takes time in proportion to their length."""
MOST_SHOWN = 60
"""How many words and spaces of one side are shown."""
_PARTS = re.compile(r"[ \t\r\n]+|[^ \t\r\n]+")


def changed_words(expected: str, found: str) -> tuple[str, str]:
    """Both texts from the first word or space that differs to the last one, with some words around."""
    want, have = _PARTS.findall(expected), _PARTS.findall(found)
    shortest = min(len(want), len(have))
    first = next((at for at in range(shortest) if want[at] != have[at]), shortest)
    last = next((at for at in range(shortest - first) if want[-1 - at] != have[-1 - at]), shortest - first)
    return _pair(want, first, len(want) - last, have, first, len(have) - last)


def changes(expected: str, found: str) -> tuple[tuple[str, str], ...]:
    """Each place in which two long texts differ, as `changed_words` shows it; white space is not compared."""
    want, have = " ".join(expected.split()), " ".join(found.split())
    if want == have:
        return ()
    want_parts, have_parts = _PARTS.findall(want), _PARTS.findall(have)
    if max(len(want_parts), len(have_parts)) > MOST_COMPARED:
        return (changed_words(want, have),)
    matcher = SequenceMatcher(a=want_parts, b=have_parts, autojunk=False)
    return tuple(
        _pair(want_parts, start, end, have_parts, first, last)
        for operation, start, end, first, last in matcher.get_opcodes()
        if operation != "equal"
    )


def _pair(want: list[str], start: int, end: int, have: list[str], first: int, last: int) -> tuple[str, str]:
    """Both sides as they are shown. What cannot be seen is named if nothing else differs."""
    text, other = _cut(want, start, end), _cut(have, first, last)
    if unicodedata.normalize("NFKC", " ".join(text.split())) == unicodedata.normalize("NFKC", " ".join(other.split())):
        return _name_unseen(text), _name_unseen(other)
    if _visible(text) == _visible(other):
        return _name_unseen(text), _name_unseen(other)
    return " ".join(text.split()), " ".join(other.split())


def _cut(words: list[str], start: int, end: int) -> str:
    begin, stop = max(0, start - AROUND), min(len(words), min(end, start + MOST_SHOWN) + AROUND)
    return f"{'… ' if begin else ''}{''.join(words[begin:stop])}{' …' if stop < len(words) else ''}"


def _visible(text: str) -> str:
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def _name_unseen(text: str) -> str:
    """A text in which characters that are not seen have names."""
    return re.sub("  +", lambda found: f"[{len(found[0])} spaces]", "".join(map(_character, text)))


def _character(character: str) -> str:
    unseen = character != " " and unicodedata.category(character) in ("Zs", "Cf", "Mn", "Cc", "Zl", "Zp")
    return f"[U+{ord(character):04X}]" if unseen else character
