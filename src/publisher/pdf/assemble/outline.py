"""Bookmarks, from the contents (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from publisher.model.publication import ContentsEntry
from publisher.pdf.assemble.pdf_2 import structure_destination


def write_outline(
    pdf: pikepdf.Pdf,
    entries: tuple[ContentsEntry, ...],
    places: Mapping[str, Array],
    elements: Mapping[str, pikepdf.Object],
) -> None:
    """Gives the file its bookmarks and lets viewers show them; none where there are no contents.

    `places` are explicit destinations by the ids of elements. With `elements`, bookmarks lead to these as well.
    """
    if not entries:
        return
    with pdf.open_outline() as outline:
        outline.root.extend(_make(entries, places, elements))
    pdf.Root.PageMode = Name.UseOutlines


def _make(
    entries: Iterable[ContentsEntry], places: Mapping[str, Array], elements: Mapping[str, pikepdf.Object]
) -> list[OutlineItem]:
    """A bookmark for each entry that is on a page, with those below it."""
    made: list[OutlineItem] = []
    for entry in entries:
        id_ = entry.target_id if entry.target_id in places else entry.section_id
        place, element = places.get(id_), elements.get(id_)
        below = _make(entry.children, places, elements)
        if place is None:
            made += below
            continue
        bookmark = OutlineItem(entry.label, destination=place)
        if element is not None:
            action = Dictionary(S=Name.GoTo, D=place, SD=structure_destination(place, element))
            bookmark = OutlineItem(entry.label, action=action)
        bookmark.is_closed = True
        bookmark.children.extend(below)
        made.append(bookmark)
    return made
