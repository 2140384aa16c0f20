"""Values of a PDF as what ISO 32000 says that they are: taken if they are, else D-014; null is absent (7.3.9)."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream, String

from publisher.pdf.foreign.limits import malformed_error

LARGEST = 1e9
"""Numbers beyond are no coordinates; 32-bit readers overflow."""

Taken = Callable[[Any, str], Any]
"""A value and its place to the same value for the rebuilt file; raises `Unusable` (D-014)."""


def display(where: str, key: str) -> str:
    """The place of an entry: `/Font /F1 /Widths`; names of others are cut."""
    key = key if len(key) <= 40 else f"{key[:39]}…"
    return f"{where} {key}" if where else key


def entry(holder: Any, key: str) -> Any:
    """What a dictionary or stream has under a key; None if it is absent or null."""
    return holder.get(key)


def is_dictionary(value: Any) -> bool:
    """Whether it is a dictionary and no stream."""
    return isinstance(value, Dictionary) and not isinstance(value, Stream)


def dictionary(value: Any, where: str) -> Any:
    """A dictionary, itself."""
    if not is_dictionary(value):
        raise malformed_error(where, "a dictionary")
    return value


def stream(value: Any, where: str) -> Any:
    """A stream, itself."""
    if not isinstance(value, Stream):
        raise malformed_error(where, "a stream")
    return value


def is_ordinary(value: Any) -> bool:
    """Whether it is a number that a coordinate can be."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return math.isfinite(value) and -LARGEST <= value <= LARGEST


def number(value: Any, where: str) -> Any:
    """A number of ordinary size."""
    if not is_ordinary(value):
        raise malformed_error(where, "a number of ordinary size")
    return value


def integer(value: Any, where: str) -> int:
    """A whole number; one that is written as a real is taken too."""
    found = number(value, where)
    if found != int(found):
        raise malformed_error(where, "a whole number")
    return int(found)


def whole_number(least: int, most: int) -> Taken:
    """A whole number between two."""

    def taken(value: Any, where: str) -> int:
        found = integer(value, where)
        if not least <= found <= most:
            raise malformed_error(where, f"a whole number from {least} to {most}")
        return found

    return taken


def boolean(value: Any, where: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise malformed_error(where, "true or false")
    return value


def name(value: Any, where: str) -> Name:
    """A name."""
    if not isinstance(value, Name):
        raise malformed_error(where, "a name")
    return Name(str(value))


def one_of(*names: str) -> Taken:
    """One of some names."""

    def taken(value: Any, where: str) -> Name:
        found = name(value, where)
        if str(found) not in names:
            raise malformed_error(where, f"one of {', '.join(names)}")
        return found

    return taken


def text(value: Any, where: str) -> String:
    """A string."""
    if not isinstance(value, String):
        raise malformed_error(where, "a string")
    return String(bytes(value))


def array(value: Any, where: str) -> Any:
    """An array, itself."""
    if not isinstance(value, Array):
        raise malformed_error(where, "an array")
    return value


def numbers(least: int, most: int | None = None) -> Taken:
    """An array of so many numbers; `most` is as many if it is not given."""
    largest = least if most is None else most

    def taken(value: Any, where: str) -> Array:
        found = [number(item, where) for item in array(value, where)]
        if not least <= len(found) <= largest:
            raise malformed_error(
                where, f"an array of {least} numbers" if least == largest else "an array of so many numbers"
            )
        return Array(found)

    return taken


def rectangle(value: Any, where: str) -> Array:
    """A rectangle, its lower left corner first (7.9.5)."""
    x0, y0, x1, y1 = numbers(4)(value, where)
    return Array([min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)])
