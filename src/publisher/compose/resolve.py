"""What editors point at, resolved: cross-references, citations and footnote calls become links and calls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from publisher.compose.citations import Citations
from publisher.compose.cross_references import (
    Cluster,
    cluster,
    join,
    plural_of_notes,
    with_span,
    without_repeated_noun,
)
from publisher.compose.destinations import Destinations, reading_id
from publisher.compose.i18n import Words
from publisher.compose.notes.apparatus import call_of
from publisher.compose.places import ELLIPSIS, Places, words_for_place
from publisher.model.agreement import Agreement, Provision
from publisher.model.block import Block, CodeBlock
from publisher.model.inline import (
    Citation,
    Code,
    CrossReference,
    FootnoteCall,
    Foreign,
    Formula,
    Inline,
    InternalLink,
    LineBreak,
    Link,
    NoteCall,
    PageBreak,
    Run,
    Styled,
    Target,
)
from publisher.model.publication import PlacedNote
from publisher.model.walk import Inlines, plain_of_inlines, rebuilt


def agreement_id(agreement: str, provision: str | None = None) -> str:
    """The element id of an agreement, or of one of its provisions."""
    return f"agreement-{agreement}" + (f"-{provision}" if provision else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolver:
    """Everything that can be pointed at, by the names that editors use."""

    words: Words
    agreements: Mapping[str, Agreement]
    numbers: Mapping[str, str]
    """The number of each agreement in the appendix: `A6`."""
    notes: Mapping[str, PlacedNote]
    citations: Citations
    readings: Destinations = field(default_factory=dict)
    """In a course reader the readings, by their slugs."""
    places: Places = field(default_factory=dict)
    """Whatever has an id in the text and in matter, by these ids."""

    def titled(
        self, title: Inlines, blocks: Iterable[Block], *, footnotes: Mapping[str, PlacedNote]
    ) -> tuple[Inlines, tuple[Block, ...]]:
        """A title and the blocks below it with everything resolved; they may call the `footnotes`, by their labels."""
        called: Counter[str] = Counter()
        line = self._line(title, footnotes, called)
        return line, rebuilt(blocks, line=lambda line: self._line(line, footnotes, called), code=_same)

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """The blocks with everything resolved; they call no footnotes."""
        return self.titled((), blocks, footnotes={})[1]

    def line(self, inlines: Inlines) -> Inlines:
        """One line with everything resolved."""
        return self._line(inlines, {}, Counter())

    def _line(self, inlines: Inlines, footnotes: Mapping[str, PlacedNote], called: Counter[str]) -> Inlines:
        return tuple(
            new
            for inline in cluster(inlines, self.words)
            for new in (
                with_span(self._cluster(inline.references), inline.span)
                if isinstance(inline, Cluster)
                else self._inline(inline, footnotes, called)
            )
        )

    def _inline(self, inline: Inline, footnotes: Mapping[str, PlacedNote], called: Counter[str]) -> Inlines:
        match inline:
            case Run() | Code() | Formula() | LineBreak() | NoteCall() | PageBreak():
                return (inline,)
            case Styled() | Foreign() | Link() | InternalLink():
                return (replace(inline, children=self._line(inline.children, footnotes, called)),)
            case CrossReference():
                return self._cross_reference(inline)
            case Citation():
                return self.citations.cite(inline)
            case FootnoteCall():
                return (_footnote_call(footnotes[inline.label], called),)
            case _:
                assert_never(inline)

    def _cross_reference(self, reference: CrossReference) -> Inlines:
        match reference.target:
            case Target.AGREEMENT:
                agreement = self.agreements[reference.id]
                words = reference.children or (Run(text=self._agreement_words(agreement, reference.fragment)),)
                return (InternalLink(target_id=agreement_id(agreement.id, reference.fragment), children=words),)
            case Target.NOTE:
                return self._note_reference(reference)
            case Target.READING:
                words = reference.children or (Run(text=self._reading_words(reference)),)
                return (InternalLink(target_id=reading_id(reference.id, reference.fragment), children=words),)
            case Target.PLACE:
                return self._place_reference(reference)
            case _:
                assert_never(reference.target)

    def _cluster(self, references: tuple[CrossReference, ...]) -> Inlines:
        """References that follow each other as one phrase."""
        if references[0].target is Target.NOTE:
            return self._notes_cluster(references)
        return self._agreement_cluster(references)

    def _notes_cluster(self, references: tuple[CrossReference, ...]) -> Inlines:
        """`notes 19 and 23`, each once, in order; one by one if a note is not in this copy."""
        names = tuple(dict.fromkeys(reference.id for reference in references))
        notes = [self.notes[name] for name in names if name in self.notes]
        plural = plural_of_notes(len(notes), self.words)
        if len(notes) < len(names) or len(notes) < 2 or plural is None:
            singles = {reference.id: reference for reference in references}
            links = [self._note_reference(singles[name]) for name in names]
            return _list_all(links, self.words)
        if all(note.mark.isdecimal() for note in notes):
            notes.sort(key=lambda note: int(note.mark))
        labels = [f"{plural}\u00a0{notes[0].mark}", *(note.mark for note in notes[1:])]
        return join([_link(note.call_id, label) for note, label in zip(notes, labels, strict=True)], self.words)

    def _agreement_cluster(self, references: tuple[CrossReference, ...]) -> Inlines:
        """`Founding Act [A5], preamble and section I`: the name once, before the provisions."""
        agreement = self.agreements[references[0].id]
        fragments = tuple(dict.fromkeys(reference.fragment for reference in references if reference.fragment))
        provisions = [provision for name in fragments for provision in agreement.provisions if provision.id == name]
        labels = without_repeated_noun([self._provision_words(provision) for provision in provisions], self.words)
        name = f"{agreement.short} [{self.numbers[agreement.id]}]"
        if not provisions or not all(label.strip() for label in labels):
            distinct = dict.fromkeys(references)
            return _list_all([self._cross_reference(reference) for reference in distinct], self.words)
        labels = (f"{name}, {labels[0]}", *labels[1:])
        targets = [agreement_id(agreement.id, provision.id) for provision in provisions]
        return join([_link(target, label) for target, label in zip(targets, labels, strict=True)], self.words)

    def _note_reference(self, reference: CrossReference) -> Inlines:
        """A link to a note's call; words alone where the note is not in this copy or selection."""
        note = self.notes.get(reference.id)
        if note is None:
            return reference.children or (Run(text=self.words.course.absent_note),)
        words = reference.children or (Run(text=self.words.note_reference.format(note.mark)),)
        return (InternalLink(target_id=note.call_id, children=words),)

    def _place_reference(self, reference: CrossReference) -> Inlines:
        """A link to what has an id; words alone if that is not in this copy or selection."""
        place = self.places.get(reference.id)
        if place is None:
            return reference.children or (Run(text=ELLIPSIS),)
        words = reference.children or words_for_place(place, self.words)
        return (InternalLink(target_id=reference.id, children=words),)

    def _reading_words(self, reference: CrossReference) -> str:
        """`The Atlantic Charter, paragraph 3`."""
        title, fragment = self.readings[reference.id].title, reference.fragment or ""
        number = re.fullmatch(r"p(\d+)", fragment)
        return f"{title}, {self.words.paragraph_reference.format(number[1])}" if number else title

    def _agreement_words(self, agreement: Agreement, fragment: str | None) -> str:
        """`Istanbul Charter [A6], paragraph 8`."""
        provision = next((item for item in agreement.provisions if item.id == fragment), None)
        name = f"{agreement.short} [{self.numbers[agreement.id]}]"
        if provision is None or not plain_of_inlines(provision.label).strip():
            return name
        return f"{name}, {self._provision_words(provision)}"

    def _provision_words(self, provision: Provision) -> str:
        """The heading up to a colon; a noun such as `Paragraph` is not capitalized inside a sentence."""
        heading = plain_of_inlines(provision.label).partition(":")[0]
        first, _, rest = heading.partition(" ")
        if first not in self.words.provision_nouns:
            return heading
        return f"{first.lower()}\u00a0{rest}" if rest else first.lower()


def _link(target_id: str, label: str) -> InternalLink:
    return InternalLink(target_id=target_id, children=(Run(text=label),))


def _list_all(members: Sequence[Inlines], words: Words) -> Inlines:
    """Members of a list, links or words, each with its separator."""
    return join([item for member in members for item in member], words)


def _same(block: CodeBlock) -> tuple[Block, ...]:
    return (block,)


def _footnote_call(note: PlacedNote, called: Counter[str]) -> NoteCall:
    """The call of a footnote; only the first one of a note is where the note leads back to."""
    called[note.id] += 1
    call, number = call_of(note), called[note.id]
    return call if number == 1 else replace(call, id=f"{call.id}--{number}")
