"""The proof that a volume is the whole edition: every word that the editors wrote is printed in some section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.diagnostics import Diagnostic, Span
from publisher.model.block import Block, CodeBlock, Figure
from publisher.model.edition import Edition
from publisher.model.inline import Code, Inline, Run
from publisher.model.publication import Publication
from publisher.model.walk import blocks_of, leaves, lines
from publisher.verify.diagnose import HINT, excerpt

Inlines = tuple[Inline, ...]
Pieces = Iterable[tuple[str, Span]]


def whole_faults(edition: Edition, publication: Publication) -> Iterator[Diagnostic]:
    """Notes, agreements and words of the edition that no section of the publication prints."""
    placed = {note.note_id for section in publication.sections for note in section.notes}
    for note in edition.notes:
        if note.id not in placed:
            yield _fault(f"no section prints the note “{note.id}”", note.span)
    ids = {block.id for section in publication.sections for block in blocks_of(section.blocks) if hasattr(block, "id")}
    for agreement in edition.agreements:
        if not any(str(one).endswith(f"-{agreement.id}") for one in ids):
            yield _fault(f"no section prints the agreement “{agreement.id}”", agreement.span)
    printed = _covered(_printed(publication))
    for words, span in _written(edition):
        there = printed.get(id(span.source))
        if words.strip() and (there is None or 0 in there[span.start : span.end]):
            yield _fault(f"no section prints {excerpt(words, 0)}", span)


def _covered(pieces: Pieces) -> dict[int, bytearray]:
    """For each source which of its characters are printed."""
    covered: dict[int, bytearray] = {}
    for _, span in pieces:
        key = id(span.source)
        if key not in covered:
            covered[key] = bytearray(len(span.source.text))
        covered[key][span.start : span.end] = b"\1" * (span.end - span.start)
    return covered


def _printed(publication: Publication) -> Iterator[tuple[str, Span]]:
    for section in publication.sections:
        yield from _line(section.title)
        yield from _blocks(section.blocks)
        for note in section.notes:
            yield from _blocks(note.blocks)


def _written(edition: Edition) -> Iterator[tuple[str, Span]]:
    """Everything that editors wrote to be printed."""
    for text in (edition.text, *(matter.text for matter in (*edition.front, *edition.back))):
        yield from _line(text.title)
        yield from _blocks(text.blocks)
        for footnote in text.footnotes:
            yield from _blocks(footnote.blocks)
    for note in edition.notes:
        yield from _blocks(note.blocks)
    for agreement in edition.agreements:
        for line in (agreement.parties, agreement.kind, agreement.force_note, agreement.document, agreement.published):
            yield from _line(line)
        yield from _blocks(agreement.blocks)
        for provision in agreement.provisions:
            yield from _blocks(provision.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[tuple[str, Span]]:
    blocks = tuple(blocks)
    for line in lines(blocks):
        if not isinstance(line, CodeBlock):
            yield from _line(line)
    for block in blocks_of(blocks):
        if isinstance(block, CodeBlock | Figure) and block.span is not None:
            yield block.text if isinstance(block, CodeBlock) else block.alternative, block.span


def _line(line: Inlines) -> Iterator[tuple[str, Span]]:
    for leaf in leaves(line):
        if isinstance(leaf, Run | Code) and leaf.span is not None:
            yield leaf.text, leaf.span


def _fault(message: str, span: Span) -> Diagnostic:
    return Diagnostic(code="V-009", message=f"the volume is not the whole edition: {message}", span=span, hint=HINT)
