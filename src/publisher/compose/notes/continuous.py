"""One run of numbers for all notes, whatever their series: the author's footnotes and those of the editors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from publisher.compose.matter import Draft
from publisher.compose.notes.apparatus import Apparatus
from publisher.model.inline import FootnoteCall, NoteCall, PageBreak
from publisher.model.walk import inlines_of, nested


def running_marks(drafts: Iterable[Draft]) -> Mapping[str, str]:
    """The number of each note by its element id: in the order of first calls, through all drafts."""
    called = dict.fromkeys(name for draft in drafts for name in _called(draft))
    return {name: str(at) for at, name in enumerate(called, 1)}


def _called(draft: Draft) -> Iterator[str]:
    """The element ids of the notes that a draft calls, in the order of the calls."""
    own = {note.note_id: note.id for note in draft.footnotes}
    for inline in (*nested(draft.section.title), *inlines_of(draft.section.blocks)):
        match inline:
            case NoteCall():
                yield inline.note_id
            case FootnoteCall() if inline.label in own:
                yield own[inline.label]
            case _:
                pass


def with_marks(apparatus: Apparatus, marks: Mapping[str, str]) -> Apparatus:
    """The apparatus with other marks, in its notes and in their calls; a note without one keeps its own."""
    notes = tuple(replace(note, mark=marks.get(note.id, note.mark)) for note in apparatus.notes)
    calls = tuple(replace(call, node=_marked(call.node, marks)) for call in apparatus.calls)
    return Apparatus(notes=notes, calls=calls)


def _marked(node: NoteCall | PageBreak, marks: Mapping[str, str]) -> NoteCall | PageBreak:
    return replace(node, mark=marks.get(node.note_id, node.mark)) if isinstance(node, NoteCall) else node


def with_own_marks(draft: Draft, marks: Mapping[str, str]) -> Draft:
    """The draft with other marks for the author's footnotes, which then are set among all others."""
    own = (replace(note, mark=marks.get(note.id, note.mark), is_apart=False) for note in draft.footnotes)
    return replace(draft, footnotes=tuple(own))
