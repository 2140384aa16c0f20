"""What files say of themselves to catalogues and shelves: title, people, language, identifier, claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from publisher.diagnostics import Diagnostic
from publisher.model.publication import Metadata, Publication
from publisher.pdf.read.document import PdfDocument
from publisher.pdf.read.file import Dictionary, PdfFile
from publisher.pdf.read.syntax import Malformed, text_string
from publisher.sanitize.xml import parse_xml
from publisher.verify.diagnose import excerpt, wrong

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
AUTHORS = frozenset({"aut", "att", "cre", "dub"})
"""Roles of those who wrote the text, or are said to have."""
Said = Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]
"""What is said about something, as it should be and as it is."""


def package_faults(package: etree._Element, publication: Publication, *, artifact: str) -> Iterator[Diagnostic]:
    """What the package document says of titles, people, language and identifier otherwise than the edition."""
    metadata = publication.metadata
    yield from _compare(_package_says(package, metadata), artifact)


def information_faults(document: PdfDocument, publication: Publication, *, artifact: str) -> Iterator[Diagnostic]:
    """What a PDF says of itself otherwise than the edition: in its XMP packet, and to windows."""
    yield from _compare(_xmp_says(document, publication.metadata), artifact)
    yield from _compare(_information_says(document, publication.metadata), artifact)


def _compare(said: Said, artifact: str) -> Iterator[Diagnostic]:
    for about, want, have in said:
        if want != have:
            expected, found = (excerpt("; ".join(words), 0) for words in (want, have))
            message = f"{about} should be {expected}, and is {found}"
            yield wrong("V-001", message, artifact=artifact)


def _package_says(package: etree._Element, metadata: Metadata) -> Said:
    titles = tuple(filter(None, (metadata.title, metadata.subtitle)))
    yield "the title in the package document", titles, _texts(package.iter(f"{DC}title"))
    people = tuple(contributor.name for contributor in metadata.contributors)
    listed = _texts((*package.iter(f"{DC}creator"), *package.iter(f"{DC}contributor")))
    yield "the people in the package document", tuple(sorted(people)), tuple(sorted(listed))
    yield "the authors in the package document", _leading(metadata), _texts(package.iter(f"{DC}creator"))
    yield "the language in the package document", (metadata.language,), _texts(package.iter(f"{DC}language"))
    identifiers = _texts(package.iter(f"{DC}identifier"))
    yield "the identifier in the package document", (metadata.identifier,), identifiers[:1]


def _leading(metadata: Metadata) -> tuple[str, ...]:
    """The authors; where there are none, those who share the role of the first that is named."""
    roles = {contributor.role for contributor in metadata.contributors}
    leading = roles & AUTHORS or {contributor.role for contributor in metadata.contributors[:1]}
    return tuple(contributor.name for contributor in metadata.contributors if contributor.role in leading)


def _xmp_says(document: PdfDocument, metadata: Metadata) -> Said:
    root = packet(document.file, document.catalogue)
    for about, name, want in (
        ("title", "title", _whole_title(metadata)),
        ("author", "creator", _author(metadata)),
        ("language", "language", metadata.language),
        ("identifier", "identifier", metadata.identifier),
    ):
        found = () if root is None else tuple(_values(root, name))
        yield (
            f"the {about} in the XMP packet",
            (want,),
            tuple(dict.fromkeys(("; ".join(found),) if name == "creator" else found)),
        )


def told_identifier(content: bytes) -> str | None:
    """What a PDF calls itself in its XMP packet; None where it can't be read, or has no packet."""
    try:
        file = PdfFile.read(content)
        root = packet(file, file.dictionary(file.trailer.get("Root")))
    except (Malformed, ValueError, IndexError, KeyError, RecursionError, etree.XMLSyntaxError):
        return None
    return None if root is None else next(_values(root, "identifier"), None)


def packet(file: PdfFile, catalogue: Dictionary) -> etree._Element | None:
    """The root of the XMP packet of a PDF; None if it has none."""
    content = file.stream(catalogue.get("Metadata"))
    return parse_xml(content) if content else None


def _values(root: etree._Element, name: str) -> Iterator[str]:
    """What a property of Dublin Core says: each entry of its array, or its text."""
    for element in root.iter(f"{DC}{name}"):
        entries = tuple(element.iter(f"{RDF}li"))
        yield from (entry.text or "" for entry in entries or (element,))


def _information_says(document: PdfDocument, metadata: Metadata) -> Said:
    """What the document information says; a file in PDF 2.0 has none."""
    if document.file.content.startswith(b"%PDF-2.") and "Info" not in document.file.trailer:
        return
    known = document.file.dictionary(document.file.trailer.get("Info"))
    for about, key, want in (("title", "Title", _whole_title(metadata)), ("author", "Author", _author(metadata))):
        found = document.file.resolve(known.get(key))
        yield (
            f"the {about} in the document information",
            (want,) if want else (),
            (text_string(found),) if isinstance(found, bytes) else (),
        )


def _whole_title(metadata: Metadata) -> str:
    return f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title


def _author(metadata: Metadata) -> str:
    authors = [contributor for contributor in metadata.contributors if contributor.role in AUTHORS] or list(
        metadata.contributors[:1]
    )
    return "; ".join(dict.fromkeys(contributor.name for contributor in authors))


def _texts(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    return tuple(element.text or "" for element in elements)


def _properties(package: etree._Element, name: str) -> tuple[str, ...]:
    return tuple(element.text or "" for element in package.iter(f"{OPF}meta") if element.get("property") == name)
