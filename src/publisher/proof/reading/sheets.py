"""The pages of a PDF with everything that is painted on them."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.pdf.read.document import PdfDocument
from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.fonts import Fonts
from publisher.pdf.read.geometry import around
from publisher.pdf.read.syntax import Ref, Value
from publisher.proof.reading.content import page_paint
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.painted import Sheet

A4 = Box(left=0, bottom=0, right=595, top=842)
DEEPEST = 32
"""How many nodes of the page tree may stand one above the other."""


def sheets(document: PdfDocument) -> tuple[Sheet, ...]:
    """Every page, in order."""
    return tuple(_sheets(document, Fonts(document.file)))


def _sheets(document: PdfDocument, fonts: Fonts) -> Iterator[Sheet]:
    file = document.file
    for number, index in sorted(document.numbers.items(), key=lambda one: one[1]):
        page = file.dictionary(Ref(number))
        resources = file.dictionary(_inherited(file, page, "Resources"))
        content = page_paint(file, file.stream(page.get("Contents")), resources, number=index, fonts=fonts)
        media = _box(file, _inherited(file, page, "MediaBox"), A4)
        crop = _box(file, _inherited(file, page, "CropBox"), media)
        trim = _box(file, page.get("TrimBox"), crop)
        yield Sheet(
            index=index,
            label=document.labels[index],
            media=media,
            trim=trim,
            bleed=_box(file, page.get("BleedBox"), trim),
            stretches=tuple(content.stretches),
            pictures=tuple(content.pictures),
            paints=tuple(content.paints),
            boxes=tuple(content.boxes),
        )


def _inherited(file: PdfFile, page: Dictionary, key: str) -> Value:
    """What a page has under a key, or the nearest node above it (ISO 32000-1, 7.7.3.4)."""
    node = page
    for _ in range(DEEPEST):
        if key in node or not node:
            break
        node = file.dictionary(node.get("Parent"))
    return node.get(key)


def _box(file: PdfFile, value: Value, other: Box) -> Box:
    edges = [edge for edge in map(file.resolve, file.array(value)) if isinstance(edge, int | float)]
    return Box.of(around(((edges[0], edges[1]), (edges[2], edges[3])))) if len(edges) == 4 else other
