"""Letters that are written from right to left: a page paints them as they are seen, here they are read as written.

Unicode Bidirectional Algorithm, UAX #9, https://www.unicode.org/reports/tr9/. A text that is next to what is painted
(ActualText) is laid out by the algorithm and compared with it. Without such a text, rule L2 is applied backwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from unicodedata import bidirectional, category, decomposition, normalize

from bidi import get_display
from bidi.mirror import MIRRORED

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
TURNED = ("R", "AL")
SAID = frozenset({*TURNED, "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""The classes of characters whose line says itself what it is."""
NUMBERS = ("EN", "AN")
WITHIN_NUMBERS = ("CS", "ES", "ET")


APART = "\N{THAI CHARACTER SARA AM}\N{LAO VOWEL SIGN AM}\N{LEFT-TO-RIGHT MARK}"
"""Letters that typefaces draw as a mark and a letter, and a mark that they do not draw."""
OPEN = "\N{ZERO WIDTH SPACE}"
"""What a glyph says that represents a character only together with others."""
HYPHENS = re.compile("[-\u00ad\u2010\u2011]$")
"""What ends a line in which a word is divided."""


def needs_order(text: str) -> bool:
    """Return whether a text has letters from right to left, marks of direction, or accents."""
    return any(bidirectional(item) in SAID or category(item).startswith("M") or item in APART for item in text)


def shows(glyphs: Sequence[str], text: str, *, sides: str = "LR") -> bool:
    """Return whether glyphs, each with its characters, from left to right, show a text as UAX #9 lays it out.

    The text runs from one of the `sides`. A glyph that represents a character only together with others may show any
    character that is left over. Marks are compared by number, because a typeface may paint them in any order
    about their letter; so are white space and characters that have no shape, which leave none.
    """
    painted = "".join(_letters(glyph, backwards=bool(RIGHT_TO_LEFT.search(glyph))) for glyph in glyphs)
    text = HYPHENS.sub("-", text)
    is_open = OPEN in glyphs
    marks, expected = Counter(_marks("".join(glyphs))), Counter(_marks(text))
    if (marks - expected) or (expected - marks and not is_open):
        return False
    without = "".join(item for item in normalize("NFD", text) if not category(item).startswith("M"))
    shown = {_letters(str(get_display(without, base_dir=base)), backwards=False) for base in sides}
    return any(_follows(painted, item) if is_open else painted == item for item in shown)


def _letters(text: str, *, backwards: bool) -> str:
    """The characters that have a shape of their own: no marks, no spaces, nothing that is invisible."""
    found = [_unmirror(_lower(item)) for item in normalize("NFD", text) if category(item)[0] not in "MZC"]
    return HYPHENS.sub("-", "".join(reversed(found) if backwards else found))


def _lower(character: str) -> str:
    """The character that a raised one is a form of: marks of notes may share its glyph."""
    kind, _, base = decomposition(character).partition(" ")
    return chr(int(base, 16)) if kind == "<super>" and " " not in base else character


def _unmirror(character: str) -> str:
    """The one of two brackets that represents both: on a page one is painted as the other (rule L4)."""
    return str(min(character, MIRRORED.get(character, character)))


def _marks(text: str) -> Iterable[str]:
    return (item for item in normalize("NFD", text) if category(item).startswith("M"))


def _follows(part: str, whole: str) -> bool:
    """Whether a text is another one without some of its characters."""
    rest = iter(whole)
    return all(text in rest for text in part)


def as_written(glyphs: Sequence[str]) -> str:
    """What glyphs say that are next to one another from left to right, each with its characters.

    A stretch that begins and ends with letters of a script from right to left is turned round, numbers in it are not.
    """
    kinds = [_kind(glyph) for glyph in glyphs]
    done: list[str] = []
    at = 0
    while at < len(glyphs):
        end = _end(kinds, at) if kinds[at] in TURNED else at + 1
        done += _turn(glyphs[at:end], kinds[at:end])
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
    """After the last letter of a stretch from right to left: no letter from left to right is in it."""
    last = at
    for index in range(at, len(kinds)):
        if kinds[index] == "L":
            break
        last = index if kinds[index] in TURNED else last
    return last + 1


def _turn(glyphs: Sequence[str], kinds: Sequence[str]) -> list[str]:
    if not kinds or kinds[0] not in TURNED:
        return list(glyphs)
    pairs = zip(glyphs, kinds, strict=True)
    single = [item for glyph, kind in pairs for item in ([glyph] if kind in TURNED else glyph)]
    result: list[str] = []
    number: list[str] = []
    for text in reversed(single):
        kind = _kind(text)
        if kind in NUMBERS or (number and kind in WITHIN_NUMBERS):
            number.insert(0, text)
        else:
            result += (*number, text)
            number = []
    return [*result, *number]
