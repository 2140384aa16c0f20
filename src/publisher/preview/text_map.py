"""What the page has to know of the text: its pages, where each line of a file is on them, and where notes come from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from publisher.model.block import Block
from publisher.model.publication import PlacedNote, Publication, Role
from publisher.model.walk import blocks_of, leaves, lines
from publisher.render.context import document_name
from publisher.workspace.files_made import write_made


def text_map(publication: Publication, known: set[str]) -> Mapping[str, Any]:
    """Return the pages of the web edition of a publication that have these paths, for the page of the preview."""
    return {
        "pages": [
            {"href": href, "label": item.label}
            for item in publication.sections
            if (href := page_path(item.id)) in known
        ],
        "places": [list(place) for place in _places(publication, known)],
        "notes": {
            note.id: origin for section in publication.sections for note in section.notes if (origin := _origin(note))
        },
        "series": [{"id": item.id, "title": item.title} for item in publication.series],
        "start": next(
            (href for item in publication.sections if item.role is Role.TEXT and (href := page_path(item.id)) in known),
            None,
        ),
        "title": publication.metadata.title,
    }


def page_path(section_id: str) -> str:
    """Return the path of the page of a section."""
    return f"text/{document_name(section_id).removesuffix('.xhtml')}.html"


def _places(publication: Publication, known: set[str]) -> Iterator[tuple[str, int, str, str]]:
    """File, line, page and element id of every block that comes from a file."""
    for section in publication.sections:
        href = page_path(section.id)
        if href not in known:
            continue
        for block in blocks_of(section.blocks):
            span, name = getattr(block, "span", None), getattr(block, "id", None)
            if span is None:
                span = _first_span((block,))
            if span is not None and name:
                yield span.source.name, span.source.position(span.start)[0], href, name
        for note in section.notes:
            span = _first_span(note.blocks)
            if span is not None:
                yield span.source.name, span.source.position(span.start)[0], href, note.id


def _first_span(blocks: Iterable[Block]) -> Any:
    for line in lines(blocks):
        for leaf in leaves(line) if isinstance(line, tuple) else ():
            span = getattr(leaf, "span", None)
            if span is not None:
                return span
    return None


def _origin(note: PlacedNote) -> Mapping[str, str] | None:
    """The file of a note and its id there; None for notes that have no file of their own."""
    span = _first_span(note.blocks)
    if span is None or not note.lemma:
        return None
    return {"file": span.source.name, "note": note.note_id}


def write_json(folder: Path, name: str, value: object) -> None:
    """Write a value for the page."""
    write_made(folder, ((name, json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")),))
