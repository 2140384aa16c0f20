"""Bookmarks, from the contents (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pikepdf
from pikepdf import Array, Name, OutlineItem

from publisher.model.publication import ContentsEntry


def write_outline(pdf: pikepdf.Pdf, entries: tuple[ContentsEntry, ...], places: Mapping[str, Array]) -> None:
    """Gives the file its bookmarks and lets viewers show them; none where there are no contents.

    `places` are explicit destinations by the ids of elements.
    """
    if not entries:
        return
    with pdf.open_outline() as outline:
        outline.root.extend(_made(entries, places))
    pdf.Root.PageMode = Name.UseOutlines


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
