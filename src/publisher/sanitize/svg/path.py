"""Path data and lists of numbers, parsed by their grammar and written again with one letter for each command.

https://www.w3.org/TR/SVG2/paths.html#PathDataBNF; as there, what follows a mistake is not drawn. WeasyPrint takes a
time that grows with the square of the numbers after one letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

NUMBER = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
UNIT = r"(?:px|pt|pc|mm|cm|in|em|ex|rem|ch|vw|vh|vmin|vmax|q|Q|%)?"
LARGEST = 1e7
"""The largest number of a drawing, in either direction."""
_LENGTH = re.compile(rf"\s*({NUMBER})({UNIT})\s*,?\s*")
_TOKEN = re.compile(rf"[\s,]*(?:({NUMBER})|([A-Za-z]))")
_FLAG = re.compile(r"[\s,]*([01])")
_FUNCTION = re.compile(r"\s*([a-zA-Z]+)\s*\(([^()]*)\)\s*,?\s*")
_ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_TRANSFORMATIONS = {
    "matrix": (6,),
    "translate": (1, 2),
    "scale": (1, 2),
    "rotate": (1, 3),
    "skewX": (1,),
    "skewY": (1,),
}


class TooLarge(Exception):
    """A number is beyond all measure, or there are too many; says which, as the end of a sentence."""


def lengths(text: str) -> tuple[str, ...] | None:
    """Numbers with their units; None where the text is something else. Raises `TooLarge`."""
    found: list[str] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _LENGTH.match(text, at)
        if match is None:
            return None
        found.append(check(match[1]) + match[2])
        at = match.end()
    return tuple(found) or None


def points(text: str) -> str:
    """Pairs of numbers, as far as they are pairs. Raises `TooLarge`."""
    numbers = [check(match[1]) for match in _leading(text)]
    return " ".join(numbers[: len(numbers) // 2 * 2])


def _leading(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while match := _TOKEN.match(text, at):
        if match[1] is None:
            return
        yield match
        at = match.end()


def transformations(text: str) -> str | None:
    """Transformations; None where the text is something else. Raises `TooLarge`."""
    written: list[str] = []
    at = 0
    while at < len(text.rstrip()):
        match = _FUNCTION.match(text, at)
        numbers = lengths(match[2]) if match else None
        if match is None or numbers is None or len(numbers) not in _TRANSFORMATIONS.get(match[1], ()):
            return None
        written.append(f"{match[1]}({' '.join(numbers)})")
        at = match.end()
    return " ".join(written)


def path(text: str, *, most: int = 1_000_000) -> tuple[str, int]:
    """Path data with one letter for each command, up to the first mistake, and how many commands it has.

    Raises `TooLarge`, also where there are more than `most` commands.
    """
    written: list[str] = []
    at, letter = 0, ""
    while match := _TOKEN.match(text, at):
        if len(written) > most:
            raise TooLarge("there are too many commands in paths")
        if match[2]:
            letter, at = match[2], match.end()
            if letter.lower() not in _ARGUMENTS or (not written and letter not in "mM"):
                break
            if letter in "zZ":
                written.append(letter)
                letter = ""
                continue
        if not letter:
            break
        numbers, at = _arguments(text, at, letter.lower())
        if numbers is None:
            break
        written.append(letter + " ".join(numbers))
        letter = {"m": "l", "M": "L"}.get(letter, letter)
    return "".join(written), len(written)


def _arguments(text: str, at: int, letter: str) -> tuple[list[str] | None, int]:
    """The numbers of one command; None where one is missing."""
    found: list[str] = []
    for place in range(_ARGUMENTS[letter]):
        is_flag = letter == "a" and place in (3, 4)
        match = (_FLAG if is_flag else _TOKEN).match(text, at)
        if match is None or match[1] is None:
            return None, at
        found.append(match[1] if is_flag else check(match[1]))
        at = match.end()
    if letter == "a":
        found[:2] = [radius.lstrip("+-") for radius in found[:2]]
    return found, at


def check(number: str) -> str:
    """The number, as it is. Raises `TooLarge`."""
    if len(number) > 64 or not abs(float(number)) <= LARGEST:
        raise TooLarge(f"the number {number[:20]} is beyond all measure")
    return number
