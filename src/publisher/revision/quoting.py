"""Files of notes with other lemmas, or without some notes, and every other byte as it was."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.load.findings import Findings
from publisher.load.markdown.escaping import escape
from publisher.load.note_sections import note_section
from publisher.load.notes import notes as read_notes
from publisher.model.apparatus import Note, Selector
from publisher.selectors.match import Quotation

Lemmas = Mapping[tuple[str, int], Selector]
"""The new lemmas, by the id of their note and which of its lemmas they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A file of notes as it is to be written."""

    source: Source
    """As it was read."""
    text: str
    """What it is to hold."""
    removed: str
    """The notes that are taken out, as they were written."""

    def encoded(self, before: bytes) -> bytes:
        """The bytes of the file, with the byte order mark that it had."""
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        return mark + self.text.encode("utf-8")


def quotation(selector: Selector) -> str:
    """A lemma with its context as Markdown in a block quote, without the sign of the quote."""
    if not selector.prefix and not selector.suffix:
        return escape(selector.exact, at_start=True)
    before = escape(selector.prefix, at_start=True) if selector.prefix.strip() else ""
    return f"{before}**{escape(selector.exact)}**{escape(selector.suffix)}".rstrip()


def rewrite_quotations(notes: Sequence[Note], lemmas: Lemmas, removed: Iterable[str]) -> Rewritten:
    """The file of some notes, all that it has, with new lemmas, and without the notes of these ids.

    The result is read again and compared. Raises `PublisherError` (K-003) if it would say anything else than what was
    asked for.
    """
    source, gone = notes[0].span.source, set(removed)
    edits = [
        (lemma.span.start, lemma.span.end, quotation(lemmas[note.id, nth]))
        for note in notes
        if note.id not in gone
        for nth, lemma in enumerate(note.lemmas)
        if (note.id, nth) in lemmas
    ]
    taken = [(*note_section(note, notes), "") for note in notes if note.id in gone]
    text = source.text
    for start, end, new in sorted((*edits, *taken), reverse=True):
        text = text[:start] + new + text[end:]
    parts = (source.text[start:end].strip("\r\n") for start, end, _ in sorted(taken))
    line = "\r\n" if "\r\n" in source.text else "\n"
    made = Rewritten(source=source, text=text, removed=(line * 2).join(parts) + line if taken else "")
    _demand_as_asked(made, [note for note in notes if note.id not in gone], lemmas)
    return made


def _demand_as_asked(made: Rewritten, notes: Sequence[Note], lemmas: Lemmas) -> None:
    """Raise K-003 unless the file reads back as these notes with the new lemmas."""
    again = Source(name=made.source.name, text=made.text)
    series = notes[0].series if notes else ""
    read = read_notes(again, series=series, figures=[], findings=Findings())
    wanted = [_describe(note, lemmas) for note in notes]
    if [_describe(note, {}) for note in read] != wanted:
        raise PublisherError(
            Diagnostic(
                code="K-003",
                message=f"the notes of {made.source.name} cannot be written with other lemmas",
                hint="correct what `publisher check` reports of the file, and try again; nothing was written",
            )
        )


def _describe(note: Note, lemmas: Lemmas) -> tuple[object, ...]:
    """What a note says and quotes."""
    selectors = (lemmas.get((note.id, nth), lemma.selector) for nth, lemma in enumerate(note.lemmas))
    return note.id, note.kind, note.audience, note.blocks, *map(_looked_for, selectors)


def _looked_for(selector: Selector) -> tuple[str, int, int]:
    found = Quotation.of(selector)
    if found is None:
        return "", 0, 0
    lead = len(found.text) - len(found.text.lstrip())
    return found.text.strip(), found.lead - lead, found.length
