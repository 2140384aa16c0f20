"""What a file says it is: X-001 and X-010.

ISO 15930-7, 6.7 and 6.8; ISO 15930-1, PDF/X identification; ISO 16684-1 (XMP).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from pikepdf import Name

from publisher.preflight.document import Fault, Printed

_PDFX = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
_MM = "{http://ns.adobe.com/xap/1.0/mm/}"
_NEEDED = (
    ("title", "{http://purl.org/dc/elements/1.1/}title"),
    ("CreateDate", "{http://ns.adobe.com/xap/1.0/}CreateDate"),
    ("ModifyDate", "{http://ns.adobe.com/xap/1.0/}ModifyDate"),
    ("MetadataDate", "{http://ns.adobe.com/xap/1.0/}MetadataDate"),
    ("VersionID", f"{_MM}VersionID"),
    ("RenditionClass", f"{_MM}RenditionClass"),
)
"""Properties that PDF/X-4 wants in the XMP packet."""
_NEEDED_BEFORE = ("/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate")
"""Entries of the information dictionary that the parts before PDF/X-4 want."""


def says_what_it_is(printed: Printed) -> Iterator[Fault]:
    """X-001: it does not say which part of PDF/X it follows, or says something that this does not allow."""
    yield from _entries(printed) if printed.demands.older else _properties(printed)
    if printed.pdf.docinfo.get("/Trapped") != Name("/False"):
        yield printed.fault("X-001", "it does not say that nothing is trapped (/Trapped /False)")
    if printed.pdf.pdf_version > printed.demands.pdf:
        title, newest = printed.demands.title, printed.demands.pdf
        yield printed.fault("X-001", f"it is written in PDF {printed.pdf.pdf_version}, {title} in {newest}")


def _properties(printed: Printed) -> Iterator[Fault]:
    """What is wrong with the XMP packet, in which PDF/X-4 says what it is."""
    pdf, version = printed.pdf, printed.demands.version
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        said, trapped = str(xmp.get(_PDFX, "nothing")), str(xmp.get("pdf:Trapped", "nothing"))
        missing = [name for name, key in _NEEDED if key not in xmp]
    if said != version:
        yield printed.fault("X-001", f"its XMP does not say {version} but {said}")
    known = str(pdf.docinfo.get("/GTS_PDFXVersion", version))
    if known != version:
        yield printed.fault("X-001", f"its information dictionary says {known}, not {version}")
    if trapped != "False":
        yield printed.fault("X-001", "its XMP does not say that nothing is trapped (pdf:Trapped)")
    if missing:
        yield printed.fault("X-001", f"its XMP lacks {', '.join(missing)}")


def _entries(printed: Printed) -> Iterator[Fault]:
    """What is wrong with the information dictionary, in which the parts before PDF/X-4 say what they are."""
    known, demands = printed.pdf.docinfo, printed.demands
    for key, wanted in (("GTS_PDFXVersion", demands.version), ("GTS_PDFXConformance", demands.conformance)):
        said = str(known.get(f"/{key}", "nothing"))
        if wanted and said != wanted:
            yield printed.fault("X-001", f"its information dictionary says {said} as {key}, not {wanted}")
    missing = [key[1:] for key in _NEEDED_BEFORE if not str(known.get(key, ""))]
    if missing:
        yield printed.fault("X-001", f"its information dictionary lacks {', '.join(missing)}")


def fixed_identity(printed: Printed) -> Iterator[Fault]:
    """X-010: its identifiers are missing, or made by chance, so that the same book is another file each time."""
    with printed.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        document, identifier = str(xmp.get(f"{_MM}DocumentID", "")), str(xmp.get("dc:identifier", ""))
    own = uuid.uuid5(uuid.NAMESPACE_URL, f"{identifier}#print")
    if document != f"uuid:{own}":
        yield printed.fault("X-010", f"its DocumentID is not made from its identifier: {document or 'there is none'}")
    parts = [bytes(part) for part in printed.pdf.trailer.get("/ID", ())]
    if len(parts) != 2 or parts[0] != own.bytes:
        yield printed.fault("X-010", "its /ID is missing, or not made from its identifier")
