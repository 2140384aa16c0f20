"""Page labels: roman numerals for the front matter, arabic from the text on (ISO 32000-1, 12.4.2)."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def page_numbers(count: int, arabic: int) -> tuple[int, ...]:
    """The number of every page: from 1 in the front matter, from 1 again from the first arabic page on."""
    return tuple(page + 1 if page < arabic else page - arabic + 1 for page in range(count))


def page_labels(count: int, arabic: int) -> tuple[str, ...]:
    """The label of every page: `i`, `ii` … `1`, `2` …"""
    numbers = page_numbers(count, arabic)
    return tuple(roman(number) if page < arabic else str(number) for page, number in enumerate(numbers))


def write_labels(pdf: pikepdf.Pdf, arabic: int) -> None:
    """Gives the pages of the file their labels."""
    numbers = [0, Dictionary(S=Name.r)] if arabic else []
    if arabic < len(pdf.pages):
        numbers += [arabic, Dictionary(S=Name.D)]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def written(number: int, style: str) -> str:
    """A number from 1 in a counter style: `decimal`, `lower-roman` or `upper-roman`."""
    if style == "decimal":
        return str(number)
    return roman(number) if style == "lower-roman" else roman(number).upper()


def roman(number: int) -> str:
    """A number from 1 in lower-case roman numerals, as viewers write it."""
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_LOW):
        times, number = divmod(number, value)
        text += letters * times
    return text
