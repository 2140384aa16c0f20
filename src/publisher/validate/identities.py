"""Ids: each note, each agreement and each heading or figure that has one has its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.diagnostics import Diagnostic, Span
from publisher.model.block import Block, BlockQuote, DefinitionList, Figure, Heading, ListBlock
from publisher.model.edition import Edition
from publisher.model.publication import Role
from publisher.validate.parts import block_groups

TAKEN = re.compile(rf"{'|'.join(Role)}|p\d+")
"""The ids of sections and of numbered paragraphs."""


def identity_errors(edition: Edition) -> Iterator[Diagnostic]:
    """Return an error for each id that two notes, agreements, headings or figures have, or that is reserved."""
    yield from _repeats("N-001", "notes", ((note.id, note.span) for note in edition.notes))
    yield from _repeats("A-004", "agreements", ((entry.id, entry.span) for entry in edition.agreements))
    marked = tuple(place for blocks in block_groups(edition) for place in _marked(blocks))
    yield from _repeats("M-015", "headings or figures", marked)
    yield from (_is_taken(name, span) for name, span in marked if TAKEN.fullmatch(name))


def _is_taken(name: str, span: Span | None) -> Diagnostic:
    return Diagnostic(
        code="M-015",
        message=f"the id “{name}” is one that the book itself uses",
        span=span,
        hint=f"take another one, as {{#about-{name}}}",
    )


def _repeats(code: str, what: str, places: Iterable[tuple[str, Span | None]]) -> Iterator[Diagnostic]:
    first: dict[str, Span | None] = {}
    for name, span in places:
        if name in first:
            earlier = first[name]
            yield Diagnostic(
                code=code,
                message=f"two {what} have the id “{name}”",
                span=span,
                hint="give one of the two another id",
                related=() if earlier is None else (("first here", earlier),),
            )
        first.setdefault(name, span)


def _marked(blocks: Iterable[Block]) -> Iterator[tuple[str, Span | None]]:
    """The headings and figures that have an id."""
    for block in blocks:
        if isinstance(block, Heading | Figure) and block.id is not None:
            yield block.id, block.span
        elif isinstance(block, BlockQuote):
            yield from _marked(block.blocks)
        elif isinstance(block, ListBlock):
            for entry in block.entries:
                yield from _marked(entry)
        elif isinstance(block, DefinitionList):
            for definition in block.entries:
                for description in definition.descriptions:
                    yield from _marked(description)
