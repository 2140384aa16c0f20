"""What a PDF is beside its pages, as text that a diff shows: page labels, outline, structure tree, XMP."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from lxml import etree

from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.document import PdfDocument, read_pdf

SHOWN = ("Alt", "ActualText", "Lang", "E")
"""Entries of a structure element that are shown beside its kind."""
LONGEST = 60
"""So many characters of the words of an element are shown."""


def described(content: bytes) -> str:
    """The text of a snapshot."""
    document = read_pdf(content)
    with pikepdf.open(BytesIO(content)) as pdf:
        parts = {
            "Document": _catalogue(pdf),
            "Page labels": _labels(document),
            "Outline": _outline(document),
            "Structure tree": _Tree(pdf, document).lines(),
            "XMP": _metadata(pdf),
        }
        return "\n\n".join("\n".join((f"# {title}", *lines)) for title, lines in parts.items()) + "\n"


def _catalogue(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The version, the number of pages of each size, and what the catalogue says of the language and the viewer."""
    yield f"PDF {pdf.pdf_version}"
    sizes = ["x".join(f"{float(side):.0f}" for side in page.mediabox[2:]) for page in pdf.pages]
    for size, pages in itertools.groupby(sizes):
        yield f"{len(list(pages))} pages of {size}"
    for name in ("Lang", "PageMode", "PageLayout", "ViewerPreferences", "MarkInfo"):
        if f"/{name}" in pdf.Root:
            yield f"{name} {_value(pdf.Root[f'/{name}'])}"
    for intent in pdf.Root.get("/OutputIntents", ()):
        yield f"OutputIntent {intent.S} {intent.OutputConditionIdentifier}"
    for name in sorted(pdf.attachments):
        yield f"Attachment {name}"


def _value(value: Any) -> str:
    if isinstance(value, pikepdf.Dictionary):
        return " ".join(f"{key[1:]}={_value(entry)}" for key, entry in sorted(value.items()))
    if isinstance(value, pikepdf.Array):
        return "[" + " ".join(map(_value, value)) + "]"
    return str(value)


def _each(holder: Any, key: str) -> list[Any]:
    """What an entry holds that may be one value or an array of several."""
    value = holder.get(key)
    return [] if value is None else list(value) if isinstance(value, pikepdf.Array) else [value]


def _labels(document: PdfDocument) -> Iterator[str]:
    yield " ".join(document.labels)


def _outline(document: PdfDocument) -> Iterator[str]:
    for mark in document.bookmarks:
        label = "nowhere" if mark.place is None else f"page {document.labels[mark.place.page]}"
        yield f"{'  ' * (mark.depth - 1)}{mark.title} ({label})"


class _Tree:
    """The structure tree, an element a line; equal lines that follow each other are one, with their number."""

    def __init__(self, pdf: pikepdf.Pdf, document: PdfDocument) -> None:
        self._pdf = pdf
        self._contents = document.contents
        self._pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def lines(self) -> Iterator[str]:
        """The tree, outer elements before inner ones."""
        for line, equal in itertools.groupby(self._below(self._pdf.Root.StructTreeRoot, 0, None)):
            count = len(list(equal))
            yield line if count == 1 else f"{line} ×{count}"

    def _below(self, element: Any, depth: int, page: int | None) -> Iterator[str]:
        for kid in _each(element, "/K"):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                there = self._pages[kid.Pg.objgen] if "/Pg" in kid else page
                yield "  " * depth + " ".join((str(kid.S)[1:], *self._entries(kid), *self._words(kid, there)))
                yield from self._below(kid, depth + 1, there)
            elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                yield "  " * depth + f"({kid.Obj.get('/Subtype', '/?')})"

    def _entries(self, element: Any) -> Iterator[str]:
        for name in SHOWN:
            if f"/{name}" in element:
                yield f"{name}={str(element[f'/{name}'])!r}"
        for item in _each(element, "/A"):
            shown = (f"{key[1:]}={_value(entry)}" for key, entry in sorted(item.items()) if key != "/BBox")
            yield "{" + " ".join(shown) + "}"

    def _words(self, element: Any, page: int | None) -> Iterator[str]:
        """The beginning of the words that are marked as content of the element itself."""
        chunks: list[Chunk] = []
        for kid in _each(element, "/K"):
            place, number = page, kid
            if isinstance(kid, pikepdf.Dictionary):
                if kid.get("/Type") != "/MCR":
                    continue
                place, number = self._pages[kid.Pg.objgen] if "/Pg" in kid else page, kid.MCID
            if place is not None:
                chunks += self._contents[place].sequences.get(int(number), ())
        said = _joined(chunks)
        if said.strip():
            yield f"“{said[:LONGEST]}{'…' if len(said) > LONGEST else ''}”"


def _joined(chunks: list[Chunk]) -> str:
    """The words of several lines, the same wherever the lines end."""
    said = ""
    for before, chunk in zip([None, *chunks], chunks, strict=False):
        if before is not None and (chunk.page != before.page or abs(chunk.y - before.y) > before.size / 2):
            said = said[:-1] if said.endswith("-") else f"{said.rstrip()} "
        said += chunk.text
    return said


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The packet with a property a line, without the versions of programs, which each release changes."""
    packet = bytes(pdf.Root.Metadata.read_bytes())
    root = etree.fromstring(packet, etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True))
    etree.indent(root)
    text = etree.tostring(root, encoding="unicode")
    yield from re.sub(r"(publisher|WeasyPrint) \d+\.\d+[\w.]*", r"\1 VERSION", text).split("\n")
