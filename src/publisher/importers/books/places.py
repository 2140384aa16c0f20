"""Links inside a book: the ids that they lead to, as names that hold in the whole edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from publisher.importers.books.names import Element, local, tokens
from publisher.importers.ids import edition_id
from publisher.importers.package import joined_path

Place = tuple[str, str]
"""The path of a document in the book, and an id in it; an empty one is its beginning."""


def place_of(href: str, here: str) -> Place | None:
    """Where a link leads to inside the book; None if it leads out of it, or nowhere."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
        return None
    path = joined_path(here, unquote(parts.path)) if parts.path else here
    return path, unquote(parts.fragment)


def linked_places(documents: Iterable[tuple[str, Element]]) -> Mapping[Place, str]:
    """A name for each place that a link leads to, but for calls of notes and ways back from them."""
    names: dict[Place, str] = {}
    taken: set[str] = set()
    for path, root in documents:
        for link in root.iter("{*}a"):
            if any(local(ancestor) == "nav" for ancestor in link.iterancestors()) or tokens(link) & {
                "noteref",
                "doc-noteref",
                "backlink",
                "doc-backlink",
                "note-call",
            }:
                continue
            place = place_of(str(link.get("href") or ""), path)
            if place is not None and place not in names:
                stem = PurePosixPath(place[0]).stem
                names[place] = edition_id(place[1] or stem, taken, otherwise=stem)
                taken.add(names[place])
    return names


def is_first(element: Element) -> bool:
    """Whether nothing with words precedes an element in its document."""
    while (parent := element.getparent()) is not None and local(element) != "body":
        before = element.getprevious()
        while before is not None:
            if "".join(map(str, before.itertext())).strip() or (before.tail or "").strip():
                return False
            before = before.getprevious()
        if (parent.text or "").strip():
            return False
        element = parent
    return True


def spine_of(root: Element, place: str) -> list[str]:
    """The documents in their order, those that hold notes too."""
    items = {str(element.get("id")): str(element.get("href")) for element in root.iter("{*}item")}
    order = [str(element.get("idref")) for element in root.iter("{*}itemref")]
    return [joined_path(place, items[text]) for text in order if text in items]
