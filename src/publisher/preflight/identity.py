"""What a file says it is: X-001 and X-010 (ISO 15930-7, 6.7 and 6.8; XMP, ISO 16684-1)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from pikepdf import Name

from publisher.preflight.document import Fault, Printed

VERSION = "PDF/X-4"
_PDFX = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
_MM = "{http://ns.adobe.com/xap/1.0/mm/}"
_NEWEST = "1.6"
_NEEDED = (
    ("title", "{http://purl.org/dc/elements/1.1/}title"),
    ("CreateDate", "{http://ns.adobe.com/xap/1.0/}CreateDate"),
    ("ModifyDate", "{http://ns.adobe.com/xap/1.0/}ModifyDate"),
    ("MetadataDate", "{http://ns.adobe.com/xap/1.0/}MetadataDate"),
    ("VersionID", f"{_MM}VersionID"),
    ("RenditionClass", f"{_MM}RenditionClass"),
)
"""Properties that PDF/X-4 wants in the XMP packet."""


def says_what_it_is(printed: Printed) -> Iterator[Fault]:
    """X-001: it does not say that it is PDF/X-4, or says something that PDF/X-4 does not allow."""
    pdf = printed.pdf
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        said, trapped = str(xmp.get(_PDFX, "nothing")), str(xmp.get("pdf:Trapped", "nothing"))
        missing = [name for name, key in _NEEDED if key not in xmp]
    if said != VERSION:
        yield printed.fault("X-001", f"its XMP does not say {VERSION} but {said}")
    known = str(pdf.docinfo.get("/GTS_PDFXVersion", VERSION))
    if known != VERSION:
        yield printed.fault("X-001", f"its information dictionary says {known}, not {VERSION}")
    if trapped != "False" or pdf.docinfo.get("/Trapped") != Name("/False"):
        yield printed.fault("X-001", "it does not say that nothing is trapped (/Trapped /False)")
    if pdf.pdf_version > _NEWEST:
        yield printed.fault("X-001", f"it is written in PDF {pdf.pdf_version}, {VERSION} in {_NEWEST}")
    if missing:
        yield printed.fault("X-001", f"its XMP lacks {', '.join(missing)}")


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
