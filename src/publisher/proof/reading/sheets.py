"""The pages of a PDF with everything that is painted on them."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.pdf.read.document import PdfDocument
from publisher.pdf.read.fonts import Fonts
from publisher.proof.reading.content import page_paint
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.painted import Sheet


def sheets(document: PdfDocument) -> tuple[Sheet, ...]:
    """Every page, in order; raises what `pdf/read/document.py` calls `UNREADABLE`."""
    return tuple(_sheets(document, Fonts(document.file)))


def _sheets(document: PdfDocument, fonts: Fonts) -> Iterator[Sheet]:
    file = document.file
    for index, (page, frame) in enumerate(zip(document.pages, document.frames, strict=True)):
        resources = file.dictionary(page.get("Resources"))
        content = page_paint(file, file.stream(page.get("Contents")), resources, number=index, fonts=fonts)
        yield Sheet(
            index=index,
            label=document.labels[index],
            media=Box.of(frame.media),
            trim=Box.of(frame.trimmed),
            bleed=Box.of(frame.bled),
            stretches=tuple(content.stretches),
            pictures=tuple(content.pictures),
            paints=tuple(content.paints),
            boxes=tuple(content.boxes),
        )
