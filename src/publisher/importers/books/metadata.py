"""What the package document of a book says (EPUB 3.3, 5.5)."""

from __future__ import annotations

from dataclasses import replace

from publisher.importers.books.names import Element, words
from publisher.importers.document import Metadata


def book_metadata(root: Element, *, is_standard: bool) -> Metadata:
    """What the package document says (EPUB 3.3, 5.5)."""

    def said(name: str) -> tuple[str, ...]:
        return tuple(
            filter(None, (words(element) for element in root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")))
        )

    kinds = {
        str(element.get("refines"))[1:]: words(element)
        for element in root.iter("{*}meta")
        if element.get("property") == "title-type"
    }
    titles = [(kinds.get(str(element.get("id")), "main"), words(element)) for element in root.iter("{*}title")]
    sources = [text for text in said("source") if text.startswith("http")]
    return Metadata(
        title=next((title for kind, title in titles if kind == "main"), ""),
        subtitle=next((title for kind, title in titles if kind == "subtitle"), ""),
        authors=said("creator"),
        language=next(iter(said("language")), ""),
        publisher="" if is_standard else ", ".join(said("publisher")),
        description=" ".join(said("description")),
        subjects=said("subject"),
        url=next(iter(sources), ""),
        statement="From Standard Ebooks."
        if is_standard
        else " ".join(text for text in said("source") if text not in sources),
        rights=" ".join(said("rights")),
        rights_status="public-domain" if is_standard else "unknown",
    )


def own_metadata(root: Element) -> Metadata:
    """What the package document of an EPUB of this program says: its contributors with their roles, and two rights."""
    metadata = book_metadata(root, is_standard=False)
    roles = {
        str(element.get("refines"))[1:]: words(element)
        for element in root.iter("{*}meta")
        if element.get("property") == "role"
    }
    people = [
        element
        for name in ("creator", "contributor")
        for element in root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
    ]
    rights = [words(element) for element in root.iter("{http://purl.org/dc/elements/1.1/}rights")]
    date = next((words(element) for element in root.iter("{http://purl.org/dc/elements/1.1/}date")), "")
    return replace(
        metadata,
        contributors=tuple((words(person), roles.get(str(person.get("id")), "aut")) for person in people),
        rights=next(iter(rights), ""),
        apparatus=" ".join(rights[1:]),
        date=date,
    )
