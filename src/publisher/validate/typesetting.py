"""What `typesetting` names: paragraphs and pictures that the volume has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.diagnostics import Diagnostic, Span
from publisher.model.block import Block, Figure, ListBlock, ThematicBreak
from publisher.model.publication import Publication
from publisher.model.walk import blocks_of
from publisher.selectors.names import KnownNames


def typesetting_faults(publication: Publication) -> Iterator[Diagnostic]:
    """E-022 for each paragraph, and each picture, that the volume does not have."""
    wanted = publication.typesetting
    if not (wanted.tracking or wanted.page_breaks or wanted.pictures):
        return
    blocks = [block for section in publication.sections for block in blocks_of(section.blocks)]
    blocks += [block for section in publication.sections for note in section.notes for block in blocks_of(note.blocks)]
    named = tuple(block.id for block in blocks if not isinstance(block, ListBlock | ThematicBreak) and block.id)
    sections = tuple(section.id for section in publication.sections)
    ids, paths = KnownNames((*named, *sections)), KnownNames(tuple({figure.path for figure in _figures(blocks)}))
    places = (
        *((tracking.id, tracking.span) for tracking in wanted.tracking),
        *((paged_element.id, paged_element.span) for paged_element in wanted.page_breaks),
    )
    for name, span in places:
        if name not in ids:
            yield _unknown("paragraph", name, span, ids)
    for picture in wanted.pictures:
        if picture.path not in paths:
            yield _unknown("picture", picture.path, picture.span, paths)


def _figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    return (block for block in blocks if isinstance(block, Figure))


def _unknown(what: str, name: str, span: Span | None, known: KnownNames) -> Diagnostic:
    otherwise = (
        "paragraph 12 of the text is p12; publisher proof names the others"
        if what == "paragraph"
        else "name the file as the text does"
    )
    return Diagnostic(
        code="E-022",
        message=f"the volume has no {what} “{name}”",
        span=span,
        hint=known.hint(name, otherwise=otherwise),
    )
