"""What the pages of a PDF are called (ISO 32000-1, 12.4.2)."""

from __future__ import annotations

from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.syntax import text_string

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


MOST = 10_000
"""The largest Roman number: no book has so many pages, and each thousand more is one more letter."""


def page_labels(file: PdfFile, catalogue: Dictionary, count: int) -> tuple[str, ...]:
    """The label of each page (ISO 32000-1, 12.4.2)."""
    entries = file.array(file.dictionary(catalogue.get("PageLabels")).get("Nums"))
    starts = dict(zip(entries[::2], map(file.dictionary, entries[1::2]), strict=True))
    labels: list[str] = []
    style: Dictionary = {"S": "D"}
    begun = 0
    for index in range(count):
        if index in starts:
            style, begun = starts[index], index
        first, prefix = file.resolve(style.get("St", 1)), file.resolve(style.get("P", b""))
        number = index - begun + (first if isinstance(first, int) else 1)
        words = text_string(prefix) if isinstance(prefix, bytes) else ""
        labels.append(words + numeral(number, str(file.resolve(style.get("S")))))
    return tuple(labels)


def numeral(number: int, style: str) -> str:
    """A number from 1 as labels of pages write it; nothing in a style without numbers."""
    if style == "D":
        return str(number)
    if style not in ("r", "R"):
        return ""
    if number > MOST:
        return str(number)
    numeral = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral if style == "r" else numeral.upper()
