"""What is shown of the words at the pointer: the note about them, what a name leads to, what a key means."""

from __future__ import annotations

import json
from pathlib import Path

from publisher.diagnostics import Source, Span
from publisher.lsp.analysis import Analysis, PlacedAnchor
from publisher.lsp.keys import key_at
from publisher.lsp.links import Name, Target, name_at
from publisher.lsp.positions import path_of_source
from publisher.model.inline import Reference

LONGEST = 600
"""Characters that a hover shows of a note."""


def hover(analysis: Analysis, source: Source, offset: int) -> tuple[str, Span] | None:
    """The Markdown to show at an offset of a file, and the words that it is about; None if there is nothing to say."""
    if source.name.endswith((".yaml", ".yml")):
        return _key(source, offset)
    path = path_of_source(source)
    found = name_at(source, offset, notes=_has_notes(analysis, path))
    if found is not None:
        text = describe(analysis, found)
        return None if text is None else (text, found.span)
    return _lemma(analysis, path, offset) or _notes_on(analysis, path, offset)


def describe(analysis: Analysis, name: Name) -> str | None:
    """What a name leads to, in Markdown; None if nothing has the name."""
    match name.target:
        case Target.NOTE:
            note = next((item for item in analysis.notes if item.id == name.id), None)
            return None if note is None else _display(note.span, title=f"Note `{note.id}` ({note.series})")
        case Target.AGREEMENT | Target.PROVISION:
            wanted = name.of or name.id
            agreement = next((item for item in analysis.agreements if item.id == wanted), None)
            return None if agreement is None else f"**{agreement.title}**\n\n{agreement.date}, {agreement.place}"
        case Target.REFERENCE:
            reference = _reference(analysis, name.id)
            return None if reference is None else summary(reference)


def summary(reference: Reference) -> str:
    """A reference in a line: authors, title, year."""
    record = json.loads(reference.record)
    people = record.get("author") or record.get("editor") or []
    authors = ", ".join(str(person.get("family") or person.get("literal") or "") for person in people[:3])
    dates = record.get("issued", {}).get("date-parts") or [[""]]
    parts = (authors, f"*{record.get('title', reference.key)}*", str(dates[0][0]) if dates[0] else "")
    return ", ".join(part for part in parts if part)


def _reference(analysis: Analysis, key: str) -> Reference | None:
    return next((reference for reference in analysis.references if key in (reference.key, *reference.aliases)), None)


def _has_notes(analysis: Analysis, path: Path) -> bool:
    """Whether a file is one of a series of notes."""
    return any(path_of_source(note.span.source) == path for note in analysis.notes)


def _key(source: Source, offset: int) -> tuple[str, Span] | None:
    found = key_at(source, offset)
    return None if found is None else (f"`{found.name}`: {found.about}", found.span)


def _lemma(analysis: Analysis, path: Path, offset: int) -> tuple[str, Span] | None:
    """Where the words of a lemma are, for an offset in its block quote."""
    for placed in analysis.anchors:
        span = placed.anchor.span
        if path_of_source(span.source) == path and span.start <= offset <= span.end:
            line, _ = placed.span.source.position(placed.span.start)
            shown = placed.span.source.line(line).strip()
            return f"Line {line} of `{Path(placed.span.source.name).name}`:\n\n> {_cut(shown)}", span
    return None


def _notes_on(analysis: Analysis, path: Path, offset: int) -> tuple[str, Span] | None:
    """The notes about the words at an offset of the text, the shortest lemma first."""
    found = sorted(
        anchors_at(analysis, path, offset), key=lambda placed_anchor: placed_anchor.span.end - placed_anchor.span.start
    )
    if not found:
        return None
    notes = (placed_anchor.anchor.note for placed_anchor in found)
    return "\n\n---\n\n".join(_display(note.span, title=f"Note `{note.id}` ({note.series})") for note in notes), found[
        0
    ].span


def anchors_at(analysis: Analysis, path: Path, offset: int) -> tuple[PlacedAnchor, ...]:
    """The anchors whose words are at an offset of the text."""
    return tuple(
        anchor
        for anchor in analysis.anchors
        if path_of_source(anchor.span.source) == path and anchor.span.start <= offset <= anchor.span.end
    )


def _display(heading: Span, *, title: str) -> str:
    """A note as its file has it, without its heading."""
    text = heading.source.text
    begin = text.find("\n", heading.start)
    end = text.find("\n## ", begin)
    body = text[begin : end if end >= 0 else len(text)].strip() if begin >= 0 else ""
    return f"**{title}**\n\n{_cut(body)}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
