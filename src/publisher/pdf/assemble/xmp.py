"""What the file says about itself: XMP (ISO 16684-1) and the document information dictionary, the same in both.

PDF/A-3 level A and PDF/UA-1 are claimed together; PDF/A wants the PDF/UA schema described in the packet
(ISO 19005-3, 6.6.2.3.3). For a printer a part of PDF/X is claimed, and nothing else (ISO 15930-7, 6.7 and 6.8; ISO
15930-1, PDF/X identification).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from publisher.model.language import RTL, direction
from publisher.model.pdf_standard import PrintStandard, ScreenStandard
from publisher.model.publication import Metadata
from publisher.model.trade import SaleFormat

AUTHORS = frozenset({"aut", "att", "cre", "dub"})
"""Roles that make a person a creator: author, attributed name, creator, dubious author."""
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
_OLDER = {"pdfx": "http://ns.adobe.com/pdfx/1.3/"}
"""In the packet of the parts of PDF/X before PDF/X-4: entries of the information dictionary."""
_DECLARED = {"pdfd": "http://pdfa.org/declarations/"}
_EXTENSION = """\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""
_CLAIMS = (
    "<pdfaid:part>3</pdfaid:part>",
    "<pdfaid:conformance>A</pdfaid:conformance>",
    "<pdfuaid:part>1</pdfuaid:part>",
    _EXTENSION,
)

_DECLARATIONS = "".join(
    f'<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#{level}</pdfd:conformsTo></rdf:li>'
    for level in ("accessibility1.0", "reuse1.0")
)
"""PDF Declarations of Well-Tagged PDF 1.0."""
_CLAIMS_2 = (
    "<pdfaid:part>4</pdfaid:part>",
    "<pdfaid:rev>2020</pdfaid:rev>",
    "<pdfuaid:part>2</pdfuaid:part>",
    "<pdfuaid:rev>2024</pdfuaid:rev>",
    f"<pdfd:declarations><rdf:Bag>{_DECLARATIONS}</rdf:Bag></pdfd:declarations>",
)


def write_metadata(
    pdf: pikepdf.Pdf,
    metadata: Metadata,
    *,
    moment: str,
    producer: str,
    standard: PrintStandard | ScreenStandard,
    claims: bool = True,
    holds_files: bool = False,
) -> None:
    """Gives the file its XMP packet, its information dictionary, its language and its title in the title bar.

    `producer` is the program that laid its pages out; `standard` is what the file follows; `claims` is
    whether a file that is not says that it is PDF/A and PDF/UA.
    """
    printed = isinstance(standard, PrintStandard)
    claimed = _claims(metadata, standard, holds_files=holds_files) if claims or printed else ()
    isbn = metadata.isbn_of(SaleFormat.PRINT if printed else SaleFormat.PDF)
    said = replace(metadata, isbn=isbn)
    spaces = {**_NAMESPACES, **_more_namespaces(standard)}
    packet = pdf.make_stream(_packet(said, moment, producer, claims=claimed, spaces=spaces).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    _write_information(pdf, metadata, moment, producer)
    pdf.Root.Metadata = packet
    pdf.Root.Lang = String(metadata.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if direction(metadata.language) == RTL:
        pdf.Root.ViewerPreferences.Direction = Name.R2L
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    if isinstance(standard, PrintStandard):
        pdf.docinfo["/GTS_PDFXVersion"] = String(standard.demands.version)
        if standard.demands.conformance:
            pdf.docinfo["/GTS_PDFXConformance"] = String(standard.demands.conformance)
        pdf.docinfo["/Trapped"] = Name("/False")
        first = String(document_id(metadata).bytes)
        pdf.trailer.ID = Array([first, first])


def document_id(metadata: Metadata) -> uuid.UUID:
    """What identifies the printed file of a publication: a name-based UUID (RFC 9562, 5.5), anyone who makes it."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{metadata.identifier}#print")


def title(metadata: Metadata) -> str:
    """Title and subtitle in one."""
    return f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title


def _write_information(pdf: pikepdf.Pdf, metadata: Metadata, moment: str, producer: str) -> None:
    date = f"D:{''.join(character for character in moment if character.isdigit())}Z"
    entries = {
        "/Title": title(metadata),
        "/Author": "; ".join(_names(metadata, creators=True)),
        "/Subject": metadata.description or "",
        "/Keywords": ", ".join(metadata.subjects),
        "/Creator": metadata.generator,
        "/Producer": producer,
        "/CreationDate": date,
        "/ModDate": date,
    }
    pdf.trailer.Info = pdf.make_indirect(Dictionary({key: String(value) for key, value in entries.items() if value}))


def _packet(metadata: Metadata, moment: str, producer: str, *, claims: Iterable[str], spaces: Mapping[str, str]) -> str:
    """The XMP packet."""
    declared = " ".join(f"xmlns:{prefix}={quoteattr(address)}" for prefix, address in spaces.items())
    lines = "\n".join(filter(None, (*claims, *_statements(metadata, moment, producer))))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">\n<rdf:RDF {declared}>\n'
        f'<rdf:Description rdf:about="">\n{lines}\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    )


def _claims(metadata: Metadata, standard: PrintStandard | ScreenStandard, *, holds_files: bool) -> Iterable[str]:
    """What a file says that it follows; PDF/A-4 has a conformance of its own for files that hold files."""
    match standard:
        case PrintStandard():
            return _print_claims(metadata, standard)
        case ScreenStandard.UA_1:
            return _CLAIMS
        case ScreenStandard.UA_2:
            return (*_CLAIMS_2, _text("pdfaid:conformance", "F" if holds_files else None))
        case _:
            assert_never(standard)


def _more_namespaces(standard: PrintStandard | ScreenStandard) -> Mapping[str, str]:
    """The namespaces that the packet of a standard has in addition."""
    if isinstance(standard, PrintStandard):
        return _OLDER if standard.demands.older else {}
    return _DECLARED if standard is ScreenStandard.UA_2 else {}


def _print_claims(metadata: Metadata, standard: PrintStandard) -> Iterable[str]:
    """What PDF/X wants: its version, an identifier, that nothing is trapped.

    The older parts have their version in the information dictionary; the packet repeats it.
    """
    space = "pdfx" if standard.demands.older else "pdfxid"
    yield _text(f"{space}:GTS_PDFXVersion", standard.demands.version)
    yield _text(f"{space}:GTS_PDFXConformance", standard.demands.conformance)
    yield _text("xmpMM:DocumentID", f"uuid:{document_id(metadata)}")
    yield from (_text("xmpMM:RenditionClass", "default"), _text("xmpMM:VersionID", "1"))
    yield _text("pdf:Trapped", "False")


def _statements(metadata: Metadata, moment: str, producer: str) -> Iterable[str]:
    """Each property that every packet has."""
    yield _alternatives("dc:title", title(metadata), metadata.language)
    yield _array("dc:creator", "Seq", _names(metadata, creators=True))
    yield _array("dc:contributor", "Bag", _names(metadata, creators=False))
    yield _array("dc:publisher", "Bag", (metadata.publisher,))
    yield _alternatives("dc:description", metadata.description, metadata.language)
    yield _array("dc:subject", "Bag", metadata.subjects)
    yield _array("dc:language", "Bag", (metadata.language,))
    yield _array("dc:date", "Seq", (metadata.date,))
    yield _text("dc:format", "application/pdf")
    yield _text("dc:identifier", metadata.identifier)
    yield _array("xmp:Identifier", "Bag", (metadata.identifier, _isbn(metadata.isbn)))
    yield _text("dc:source", metadata.provenance.url)
    yield _alternatives("dc:rights", _rights(metadata), metadata.language)
    yield _text("xmpRights:WebStatement", metadata.rights.licence_url)
    yield _text("pdf:Keywords", ", ".join(metadata.subjects))
    yield _text("pdf:Producer", producer)
    yield _text("xmp:CreatorTool", metadata.generator)
    for name in ("CreateDate", "ModifyDate", "MetadataDate"):
        yield _text(f"xmp:{name}", moment)


def _names(metadata: Metadata, *, creators: bool) -> tuple[str, ...]:
    """The names of the authors, or of everybody else; the first contributor where there is no author."""
    authors = [contributor for contributor in metadata.contributors if contributor.role in AUTHORS] or list(
        metadata.contributors[:1]
    )
    chosen = (
        authors if creators else [contributor for contributor in metadata.contributors if contributor not in authors]
    )
    return tuple(dict.fromkeys(contributor.name for contributor in chosen))


def _rights(metadata: Metadata) -> str:
    return " ".join(part for part in (metadata.rights.statement, metadata.rights.apparatus) if part)


def _isbn(isbn: str | None) -> str | None:
    return f"urn:isbn:{isbn.replace('-', '').replace(' ', '')}" if isbn else None


def _text(name: str, value: str | None) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _array(name: str, kind: str, values: Iterable[str | None]) -> str:
    entries = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{kind}>{entries}</rdf:{kind}></{name}>" if entries else ""


def _alternatives(name: str, value: str | None, language: str) -> str:
    """The value as default and in its language."""
    if not value:
        return ""
    entries = "".join(
        f"<rdf:li xml:lang={quoteattr(text)}>{escape(value)}</rdf:li>" for text in ("x-default", language)
    )
    return f"<{name}><rdf:Alt>{entries}</rdf:Alt></{name}>"
