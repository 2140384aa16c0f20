"""What a page says of the edition to programs: `citation_*` tags and schema.org.

Google Scholar's tags, which Zotero reads as well: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing;
schema.org/Book and /Chapter as JSON-LD, https://schema.org/Book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from publisher.model.publication import Publication, Section

AUTHORS = ("aut", "att", "cre", "dub")
EDITORS = ("edt", "com")
TRANSLATORS = ("trl",)


def citation_tags(publication: Publication) -> tuple[tuple[str, str], ...]:
    """The `meta` elements of every page: name and content."""
    return tuple(_tags(publication))


def _tags(publication: Publication) -> Iterator[tuple[str, str]]:
    metadata = publication.metadata
    title = ": ".join(part for part in (metadata.title, metadata.subtitle) if part)
    yield "citation_title", title
    for contributor in metadata.contributors:
        if contributor.role in AUTHORS:
            yield "citation_author", contributor.sort
        elif contributor.role in EDITORS:
            yield "citation_editor", contributor.sort
    yield "citation_publication_date", metadata.date.replace("-", "/")
    yield "citation_language", metadata.language
    if metadata.publisher:
        yield "citation_publisher", metadata.publisher
    if metadata.isbn:
        yield "citation_isbn", metadata.isbn
    if metadata.description:
        yield "description", metadata.description


def linked_data(publication: Publication, section: Section | None) -> Mapping[str, Any]:
    """The edition as a book of schema.org; a page of a section is a part of it."""
    metadata = publication.metadata
    book: dict[str, Any] = {
        "@type": "Book",
        "name": metadata.title,
        "alternativeHeadline": metadata.subtitle,
        "identifier": metadata.identifier,
        "isbn": metadata.isbn,
        "inLanguage": metadata.language,
        "datePublished": metadata.date,
        "author": _people(publication, AUTHORS),
        "editor": _people(publication, EDITORS),
        "translator": _people(publication, TRANSLATORS),
        "publisher": {"@type": "Organization", "name": metadata.publisher} if metadata.publisher else None,
        "license": metadata.rights.licence_url,
    }
    book = {name: value for name, value in book.items() if value}
    if section is None:
        return {"@context": "https://schema.org", **book}
    return {
        "@context": "https://schema.org",
        "@type": "Chapter",
        "name": section.label,
        "inLanguage": section.language,
        "isPartOf": book,
    }


def _people(publication: Publication, roles: tuple[str, ...]) -> list[Mapping[str, str]]:
    people = (contributor for contributor in publication.metadata.contributors if contributor.role in roles)
    return [{"@type": "Person", "name": contributor.name} for contributor in people]
