"""Annotations of readers brought into an edition: placed, written as notes, and the rest listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from publisher.annotations.notes import Series, Taken, series_of
from publisher.annotations.placing import Placed, place_annotations
from publisher.annotations.remark import Set
from publisher.diagnostics import Diagnostic, PublisherError, Severity, amount
from publisher.load.orphans import orphans_file
from publisher.load.recorded import Recorded
from publisher.revision.series import NewSeries, series_titles, with_series
from publisher.selectors.fold import Folded, fold
from publisher.workspace import Folder, NotThere, OutsideFolder
from publisher.workspace.commit import commit_files
from publisher.workspace.output_path import Purpose
from publisher.workspace.rewriting import rewrite

SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import."""

    written: tuple[str, ...]
    """The files, as people see their names."""
    placed: int
    before: int
    """How many annotations the edition had already."""
    lost: tuple[Diagnostic, ...]
    """W-012 for each annotation without a place."""


def demand_same_edition(found: Set, recorded: Recorded, *, name: str) -> None:
    """Raise `PublisherError` (W-010) if annotations are about another text than that of the edition."""
    current = " ".join(recorded.current)
    if found.digest and found.digest != current:
        raise PublisherError(
            Diagnostic(
                code="W-010",
                message=f"{name} is about another text: its sha256 is {found.digest}, that of the edition {current}",
                hint="name the edition that the annotations were made for; nothing was written",
            )
        )


def import_file(found: Set, recorded: Recorded, *, name: str) -> Imported:
    """Write annotations as notes into an edition; those without a place become orphans of their series.

    Raises `PublisherError`: W-010 if they are about another text, W-013, and with exit code 4 if a file cannot be
    written.
    """
    demand_same_edition(found, recorded, name=name)
    folded = Folded.of(recorded.text.plain)
    placements = place_annotations(found.remarks, folded)
    titles = series_titles(recorded.settings_content, recorded.settings.name)
    orphans = [_content(recorded.folder, orphans_file(file)) for _, file in titles.values()]
    lines = (line for orphan in orphans for line in orphan.decode("utf-8", "replace").splitlines())
    known = {line[3:].partition("{")[0].strip() for line in lines if line.startswith("## ")}
    taken = Taken(
        series={identity: title for identity, (title, _) in titles.items()},
        notes={note.id for note in recorded.notes} | known,
    )
    series, before = series_of(placements, folded.text, taken)
    written = _write(series, recorded, titles)
    lost = tuple(
        _unplaced_annotation(placement, folded, name)
        for placement in placements
        if placement.range is None and not placement.remark.parent
    )
    count = sum(len(item.notes) for item in series)
    return Imported(written=written, placed=count, before=before, lost=lost)


def _write(series: Sequence[Series], recorded: Recorded, titles: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """Write the notes, then `edition.yaml` with the series that are new."""
    files = {entry.id: titles[entry.id][1] if entry.id in titles else f"notes/{entry.id}.md" for entry in series}
    new = [
        NewSeries(id=entry.id, title=entry.title, file=files[entry.id]) for entry in series if entry.id not in titles
    ]
    settings = with_series(recorded.settings_content, new, name=recorded.settings.name)
    written = []
    for item in series:
        is_new = item.id not in titles
        if item.notes or is_new:
            written.append(_append(recorded.folder, files[item.id], item.notes, is_new=is_new))
        if item.orphans:
            written.append(_append(recorded.folder, orphans_file(files[item.id]), item.orphans, is_new=False))
    if new:
        rewrite(recorded.folder.root / "edition.yaml", before=recorded.settings_content, after=settings)
        written.append(recorded.settings.name)
    return tuple(written)


def _append(folder: Folder, name: str, notes: Sequence[tuple[str, str]], *, is_new: bool) -> str:
    """The name of a file of notes with further notes at its end. Raises `PublisherError` (W-007) if it may not be."""
    text = "\n".join(note for _, note in notes)
    before = _content(folder, name)
    path = folder.root / name
    if not before:
        place = PurePosixPath(name)
        commit_files(folder.root / place.parent, ((place.name, text.encode()),), purpose=Purpose.NEW)
    else:
        line = "\r\n" if b"\r\n" in before else "\n"
        added = (line * 2 + text.replace("\n", line)).encode()
        rewrite(path, before=before, after=before.rstrip() + added)
    return folder.shown(name)


def _content(folder: Folder, name: str) -> bytes:
    """The bytes of a file; none if there is no file."""
    try:
        return Folder(folder.root).read(name)
    except (NotThere, OutsideFolder):
        return b""


def _unplaced_annotation(item: Placed, folded: Folded, name: str) -> Diagnostic:
    """W-012: an annotation without a place, with the text nearest to its words."""
    remark = item.remark
    words = fold(remark.selector.exact).strip()
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
    what = f"“{shown}”" if shown else "no words of the text"
    near = f'nearest text is "{folded.text[item.near.start : item.near.end]}"' if item.near else "nothing is like it"
    who = f" by {remark.person}" if remark.person else ""
    return Diagnostic(
        code="W-012",
        message=f"{name}: an annotation{who} has no place: it is about {what}",
        hint=f"{near}; it is in the file of orphans of its series, where you can quote the words that it is about",
        severity=Severity.WARNING,
    )


def summary(found: Set, made: Imported) -> str:
    """What was imported, for the terminal."""
    parts = [f"{amount(made.placed, 'note')} placed"]
    parts += [f"{made.before:,} there already"] if made.before else []
    parts += [f"{len(made.lost):,} without a place"] if made.lost else []
    return f"{found.kind}: {', '.join(parts)}"
