"""T-004 with what changed: the passages that differ, and the notes whose words are gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.load.recorded import load_recorded
from publisher.model.apparatus import Note
from publisher.revision.compare import Revision, compare
from publisher.workspace import Folder

SHOWN = 10
"""How many passages are shown with the error; `publisher accept` shows more."""
NAMED = 10
"""How many notes are named in one line."""


def with_changes(diagnostics: Iterable[Diagnostic], folder: Folder) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of the edition in a folder, its T-004 with what changed in the text."""
    diagnostics = tuple(diagnostics)
    if all(diagnostic.code != "T-004" for diagnostic in diagnostics):
        return diagnostics
    try:
        revision = compare(load_recorded(folder))
    except PublisherError:
        return diagnostics
    return tuple(
        _explain(diagnostic, revision) if diagnostic.code == "T-004" else diagnostic for diagnostic in diagnostics
    )


def _explain(diagnostic: Diagnostic, revision: Revision) -> Diagnostic:
    lines = [
        diagnostic.message,
        *(f"notes that lose their words: {name_notes(revision.lost)}" for _ in revision.lost[:1]),
    ]
    if revision.changes is None:
        lines.append("the earlier text is not known here, so its words cannot be compared")
        return replace(diagnostic, message="\n".join(lines))
    found = revision.changes
    if found:
        count = f"{len(found):,} passages differ" if len(found) > 1 else "one passage differs"
        lines.insert(1, f"{count}: {'; '.join(change.said for change in found[:3])}{'; …' if len(found) > 3 else ''}")
    if revision.near:
        lines.append(f"notes in lines that changed: {name_notes(revision.near)}")
    related = tuple((change.said, change.span) for change in found[:SHOWN])
    return replace(diagnostic, message="\n".join(lines), related=(*diagnostic.related, *related))


def name_notes(notes: tuple[Note, ...]) -> str:
    """Return the ids of notes, the first of them if they are many."""
    more = len(notes) - NAMED
    return ", ".join(note.id for note in notes[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
