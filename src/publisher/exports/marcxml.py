"""MARC 21 records in MARCXML: one a format that is sold, else one of the edition.

https://www.loc.gov/standards/marcxml/, https://www.loc.gov/marc/bibliographic/. A record is brief: cataloguers add
classification and authorities.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from publisher.exports.languages import three_letters
from publisher.exports.xml import child, document, root
from publisher.model.accessibility import Claim
from publisher.model.publication import Metadata, Publication
from publisher.model.rendition import Artifact
from publisher.model.settings import Contributor
from publisher.model.trade import SaleFormat, ean13

NAMESPACE = "http://www.loc.gov/MARC21/slim"
AUTHORS = ("aut", "att", "cre", "dub")
WORDS = {SaleFormat.EPUB: "EPUB", SaleFormat.PDF: "PDF", SaleFormat.PRINT: "paperback"}
RDA = {
    True: (
        ("336", "text", "txt", "rdacontent"),
        ("337", "computer", "c", "rdamedia"),
        ("338", "online resource", "cr", "rdacarrier"),
    ),
    False: (
        ("336", "text", "txt", "rdacontent"),
        ("337", "unmediated", "n", "rdamedia"),
        ("338", "volume", "nc", "rdacarrier"),
    ),
}
"""Content, media and carrier, of what is read on a screen and of what is printed."""
FEATURES = {
    Claim.TABLE_OF_CONTENTS: "table of contents navigation",
    Claim.STRUCTURAL_NAVIGATION: "structural navigation",
    Claim.READING_ORDER: "reading order",
    Claim.ALTERNATIVE_TEXT: "short alternative textual descriptions",
    Claim.PAGE_NAVIGATION: "page list navigation",
    Claim.DISPLAY_TRANSFORMABILITY: "display transformability",
    Claim.ARIA: "ARIA roles",
}
"""Measured claims in the words of field 341."""
Subfields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A variable field with indicators and subfields."""

    tag: str
    indicators: str
    subfields: Subfields


def marcxml(publication: Publication) -> Artifact:
    """The collection of the records of a publication whose accessibility was measured."""
    collection = root("collection", NAMESPACE)
    metadata = publication.metadata
    isbns = {item.format: item.text for item in metadata.trade.isbns}
    forms: tuple[SaleFormat | None, ...] = metadata.trade.formats or tuple(isbns) or (None,)
    for form in forms:
        others = tuple((other, text) for other, text in isbns.items() if other is not form)
        isbn = metadata.isbn_of(form) if form else metadata.isbn
        _record(collection, publication, form=form, isbn=isbn, others=others)
    return Artifact(name=f"{publication.output.name}.marc.xml", content=document(collection))


def _record(
    collection: etree._Element,
    publication: Publication,
    *,
    form: SaleFormat | None,
    isbn: str | None,
    others: tuple[tuple[SaleFormat, str], ...],
) -> None:
    metadata, is_digital = publication.metadata, form is not SaleFormat.PRINT
    record = child(collection, "record")
    child(record, "leader", "00000nam a2200000 i 4500")
    suffix = f":{form.value}" if form else ""
    child(record, "controlfield", f"{metadata.identifier}{suffix}", tag="001")
    moment = "".join(text for text in metadata.modified if text.isdigit())
    child(record, "controlfield", f"{moment}.0", tag="005")
    if is_digital:
        child(record, "controlfield", "m     o  d        ", tag="006")
        child(record, "controlfield", "cr  n ", tag="007")
    child(record, "controlfield", _fix(metadata, is_digital=is_digital), tag="008")
    fields = (
        *_identifiers(metadata, form, isbn),
        *_names_and_titles(metadata),
        *_publication_field(metadata, is_digital=is_digital),
        *(_accessibility(publication) if form in (SaleFormat.EPUB, None) else ()),
        *_notes(metadata),
        *_subjects(metadata),
        *_add(metadata),
        *_links(metadata, others),
    )
    for field in sorted(fields, key=lambda item: item.tag):
        made = child(record, "datafield", tag=field.tag, ind1=field.indicators[0], ind2=field.indicators[1])
        for code, value in field.subfields:
            child(made, "subfield", value, code=code)


def _fix(metadata: Metadata, *, is_digital: bool) -> str:
    """The forty characters of field 008 for books."""
    entered = metadata.modified[2:10].replace("-", "")
    form = "o" if is_digital else " "
    return f"{entered}s{metadata.date[:4]}    xx      {form}     000 0 {three_letters(metadata.language)} d"


def _identifiers(metadata: Metadata, form: SaleFormat | None, isbn: str | None) -> Iterator[Field]:
    if isbn:
        words: Subfields = (("q", WORDS[form]),) if form else ()
        yield Field(tag="020", indicators="  ", subfields=(("a", ean13(isbn)), *words))
    if metadata.trade.doi:
        yield Field(tag="024", indicators="7 ", subfields=(("a", metadata.trade.doi), ("2", "doi")))
    yield Field(tag="024", indicators="7 ", subfields=(("a", metadata.identifier), ("2", "uri")))
    yield Field(tag="040", indicators="  ", subfields=(("b", "eng"), ("e", "rda")))
    yield Field(tag="041", indicators="0 ", subfields=(("a", three_letters(metadata.language)),))


def _main(metadata: Metadata) -> Contributor | None:
    """The one whose name the record is filed under."""
    return next((contributor for contributor in metadata.contributors if contributor.role in AUTHORS), None)


def _names_and_titles(metadata: Metadata) -> Iterator[Field]:
    main = _main(metadata)
    if main:
        yield _person("100", main)
    title = [("a", f"{metadata.title} :" if metadata.subtitle else metadata.title)]
    if metadata.subtitle:
        title.append(("b", metadata.subtitle))
    yield Field(tag="245", indicators=f"{1 if main else 0}0", subfields=tuple(title))
    if metadata.statement:
        yield Field(tag="250", indicators="  ", subfields=(("a", metadata.statement),))


def _person(tag: str, person: Contributor) -> Field:
    orcid: Subfields = (("1", f"https://orcid.org/{person.orcid}"),) if person.orcid else ()
    kind = "1" if "," in person.sort else "0"
    relator = f"http://id.loc.gov/vocabulary/relators/{person.role}"
    return Field(tag=tag, indicators=f"{kind} ", subfields=(("a", person.sort), *orcid, ("4", relator)))


def _publication_field(metadata: Metadata, *, is_digital: bool) -> Iterator[Field]:
    place = ("a", metadata.place or "[Place of publication not identified]")
    publisher = ("b", metadata.publisher or "[publisher not identified]")
    yield Field(tag="264", indicators=" 1", subfields=(place, publisher, ("c", metadata.date[:4])))
    for tag, term, code, source in RDA[is_digital]:
        yield Field(tag=tag, indicators="  ", subfields=(("a", term), ("b", code), ("2", source)))
    series = metadata.trade.series
    if series:
        issn: Subfields = (("x", series.issn),) if series.issn else ()
        number: Subfields = (("v", series.number),) if series.number else ()
        yield Field(tag="490", indicators="0 ", subfields=(("a", series.title), *issn, *number))


def _accessibility(publication: Publication) -> Iterator[Field]:
    """Fields 341 and 532: what was measured, in words of the schema.org vocabulary, and the summary."""
    statement = publication.accessibility
    if statement is None:
        return
    features = tuple(("b", FEATURES[claim]) for claim in statement.measured.earned if claim in FEATURES)
    yield Field(tag="341", indicators="0 ", subfields=(("a", "textual"), *features, ("2", "sapdv")))
    yield Field(tag="532", indicators="8 ", subfields=(("a", statement.summary),))


def _notes(metadata: Metadata) -> Iterator[Field]:
    if metadata.description:
        yield Field(tag="520", indicators="  ", subfields=(("a", metadata.description),))
    rights = metadata.rights
    if rights.statement:
        licence: Subfields = (("u", rights.licence_url),) if rights.licence_url else ()
        yield Field(tag="540", indicators="  ", subfields=(("a", rights.statement), *licence))


def _subjects(metadata: Metadata) -> Iterator[Field]:
    codes = (*((text, "thema") for text in metadata.trade.thema), *((text, "bisacsh") for text in metadata.trade.bisac))
    for code, scheme in codes:
        yield Field(tag="072", indicators=" 7", subfields=(("a", code), ("2", scheme)))
    for subject in metadata.subjects:
        yield Field(tag="653", indicators="  ", subfields=(("a", subject),))


def _add(metadata: Metadata) -> Iterator[Field]:
    main = _main(metadata)
    yield from (_person("700", contributor) for contributor in metadata.contributors if contributor is not main)


def _links(metadata: Metadata, others: tuple[tuple[SaleFormat, str], ...]) -> Iterator[Field]:
    """The other formats, and the web page."""
    for form, isbn in others:
        fields = (("i", "Available in another form:"), ("t", metadata.title), ("h", WORDS[form]), ("z", ean13(isbn)))
        yield Field(tag="776", indicators="08", subfields=fields)
    if metadata.trade.url:
        yield Field(tag="856", indicators="42", subfields=(("u", metadata.trade.url),))
