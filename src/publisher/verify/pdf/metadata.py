"""Everything that a PDF says of itself: XMP, document information, catalogue; each statement is the publication's.

ISO 16684-1; ISO 32000-1, 7.7.2 and 14.3. What is expected is worked out here from the publication alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from publisher.diagnostics import Diagnostic
from publisher.model.language import RTL, direction
from publisher.model.pdf_standard import PrintStandard, ScreenStandard
from publisher.model.profile import Profile
from publisher.model.publication import Metadata, Publication
from publisher.model.trade import SaleFormat
from publisher.pdf.read.document import PdfDocument
from publisher.pdf.read.syntax import text_string
from publisher.verify.diagnose import excerpt, wrong
from publisher.verify.metadata import AUTHORS, RDF, XML_LANG, packet
from publisher.verify.pdf.actions import OF_FILES

SPACES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.aiim.org/pdfa/ns/extension/": "pdfaExtension",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://pdfa.org/declarations/": "pdfd",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/rights/": "xmpRights",
}
COMPARED_APART = frozenset({"dc:title", "dc:creator", "dc:language", "dc:identifier"})
"""What `catalogued` compares."""
FREE = frozenset(
    {"pdf:Producer", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass", "pdfaExtension:schemas"}
)
"""What names a program, this very file, or a schema."""
MOMENTS = frozenset({"xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"})
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
GENERATOR = re.compile(r"publisher \d[\w.+-]*")
WELL_TAGGED = "http://pdfa.org/declarations/wtpdf#"
STANDARDS = {
    ScreenStandard.UA_1: (("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")),
    ScreenStandard.UA_2: (
        *(("pdfaid:part", "4"), ("pdfaid:rev", "2020"), ("pdfuaid:part", "2"), ("pdfuaid:rev", "2024")),
        *(("pdfd:declarations", f"{WELL_TAGGED}{level}") for level in ("accessibility1.0", "reuse1.0")),
    ),
}
"""What a PDF for the screen and the archive claims: PDF/A-3a and PDF/UA-1, or PDF/A-4, PDF/UA-2 and WTPDF."""
CLAIMS = ("pdfaid:", "pdfuaid:", "pdfxid:", "pdfx:", "pdfd:")
INFORMATION = frozenset({"Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate"})
OF_PRINT = frozenset({"GTS_PDFXVersion", "GTS_PDFXConformance", "Trapped"})
CATALOGUE = frozenset(
    {"Type", "Version", "Extensions", "Pages", "Names", "Outlines", "PageLabels", "PageMode", "PageLayout", "Lang"}
    | {"Metadata", "MarkInfo", "StructTreeRoot", "ViewerPreferences", "OutputIntents", "AF"}
)
"""Entries of a catalogue that a book has; those that act are reported apart."""
OPENED = {"PageMode": "UseOutlines", "PageLayout": "SinglePage"}
"""How a viewer shows a file that has just been opened."""
OF_TREES = frozenset({"Type", "K", "ParentTree", "ParentTreeNextKey", "IDTree", "Namespaces"})
"""Entries of a structure tree; others give elements other meanings (RoleMap, ClassMap)."""
OF_NAMESPACES = {"Type": "Namespace", "NS": b"http://iso.org/pdf2/ssn"}
"""A namespace without roles of its own (ISO 32000-2, 14.8.6)."""
Said = tuple[str, str]
"""A property and one of its values."""


def said_faults(
    document: PdfDocument, publication: Publication, profile: Profile, *, artifact: str
) -> Iterator[Diagnostic]:
    """Statements of the packet that the publication does not make, or makes and the packet does not."""
    yield from _catalogue(document, publication.metadata, artifact)
    standard = _standard(publication, profile)
    if standard is ScreenStandard.UA_2:
        yield from _no_information(document, artifact)
    else:
        yield from _information(document, publication.metadata, profile, artifact)
    root = packet(document.file, document.catalogue)
    if root is None:
        return
    foreign = any(section.foreign is not None for section in publication.sections)
    found = Counter(_find(root))
    wanted = Counter(_select_wanted(publication.metadata, standard, holds_files=profile is Profile.ARCHIVE))
    if foreign and not any(name.startswith(CLAIMS) for name, _ in found):
        wanted = Counter({pair: count for pair, count in wanted.items() if not pair[0].startswith(CLAIMS)})
    for name, value in sorted((wanted - found).elements()):
        yield wrong(_code(name), f"the XMP packet does not say {name} {excerpt(value, 0)}", artifact=artifact)
    for name, value in sorted((found - wanted).elements()):
        message = f"the XMP packet says what the publication does not: {name} {excerpt(value, 0)}"
        yield wrong(_code(name), message, artifact=artifact)


def _standard(publication: Publication, profile: Profile) -> PrintStandard | ScreenStandard:
    """What the file of a profile follows."""
    output = publication.output
    return output.profiles.printed.standard if profile is Profile.PRINT else output.pdf_standard


def _code(name: str) -> str:
    return "V-020" if name.startswith(CLAIMS) else "V-001"


def _select_wanted(
    metadata: Metadata, standard: PrintStandard | ScreenStandard, *, holds_files: bool
) -> Iterator[Said]:
    printed = isinstance(standard, PrintStandard)
    yield from _of_printers(standard) if isinstance(standard, PrintStandard) else STANDARDS[standard]
    if holds_files and standard is ScreenStandard.UA_2:
        yield "pdfaid:conformance", "F"
    rights = " ".join(filter(None, (metadata.rights.statement, metadata.rights.apparatus)))
    own = metadata.isbn_of(SaleFormat.PRINT if printed else SaleFormat.PDF)
    isbn = (own or "").replace("-", "").replace(" ", "")
    for name, values in (
        ("dc:contributor", _others(metadata)),
        ("dc:publisher", (metadata.publisher,)),
        ("dc:description", (metadata.description,)),
        ("dc:subject", metadata.subjects),
        ("dc:date", (metadata.date,)),
        ("dc:format", ("application/pdf",)),
        ("xmp:Identifier", (metadata.identifier, isbn and f"urn:isbn:{isbn}")),
        ("dc:source", (metadata.provenance.url,)),
        ("dc:rights", (rights,)),
        ("xmpRights:WebStatement", (metadata.rights.licence_url,)),
        ("pdf:Keywords", (", ".join(metadata.subjects),)),
    ):
        yield from ((name, value) for value in values if value)


def _of_printers(standard: PrintStandard) -> Iterator[Said]:
    """What a file for a printer says of the standard that it follows."""
    space = "pdfx" if standard.demands.older else "pdfxid"
    yield f"{space}:GTS_PDFXVersion", standard.demands.version
    if standard.demands.conformance:
        yield f"{space}:GTS_PDFXConformance", standard.demands.conformance
    yield "pdf:Trapped", "False"


def _others(metadata: Metadata) -> tuple[str, ...]:
    """Those who are no authors."""
    authors = [contributor for contributor in metadata.contributors if contributor.role in AUTHORS] or list(
        metadata.contributors[:1]
    )
    return tuple(dict.fromkeys(contributor.name for contributor in metadata.contributors if contributor not in authors))


def _find(root: etree._Element) -> Iterator[Said]:
    for description in root.iter(f"{RDF}Description"):
        for attribute, value in description.attrib.items():
            if attribute != f"{RDF}about":
                yield _name(str(attribute)), str(value)
        for child in description.iterchildren(etree.Element):
            name = _name(child.tag)
            values = _values(child)
            if name in COMPARED_APART | FREE:
                continue
            if name in MOMENTS and all(map(MOMENT.fullmatch, values)):
                continue
            if name == "xmp:CreatorTool" and all(map(GENERATOR.fullmatch, values)):
                continue
            yield from ((name, value) for value in values)


def _values(_element: etree._Element) -> tuple[str, ...]:
    """The values of a property; what is in several languages once, if it is the same in each."""
    entries = tuple(_element.iter(f"{RDF}li"))
    texts = tuple("".join(map(str, entry.itertext())) for entry in entries or (_element,))
    return tuple(dict.fromkeys(texts)) if any(entry.get(XML_LANG) for entry in entries) else texts


def _name(tag: str) -> str:
    space, _, name = tag.removeprefix("{").rpartition("}")
    return f"{SPACES.get(space, space)}:{name}"


def _information(document: PdfDocument, metadata: Metadata, profile: Profile, artifact: str) -> Iterator[Diagnostic]:
    known = document.file.dictionary(document.file.trailer.get("Info"))
    allowed = INFORMATION | (OF_PRINT if profile is Profile.PRINT else frozenset())
    for key in sorted(known.keys() - allowed):
        yield wrong("V-003", f"the document information has an entry that no source holds: {key}", artifact=artifact)
    for key, want in (("Subject", metadata.description or ""), ("Keywords", ", ".join(metadata.subjects))):
        found = document.file.resolve(known.get(key))
        have = text_string(found) if isinstance(found, bytes) else ""
        if have != want:
            message = f"the document information says {key} {excerpt(have, 0)}, and should say {excerpt(want, 0)}"
            yield wrong("V-001", message, artifact=artifact)


def _no_information(document: PdfDocument, artifact: str) -> Iterator[Diagnostic]:
    """What is wrong with a document information dictionary in PDF 2.0: PDF/A-4 has none (ISO 19005-4, 6.1.3)."""
    if "Info" in document.file.trailer:
        yield wrong("V-003", "the file has a document information dictionary, as PDF 2.0 has not", artifact=artifact)


def _claim(document: PdfDocument) -> Iterator[str]:
    """The properties that the packet has."""
    root = packet(document.file, document.catalogue)
    return iter(()) if root is None else (name for name, _ in _find(root))


def _catalogue(document: PdfDocument, metadata: Metadata, artifact: str) -> Iterator[Diagnostic]:
    file, known = document.file, document.catalogue
    language = file.resolve(known.get("Lang"))
    have = text_string(language) if isinstance(language, bytes) else ""
    if have != metadata.language:
        message = f"the document is in {have or 'no language'}, and should be in {metadata.language}"
        yield wrong("V-062", message, artifact=artifact)
    marked, shown = file.dictionary(known.get("MarkInfo")), file.dictionary(known.get("ViewerPreferences"))
    if {key: file.resolve(value) for key, value in marked.items()} != {"Marked": True}:
        yield wrong("V-020", "the file does not say that it is tagged (MarkInfo)", artifact=artifact)
    preferences = {"DisplayDocTitle": True, **({"Direction": "R2L"} if direction(metadata.language) == RTL else {})}
    if {key: file.resolve(value) for key, value in shown.items()} != preferences:
        message = "the file asks viewers for more or less than its title and its direction (ViewerPreferences)"
        yield wrong("V-003", message, artifact=artifact)
    if not file.array(known.get("OutputIntents")) and any(said.startswith(CLAIMS) for said in _claim(document)):
        message = "the file claims to be PDF/A or PDF/X and does not say for what its colours are (OutputIntents)"
        yield wrong("V-020", message, artifact=artifact)
    for key, wanted in OPENED.items():
        value = file.resolve(known.get(key))
        if value is not None and value != wanted:
            yield wrong("V-003", f"the file opens otherwise than a book: {key} is {value}", artifact=artifact)
    tree = file.dictionary(known.get("StructTreeRoot"))
    for namespace in map(file.dictionary, file.array(tree.get("Namespaces"))):
        if {key: file.resolve(value) for key, value in namespace.items()} != OF_NAMESPACES:
            message = "the structure tree has a namespace that no book has"
            yield wrong("V-003", message, artifact=artifact)
    for key in sorted(tree.keys() - OF_TREES):
        yield wrong("V-003", f"the structure tree has something that no book has: {key}", artifact=artifact)
    for key in sorted(known.keys() - CATALOGUE - {*OF_FILES}):
        yield wrong("V-003", f"the file has something that no book has: {key}", artifact=artifact)
