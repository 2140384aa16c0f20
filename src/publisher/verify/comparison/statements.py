"""What a finished file says of itself, as far as it decides how it was made."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from lxml import etree
from pikepdf import Dictionary, Stream, String

from publisher.model.marking import KEY, Marking, read_marking
from publisher.model.target import ENDINGS, Format
from publisher.model.web import DOWNLOADS
from publisher.sanitize.xml import parse_xml
from publisher.verify.comparison.archive import Archive, NotAnArchive
from publisher.verify.comparison.streams import TooLong, decode

DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
LARGEST = 512 * 1024 * 1024
"""Larger EPUBs in a web edition are not read."""
MOST = 4 * 1024 * 1024
"""Longer package documents and packets are not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What a file says of itself; nothing of it is to be relied on."""

    identifier: str | None = None
    moment: str | None = None
    """When it was made: `YYYY-MM-DDThh:mm:ssZ`."""
    program: str | None = None
    """What made it, with its version."""
    marking: Marking | None = None
    """How it was made, if it is no volume."""
    sources: bool = False
    """Whether files are attached: it may be a PDF for the archive."""


def statements(content: bytes, kind: Format) -> Statements:
    """What a file says of itself; nothing if it cannot be read."""
    try:
        match kind:
            case Format.EPUB:
                return _told_by_epub(content)
            case Format.WEB:
                return _told_by_web(content)
            case Format.PDF:
                return _told_by_pdf(content)
    except (NotAnArchive, TooLong, pikepdf.PdfError, etree.XMLSyntaxError, *_SPOILT):
        return Statements()


_SPOILT = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)
"""What the libraries raise for objects of other types than are expected."""


def _told_by_epub(content: bytes) -> Statements:
    archive = Archive.read(content)
    for member in archive.files():
        if member.name.endswith(".opf"):
            package = _parse(archive.extract(member, most=MOST) or b"")
            named = package.get("unique-identifier")
            texts = [element.text for element in package.iter(f"{DC}identifier") if element.get("id") == named]
            meta = list(package.iter(f"{OPF}meta"))
            return Statements(
                identifier=next(iter(texts), None),
                moment=next((element.text for element in meta if element.get("property") == "dcterms:modified"), None),
                program=next((element.get("content") for element in meta if element.get("name") == "generator"), None),
            )
    return Statements()


def _told_by_web(content: bytes) -> Statements:
    """What the EPUB in a web edition says."""
    archive = Archive.read(content)
    for member in archive.files():
        if member.name.startswith(DOWNLOADS) and member.name.endswith(ENDINGS[Format.EPUB]):
            return _told_by_epub(archive.extract(member, most=LARGEST) or b"")
    return Statements()


def _told_by_pdf(content: bytes) -> Statements:
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        names = pdf.Root.get("/Names")
        told = Statements(
            marking=_marking(pdf),
            sources=isinstance(names, Dictionary) and "/EmbeddedFiles" in names,
        )
        packet = pdf.Root.get("/Metadata")
        if not isinstance(packet, Stream):
            return told
        root = _parse(decode(packet, most=MOST)[0])
        return Statements(
            identifier=next(_values(root, f"{DC}identifier"), None),
            moment=next(_values(root, f"{XMP}CreateDate"), None),
            program=next(_values(root, f"{XMP}CreatorTool"), None),
            marking=told.marking,
            sources=told.sources,
        )


def _marking(pdf: pikepdf.Pdf) -> Marking | None:
    information = pdf.Root.get("/PieceInfo")
    own = information.get(f"/{KEY}") if isinstance(information, Dictionary) else None
    private = own.get("/Private") if isinstance(own, Dictionary) else None
    return read_marking(bytes(private)) if isinstance(private, String) else None


def _values(root: etree._Element, name: str) -> Iterator[str]:
    for element in root.iter(name):
        if element.text and element.text.strip():
            yield element.text.strip()


def _parse(content: bytes) -> etree._Element:
    return parse_xml(content)
