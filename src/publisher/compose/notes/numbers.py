"""Numbers of notes in the order of reading: through front matter, text, appendix and back matter.

Each series counts by itself, or all notes count in one run; a note that is called in another one follows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from publisher.compose.matter import Draft
from publisher.compose.notes.marks import mark
from publisher.model.agreement import Agreement, parts_of, with_parts
from publisher.model.apparatus import AUTHOR_SERIES, Series
from publisher.model.block import Block
from publisher.model.inline import (
    CrossReference,
    FootnoteCall,
    Foreign,
    Inline,
    InternalLink,
    Link,
    NoteCall,
    Styled,
)
from publisher.model.publication import PlacedNote
from publisher.model.settings import Numbering
from publisher.model.walk import Inlines, inlines_of, nest, rebuilt


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What calls notes, in the order of reading, and the notes."""

    before: tuple[Draft, ...]
    """Front matter and text."""
    agreements: tuple[Agreement, ...]
    after: tuple[Draft, ...]
    """Back matter."""
    notes: tuple[PlacedNote, ...]
    """Those of the editors."""

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All drafts."""
        return (*self.before, *self.after)


def number(parts: Parts, *, series: Iterable[Series], numbering: Numbering, appendix: str) -> Parts:
    """The same with the number of each note, in the note and in its calls; notes that nothing calls are left out.

    `appendix` is the id of the section of the agreements. What is numbered already, since each series counts by itself
    and all notes are about the text, is returned as it is.
    """
    if numbering is Numbering.SERIES and all(note.mark for note in parts.notes):
        return parts
    own = tuple(note for draft in parts.drafts for note in draft.footnotes)
    order = _Order({note.id: note for note in (*parts.notes, *own)})
    for draft in parts.before:
        order.draft(draft)
    for agreement in parts.agreements:
        order.words(inlines_of(parts_of(agreement)), section=appendix, own={})
    for draft in parts.after:
        order.draft(draft)
    marks = _continuous(order) if numbering is Numbering.CONTINUOUS else _by_series(order, series)
    change = _Marking(marks=marks, sections=order.found, in_bands=numbering is not Numbering.CONTINUOUS)
    by_id = {note.id: note for note in parts.notes}
    return Parts(
        before=tuple(map(change.draft, parts.before)),
        agreements=tuple(map(change.agreement, parts.agreements)),
        after=tuple(map(change.draft, parts.after)),
        notes=tuple(change.note(by_id[name]) for name in order.found if name in by_id),
    )


class _Order:
    """The notes in the order of their first calls, each with the section in which it is called."""

    def __init__(self, notes: Mapping[str, PlacedNote]) -> None:
        self.notes = notes
        self.found: dict[str, str] = {}

    def draft(self, draft: Draft) -> None:
        """Read a draft."""
        own = {note.note_id: note.id for note in draft.footnotes}
        lines = (*nest(draft.section.title), *inlines_of(draft.section.blocks))
        self.words(lines, section=draft.section.id, own=own)

    def words(self, inlines: Iterable[Inline], *, section: str, own: Mapping[str, str]) -> None:
        """Read words; those of a note directly after its call."""
        waiting: list[Iterator[Inline]] = [iter(tuple(inlines))]
        while waiting:
            inline = next(waiting[-1], None)
            match inline:
                case None:
                    waiting.pop()
                    continue
                case NoteCall():
                    name = inline.note_id
                case FootnoteCall():
                    name = own.get(inline.label, "")
                case _:
                    continue
            if name in self.notes and name not in self.found:
                self.found[name] = section
                waiting.append(iter(tuple(inlines_of(self.notes[name].blocks))))


def _continuous(order: _Order) -> Mapping[str, str]:
    return {name: str(at) for at, name in enumerate(order.found, 1)}


def _by_series(order: _Order, series: Iterable[Series]) -> Mapping[str, str]:
    """The marks of the editors' series; the author's footnotes have those that they have."""
    styles, counts = {item.id: item.marks for item in series}, Counter[str]()
    marks: dict[str, str] = {}
    for name in order.found:
        note = order.notes[name]
        if note.series == AUTHOR_SERIES:
            marks[name] = note.mark
        else:
            counts[note.series] += 1
            marks[name] = mark(counts[note.series], styles[note.series])
    return marks


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marking:
    """Puts marks into notes and calls; calls of notes that have none are left out."""

    marks: Mapping[str, str]
    sections: Mapping[str, str]
    in_bands: bool
    """Whether each series has a band of its own at the foot."""

    def draft(self, draft: Draft) -> Draft:
        """The draft with its footnotes."""
        section = draft.section
        section = replace(section, title=self.line(section.title), blocks=self.blocks(section.blocks))
        own = tuple(self.note(note) for note in draft.footnotes)
        return replace(draft, section=section, footnotes=own)

    def agreement(self, agreement: Agreement) -> Agreement:
        """The agreement with the words of its parts."""
        return with_parts(agreement, self.blocks(parts_of(agreement)))

    def note(self, note: PlacedNote) -> PlacedNote:
        """The note; a footnote that nothing calls has its own mark."""
        return replace(
            note,
            mark=self.marks.get(note.id, note.mark),
            section_id=self.sections.get(note.id, note.section_id),
            blocks=self.blocks(note.blocks),
            band=note.band if self.in_bands else 0,
        )

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """The blocks with the marks of their calls."""
        return rebuilt(blocks, line=self.line, code=lambda block: (block,))

    def line(self, line: Inlines) -> Inlines:
        """The line with the marks of its calls."""
        return tuple(new for inline in line for new in self._inline(inline))

    def _inline(self, inline: Inline) -> Inlines:
        if isinstance(inline, NoteCall):
            known = self.marks.get(inline.note_id)
            return () if known is None else (replace(inline, mark=known),)
        if isinstance(inline, Styled | Foreign | Link | CrossReference | InternalLink):
            return (replace(inline, children=self.line(inline.children)),)
        return (inline,)
