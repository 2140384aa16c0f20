"""What the calls of a series look like, after CSS Counter Styles Level 3 (https://www.w3.org/TR/css-counter-styles-3/)."""

from __future__ import annotations

from typing import assert_never

from publisher.model.apparatus import Marks

SYMBOLS = "*†‡§¶"
"""Without the double bar, which the built-in text face lacks."""
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def mark(number: int, style: Marks) -> str:
    """The mark of the note with this number, counted from 1: `12`, `c`, `xii`, `††`."""
    match style:
        case Marks.DECIMAL:
            return str(number)
        case Marks.LOWER_ALPHA:
            return _alphabetic(number)
        case Marks.LOWER_ROMAN:
            return lower_roman(number)
        case Marks.SYMBOLS:
            return SYMBOLS[(number - 1) % len(SYMBOLS)] * ((number - 1) // len(SYMBOLS) + 1)
        case _:
            assert_never(style)


def _alphabetic(number: int) -> str:
    """Return the letters of a number: `a` to `z`, then `aa`, `ab` and so on."""
    letters = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def lower_roman(number: int) -> str:
    """A number in lower-case Roman numerals."""
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral
