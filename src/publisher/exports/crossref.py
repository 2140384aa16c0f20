"""A deposit of a book with Crossref, schema 5.3.1 (https://www.crossref.org/documentation/schema-library/)."""

from __future__ import annotations

from lxml import etree

from publisher.diagnostics import Diagnostic, PublisherError, Source, Span
from publisher.exports.products import key_span
from publisher.exports.xml import child, document, root
from publisher.model.publication import Metadata, Publication
from publisher.model.rendition import Artifact
from publisher.model.settings import Contributor
from publisher.model.trade import SaleFormat, ean13

VERSION = "5.3.1"
NAMESPACE = f"http://www.crossref.org/schema/{VERSION}"
SCHEMA = f"{NAMESPACE} https://www.crossref.org/schemas/crossref{VERSION}.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ROLES = {
    **dict.fromkeys(("aut", "att", "cre", "dub"), "author"),
    "edt": "editor",
    "red": "editor",
    "trl": "translator",
}
"""MARC relator codes of those whom a deposit can name."""
CLOSED = {"author": "monograph", "editor": "edited_book"}


def crossref(publication: Publication, *, settings: Source) -> Artifact:
    """The deposit of a publication.

    Raises `PublisherError` (U-005) with each fact that Crossref demands and the settings do not have.
    """
    metadata = publication.metadata
    missing = _missing(metadata, settings)
    if missing:
        raise PublisherError(*missing)
    batch = root("doi_batch", NAMESPACE, others={"xsi": XSI})
    batch.set("version", VERSION)
    batch.set(f"{{{XSI}}}schemaLocation", SCHEMA)
    _head(batch, metadata)
    _book(child(batch, "body"), metadata)
    return Artifact(name=f"{publication.output.name}.crossref.xml", content=document(batch))


def _missing(metadata: Metadata, settings: Source) -> tuple[Diagnostic, ...]:
    trade = metadata.trade
    facts = (
        (trade.doi, "a DOI", "trade: {doi: 10.5555/…}"),
        (trade.url, "the web page that the DOI leads to", "trade: {url: https://…}"),
        (metadata.publisher, "the publisher", "publisher: … at the top level (institution: … in reader.yaml)"),
        (trade.contacts.email, "the address of the depositor", "trade: {contacts: {email: …}}"),
    )
    span = key_span(settings, "trade", "publisher", "institution")
    return tuple(_lacking(name, words, span) for fact, name, words in facts if not fact)


def _lacking(name: str, words: str, span: Span) -> Diagnostic:
    message = f"a deposit with Crossref needs {name}, and there is none"
    return Diagnostic(code="U-005", message=message, span=span, hint=f"add {words}")


def _head(batch: etree._Element, metadata: Metadata) -> None:
    head, contacts = child(batch, "head"), metadata.trade.contacts
    moment = "".join(text for text in metadata.modified if text.isdigit())
    child(head, "doi_batch_id", f"{metadata.identifier}.{moment}")
    child(head, "timestamp", moment)
    depositor = child(head, "depositor")
    child(depositor, "depositor_name", contacts.name or metadata.publisher)
    child(depositor, "email_address", contacts.email)
    child(head, "registrant", metadata.publisher)


def _book(body: etree._Element, metadata: Metadata) -> None:
    roles = {ROLES.get(contributor.role) for contributor in metadata.contributors}
    kind = next((CLOSED[role] for role in ("author", "editor") if role in roles), "other")
    series = metadata.trade.series
    has_issn = series is not None and series.issn is not None
    book = child(body, "book", book_type=kind)
    part = child(book, "book_series_metadata" if has_issn else "book_metadata", language=_primary(metadata.language))
    if series is not None and series.issn:
        set_ = child(part, "series_metadata")
        child(child(set_, "titles"), "title", series.title)
        child(set_, "issn", series.issn)
    _contributors(part, metadata.contributors)
    titles = child(part, "titles")
    child(titles, "title", metadata.title)
    if metadata.subtitle:
        child(titles, "subtitle", metadata.subtitle)
    if has_issn and series is not None and series.number:
        child(part, "volume", series.number)
    _with_date(part, metadata.date)
    _isbns(part, metadata)
    publisher = child(part, "publisher")
    child(publisher, "publisher_name", metadata.publisher)
    if metadata.place:
        child(publisher, "publisher_place", metadata.place)
    data = child(part, "doi_data")
    child(data, "doi", metadata.trade.doi)
    child(data, "resource", metadata.trade.url)


def _primary(tag: str) -> str:
    """The language without script and region, as Crossref takes it."""
    return tag.partition("-")[0].lower()


def _contributors(part: etree._Element, people: tuple[Contributor, ...]) -> None:
    named = tuple(contributor for contributor in people if contributor.role in ROLES)
    if not named:
        return
    contributors = child(part, "contributors")
    for number, person in enumerate(named):
        place = {"sequence": "first" if number == 0 else "additional", "contributor_role": ROLES[person.role]}
        family, _, given = (text.strip() for text in person.sort.partition(","))
        is_divided = bool(given) and person.name == f"{given} {family}"
        if not is_divided and not person.orcid and " " in person.name:
            child(contributors, "organization", person.name, **place)
            continue
        made = child(contributors, "person_name", **place)
        if is_divided:
            child(made, "given_name", given)
        child(made, "surname", family if is_divided else person.name)
        if person.orcid:
            child(made, "ORCID", f"https://orcid.org/{person.orcid}")


def _with_date(part: etree._Element, date: str) -> None:
    year, *rest = date.split("-")
    published = child(part, "publication_date", media_type="online")
    for name, value in zip(("month", "day"), rest, strict=False):
        child(published, name, value)
    child(published, "year", year)


def _isbns(part: etree._Element, metadata: Metadata) -> None:
    """Each ISBN with its medium, else that there is none."""
    listed = {ean13(item.text): item.format for item in metadata.trade.isbns}
    if metadata.isbn:
        listed.setdefault(ean13(metadata.isbn), SaleFormat.PRINT if listed else SaleFormat.EPUB)
    for isbn, form in sorted(listed.items(), key=lambda pair: pair[0]):
        child(part, "isbn", isbn, media_type="print" if form is SaleFormat.PRINT else "electronic")
    if not listed:
        child(part, "noisbn", reason="monograph")
