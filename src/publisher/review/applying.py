"""The findings of a review written into an edition."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Sequence
from pathlib import Path

from publisher.annotations.importing import Imported, import_file
from publisher.annotations.remark import Remark, Set
from publisher.diagnostics import Diagnostic, PublisherError, Severity, Source
from publisher.load.findings import Findings as Faults
from publisher.load.notes import notes as read_notes
from publisher.load.recorded import load_recorded
from publisher.model.apparatus import Note
from publisher.review.importing import ChangedNote
from publisher.workspace import Folder, NotThere, OutsideFolder, read_file
from publisher.workspace.commit import commit_files
from publisher.workspace.output_path import Purpose
from publisher.workspace.rewriting import rewrite

LIST = "review-todo.md"
TITLE = "# To do after review\n\n"


def write_notes(changed: Sequence[ChangedNote]) -> tuple[str, ...]:
    """Return the files of notes that were written with the words of a reviewer, every other byte as it was.

    Each file is read again before: it must have the same notes, and say the same in those that were not changed.
    Raises `PublisherError`: K-003, and with exit code 4 if a file cannot be written.
    """
    by_file: dict[str, tuple[Source, list[ChangedNote]]] = {}
    for changed_note in changed:
        for edit in changed_note.merged.edits:
            source = edit.span.source
            _, notes = by_file.setdefault(source.name, (source, []))
            if changed_note not in notes:
                notes.append(changed_note)
    made = [(source, _rewrite(source, notes)) for source, notes in by_file.values()]
    for source, text in made:
        path = Path(source.name)
        before = read_file(path)
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        rewrite(path, before=before, after=mark + text.encode("utf-8"))
    return tuple(source.name for source, _ in made)


def _rewrite(source: Source, changed: Sequence[ChangedNote]) -> str:
    text = source.text
    line = "\r\n" if "\r\n" in text else "\n"
    edits = sorted(
        (edit for changed_note in changed for edit in changed_note.merged.edits), key=lambda edit: edit.span.start
    )
    for edit in reversed(edits):
        text = text[: edit.span.start] + edit.text.replace("\n", line) + text[edit.span.end :]
    before, after = _read(source), _read(Source(name=source.name, text=text))
    ids = {changed_note.id.note for changed_note in changed}
    same = {note.id: note.blocks for note in before if note.id not in ids}
    if [note.id for note in after] != [note.id for note in before] or same != {
        note.id: note.blocks for note in after if note.id not in ids
    }:
        raise PublisherError(
            Diagnostic(
                code="K-003",
                message=f"the notes of {source.name} cannot be written with the changes of the review",
                hint="make the changes that are listed by hand; nothing was written",
            )
        )
    return text


def _read(source: Source) -> tuple[Note, ...]:
    return read_notes(source, series="s", figures=[], findings=Faults())


def write_remarks(folder: Folder, remarks: tuple[Remark, ...], *, name: str) -> Imported:
    """Write new comments as notes, a series for each person; those without a place become orphans of their series."""
    found = Set(remarks=remarks, kind="comments of the review")
    return import_file(found, load_recorded(folder), name=name)


def write_todos(folder: Folder, todos: Iterable[str]) -> str | None:
    """The name of the list of to-dos with further lines, each of them once; None if there are none."""
    try:
        before = folder.read(LIST)
    except (NotThere, OutsideFolder):
        before = b""
    known = before.decode("utf-8", "replace").splitlines()
    new = [todo for todo in dict.fromkeys(todos) if todo not in known]
    if not new:
        return None
    lines = "\n".join(new) + "\n"
    if before:
        rewrite(folder.root / LIST, before=before, after=before.rstrip() + b"\n" + lines.encode())
    else:
        commit_files(folder.root, ((LIST, (TITLE + lines).encode()),), purpose=Purpose.NEW)
    return folder.shown(LIST)


def stuck(changed: Iterable[ChangedNote], name: str) -> tuple[Diagnostic, ...]:
    """K-007 for each change in a note that cannot be brought to its Markdown."""
    return tuple(
        Diagnostic(
            code="K-007",
            message=f"{name}: change the note {changed_note.id.series}/{changed_note.id.note} by hand: {what}",
            span=changed_note.span,
            hint="the program writes citations, cross-references and numbers of notes; change what they come from",
            severity=Severity.WARNING,
        )
        for changed_note in changed
        for what in changed_note.merged.stuck
    )
