"""Page labels: roman numerals for the front matter, arabic from the text on (ISO 32000-1, 12.4.2)."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name

from publisher.model.publication import MatterKind

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_LOW = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def first_arabic(matters: tuple[tuple[str, MatterKind], ...], pages: dict[str, int], count: int) -> int:
    """Index of the first page after the front matter; the number of pages where nothing follows it."""
    return min(
        (pages[id_] for id_, matter in matters if matter is not MatterKind.FRONT and id_ in pages), default=count
    )


def page_labels(count: int, arabic: int) -> tuple[str, ...]:
    """The label of every page: `i`, `ii` … `1`, `2` …"""
    return tuple(roman(page + 1) if page < arabic else str(page - arabic + 1) for page in range(count))


def write_labels(pdf: pikepdf.Pdf, arabic: int) -> None:
    """Gives the pages of the file their labels."""
    numbers = [0, Dictionary(S=Name.r)] if arabic else []
    if arabic < len(pdf.pages):
        numbers += [arabic, Dictionary(S=Name.D)]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def roman(number: int) -> str:
    """A number from 1 in lower-case roman numerals, as viewers write it."""
    written = ""
    for value, letters in (*_ROMAN, *_ROMAN_LOW):
        times, number = divmod(number, value)
        written += letters * times
    return written
