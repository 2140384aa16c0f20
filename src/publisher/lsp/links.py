"""The names in a file that lead elsewhere: links to notes, agreements and documents, citations, headings of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from publisher.diagnostics import Source, Span

_LINK = re.compile(
    r"(?:\]\(|\{[^{}\n]*\bin=\"?)(note|agreement|document):([A-Za-z0-9._-]+)(?:#([A-Za-z0-9._-]+))?(?=[)\"\s}])"
)
_CITED = re.compile(r"(?<![\w.])@\{?([A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*[A-Za-z0-9_/])?)")
_HEADING = re.compile(r"^## +([A-Za-z0-9][A-Za-z0-9-]*)", re.MULTILINE)


class Target(StrEnum):
    """What a name is the name of."""

    NOTE = "note"
    AGREEMENT = "agreement"
    """Or a document, which is read as an agreement is."""
    PROVISION = "provision"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name with its place."""

    target: Target
    id: str
    span: Span
    of: str = ""
    """The agreement of a provision."""
    defines: bool = False
    """Whether it is the heading of the note itself."""


def names(source: Source, *, notes: bool) -> Iterator[Name]:
    """The names in a Markdown file; `notes` says whether its second-level headings are those of notes."""
    if notes:
        for found in _HEADING.finditer(source.text):
            yield Name(target=Target.NOTE, id=found[1], span=source.span(*found.span(1)), defines=True)
    for found in _LINK.finditer(source.text):
        target = Target.NOTE if found[1] == "note" else Target.AGREEMENT
        yield Name(target=target, id=found[2], span=source.span(*found.span(2)))
        if found[3]:
            yield Name(target=Target.PROVISION, id=found[3], of=found[2], span=source.span(*found.span(3)))
    for found in _CITED.finditer(source.text):
        yield Name(target=Target.REFERENCE, id=found[1], span=source.span(*found.span(1)))


def name_at(source: Source, offset: int, *, notes: bool) -> Name | None:
    """The name at an offset; None if there is none."""
    return next((name for name in names(source, notes=notes) if name.span.start <= offset <= name.span.end), None)
