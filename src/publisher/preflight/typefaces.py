"""Whether every typeface lies in the file: X-012 (ISO 15930-7, 6.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Name

from publisher.preflight.document import Fault, Printed

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def embed(printed: Printed) -> Iterator[Fault]:
    """X-012: a typeface that the printer would have to have."""
    seen: set[tuple[int, int]] = set()
    for index, page in enumerate(printed.pdf.pages):
        for font in page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()).values():
            if font.objgen not in seen or font.objgen == (0, 0):
                seen.add(font.objgen)
                if not _is_embedded(font):
                    name = str(font.get("/BaseFont", "/without a name"))[1:]
                    yield printed.fault("X-012", f"the typeface {name} is not embedded", page=index)


def _is_embedded(font: Any) -> bool:
    if font.get("/Subtype") == Name.Type3:
        return True
    descendants = font.get("/DescendantFonts")
    descriptor = (font if descendants is None else descendants[0]).get("/FontDescriptor", Dictionary())
    return any(key in descriptor for key in _FILES)
