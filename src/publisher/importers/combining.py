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
    parts = [_number(document, number) for number, document in enumerate(documents, 1)]
    return Document(
        blocks=tuple(
            block for number, document in enumerate(parts) for block in _below(document.blocks, is_first=not number)
        ),
        metadata=_metadata(tuple(document.metadata for document in documents)),
        footnotes=tuple(note for document in parts for note in document.footnotes),
        comments=tuple(note for document in parts for note in document.comments),
        pictures=tuple(picture for document in parts for picture in document.pictures),
        references=tuple(dict(record for document in documents for record in document.references).items()),
        entries=tuple(entry for document in parts for entry in document.entries),
    )


def _metadata(given: tuple[Metadata, ...]) -> Metadata:
    authors = tuple(dict.fromkeys(name for metadata in given for name in metadata.authors))
    return replace(given[0], authors=authors)


def _below(blocks: tuple[Block, ...], *, is_first: bool) -> Iterator[Block]:
    for block in blocks:
        yield replace(block, level=2) if not is_first and isinstance(block, Heading) and block.level == 1 else block


def _number(document: Document, number: int) -> Document:
    """The document with labels, pictures and comments that no other one has."""

    def piece(item: Piece) -> Piece:
        if isinstance(item, Call):
            return Call(label=f"{number}-{item.label}")
        return replace(item, comment=f"{number}-{item.comment}") if isinstance(item, Point) else item

    def line(given: Line) -> Line:
        return tuple(map(piece, given))

    def named(name: str) -> str:
        return re.sub(r"^images/", f"images/{number}-", name)

    def pictures(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(pictured, rename(blocks, lambda name: f"d{number}-{name}")))

    def pictured(block: Block) -> Block:
        if isinstance(block, Part):
            return replace(block, blocks=tuple(map(pictured, block.blocks)))
        return replace(block, file=named(block.file)) if isinstance(block, Picture) else block

    return replace(
        document,
        blocks=pictures(map_blocks(document.blocks, line)),
        footnotes=tuple(
            replace(footnote, label=f"{number}-{footnote.label}", blocks=map_blocks(footnote.blocks, line))
            for footnote in document.footnotes
        ),
        comments=tuple(
            replace(comment, id=f"{number}-{comment.id}", parent=comment.parent and f"{number}-{comment.parent}")
            for comment in document.comments
        ),
        pictures=tuple((named(name), content) for name, content in document.pictures),
        entries=tuple(replace(entry, where=f"file {number}, {entry.where}") for entry in document.entries),
    )
