"""The sections that somebody wrote: the work's own text, and the editors' front and back matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from publisher.compose.front import run
from publisher.compose.ids import identify, number_ids, slug
from publisher.compose.notes.apparatus import Apparatus, footnotes, number
from publisher.compose.notes.weave import weave, weave_inlines
from publisher.compose.resolve import Resolver
from publisher.compose.selection import Cut, calls_in
from publisher.model.block import Block, Paragraph
from publisher.model.edition import AnnotatedEdition, Edition, Matter
from publisher.model.inline import FootnoteCall
from publisher.model.publication import MatterKind, PlacedNote, Role, Section, TextSource, notes_called
from publisher.model.text import Text
from publisher.model.walk import inlines_of, label_of, nest, plain_of_inlines

TEXT_ID = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A section whose cross-references, citations and footnote calls are still as the editors wrote them."""

    section: Section
    footnotes: tuple[PlacedNote, ...]
    """The author's own, by the labels that the section calls."""

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        """The blocks of the section, after its title as one of them."""
        return (Paragraph(children=self.section.title), *self.section.blocks)


def work(edition: Edition, apparatus: Apparatus, *, running: str, cut: Cut) -> Draft:
    """The work's text with its calls woven in, its paragraphs numbered, cut to what the copy has."""
    text, settings = edition.text, edition.settings
    at_title = len(plain_of_inlines(text.title)) if text.title else -1
    titled = bool(plain_of_inlines(text.title).strip())
    counted = settings.output.paragraph_numbers or bool(cut.selection)
    blocks = number_ids(text.blocks) if counted else text.blocks
    title = weave_inlines(
        text.title if titled else run(settings.title), (call for call in apparatus.calls if call.offset <= at_title)
    )
    woven = weave(identify(blocks, prefix=TEXT_ID), (call for call in apparatus.calls if call.offset > at_title))
    printed = cut.apply(woven, prefix=TEXT_ID)
    section = Section(
        id=TEXT_ID,
        role=Role.TEXT,
        matter=MatterKind.BODY,
        label=label_of(text.title) if titled else settings.title,
        running=text.short_title or running,
        title=title,
        language=settings.language,
        blocks=printed,
        source=TextSource(provenance=settings.provenance, omitted=cut.omitted(printed, title)),
    )
    return Draft(section=section, footnotes=_own_footnotes(text, section))


def mark(annotated: AnnotatedEdition, *, cut: Cut) -> Apparatus:
    """The notes that are called in what the copy has of the text, numbered again."""
    edition = annotated.edition
    series, plain = edition.settings.series, edition.text.plain
    whole = number(annotated.anchors, series=series, plain=plain, section_id=TEXT_ID)
    if cut.leaves_whole(edition.text.blocks):
        return whole
    draft = work(edition, whole, running="", cut=cut).section
    called = calls_in(draft.title, draft.blocks)
    kept = (anchor for anchor, call in zip(annotated.anchors, whole.calls, strict=True) if call.node.id in called)
    return number(kept, series=series, plain=plain, section_id=TEXT_ID)


def editors_matter(matter: Matter, *, kind: MatterKind, language: str) -> Draft:
    """A document of front or back matter."""
    name = slug(matter.id)
    label = label_of(matter.text.title) or matter.id
    section = Section(
        id=name if name not in {role.value for role in Role} or name == Role.INTRODUCTION.value else f"{name}-matter",
        role=Role.INTRODUCTION if name == Role.INTRODUCTION.value else Role.MATTER,
        matter=kind,
        label=label,
        title=matter.text.title or run(label),
        running=matter.text.short_title,
        language=language,
        blocks=identify(matter.text.blocks, prefix=name),
    )
    return Draft(section=section, footnotes=_own_footnotes(matter.text, section))


def _own_footnotes(text: Text, section: Section) -> tuple[PlacedNote, ...]:
    called = (
        inline.label
        for inline in (*nest(section.title), *inlines_of(section.blocks))
        if isinstance(inline, FootnoteCall)
    )
    return footnotes(text, called=called, section_id=section.id)


def finish(draft: Draft, *, resolver: Resolver, notes: Iterable[PlacedNote]) -> Section:
    """The section with everything resolved, and with the notes that it calls in the order of their calls."""
    own = {note.note_id: note for note in draft.footnotes}
    section = draft.section
    title, blocks = resolver.titled(section.title, section.blocks, footnotes=own)
    return with_notes(replace(section, title=title, blocks=blocks), (*draft.footnotes, *notes), resolver=resolver)


def with_notes(section: Section, notes: Iterable[PlacedNote], *, resolver: Resolver) -> Section:
    """The section with those of the notes that it calls, in the order of their calls, resolved."""
    by_id = {note.id: note for note in notes}
    called = notes_called(section.title, section.blocks, by_id)
    placed = tuple(
        replace(resolved_note(by_id[name], resolver=resolver), called_again=calls[1:])
        for name, calls in called.items()
        if name in by_id
    )
    return replace(section, notes=placed)


def resolved_note(note: PlacedNote, *, resolver: Resolver) -> PlacedNote:
    """The note with its cross-references and citations resolved."""
    return replace(note, blocks=resolver.blocks(note.blocks))
