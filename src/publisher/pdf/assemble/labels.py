"""Page labels: roman numerals for the front matter, arabic from the text on (ISO 32000-1, 12.4.2)."""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


_STYLES = {"lower-roman": Name.r, "decimal": Name.D}


def page_number(page: int, arabic: int) -> tuple[str, int]:
    """Return the style and number of a page: `i`, `ii` … up to the first arabic page, then `1`, `2` and so on."""
    return ("lower-roman", page + 1) if page < arabic else ("decimal", page - arabic + 1)


def write_labels(pdf: pikepdf.Pdf, pages: Iterable[tuple[str, int]]) -> None:
    """Gives the pages of the file their labels: an entry wherever the numbers do not continue from those before."""
    numbers: list[int | Dictionary] = []
    following: tuple[str, int] | None = None
    for at, (style, number) in enumerate(pages):
        if (style, number) != following:
            entry = Dictionary(S=_STYLES[style])
            if number != 1:
                entry.St = number
            numbers += [at, entry]
        following = (style, number + 1)
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def write(number: int, style: str) -> str:
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
