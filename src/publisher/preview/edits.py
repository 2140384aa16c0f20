"""What an editor does on the page: notes written, changed and deleted, lemmas chosen, texts accepted, all to be undone.

Every action reads the files as they are now; the page sends a digest of what it showed, and if the file has something
else there, nothing is written and the answer says what is there (`conflict`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from publisher import load
from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.editing.candidates import lost_notes
from publisher.editing.change import Change
from publisher.editing.notes_file import NoteDraft, block_of, free_id, with_body, with_note, without_note
from publisher.editing.places import place
from publisher.editing.saving import conflict, digest, open_source, save, taken_back
from publisher.editing.selection import Found, Selected, following_note, locate_selection
from publisher.load.findings import Findings
from publisher.load.notes import notes
from publisher.load.reader import load_reader
from publisher.load.recorded import Recorded, load_recorded
from publisher.model.apparatus import Note
from publisher.model.reader import EditionBody
from publisher.preview.host import Emit
from publisher.revision.compare import compare
from publisher.revision.record import rewrite_record
from publisher.revision.store import store
from publisher.selectors.fold import Folded
from publisher.selectors.match import match
from publisher.workspace import Folder
from publisher.workspace import digest as digest_of
from publisher.workspace.files_made import write_made

Given = Mapping[str, Any]
Answer = Mapping[str, Any]


def answer(request: Given, folder: Path, emit: Emit) -> None:
    """Do what the page asks for, and write the answer: a result, what was changed, or why nothing was."""
    try:
        result = ACTIONS[request["action"]](request)
    except PublisherError as error:
        first = error.diagnostics[0]
        result = {
            "error": {"code": first.code, "message": first.message, "hint": first.hint},
            "conflict": first.code == "H-004",
        }
    except Conflict as error:
        result = {"error": asdict(error.said), "conflict": True, "now": error.now}
    write_made(folder, (("answer.json", json.dumps(result).encode()),))
    emit(event="answer")


class Conflict(Exception):
    """The file has something else than the page showed."""

    def __init__(self, message: str, now: Answer | None) -> None:
        """Take what is said, and what the file has now."""
        super().__init__(message)
        self.said = _Said(code="H-004", message=message, hint="choose which of the two is right")
        self.now = now


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    code: str
    message: str
    hint: str


def editions(root: Path) -> Iterator[Folder]:
    """Yield the editions in a folder: its own, or those that its reader names, each once."""
    folder = Folder(root)
    if not folder.matching("reader.yaml"):
        yield folder
        return
    bodies = (reading.body for reading in load_reader(folder).readings)
    paths = {Path(body.folder).resolve(): Path(body.folder) for body in bodies if isinstance(body, EditionBody)}
    yield from map(Folder, paths.values())


def _record(request: Given) -> Iterator[Recorded]:
    """The editions that can be read; raises `PublisherError` if there is none."""
    found, errors = 0, list[PublisherError]()
    for folder in editions(Path(request["root"])):
        try:
            recorded = load_recorded(folder)
        except PublisherError as error:
            errors.append(error)
            continue
        found += 1
        yield recorded
    if not found and errors:
        raise errors[0]


def _on_text(recorded: Recorded) -> tuple[Note, ...]:
    """The notes about the text itself, not about other documents."""
    return tuple(note for note in recorded.notes if note.place is None)


def _series(recorded: Recorded, series: str) -> Path:
    """The file of a series."""
    name = next((placed_series.file.text for placed_series in recorded.series if placed_series.id.text == series), None)
    if name is None:
        raise _refuse(f"there is no series “{series}”", "choose another one")
    return recorded.folder.locate(name)


def _file(request: Given) -> tuple[Recorded, str, Source]:
    """The edition, the series and the file of notes that the page names by what diagnostics call it."""
    for recorded in _record(request):
        for placed_series in recorded.series:
            if recorded.folder.shown(placed_series.file.text) == request["file"]:
                return recorded, placed_series.id.text, open_source(recorded.folder.locate(placed_series.file.text))
    raise conflict(f"{request['file']} is no file of notes any more", hint="look at edition.yaml")


def outline(request: Given) -> Answer:
    """Return what a note can be put into and point at: series, kinds, references, agreements, notes."""
    shown = []
    for recorded in _record(request):
        references, agreements = _pointed_at(recorded)
        series = [
            {
                "id": placed_series.id.text,
                "title": placed_series.title,
                "file": recorded.folder.shown(placed_series.file.text),
            }
            for placed_series in recorded.series
        ]
        shown.append(
            {
                "edition": str(recorded.folder.root),
                "name": recorded.folder.name,
                "series": series,
                "kinds": sorted({note.kind for note in recorded.notes if note.kind}),
                "notes": [{"id": note.id, "series": note.series} for note in recorded.notes],
                "references": references,
                "agreements": agreements,
            }
        )
    return {"editions": shown}


def _pointed_at(recorded: Recorded) -> tuple[list[Answer], list[Answer]]:
    """The references and agreements of an edition; none while it cannot be loaded."""
    try:
        edition = load.load_edition(recorded.folder)
    except load.AlteredText as error:
        edition = error.edition
    except PublisherError:
        return [], []
    references: list[Answer] = [
        {"id": reference.key, "label": _reference_label(reference.record)} for reference in edition.references
    ]
    agreements: list[Answer] = [{"id": agreement.id, "label": agreement.title} for agreement in edition.agreements]
    return references, agreements


def _reference_label(record: str) -> str:
    """Author, year and title of a CSL-JSON record."""
    values = json.loads(record)
    names = [value.get("family") or value.get("literal") or "" for value in values.get("author", [])[:2]]
    with suppress(KeyError, IndexError, TypeError):
        names.append(str(values["issued"]["date-parts"][0][0]))
    return " ".join(part for part in (*names, values.get("title", "")) if part)[:160]


def locate(request: Given) -> Answer:
    """Return in which edition selected words are, and an id for a note about them."""
    recorded, found, folded = _locate(request)
    taken = {note.id for note in recorded.notes}
    return {
        "edition": str(recorded.folder.root),
        "id": free_id(found.selector.exact, taken),
        "lemma": asdict(found.selector),
        "near": folded.text[max(0, found.start - 60) : found.end + 60],
    }


def _locate(request: Given) -> tuple[Recorded, Found, Folded]:
    given = request["selected"]
    selected = Selected(exact=given["exact"], before=given.get("before", ""), after=given.get("after", ""))
    for recorded in _record(request):
        folded = Folded.of(recorded.text.plain)
        found = locate_selection(selected, folded)
        if found is not None:
            return recorded, found, folded
    message = f"“{selected.exact[:60]}” is not in the text"
    raise PublisherError(
        Diagnostic(code="H-003", message=message, hint="select words of the text itself: notes are about its words")
    )


def create(request: Given) -> Answer:
    """Write a new note about selected words."""
    recorded, found, folded = _locate(request)
    source = open_source(_series(recorded, request["series"]))
    if any(note.id == request["id"] for note in recorded.notes):
        raise _refuse(f"there is already a note “{request['id']}”", "choose another id")
    draft = NoteDraft(id=request["id"], selector=found.selector, body=request["body"], kind=request.get("kind") or None)
    own = [note for note in _on_text(recorded) if note.series == request["series"]]
    after = with_note(source, draft, before=following_note(found, own, folded))
    _demand_found(Source(name=source.name, text=after), draft, recorded.text.plain)
    return _save_change(save(source, after, what=f"note {draft.id} added"), note=draft.id)


def _demand_found(source: Source, draft: NoteDraft, plain: str) -> None:
    """Raise `PublisherError` if the note as it would be read back has no place, or several."""
    made = next(
        (note for note in notes(source, series="", figures=[], findings=Findings()) if note.id == draft.id), None
    )
    if made is None or len(match(plain, made.selector)) != 1:
        raise _refuse("the words cannot be quoted so that they are found again", "select fewer words, or other ones")


def read(request: Given) -> Answer:
    """Return a note as its file has it now."""
    _, series, source = _file(request)
    return {"series": series, **_note(source, request)}


def _note(source: Source, request: Given) -> dict[str, Any]:
    note = request["note"]
    block = block_of(source, note)
    if block is None:
        raise Conflict(f"{request['file']} has no note “{note}” any more", None)
    whole = source.text[block.start : block.end]
    return {
        "note": note,
        "file": request["file"],
        "kind": block.kind,
        "body": source.text[block.body : block.end].strip(),
        "digest": digest(whole.rstrip()),
    }


def _as_shown(request: Given) -> tuple[Recorded, Source]:
    """The file of a note that is as the page showed it; raises `Conflict` if it is not."""
    recorded, _, source = _file(request)
    now = _note(source, request)
    if now["digest"] != request["digest"]:
        raise Conflict(f"note “{request['note']}” was changed by another program", now)
    return recorded, source


def change(request: Given) -> Answer:
    """Let a note say something else."""
    _, source = _as_shown(request)
    body = request["body"]
    if not body.strip():
        raise _refuse("the note says nothing", "write what there is to say, or delete the note")
    after = with_body(source, request["note"], body=body, kind=request.get("kind") or None)
    return _save_change(save(source, after, what=f"note {request['note']} changed"), note=request["note"])


def delete(request: Given) -> Answer:
    """Delete a note."""
    _, source = _as_shown(request)
    after = without_note(source, request["note"])
    return _save_change(save(source, after, what=f"note {request['note']} deleted"))


def list_lost_notes(request: Given) -> Answer:
    """Return the notes without a place, with the words that they could quote."""
    found = []
    for recorded in _record(request):
        files = {
            placed_series.id.text: recorded.folder.shown(placed_series.file.text) for placed_series in recorded.series
        }
        found += [
            {**asdict(lost_note), "file": files[lost_note.series]}
            for lost_note in lost_notes(_on_text(recorded), recorded.text.plain)
        ]
    return {"lost": found}


def choose(request: Given) -> Answer:
    """Let a note quote other words."""
    recorded, series, source = _file(request)
    candidates = (
        (miss, candidate)
        for miss in lost_notes([note for note in _on_text(recorded) if note.series == series], recorded.text.plain)
        if miss.note == request["note"] and miss.lemma == request["lemma"]
        for candidate in miss.candidates
        if candidate.markdown == request["markdown"]
    )
    chosen = next(candidates, None)
    block = block_of(source, request["note"])
    if chosen is None or block is None:
        raise Conflict(f"note “{request['note']}” or the text was changed by another program", None)
    at = source.text.find(request["lemma"], block.start, block.body)
    if at < 0:
        raise Conflict(f"note “{request['note']}” was changed by another program", None)
    after = source.text[:at] + request["markdown"] + source.text[at + len(request["lemma"]) :]
    return _save_change(save(source, after, what=f"words of note {request['note']} chosen"), note=request["note"])


def changes(request: Given) -> Answer:
    """Return what changed in texts since they were recorded."""
    shown = []
    for recorded in _record(request):
        if recorded.is_current:
            continue
        revision = compare(recorded)
        shown.append(
            {
                "edition": str(recorded.folder.root),
                "file": recorded.text.source.name,
                "digest": " ".join(recorded.current),
                "same": revision.same,
                "changes": None
                if revision.changes is None
                else [{"line": place(item.span).line, "said": item.said} for item in revision.changes[:100]],
                "count": None if revision.changes is None else len(revision.changes),
                "lost": [note.id for note in revision.lost],
                "near": [note.id for note in revision.near],
            }
        )
    return {"texts": shown}


def accept(request: Given) -> Answer:
    """Record a text as it is now, if it is the one that the page showed."""
    recorded = next((item for item in _record(request) if str(item.folder.root) == request["edition"]), None)
    if recorded is None:
        raise conflict("the edition cannot be read any more", hint="look at edition.yaml")
    if " ".join(recorded.current) != request["digest"]:
        raise Conflict("the text has changed again", None)
    source = open_source(recorded.folder.locate("edition.yaml"))
    after = rewrite_record(recorded).decode("utf-8-sig")
    made = save(source, after, what=f"text of {recorded.folder.name} accepted")
    store({digest_of(content): content for _, content in recorded.stretches}, edition=recorded.folder.root)
    return _save_change(made)


def back(request: Given) -> Answer:
    """Take a change back."""
    given = request["change"]
    item = Change(path=given["path"], before=given["before"], after=given["after"], what=given["what"])
    return _save_change(taken_back(item))


def _save_change(made: Change, *, note: str | None = None) -> Answer:
    return {"change": asdict(made), "note": note}


def _refuse(message: str, hint: str) -> PublisherError:
    return PublisherError(Diagnostic(code="H-005", message=message, hint=hint))


ACTIONS: Mapping[str, Callable[[Given], Answer]] = {
    "outline": outline,
    "locate": locate,
    "read": read,
    "lost": list_lost_notes,
    "changes": changes,
    "create": create,
    "change": change,
    "delete": delete,
    "choose": choose,
    "accept": accept,
    "back": back,
}
