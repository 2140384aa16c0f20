"""An edition taken apart: its documents, its inlines, its files."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Source
from publisher.model.agreement import Agreement
from publisher.model.block import Block
from publisher.model.edition import Edition
from publisher.model.inline import Inline
from publisher.model.text import Text
from publisher.model.walk import inlines_of, nested


def texts(edition: Edition) -> Iterator[Text]:
    """The text, then front and back matter."""
    yield edition.text
    for matter in (*edition.front, *edition.back):
        yield matter.text


def block_groups(edition: Edition) -> Iterator[tuple[Block, ...]]:
    """The blocks of every document, footnote, note, agreement and provision."""
    for text in texts(edition):
        yield text.blocks
        for footnote in text.footnotes:
            yield footnote.blocks
    for note in edition.notes:
        yield note.blocks
    for agreement in edition.agreements:
        yield agreement.blocks
        for provision in agreement.provisions:
            yield provision.blocks


def every_inline(edition: Edition) -> Iterator[Inline]:
    """Every inline of the edition, wherever it stands, once."""
    for text in texts(edition):
        yield from nested(text.title)
    for blocks in block_groups(edition):
        yield from inlines_of(blocks)
    for agreement in edition.agreements:
        yield from _fields(agreement)


def _fields(agreement: Agreement) -> Iterator[Inline]:
    for field in (
        agreement.parties,
        agreement.kind,
        agreement.force_note,
        agreement.document,
        agreement.published,
        agreement.date_note,
        *(provision.label for provision in agreement.provisions),
    ):
        yield from nested(field)


def sources(edition: Edition) -> tuple[Source, ...]:
    """Every file that holds words of the edition, once."""
    found = [edition.settings.source, *(text.source for text in texts(edition))]
    found += [note.span.source for note in edition.notes]
    found += [agreement.span.source for agreement in edition.agreements]
    found += [reference.span.source for reference in edition.references]
    found += [edition.cover.blurb_source] if edition.cover.blurb_source else []
    return tuple({source.name: source for source in found}.values())
