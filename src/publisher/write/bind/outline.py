"""Bookmarks, from the contents (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Name, OutlineItem

from publisher.model.publication import ContentsEntry
from publisher.write.bind.content import PageContent
from publisher.write.bind.structure import Node

_PIXEL = 0.75
_ABOVE = 16.0
"""Points above the first line, so that it is seen whole."""


def write_outline(
    pdf: pikepdf.Pdf, entries: tuple[ContentsEntry, ...], document: Node, contents: tuple[PageContent, ...]
) -> None:
    """Replaces the bookmarks of the file and lets viewers show them; none where there are no contents."""
    places = _places(document, contents)
    with pdf.open_outline() as outline:
        outline.root.clear()
        outline.root.extend(_made(entries, places))
    if entries:
        pdf.Root.PageMode = Name.UseOutlines
    elif "/Outlines" in pdf.Root:
        del pdf.Root.Outlines


def _made(entries: Iterable[ContentsEntry], places: Mapping[str, Array]) -> list[OutlineItem]:
    """A bookmark for each entry that is on a page, with those below it."""
    made: list[OutlineItem] = []
    for entry in entries:
        place = places.get(entry.target_id) or places.get(entry.section_id)
        below = _made(entry.children, places)
        if place is None:
            made += below
            continue
        bookmark = OutlineItem(entry.label, destination=place)
        bookmark.is_closed = True
        bookmark.children.extend(below)
        made.append(bookmark)
    return made


def _places(document: Node, contents: tuple[PageContent, ...]) -> dict[str, Array]:
    """Where each element with an id begins: its first sequence."""
    places: dict[str, Array] = {}
    for node in document.walk():
        id_ = node.origin.id if node.origin else None
        mark = next(node.marks(), None) if id_ and id_ not in places else None
        if id_ and mark:
            places[id_] = _destination(contents[mark.page], mark.mcid)
    return places


def _destination(content: PageContent, mcid: int) -> Array:
    """The page, scrolled to a line; the page as it is where the sequence is no text."""
    sequence = content.sequences.get(mcid)
    at = sequence.at if sequence else None
    top: Any = None if at is None else round(content.height - at[1] * _PIXEL + _ABOVE, 2)
    return Array([content.page.obj, Name.XYZ, 0, top, None])
