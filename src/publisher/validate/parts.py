"""An edition taken apart: its documents, its inlines, its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.diagnostics import Source, Span
from publisher.model.agreement import Agreement
from publisher.model.block import Block, BlockQuote, CodeBlock, DefinitionList, ListBlock, ThematicBreak
from publisher.model.edition import Edition
from publisher.model.inline import Inline, LineBreak
from publisher.model.text import Text
from publisher.model.walk import blocks_of, inlines_of, leaves, lines, nest, place_ids


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
    """Every inline of the edition, wherever it is, once."""
    for text in texts(edition):
        yield from nest(text.title)
    for blocks in block_groups(edition):
        yield from inlines_of(blocks)
    for agreement in edition.agreements:
        yield from _fields(agreement)


def name_part(blocks: Iterable[Block]) -> Iterator[tuple[str, Span | None]]:
    """The ids that an editor gave to blocks and to words in them, with their places."""
    for block in blocks_of(blocks):
        name = None if isinstance(block, ListBlock | ThematicBreak) else block.id
        if name:
            yield name, _span_of(block)
    for line in lines(blocks):
        if not isinstance(line, CodeBlock):
            first = next((leaf.span for leaf in leaves(line) if not isinstance(leaf, LineBreak) and leaf.span), None)
            for name, words in place_ids(nest(line)):
                own = (leaf.span for leaf in leaves(words.children) if not isinstance(leaf, LineBreak) and leaf.span)
                yield name, next(own, first)


def _span_of(block: Block) -> Span | None:
    """Where a block is in its source, as far as it is known."""
    match block:
        case BlockQuote() | DefinitionList() | ListBlock() | ThematicBreak():
            return None
        case _:
            return block.span


def _fields(agreement: Agreement) -> Iterator[Inline]:
    for field in (
        *agreement.facts,
        *(provision.label for provision in agreement.provisions),
    ):
        yield from nest(field)


def sources(edition: Edition) -> tuple[Source, ...]:
    """Every file that holds words of the edition, once."""
    found = [edition.settings.source, *(file for text in texts(edition) for file in text.source.files)]
    found += [note.span.source for note in edition.notes]
    found += [agreement.span.source for agreement in edition.agreements]
    found += [part.span.source for agreement in edition.agreements for part in agreement.provisions]
    found += [reference.span.source for reference in edition.references]
    found += [edition.cover.blurb_source] if edition.cover.blurb_source else []
    return tuple({source.name: source for source in found}.values())
