"""A reading on its way into the volume: from its edition to sections with ids that only it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from publisher.compose.agreements import SECTION_ID as APPENDIX_ID
from publisher.compose.agreements import Place, cite
from publisher.compose.audience import address
from publisher.compose.back import gathered_notes
from publisher.compose.chapters import chapters
from publisher.compose.contents import below
from publisher.compose.destinations import Destination, reading_id
from publisher.compose.i18n import words_for
from publisher.compose.matter import Draft, editors_matter, finish, mark, resolved_note, work
from publisher.compose.notes.elsewhere import placed_elsewhere, with_calls
from publisher.compose.notes.numbers import Parts, number
from publisher.compose.pages.page_breaks import ids_of
from publisher.compose.reader.merge import cited_agreements, with_those_they_cite
from publisher.compose.reader.namespaces import Shared, Space, note_name
from publisher.compose.resolve import Resolver
from publisher.compose.selection import Cut
from publisher.model.agreement import Agreement
from publisher.model.block import Block
from publisher.model.edition import AnnotatedEdition
from publisher.model.facts import Facts
from publisher.model.inline import NoteCall
from publisher.model.publication import ContentsEntry, MatterKind, PlacedNote, Section
from publisher.model.reader import DocumentBody, EditionBody, Reading, Unit
from publisher.model.target import Audience
from publisher.model.walk import inlines_of, nest


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedReading:
    """A reading with what is said of it, and with the sections of its edition or document, if it is one."""

    unit: Unit
    reading: Reading
    facts: Facts
    edition: AnnotatedEdition | None = None
    drafts: tuple[Draft, ...] = ()
    """Front matter, text, back matter; in ids of their own until `placed`."""
    notes: tuple[PlacedNote, ...] = ()
    """Every note, the author's own last."""

    @property
    def slug(self) -> str:
        """Its name."""
        return self.reading.slug

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of its notes and sections."""
        return (
            *(block for note in self.notes for block in note.blocks),
            *(block for draft in self.drafts for block in draft.all_blocks),
        )

    @property
    def wanted(self) -> frozenset[str]:
        """The ids of the agreements that belong to it: all of a whole edition, else those that it cites."""
        if self.edition is None or not isinstance(self.reading.body, EditionBody):
            return frozenset()
        agreements = self.edition.edition.agreements
        if not self.reading.body.selection:
            return frozenset(agreement.id for agreement in agreements)
        return with_those_they_cite(cited_agreements(self.blocks), agreements)

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """Those that its edition has."""
        whole = self.edition is not None and isinstance(self.reading.body, EditionBody)
        return self.edition.edition.agreements if whole and self.edition else ()

    def destination(self) -> Destination:
        """What can be pointed at in it; asked before it is `placed`."""
        sections = [draft.section for draft in self.drafts]
        lines = ((*nest(section.title), *inlines_of(section.blocks)) for section in sections)
        calls = (note_call.id for line in lines for note_call in line if isinstance(note_call, NoteCall))
        return Destination(title=self.facts.title, ids=frozenset((*ids_of(sections), *calls)))


def place_reading(given: PlacedReading, *, shared: Shared, audience: Audience) -> PlacedReading:
    """The reading with its sections made, still in its own ids and with nothing resolved."""
    if given.edition is None:
        return given
    reading, words = given.reading, words_for(given.facts.language)
    renamed = shared.edition(address(with_calls(given.edition, audience), audience, words=words))
    edition = _as_bound(renamed, given)
    selection = reading.body.selection if isinstance(reading.body, EditionBody) else ()
    cut = Cut(audience=audience, words=words, whole=given.edition.edition.text, selection=selection)
    apparatus = mark(edition, cut=cut)
    language, whole = given.facts.language, edition.edition
    matter = not selection
    front, back = (
        tuple(editors_matter(item, kind=MatterKind.BODY, language=language) for item in group if matter)
        for group in (whole.front, whole.back)
    )
    parts = Parts(
        before=(*front, work(whole, apparatus, running=given.facts.short_title, cut=cut), *back),
        agreements=whole.agreements,
        after=(),
        notes=(*apparatus.notes, *placed_elsewhere(edition)),
    )
    settings = whole.settings
    parts = number(parts, series=settings.series, numbering=settings.numbering, appendix=APPENDIX_ID)
    own = (note for draft in parts.before for note in draft.footnotes)
    notes = tuple(replace(note, language=language) for note in (*parts.notes, *own))
    edition = replace(edition, edition=replace(whole, agreements=parts.agreements))
    return replace(given, edition=edition, drafts=parts.before, notes=notes)


def _as_bound(annotated: AnnotatedEdition, given: PlacedReading) -> AnnotatedEdition:
    """The edition under the title and in the language that the reader gives it."""
    settings = replace(annotated.edition.settings, title=given.facts.title, language=given.facts.language)
    return replace(annotated, edition=replace(annotated.edition, settings=settings))


def place_volume_reading(given: PlacedReading, space: Space) -> PlacedReading:
    """The reading in ids that only it has."""
    return replace(given, drafts=tuple(map(space.draft, given.drafts)), notes=space.notes(given.notes))


def named_notes(given: PlacedReading) -> Iterator[tuple[str, PlacedNote]]:
    """The notes that can be pointed at, as the volume calls them."""
    return ((note_name(given.slug, note.note_id), note) for note in given.notes)


def places_in(given: PlacedReading) -> Iterator[tuple[str, tuple[Place, ...]]]:
    """For each agreement where a placed reading cites it: in notes and matter, and in the text of a document."""
    whole = isinstance(given.reading.body, DocumentBody)
    matter = (draft.section for draft in given.drafts if whole or draft.section.source is None)
    within = (given.facts.short_title, reading_id(given.slug))
    for name, found in cite(given.notes, matter).items():
        yield name, tuple(place if _is_itself(place, given) else replace(place, within=within) for place in found)


def _is_itself(place: Place, given: PlacedReading) -> bool:
    """Whether a place is the text of the reading, which needs no naming twice."""
    return not place.is_note and place.label == given.facts.title


def parts(given: PlacedReading, resolver: Resolver) -> tuple[Section, ...]:
    """The finished sections of a placed reading, those of its gathered notes last."""
    own = replace(resolver, words=words_for(given.facts.language))
    made = (finish(draft, resolver=own, notes=given.notes) for draft in given.drafts)
    sections = (_below_opening(section, given, len(given.drafts)) for section in made)
    apart = given.edition is not None and given.edition.edition.settings.output.chapters
    return (*(part for section in sections for part in chapters(section, wanted=apart)), *_gather(given, own))


def _below_opening(section: Section, given: PlacedReading, count: int) -> Section:
    """The section one step below its opening page; the only one of a reading is found through that page.

    In addition to others the text is called that in the contents, since the page above it has its title already.
    """
    label = words_for(given.facts.language).text if section.source and count > 1 else section.label
    return replace(
        section,
        matter=MatterKind.BODY,
        depth=3,
        label=label,
        running=given.facts.short_title,
        in_contents=count > 1,
    )


def _gather(given: PlacedReading, resolver: Resolver) -> tuple[Section, ...]:
    if given.edition is None:
        return ()
    settings = given.edition.edition.settings
    section = gathered_notes(given.notes, series=settings.series, settings=settings, words=resolver.words)
    if not section.notes:
        return ()
    notes = tuple(resolved_note(note, resolver=resolver) for note in section.notes)
    name = reading_id(given.slug, section.id)
    return (replace(section, id=name, notes=notes, matter=MatterKind.BODY, depth=3, running=given.facts.short_title),)


def headings_of(sections: Iterable[Section]) -> tuple[ContentsEntry, ...]:
    """The headings of sections that the contents do not name."""
    return tuple(entry for section in sections if not section.in_contents for entry in below(section))
