"""Letters that are written from right to left: a page paints them as they are seen, here they are read as written.

Unicode Bidirectional Algorithm, rule L2, https://www.unicode.org/reports/tr9/#L2, the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import bidirectional

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
TURNED = ("R", "AL")
NUMBERS = ("EN", "AN")
WITHIN_NUMBERS = ("CS", "ES", "ET")


def as_written(glyphs: Sequence[str]) -> str:
    """What glyphs say that stand beside one another from left to right, each with its characters.

    A stretch that begins and ends with letters of a script from right to left is turned round, numbers in it are not.
    """
    kinds = [_kind(glyph) for glyph in glyphs]
    done: list[str] = []
    at = 0
    while at < len(glyphs):
        end = _end(kinds, at) if kinds[at] in TURNED else at + 1
        done += _turned(glyphs[at:end], kinds[at:end])
        at = end
    return "".join(done)


def lines_as_written(parts: Sequence[str]) -> str:
    """What parts say that were painted one after the other, a line end between lines."""
    text = "".join(parts)
    if not RIGHT_TO_LEFT.search(text):
        return text
    lines: list[list[str]] = [[]]
    for part in parts:
        if part == "\n":
            lines.append([])
        else:
            lines[-1].append(part)
    return "\n".join(map(as_written, lines))


def _kind(glyph: str) -> str:
    """The kind of the first character that has a direction, else of the first."""
    kinds = [bidirectional(character) for character in glyph]
    strong = next((kind for kind in kinds if kind in ("L", *TURNED)), None)
    return strong or (kinds[0] if kinds else "")


def _end(kinds: Sequence[str], at: int) -> int:
    """After the last letter of a stretch from right to left: no letter from left to right stands in it."""
    last = at
    for index in range(at, len(kinds)):
        if kinds[index] == "L":
            break
        last = index if kinds[index] in TURNED else last
    return last + 1


def _turned(glyphs: Sequence[str], kinds: Sequence[str]) -> list[str]:
    if not kinds or kinds[0] not in TURNED:
        return list(glyphs)
    pairs = zip(glyphs, kinds, strict=True)
    single = [one for glyph, kind in pairs for one in ([glyph] if kind in TURNED else glyph)]
    result: list[str] = []
    number: list[str] = []
    for one in reversed(single):
        kind = _kind(one)
        if kind in NUMBERS or (number and kind in WITHIN_NUMBERS):
            number.insert(0, one)
        else:
            result += (*number, one)
            number = []
    return [*result, *number]
