"""The notes numbered in the order of their calls, and the calls to weave into the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from publisher.compose.notes.marks import SYMBOLS, mark
from publisher.compose.notes.weave import Insertion
from publisher.model.apparatus import AUTHOR_SERIES, Anchor, Cite, EpubPlacement, Marks, PdfPlacement, Series
from publisher.model.inline import NoteCall
from publisher.model.publication import PlacedNote
from publisher.model.text import Footnote, Text

MOST_WORDS = 6
"""A lemma of more words is shortened where a note begins with it."""


def author_series(title: str) -> Series:
    """The series of the author's own footnotes, which no edition declares."""
    return Series(
        id=AUTHOR_SERIES, title=title, file="", marks=Marks.SYMBOLS, pdf=PdfPlacement.FOOT, epub=EpubPlacement.POP_UP
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Apparatus:
    """The notes on a work, in the order of their calls, and where their calls go."""

    notes: tuple[PlacedNote, ...]
    calls: tuple[Insertion, ...]


def call_of(note: PlacedNote, id: str = "") -> NoteCall:
    """The call of a note: the first, or that of another id."""
    return NoteCall(note_id=note.id, id=id or note.call_id, mark=note.mark, series=note.series)


def number(anchors: Iterable[Anchor], *, series: Iterable[Series], plain: str, section_id: str) -> Apparatus:
    """The notes with marks that count within their series, in the order of the anchors; called again, they keep theirs.

    There is one call for each anchor.
    """
    series = tuple(series)
    styles = {item.id: item.marks for item in series}
    bands = {item.id: at for at, item in enumerate(series, 1)}
    citing = {item.id for item in series if item.cite is Cite.LINES}
    counts: Counter[str] = Counter()
    notes: dict[str, PlacedNote] = {}
    calls: list[Insertion] = []
    for anchor in anchors:
        if (known := notes.get(anchor.note.id)) is not None:
            notes[known.note_id] = note = _called_again(known)
            calls.append(Insertion(offset=anchor.call, node=call_of(note, note.called_again[-1])))
            continue
        counts[anchor.note.series] += 1
        printed = mark(counts[anchor.note.series], styles[anchor.note.series])
        note = _place(anchor, mark=printed, lemma=plain[anchor.start : anchor.end], section_id=section_id)
        note = replace(note, band=bands[note.series])
        notes[note.note_id] = replace(note, cited=cited_lemma(note.lemma)) if note.series in citing else note
        calls.append(Insertion(offset=anchor.call, node=call_of(note)))
    return Apparatus(notes=tuple(notes.values()), calls=tuple(calls))


def _called_again(note: PlacedNote) -> PlacedNote:
    """The note with one more call; its id is none that another note's call can have."""
    call = f"call{len(note.called_again) + 2}-{note.series}-{note.note_id}"
    return replace(note, called_again=(*note.called_again, call))


def _place(anchor: Anchor, *, mark: str, lemma: str, section_id: str) -> PlacedNote:
    note = anchor.note
    return PlacedNote(
        id=f"note-{note.series}-{note.id}",
        note_id=note.id,
        series=note.series,
        mark=mark,
        lemma=lemma,
        kind=note.kind,
        blocks=note.blocks,
        call_id=f"call-{note.series}-{note.id}",
        section_id=section_id,
        start=anchor.start,
        end=anchor.end,
    )


def cited_lemma(lemma: str) -> str:
    """A lemma as a note begins with it, a long one shortened: `at the … others]`."""
    words = lemma.split()
    if len(words) > MOST_WORDS:
        words = [*words[:2], "…", words[-1]]
    return f"{' '.join(words)}]"


def footnotes(text: Text, *, called: Iterable[str], section_id: str) -> tuple[PlacedNote, ...]:
    """Return the author's footnotes in the order of their first calls, marked *, † …; i, ii … if they are many."""
    by_label = {footnote.label: footnote for footnote in text.footnotes}
    labels = tuple(dict.fromkeys(label for label in called if label in by_label))
    style = Marks.SYMBOLS if len(labels) <= len(SYMBOLS) else Marks.LOWER_ROMAN
    return tuple(
        _own(by_label[label], mark=mark(at, style), section_id=section_id) for at, label in enumerate(labels, 1)
    )


def _own(footnote: Footnote, *, mark: str, section_id: str) -> PlacedNote:
    return PlacedNote(
        id=f"note-{AUTHOR_SERIES}-{section_id}-{footnote.label}",
        note_id=footnote.label,
        series=AUTHOR_SERIES,
        mark=mark,
        lemma="",
        kind=None,
        blocks=footnote.blocks,
        call_id=f"call-{AUTHOR_SERIES}-{section_id}-{footnote.label}",
        section_id=section_id,
    )
