"""Everything that the package document of an EPUB says: each statement is that of the publication, and none is missing.

EPUB 3.3, 5.5 Metadata section, https://www.w3.org/TR/epub-33/#sec-pkg-metadata; EPUB Accessibility 1.1,
https://www.w3.org/TR/epub-a11y-11/. What is expected is worked out here from the publication alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set

from lxml import etree

from publisher.model.accessibility import AccessibilityStatement, Claim
from publisher.model.language import RTL, direction
from publisher.model.publication import Metadata, Publication
from publisher.model.trade import SaleFormat, Trade

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Statement = tuple[str, str, str]
"""What is said, its value, and about whom or what: the value that is refined; empty if it is the book."""
FEATURES = frozenset(
    {Claim.TABLE_OF_CONTENTS, Claim.STRUCTURAL_NAVIGATION, Claim.READING_ORDER, Claim.DISPLAY_TRANSFORMABILITY}
    | {Claim.ARIA, Claim.ALTERNATIVE_TEXT, Claim.PAGE_NAVIGATION, Claim.PAGE_BREAK_MARKERS}
)
"""The claims that schema.org has a word for."""
CLAIMS = ("schema:accessib", "schema:accessMode", "a11y:", "dcterms:conformsTo")
"""How the names of claims begin."""
MOMENT, GENERATOR = "a moment", "publisher and its version"
"""What represents a date of building and for the program, which another build may have otherwise."""
ANY_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ANY_GENERATOR = re.compile(r"publisher \d[\w.+-]*")
PROPERTIES = {("cover-image", "images/cover.png"), ("nav", "text/nav.xhtml")}
"""What entries of the manifest are, by the paths of their files."""
ATTRIBUTES = frozenset({"unique-identifier", "version", "prefix", XML_LANG, "dir"})
"""What the package document says as a whole (5.4)."""
PREFIX = re.compile(r"(\S+):\s+(\S+)")
PREFIXES = {
    "a11y": "http://www.idpf.org/epub/vocab/package/a11y/#",
    "dcterms": "http://purl.org/dc/terms/",
    "ibooks": "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/",
    "marc": "http://id.loc.gov/vocabulary/",
    "onix": "http://www.editeur.org/ONIX/book/codelists/current.html#",
    "rendition": "http://www.idpf.org/vocab/rendition/#",
    "schema": "http://schema.org/",
}
"""What prefixes of properties mean (D.1)."""
SECTIONS = ("metadata", "manifest", "spine")


def statement_faults(
    package: etree._Element, publication: Publication, *, with_formulas: Set[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """Codes and messages of each statement that the publication does not make, or makes and the file does not.

    `with_formulas` are the documents that have formulas, which the manifest has to say (EPUB 3.3, D.6.4).
    The identifier of the pages that a page list follows is compared with these elsewhere (V-015).
    """
    wanted, found = Counter(_select_wanted(publication)), Counter(_find(package))
    if publication.accessibility is None:
        found = Counter({item: count for item, count in found.items() if not item[0].startswith(CLAIMS)})
    for element in sorted((wanted - found).elements()):
        yield from _report(element, claimed="does not claim {}, which was earned", said="does not say {}")
    for element in sorted((found - wanted).elements()):
        other = "says what the publication does not: {}"
        yield from _report(element, claimed="claims {}, which was not earned", said=other)
    yield from _structure(package, publication.metadata, with_formulas=with_formulas)


def _report(statement: Statement, *, claimed: str, said: str) -> Iterator[tuple[str, str]]:
    is_claim = statement[0].startswith(CLAIMS)
    yield (
        "V-020" if is_claim else "V-001",
        f"the package document {(claimed if is_claim else said).format(_display(statement))}",
    )


def _display(statement: Statement) -> str:
    name, value, about = statement
    return f"{name} “{value[:70]}”" + (f" of “{about[:40]}”" if about else "")


def _select_wanted(publication: Publication) -> Iterator[Statement]:
    metadata = publication.metadata
    yield from _of_titles(metadata)
    yield from _of_people(metadata)
    digits = "".join(text for text in (metadata.isbn_of(SaleFormat.EPUB) or "").upper() if text in "0123456789X")
    yield "dc:identifier", metadata.identifier, ""
    if digits:
        yield "dc:identifier", f"urn:isbn:{digits}", ""
    if len(digits) == 13:
        yield "identifier-type", "15", f"urn:isbn:{digits}"
    yield from _of_trade(metadata.trade)
    rights = metadata.rights
    simple = (
        ("dc:language", metadata.language),
        ("dc:publisher", metadata.publisher),
        ("dc:date", metadata.date),
        ("schema:bookEdition", metadata.statement),
        ("dc:source", metadata.provenance.url or metadata.provenance.statement),
        ("dc:description", metadata.description),
        *(("dc:subject", subject) for subject in metadata.subjects),
        ("dc:rights", rights.statement),
        ("dc:rights", rights.apparatus),
        ("link dcterms:license", rights.licence_url),
        ("dcterms:modified", MOMENT),
        ("name generator", GENERATOR),
    )
    yield from ((name, value, "") for name, value in simple if value)
    if publication.accessibility is not None:
        yield from _of_accessibility(publication.accessibility)


def _of_titles(metadata: Metadata) -> Iterator[Statement]:
    kinds = (("main", metadata.title), ("subtitle", metadata.subtitle))
    for order, (kind, title) in enumerate(kinds, 1):
        if title:
            yield "dc:title", title, ""
            yield "title-type", kind, title
            yield "display-seq", str(order), title


def _of_people(metadata: Metadata) -> Iterator[Statement]:
    for contributor in metadata.contributors:
        yield "role", contributor.role, contributor.name
        yield "file-as", contributor.sort, contributor.name
        if contributor.orcid:
            yield "schema:identifier", f"https://orcid.org/{contributor.orcid}", contributor.name


def _of_trade(trade: Trade) -> Iterator[Statement]:
    """What is said of DOI, subject codes, series of books and exemption."""
    if trade.doi:
        yield "dc:identifier", f"doi:{trade.doi}", ""
        yield "identifier-type", "06", f"doi:{trade.doi}"
    for scheme, codes in (("Thema", trade.thema), ("BISAC", trade.bisac)):
        for code in codes:
            yield "dc:subject", code, ""
            yield "authority", scheme, code
            yield "term", code, code
    if trade.exemption:
        words = trade.exemption.value.replace("micro-", "micro")
        yield "a11y:exemption", f"eaa-{words}", ""
    series = trade.series
    if series:
        yield "belongs-to-collection", series.title, ""
        yield "collection-type", "series", series.title
        if series.number and re.fullmatch(r"[0-9]+(\.[0-9]+)*", series.number):
            yield "group-position", series.number, series.title
        if series.issn:
            yield "dcterms:identifier", f"urn:issn:{series.issn}", series.title


def _of_accessibility(statement: AccessibilityStatement) -> Iterator[Statement]:
    measured = statement.measured
    seen = not measured.pictures or Claim.ALTERNATIVE_TEXT in measured.earned
    yield "schema:accessMode", "textual", ""
    if measured.pictures:
        yield "schema:accessMode", "visual", ""
    yield "schema:accessModeSufficient", "textual" if seen else "textual,visual", ""
    for feature in [claim.value for claim in measured.earned if claim in FEATURES] or ["none"]:
        yield "schema:accessibilityFeature", feature, ""
    yield "schema:accessibilityHazard", "none" if Claim.NO_HAZARDS in measured.earned else "unknown", ""
    yield "schema:accessibilitySummary", statement.summary, ""
    if measured.conforms:
        yield "dcterms:conformsTo", Claim.CONFORMANCE.value, ""
        yield "a11y:certifiedBy", GENERATOR, Claim.CONFORMANCE.value


def _find(package: etree._Element) -> Iterator[Statement]:
    """What the package document says, one build like the other."""
    for name, value, about in _statements(package):
        if name == "dcterms:modified" and ANY_MOMENT.fullmatch(value):
            yield name, MOMENT, about
        elif name in ("name generator", "a11y:certifiedBy") and ANY_GENERATOR.fullmatch(value):
            yield name, GENERATOR, about
        else:
            yield name, value, about


def _statements(package: etree._Element) -> Iterator[Statement]:
    """Each statement; creators and contributors are compared apart, and the name of the cover's entry is no word."""
    metadata = package.find(f"{OPF}metadata")
    if metadata is None:
        return
    values = {element.get("id"): element.text or "" for element in metadata if element.get("id")}
    for child in metadata.iterchildren(etree.Element):
        kind = etree.QName(child).localname
        about = values.get((child.get("refines") or "").removeprefix("#"), child.get("refines") or "")
        if child.tag.startswith(DC):
            if kind not in ("creator", "contributor"):
                yield f"dc:{kind}", child.text or "", ""
        elif kind == "link":
            yield f"link {child.get('rel')}", child.get("href", ""), about
        elif child.get("property") is not None:
            if child.get("property") != "pageBreakSource":
                yield child.get("property", ""), child.text or "", about
        elif child.get("name") != "cover":
            yield f"name {child.get('name')}", child.get("content", ""), ""


def _structure(package: etree._Element, metadata: Metadata, *, with_formulas: Set[str]) -> Iterator[tuple[str, str]]:
    """What the package document is next to its statements: three sections, a language, plain entries."""
    for name in sorted({*map(str, package.attrib)} - ATTRIBUTES):
        yield "V-003", f"the package document has an attribute that no book of this kind has: {name}"
    if dict(PREFIX.findall(package.get("prefix", ""))).items() - PREFIXES.items():
        yield "V-003", f"the package document gives prefixes another meaning: {package.get('prefix')}"
    names = tuple(etree.QName(child).localname for child in package.iterchildren(etree.Element))
    if names != SECTIONS:
        yield "V-003", f"the package document has other sections than a book of this kind: {', '.join(names)}"
    if package.get(XML_LANG) != metadata.language:
        yield "V-062", f"the package document is in {package.get(XML_LANG)}, and should be in {metadata.language}"
    turned = RTL if direction(metadata.language) == RTL else None
    for spine in package.iter(f"{OPF}spine"):
        if spine.get("page-progression-direction") != turned:
            yield "V-003", "the package document does not turn the pages as the language of the volume does"
    for entry in package.iter(f"{OPF}itemref"):
        if entry.get("properties"):
            yield "V-003", f"an entry of the reading order asks for something: {entry.get('properties')}"
    items = [element for element in package.iter(f"{OPF}item") if element.get("properties")]
    listed = {(item.get("properties", ""), item.get("href")) for item in items}
    if listed != PROPERTIES | {("mathml", href) for href in with_formulas}:
        shown = "; ".join(f"{name} of {href}" for name, href in sorted(listed, key=str))
        yield "V-003", f"the manifest should name the cover's picture and the contents, and names {shown or 'neither'}"
