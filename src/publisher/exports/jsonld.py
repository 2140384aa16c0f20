"""The edition as a book of schema.org in JSON-LD, with a work example for each format (https://schema.org/Book)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from publisher.model.publication import Metadata, Publication
from publisher.model.rendition import Artifact
from publisher.model.settings import Contributor
from publisher.model.target import Format
from publisher.model.trade import Availability, Price, SaleFormat, ean13

ROLES = {
    "author": ("aut", "att", "cre", "dub"),
    "editor": ("edt",),
    "translator": ("trl",),
    "illustrator": ("ill",),
}
FORMATS = {SaleFormat.EPUB: "EBook", SaleFormat.PDF: "EBook", SaleFormat.PRINT: "Paperback"}
MEDIA_TYPES = {SaleFormat.EPUB: "application/epub+zip", SaleFormat.PDF: "application/pdf"}
AVAILABILITY = {
    Availability.AVAILABLE: "InStock",
    Availability.FORTHCOMING: "PreOrder",
    Availability.OUT_OF_PRINT: "OutOfStock",
    Availability.WITHDRAWN: "Discontinued",
}
SINGLE = ("accessibilitySummary",)
"""The property of accessibility that has one value."""


def jsonld(publication: Publication, *, properties: tuple[tuple[str, str], ...]) -> Artifact:
    """The file; `properties` are those that the package document states of accessibility."""
    value = book(publication, properties=properties)
    content = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False, indent=2) + "\n"
    return Artifact(name=f"{publication.output.name}.jsonld", content=content.encode())


def book(publication: Publication, *, properties: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The edition as an object."""
    metadata = publication.metadata
    trade = metadata.trade
    series = trade.series
    value: dict[str, Any] = {
        "@type": "Book",
        "@id": f"https://doi.org/{trade.doi}" if trade.doi else metadata.identifier,
        "name": metadata.title,
        "alternativeHeadline": metadata.subtitle,
        "url": trade.url,
        "inLanguage": metadata.language,
        "datePublished": metadata.date,
        "bookEdition": metadata.statement,
        "description": metadata.description,
        "keywords": [*metadata.subjects],
        "about": [*_subjects(metadata)],
        **{role: _people(metadata, codes) for role, codes in ROLES.items()},
        "contributor": _others(metadata),
        "publisher": _publisher(metadata),
        "license": metadata.rights.licence_url,
        "isPartOf": _part(series.title, series.issn) if series else None,
        "position": series.number if series else None,
        "workExample": [*_examples(publication, properties)],
    }
    return {name: item for name, item in value.items() if item}


def _subjects(metadata: Metadata) -> Iterator[dict[str, str]]:
    for scheme, codes in (("Thema", metadata.trade.thema), ("BISAC", metadata.trade.bisac)):
        yield from ({"@type": "DefinedTerm", "inDefinedTermSet": scheme, "termCode": code} for code in codes)


def _people(metadata: Metadata, roles: tuple[str, ...]) -> list[dict[str, str]]:
    return [_person(contributor) for contributor in metadata.contributors if contributor.role in roles]


def _others(metadata: Metadata) -> list[dict[str, str]]:
    known = {code for codes in ROLES.values() for code in codes}
    return [_person(contributor) for contributor in metadata.contributors if contributor.role not in known]


def _person(person: Contributor) -> dict[str, str]:
    orcid = {"sameAs": f"https://orcid.org/{person.orcid}"} if person.orcid else {}
    return {"@type": "Person", "name": person.name, **orcid}


def _publisher(metadata: Metadata) -> dict[str, Any] | None:
    if not metadata.publisher:
        return None
    contacts = metadata.trade.contacts
    email = {"email": contacts.email} if contacts.email else {}
    return {"@type": "Organization", "name": metadata.publisher, **email}


def _part(title: str, issn: str | None) -> dict[str, str]:
    return {"@type": "BookSeries", "name": title, **({"issn": issn} if issn else {})}


def _examples(publication: Publication, properties: tuple[tuple[str, str], ...]) -> Iterator[dict[str, Any]]:
    metadata = publication.metadata
    listed = metadata.trade.formats or tuple(item.format for item in metadata.trade.isbns)
    built = tuple(SaleFormat(item.value) for item in publication.output.formats if item is not Format.WEB)
    forms = listed or built
    for form in forms:
        isbn = metadata.isbn_of(form)
        own = [price for price in metadata.trade.prices if price.format in (form, None)]
        value: dict[str, Any] = {
            "@type": "Book",
            "isbn": ean13(isbn) if isbn and listed else None,
            "bookFormat": f"https://schema.org/{FORMATS[form]}",
            "encodingFormat": MEDIA_TYPES.get(form),
            "inLanguage": metadata.language,
            "offers": [_offer(price, metadata.trade.availability) for price in own],
            **(_accessibility(properties) if form is SaleFormat.EPUB else {}),
        }
        yield {name: item for name, item in value.items() if item}


def _accessibility(properties: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The measured claims, as the package document states them."""
    found: dict[str, Any] = {}
    for name, value in properties:
        prefix, _, key = name.partition(":")
        if prefix == "schema":
            found[key] = value if key in SINGLE else [*found.get(key, ()), value]
        elif name == "dcterms:conformsTo":
            found["accessibilityConformsTo"] = value
    sufficient = found.get("accessModeSufficient")
    if sufficient:
        found["accessModeSufficient"] = [
            {"@type": "ItemList", "itemListElement": item.split(",")} for item in sufficient
        ]
    return found


def _offer(price: Price, availability: Availability) -> dict[str, Any]:
    regions = {"eligibleRegion": [*price.territory]} if price.territory else {}
    return {
        "@type": "Offer",
        "price": price.amount,
        "priceCurrency": price.currency,
        "availability": f"https://schema.org/{AVAILABILITY[availability]}",
        **regions,
    }
