"""Where names lead, where they are used, and what a new name changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from publisher.diagnostics import Source, Span
from publisher.lsp.analysis import Analysis
from publisher.lsp.hover import anchors_at
from publisher.lsp.links import Name, Target, name_at, names
from publisher.lsp.positions import path_of_source

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
"""What the id of a note can be."""
KEY = re.compile(r"[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*[A-Za-z0-9_/])?")
"""What the key of a reference can be."""


class NotRenamed(Exception):
    """Why a name cannot be given another one, in a sentence."""


def definitions(analysis: Analysis, source: Source, offset: int) -> tuple[Span, ...]:
    """Where the name at an offset is defined; of a lemma its words in the text, of words in the text their notes."""
    path = path_of_source(source)
    found = name_at(source, offset, notes=is_notes_file(analysis, path))
    if found is not None and not found.defines:
        return _define(analysis, found)
    for placed in analysis.anchors:
        span = placed.anchor.span
        if path_of_source(span.source) == path and span.start <= offset <= span.end:
            return (placed.span,)
    return tuple(anchor.anchor.note.span for anchor in anchors_at(analysis, path, offset))


def _define(analysis: Analysis, name: Name) -> tuple[Span, ...]:
    match name.target:
        case Target.NOTE:
            return tuple(note.span for note in analysis.notes if note.id == name.id)
        case Target.AGREEMENT:
            return tuple(agreement.span for agreement in analysis.agreements if agreement.id == name.id)
        case Target.PROVISION:
            agreements = (agreement for agreement in analysis.agreements if agreement.id == name.of)
            return tuple(part.span for agreement in agreements for part in agreement.provisions if part.id == name.id)
        case Target.REFERENCE:
            return tuple(
                reference.span for reference in analysis.references if name.id in (reference.key, *reference.aliases)
            )


def uses(analysis: Analysis, sources: Iterable[Source], name: Name) -> Iterator[Span]:
    """Every place in Markdown files that has the same name, the heading of a note among them."""
    for source in sources:
        for item in names(source, notes=is_notes_file(analysis, path_of_source(source))):
            if (item.target, item.id, item.of) == (name.target, name.id, name.of):
                yield item.span


def rename_edits(analysis: Analysis, sources: Iterable[Source], name: Name, new: str) -> tuple[Span, ...]:
    """The spans to replace by a new id of a note, or a new key of a reference.

    Raises `NotRenamed` if the name is another one's, is none, or is one that only a file name can change.
    """
    if name.target is Target.NOTE:
        taken, form, what = {note.id for note in analysis.notes}, ID, "letters, digits and hyphens"
    elif name.target is Target.REFERENCE:
        taken, form, what = (
            {reference.key for reference in analysis.references},
            KEY,
            "letters, digits and punctuation without spaces",
        )
    else:
        raise NotRenamed("An agreement has the name of its file, a provision that in its heading: change it there.")
    if not form.fullmatch(new):
        raise NotRenamed(f"“{new}” is no such name: write {what}.")
    if new in taken and new != name.id:
        raise NotRenamed(f"“{new}” is the name of another one.")
    found = tuple(uses(analysis, sources, name))
    if name.target is Target.REFERENCE:
        found += _record_keys(analysis, name.id)
    return found


def _record_keys(analysis: Analysis, key: str) -> tuple[Span, ...]:
    """The key in the record of a reference, without its quotation marks. Raises `NotRenamed` if it is not found."""
    for reference in analysis.references:
        if reference.key == key:
            text = reference.span.source.text
            found = re.compile(rf'(?<=["{{,\s]){re.escape(key)}(?=["\s,])').search(text, reference.span.start)
            if found:
                return (reference.span.source.span(*found.span()),)
    raise NotRenamed(f"The record of “{key}” was not found; change its key there.")


def is_notes_file(analysis: Analysis, path: Path) -> bool:
    """Whether a file is one of a series of notes."""
    return any(path_of_source(note.span.source) == path for note in analysis.notes)
