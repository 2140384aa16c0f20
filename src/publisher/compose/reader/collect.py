"""What the sections of a reader are made of: readings in ids of their own, what they share, what is cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from publisher.compose.agreements import everything_in, in_order
from publisher.compose.audience import address, shown_in, statement_for
from publisher.compose.citations import Citations, Part, Place, Style, places_of
from publisher.compose.destinations import unknown_readings
from publisher.compose.i18n import Words
from publisher.compose.matter import Draft, editors_matter
from publisher.compose.places import places, unknown_places
from publisher.compose.reader.merge import (
    References,
    agreement_names,
    cited_agreements,
    shared_references,
    shared_series,
    with_those_they_cite,
)
from publisher.compose.reader.namespaces import Shared, Space, places_in_agreements
from publisher.compose.reader.order import Volume
from publisher.compose.reader.proof_sheet import stamp
from publisher.compose.reader.reading import PlacedReading, named_notes, place_reading, place_volume_reading
from publisher.compose.resolve import Resolver
from publisher.diagnostics import PublisherError
from publisher.model.agreement import Agreement
from publisher.model.block import Block, Paragraph
from publisher.model.edition import AnnotatedEdition
from publisher.model.facts import facts, ledger, shown_readings
from publisher.model.ledger import Kind, LedgerEntry
from publisher.model.publication import MatterKind, PlacedNote
from publisher.model.reader import AnnotatedReader, EditionBody, Reader
from publisher.model.target import Audience
from publisher.model.walk import inlines_of

OWN = ""
"""The slug of what the reader has of its own."""


def gather(annotated: AnnotatedReader, words: Words, audience: Audience) -> Volume:
    """The volume, ready to be put in order. Raises `PublisherError` where something points at an unknown reading."""
    editions = dict(annotated.editions)
    reader = annotated.reader
    given = tuple(
        PlacedReading(
            unit=unit,
            reading=reading,
            facts=facts(reading, editions.get(reading.slug), reader),
            edition=editions.get(reading.slug),
        )
        for unit, reading in shown_readings(reader, audience)
    )
    named = tuple(
        (placed_reading.slug, placed_reading.edition.edition)
        for placed_reading in given
        if placed_reading.edition is not None
    )
    found, series = shared_references(((OWN, reader.own), *named)), shared_series(named)
    made = tuple(
        place_reading(
            placed_reading,
            shared=Shared(keys=found.names.get(placed_reading.slug, {}), series=series.get(placed_reading.slug, {})),
            audience=audience,
        )
        for placed_reading in given
    )
    alone = AnnotatedEdition(edition=reader.own, anchors=())
    own = Shared(keys={}, series={}).edition(address(alone, audience, words=words))
    front = tuple(
        editors_matter(matter, kind=MatterKind.FRONT, language=reader.course.language) for matter in own.edition.front
    )
    return _Made(reader, words, audience, made, front, found, annotated).volume()


@dataclass(frozen=True, slots=True)
class _Made:
    """Readings whose sections are made, with ids of their own."""

    reader: Reader
    words: Words
    audience: Audience
    readings: tuple[PlacedReading, ...]
    front: tuple[Draft, ...]
    references: References
    annotated: AnnotatedReader

    def volume(self) -> Volume:
        """The same in ids that hold in the volume, with everything that can be pointed at."""
        taken = tuple(self._taken())
        names = agreement_names((placed_reading.slug, agreement) for placed_reading, agreement in taken)
        spaces = {reading.slug: self._space(reading, names.get(reading.slug, {})) for reading in self.readings}
        readings = tuple(place_volume_reading(reading, spaces[reading.slug]) for reading in self.readings)
        renamed = {
            agreement.id: agreement
            for placed_reading, given in reversed(taken)
            for agreement in (spaces[placed_reading.slug].agreement(given),)
        }
        agreements = tuple(reversed(renamed.values()))
        blocks = self._everything(readings, agreements)
        return Volume(
            reader=self.reader,
            audience=self.audience,
            statement=statement_for(stamp(self.reader.course, self.words), self.audience, words=self.words),
            readings=readings,
            front=self.front,
            agreements=agreements,
            resolver=self._resolver(readings, agreements, blocks),
            ledger=self._ledger(),
        )

    def _space(self, given: PlacedReading, agreements: Mapping[str, str]) -> Space:
        language = given.facts.language
        own = self.reader.course.language
        return Space(
            slug=given.slug,
            agreements=agreements,
            places=places_in_agreements(given.agreements, agreements),
            language=None if language == own else language,
        )

    def _taken(self) -> Iterator[tuple[PlacedReading, Agreement]]:
        """The agreements that the volume has, each with the reading that brings it."""
        loose = cited_agreements(self._loose())
        for reading in self.readings:
            wanted = reading.wanted | with_those_they_cite(loose, reading.agreements)
            loose = tuple(name for name in loose if name not in wanted)
            for agreement in reading.agreements:
                if agreement.id in wanted:
                    yield reading, agreement

    def _loose(self) -> tuple[Block, ...]:
        """Every block of what is no edition: the reader's own matter and lines, and documents."""
        documents = (reading for reading in self.readings if not isinstance(reading.reading.body, EditionBody))
        return (
            *self._own_blocks(),
            *(block for placed_reading in documents for block in placed_reading.blocks),
        )

    def _own_blocks(self) -> tuple[Block, ...]:
        drafts = (draft.all_blocks for draft in self.front)
        notes = (note.blocks for draft in self.front for note in draft.footnotes)
        lines = (
            *(unit.about for unit in self.reader.units),
            *(line for reading in self.readings for line in (reading.facts.citation, *reading.reading.questions)),
        )
        return (
            *(block for blocks in (*drafts, *notes) for block in blocks),
            *(Paragraph(children=line) for line in lines),
        )

    def _everything(self, readings: tuple[PlacedReading, ...], agreements: tuple[Agreement, ...]) -> tuple[Block, ...]:
        return (
            *self._own_blocks(),
            *(block for reading in readings for block in reading.blocks),
            *(block for agreement in agreements for block in everything_in(agreement)),
        )

    def _resolver(
        self, readings: tuple[PlacedReading, ...], agreements: tuple[Agreement, ...], blocks: tuple[Block, ...]
    ) -> Resolver:
        """Everything that can be pointed at; raises `PublisherError` (C-017, M-050) if something else is."""
        destinations = {reading.slug: reading.destination() for reading in self.readings}
        own = places(
            (draft.section for draft in self.front),
            apart=(block for draft in self.front for note in draft.footnotes for block in note.blocks),
        )
        apart = (
            *(block for reading in readings for block in reading.blocks),
            *(block for agreement in agreements for block in everything_in(agreement)),
        )
        unknown = (
            *unknown_readings(inlines_of(blocks), destinations),
            *unknown_places(inlines_of(self._own_blocks()), own),
        )
        if unknown:
            raise PublisherError(*unknown)
        return Resolver(
            words=self.words,
            agreements={agreement.id: agreement for agreement in agreements},
            numbers={agreement.id: name for name, agreement in in_order(agreements)},
            notes={name: note for reading in readings for name, note in named_notes(reading)},
            citations=self._citations(self._cited(readings, agreements, blocks)),
            readings=destinations,
            places={**own, **places((draft.section for reading in readings for draft in reading.drafts), apart=apart)},
        )

    def _cited(
        self, readings: tuple[PlacedReading, ...], agreements: tuple[Agreement, ...], blocks: tuple[Block, ...]
    ) -> tuple[Place, ...]:
        """Where the volume cites, in the order of reading: its own matter, reading after reading, the appendix."""
        parts = [_part(draft, {}, 0) for draft in self.front]
        for number, reading in enumerate(readings, 1):
            notes = {note.id: note for note in reading.notes}
            parts += (_part(draft, notes, number) for draft in reading.drafts)
        appendix = tuple(block for agreement in agreements for block in everything_in(agreement))
        all_notes = {note.id: note for placed_reading in readings for note in placed_reading.notes}
        return places_of((*parts, Part(blocks=appendix, notes=all_notes)), rest=blocks)

    def _citations(self, places: tuple[Place, ...]) -> Citations:
        course = self.reader.course
        try:
            style = Style(name=course.citation_style, own=course.citation_file)
            return Citations(self.references.records, style=style, language=course.language, places=places)
        except PublisherError as error:
            at = max(course.source.text.find("citation-style:"), 0)
            here = course.source.span(at, at + len("citation-style"))
            told = (replace(diagnostic, span=diagnostic.span or here) for diagnostic in error.diagnostics)
            raise PublisherError(*told, exit_code=error.exit_code) from error

    def _ledger(self) -> tuple[LedgerEntry, ...]:
        """The lines of the ledger; of pictures those alone that the readings show."""
        shown = {reading.slug: _pictures_in(reading) for reading in self.readings}
        return tuple(
            entry
            for entry in ledger(self.annotated, self.audience)
            if entry.kind is Kind.READING or entry.title in shown[entry.slug]
        )


def _part(draft: Draft, notes: Mapping[str, PlacedNote], group: int) -> Part:
    own = {note.note_id: note for note in draft.footnotes}
    return Part(blocks=draft.all_blocks, footnotes=own, notes=notes, group=group)


def _pictures_in(given: PlacedReading) -> frozenset[str]:
    """The pictures of a reading that it shows, by the names that its edition has for them."""
    if given.edition is None:
        return frozenset()
    sections = tuple(draft.section for draft in given.drafts)
    noted = tuple(replace(section, notes=given.notes) for section in sections)
    return frozenset(image.path.partition("/")[2] for image in shown_in(noted, given.edition.edition.images))
