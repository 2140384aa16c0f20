"""Ids: each note, each agreement and each heading or figure that has one has its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.diagnostics import Diagnostic, Span
from publisher.model.edition import Edition
from publisher.model.publication import Role
from publisher.validate.parts import block_groups, name_part

TAKEN = re.compile(rf"(?:{'|'.join(Role)})(?:-title)?|p\d+|text-\d+|page-(?:\d+|[ivxlcdm]+)|call\d*-.+|cover-page")
"""The ids of sections, numbered paragraphs, pages and calls."""
POSSIBLE = re.compile(r"[^\W\d][\w.-]*")
"""What XML allows as an id, without a colon: https://www.w3.org/TR/xml-names/#NT-NCName."""


def identity_errors(edition: Edition) -> Iterator[Diagnostic]:
    """Return an error for each id that two notes, agreements, headings or figures have, or that is reserved."""
    yield from _repeats("N-001", "notes", ((note.id, note.span) for note in edition.notes))
    yield from _repeats("A-004", "agreements or documents", ((entry.id, entry.span) for entry in edition.agreements))
    marked = tuple(place for blocks in block_groups(edition) for place in name_part(blocks))
    yield from _repeats("M-015", "places", marked)
    used = {
        *(matter.id for matter in (*edition.front, *edition.back)),
        *(f"note-{note.series}-{note.id}" for note in edition.notes),
        *(f"agreement-{agreement.id}" for agreement in edition.agreements),
        *(f"ref-{reference.key}" for reference in edition.references),
    }
    for name, span in marked:
        if TAKEN.fullmatch(name) or name in used:
            yield _is_taken(name, span)
        elif not POSSIBLE.fullmatch(name):
            yield _is_impossible(name, span)


def _is_taken(name: str, span: Span | None) -> Diagnostic:
    return Diagnostic(
        code="M-015",
        message=f"the id “{name}” is one that the book itself uses",
        span=span,
        hint=f"take another one, as {{#about-{name}}}",
    )


def _is_impossible(name: str, span: Span | None) -> Diagnostic:
    return Diagnostic(
        code="M-054",
        message=f"“{name}” cannot be an id",
        span=span,
        hint="begin it with a letter, and use letters, digits, hyphens, full stops and underscores: {#d1666-09-02}",
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
