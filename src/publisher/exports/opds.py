"""Catalogues that reading systems open: OPDS 2.0 in JSON and OPDS 1.2 in Atom, of one publication.

https://drafts.opds.io/opds-2.0, https://specs.opds.io/opds-1.2
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from publisher.exports.xml import child, document, root
from publisher.model.profile import Profile, file_name
from publisher.model.publication import Metadata, Publication
from publisher.model.rendition import Artifact
from publisher.model.settings import Contributor
from publisher.model.target import Format
from publisher.model.trade import Price, SaleFormat, ean13

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/terms/"
OPDS = "http://opds-spec.org/2010/catalog"
OPEN, BUY = "http://opds-spec.org/acquisition/open-access", "http://opds-spec.org/acquisition/buy"
EPUB_TYPE, PDF_TYPE = "application/epub+zip", "application/pdf"
ENTRY_TYPE = "application/atom+xml;profile=opds-catalog;kind=acquisition"
ROLES = {
    **dict.fromkeys(("aut", "att", "cre", "dub"), "author"),
    "edt": "editor",
    "ill": "illustrator",
    "trl": "translator",
}


def opds(publication: Publication, *, properties: tuple[tuple[str, str], ...]) -> tuple[Artifact, Artifact]:
    """Both catalogues; links are names of files in the same folder, which a server is given with them."""
    name = publication.output.name
    feed = json.dumps(_feed(publication, properties), ensure_ascii=False, indent=2) + "\n"
    return (
        Artifact(name=f"{name}.opds.json", content=feed.encode()),
        Artifact(name=f"{name}.opds.xml", content=document(_atom(publication))),
    )


def _acquisitions(publication: Publication) -> Iterator[tuple[str, str, tuple[Price, ...]]]:
    """Name, media type and prices of each file that can be had."""
    name, prices = publication.output.name, publication.metadata.trade.prices
    files = (
        (Format.EPUB, SaleFormat.EPUB, f"{name}.epub", EPUB_TYPE),
        (Format.PDF, SaleFormat.PDF, file_name(name, Profile.SCREEN), PDF_TYPE),
    )
    for built, sold, file, media_type in files:
        if built in publication.output.formats:
            own = tuple(price for price in prices if price.format is sold)
            paid = tuple(price for price in own or prices if price.format in (sold, None) and not price.is_free)
            yield file, media_type, paid


def _feed(publication: Publication, properties: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    metadata = publication.metadata
    name = publication.output.name
    links = [_link(file, media_type, prices, metadata) for file, media_type, prices in _acquisitions(publication)]
    entry: dict[str, Any] = {
        "metadata": _metadata(metadata, properties),
        "links": links,
    }
    return {
        "metadata": {"title": metadata.title, "modified": metadata.modified, "numberOfItems": 1},
        "links": [{"rel": "self", "href": f"{name}.opds.json", "type": "application/opds+json"}],
        "publications": [entry],
    }


def _link(file: str, media_type: str, prices: tuple[Price, ...], metadata: Metadata) -> dict[str, Any]:
    """Where a file is had: at the page of the book if it has a price, else in the same folder."""
    if not prices:
        return {"rel": OPEN, "href": file, "type": media_type}
    page, cost = metadata.trade.url, {"value": float(prices[0].amount), "currency": prices[0].currency}
    if not page:
        return {"rel": BUY, "href": file, "type": media_type, "properties": {"price": cost}}
    indirect = {"indirectAcquisition": [{"type": media_type}]}
    return {"rel": BUY, "href": page, "type": "text/html", "properties": {**indirect, "price": cost}}


def _metadata(metadata: Metadata, properties: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    isbn = metadata.isbn_of(SaleFormat.EPUB)
    people: dict[str, list[dict[str, Any]]] = {}
    for contributor in metadata.contributors:
        people.setdefault(ROLES.get(contributor.role, "contributor"), []).append(_person(contributor))
    series = metadata.trade.series
    value: dict[str, Any] = {
        "@type": "http://schema.org/Book",
        "identifier": f"urn:isbn:{ean13(isbn)}" if isbn else metadata.identifier,
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        **people,
        "language": metadata.language,
        "publisher": metadata.publisher,
        "published": metadata.date if len(metadata.date) == 10 else None,
        "modified": metadata.modified,
        "description": metadata.description,
        "subject": [*metadata.subjects, *_codes(metadata)],
        "belongsTo": {"series": _series(series.title, series.number)} if series else None,
        "accessibility": _accessibility(properties),
    }
    return {name: item for name, item in value.items() if item}


def _person(person: Contributor) -> dict[str, Any]:
    orcid = {"identifier": f"https://orcid.org/{person.orcid}"} if person.orcid else {}
    return {"name": person.name, "sortAs": person.sort, **orcid}


def _codes(metadata: Metadata) -> Iterator[dict[str, str]]:
    schemes = (("https://ns.editeur.org/thema/", metadata.trade.thema), ("https://www.bisg.org/", metadata.trade.bisac))
    for scheme, codes in schemes:
        yield from ({"name": code, "code": code, "scheme": scheme} for code in codes)


def _series(title: str, number: str | None) -> dict[str, Any]:
    position = {"position": int(number)} if number and number.isdecimal() else {}
    return {"name": title, **position}


def _accessibility(properties: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The measured claims, in the form of the Readium Web Publication Manifest."""
    found: dict[str, Any] = {}
    for name, value in properties:
        key = name.partition(":")[2]
        if key in ("accessMode", "accessibilityFeature", "accessibilityHazard"):
            short = {"accessMode": "accessMode", "accessibilityFeature": "feature", "accessibilityHazard": "hazard"}[
                key
            ]
            found.setdefault(short, []).append(value)
        elif key == "accessModeSufficient":
            modes = value.split(",")
            found.setdefault(key, []).append(modes[0] if len(modes) == 1 else modes)
        elif key == "accessibilitySummary":
            found["summary"] = value
        elif key == "certifiedBy":
            found["certification"] = {"certifiedBy": value}
    return found


def _atom(publication: Publication) -> etree._Element:
    metadata = publication.metadata
    name = f"{publication.output.name}.opds.xml"
    feed = root("feed", ATOM, others={"dc": DC, "opds": OPDS})
    child(feed, "id", f"{metadata.identifier}#opds")
    child(feed, "title", metadata.title)
    child(feed, "updated", metadata.modified)
    _authors(feed, metadata)
    for relation in ("self", "start"):
        child(feed, "link", rel=relation, href=name, type=ENTRY_TYPE)
    entry = child(feed, "entry")
    child(entry, "id", metadata.identifier)
    child(entry, "title", metadata.title)
    child(entry, "updated", metadata.modified)
    _authors(entry, metadata)
    child(entry, f"{{{DC}}}language", metadata.language)
    child(entry, f"{{{DC}}}issued", metadata.date)
    isbn = metadata.isbn_of(SaleFormat.EPUB)
    child(entry, f"{{{DC}}}identifier", f"urn:isbn:{ean13(isbn)}" if isbn else metadata.identifier)
    if metadata.publisher:
        child(entry, f"{{{DC}}}publisher", metadata.publisher)
    if metadata.rights.statement:
        child(entry, "rights", metadata.rights.statement)
    if metadata.description:
        child(entry, "summary", metadata.description, type="text")
    for subject in metadata.subjects:
        child(entry, "category", term=subject, label=subject)
    for code in _codes(metadata):
        child(entry, "category", term=code["code"], label=code["name"], scheme=code["scheme"])
    for file, media_type, prices in _acquisitions(publication):
        _atom_link(entry, file, media_type, prices, metadata)
    return feed


def _authors(parent: etree._Element, metadata: Metadata) -> None:
    leading = [item for item in metadata.contributors if ROLES.get(item.role) == "author"] or metadata.contributors[:1]
    for contributor in leading:
        person = child(parent, "author")
        child(person, "name", contributor.name)
        if contributor.orcid:
            child(person, "uri", f"https://orcid.org/{contributor.orcid}")


def _atom_link(
    entry: etree._Element, file: str, media_type: str, prices: tuple[Price, ...], metadata: Metadata
) -> None:
    page = metadata.trade.url
    if not prices:
        child(entry, "link", rel=OPEN, href=file, type=media_type)
        return
    link = child(entry, "link", rel=BUY, href=page or file, type="text/html" if page else media_type)
    child(link, f"{{{OPDS}}}price", prices[0].amount, currencycode=prices[0].currency)
    if page:
        child(link, f"{{{OPDS}}}indirectAcquisition", type=media_type)
