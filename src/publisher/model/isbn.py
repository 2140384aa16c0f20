"""ISBN: the check digit, and the thirteen digits that a barcode holds (ISO 2108)."""

from __future__ import annotations

import re


def digits_of(isbn: str) -> str:
    """The digits, an X in capitals; hyphens and spaces go."""
    return re.sub("[- ]", "", isbn).upper()


def check_digit(digits: str) -> str:
    """The last digit that belongs to the first twelve, or nine."""
    numbers = [int(digit) for digit in digits]
    if len(numbers) == 12:
        return str(-sum(number * (3 if place % 2 else 1) for place, number in enumerate(numbers)) % 10)
    return "0123456789X"[-sum(number * (10 - place) for place, number in enumerate(numbers)) % 11]


def is_sound(isbn: str) -> bool:
    """Whether the last digit of an ISBN of ten or thirteen digits is right."""
    digits = digits_of(isbn)
    return check_digit(digits[:-1]) == digits[-1]


def mended(isbn: str) -> str:
    """The ISBN with the right last digit, hyphens as they were."""
    return isbn[:-1] + check_digit(digits_of(isbn)[:-1])


def ean13(isbn: str) -> str:
    """The thirteen digits of the barcode; one of ten digits becomes its twin with 978."""
    digits = digits_of(isbn)
    if len(digits) == 13:
        return digits
    return "978" + digits[:9] + check_digit("978" + digits[:9])
