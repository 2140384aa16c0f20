"""The decisions about notes written into the files of an edition: lemmas, orphans, and the record of the text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

from publisher.load.orphans import orphans_file
from publisher.load.recorded import Recorded
from publisher.model.apparatus import Note
from publisher.revision.quoting import Lemmas, Rewritten, rewrite_quotations
from publisher.revision.record import rewrite_record as settings_rewritten
from publisher.workspace import Folder, NotThere, OutsideFolder, digest, read_file
from publisher.workspace.commit import commit_files
from publisher.workspace.output_path import Purpose
from publisher.workspace.rewriting import rewrite
from publisher.workspace.session import record_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What was decided."""

    lemmas: Lemmas
    """The notes that quote other words now."""
    orphans: Collection[str] = ()
    """The ids of the notes that have lost their words."""
    is_complete: bool
    """Whether nothing is left to decide, so that the text is recorded as it is now."""


def save(recorded: Recorded, decisions: Decisions) -> tuple[str, ...]:
    """Return the files that were written, as people see their names; orphans first, so that no note is ever in none.

    Raises `PublisherError` with exit code 4 if a file cannot be written, and with K-003 before anything is.
    """
    made = [
        rewrite_quotations(notes, decisions.lemmas, decisions.orphans)
        for notes in _files(recorded.notes)
        if any(note.id in decisions.orphans or _has_new(note, decisions.lemmas) for note in notes)
    ]
    written = [_save_orphans(recorded.folder, item) for item in made if item.removed]
    for rewritten in made:
        path = Path(rewritten.source.name)
        before = read_file(path)
        rewrite(path, before=before, after=rewritten.encoded(before))
        written.append(rewritten.source.name)
    if decisions.is_complete and not recorded.is_current:
        path = recorded.folder.root / "edition.yaml"
        rewrite(path, before=recorded.settings_content, after=settings_rewritten(recorded))
        for _, content in recorded.stretches:
            record_text(digest(content), content)
        written.append(recorded.settings.name)
    return tuple(written)


def _files(notes: tuple[Note, ...]) -> Iterator[list[Note]]:
    """The notes of each file."""
    for _, group in groupby(notes, key=lambda note: note.span.source.name):
        yield list(group)


def _has_new(note: Note, lemmas: Lemmas) -> bool:
    return any((note.id, nth) in lemmas for nth in range(len(note.lemmas)))


def _save_orphans(folder: Folder, rewritten: Rewritten) -> str:
    """The name of the file that has the notes which were taken out, after those that it has already."""
    name = PurePosixPath(orphans_file(Path(rewritten.source.name).name)).name
    path = Path(rewritten.source.name).with_name(name)
    try:
        before = Folder(path.parent).read(name)
    except (NotThere, OutsideFolder):
        commit_files(path.parent, ((name, rewritten.removed.encode()),), purpose=Purpose.NEW)
    else:
        line = b"\r\n" if b"\r\n" in before else b"\n"
        rewrite(path, before=before, after=before.rstrip() + line * 2 + rewritten.removed.encode())
    return path.as_posix()
