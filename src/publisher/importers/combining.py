"""Several documents as one, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from publisher.importers.document import Block, Call, Document, Heading, Line, Metadata, Part, Picture, Piece, Point
from publisher.importers.mapping import map_blocks, rename


def combine(documents: tuple[Document, ...]) -> Document:
    """One document of several: the first says what the whole is called, and the titles of the others are headings."""
    if len(documents) == 1:
        return documents[0]
    parts = [_number(one, number) for number, one in enumerate(documents, 1)]
    return Document(
        blocks=tuple(block for number, one in enumerate(parts) for block in _below(one.blocks, is_first=not number)),
        metadata=_metadata(tuple(one.metadata for one in documents)),
        footnotes=tuple(note for one in parts for note in one.footnotes),
        comments=tuple(note for one in parts for note in one.comments),
        pictures=tuple(picture for one in parts for picture in one.pictures),
        references=tuple(dict(record for one in documents for record in one.references).items()),
        entries=tuple(entry for one in parts for entry in one.entries),
    )


def _metadata(given: tuple[Metadata, ...]) -> Metadata:
    authors = tuple(dict.fromkeys(name for one in given for name in one.authors))
    return replace(given[0], authors=authors)


def _below(blocks: tuple[Block, ...], *, is_first: bool) -> Iterator[Block]:
    for block in blocks:
        yield replace(block, level=2) if not is_first and isinstance(block, Heading) and block.level == 1 else block


def _number(document: Document, number: int) -> Document:
    """The document with labels, pictures and comments that no other one has."""

    def piece(one: Piece) -> Piece:
        if isinstance(one, Call):
            return Call(label=f"{number}-{one.label}")
        return replace(one, comment=f"{number}-{one.comment}") if isinstance(one, Point) else one

    def line(given: Line) -> Line:
        return tuple(map(piece, given))

    def named(name: str) -> str:
        return re.sub(r"^images/", f"images/{number}-", name)

    def pictures(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(pictured, rename(blocks, lambda name: f"d{number}-{name}")))

    def pictured(one: Block) -> Block:
        if isinstance(one, Part):
            return replace(one, blocks=tuple(map(pictured, one.blocks)))
        return replace(one, file=named(one.file)) if isinstance(one, Picture) else one

    return replace(
        document,
        blocks=pictures(map_blocks(document.blocks, line)),
        footnotes=tuple(
            replace(one, label=f"{number}-{one.label}", blocks=map_blocks(one.blocks, line))
            for one in document.footnotes
        ),
        comments=tuple(
            replace(one, id=f"{number}-{one.id}", parent=one.parent and f"{number}-{one.parent}")
            for one in document.comments
        ),
        pictures=tuple((named(name), content) for name, content in document.pictures),
        entries=tuple(replace(one, where=f"file {number}, {one.where}") for one in document.entries),
    )
