"""The sections of a reader in their order: front, units with their readings, appendix, references, closing pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from publisher.compose.agreements import Place, appendix, cite
from publisher.compose.audience import identifier_for
from publisher.compose.back import references
from publisher.compose.front import cover_page, front_pages
from publisher.compose.i18n import Words
from publisher.compose.ids import identify
from publisher.compose.matter import Draft, finish, with_notes
from publisher.compose.reader.closing import acknowledgements, colophon, imprint, index
from publisher.compose.reader.namespaces import picture_path
from publisher.compose.reader.openings import Openings
from publisher.compose.reader.proof_sheet import stamp
from publisher.compose.reader.reading import PlacedReading, headings_of, parts, places_in
from publisher.compose.resolve import Resolver
from publisher.model.agreement import Agreement
from publisher.model.apparatus import Series
from publisher.model.assets import Image, Typeface
from publisher.model.edition import Edition
from publisher.model.ledger import LedgerEntry
from publisher.model.publication import Role, Section
from publisher.model.reader import Course, ForeignBody, Reader
from publisher.model.settings import Settings
from publisher.model.target import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A reader ready to be put in order."""

    reader: Reader
    audience: Audience
    statement: str | None
    readings: tuple[PlacedReading, ...]
    front: tuple[Draft, ...]
    agreements: tuple[Agreement, ...]
    resolver: Resolver
    ledger: tuple[LedgerEntry, ...]

    @property
    def course(self) -> Course:
        """`reader.yaml`, typed."""
        return self.reader.course

    @property
    def words(self) -> Words:
        """The words of its language."""
        return self.resolver.words

    @property
    def settings(self) -> Settings:
        """What an edition would say."""
        return self.reader.own.settings

    def sections(self) -> Iterator[Section]:
        """Front pages, introduction, units with their readings, appendix, references, and the pages after them."""
        yield from self._front()
        yield from self._body()
        yield from self._appendix()
        yield from self._references()
        yield acknowledgements(self.ledger, self.course, self.words)
        yield index(self.readings, self.course, self.words)
        yield colophon(self.readings, self.course, self.words)

    def _front(self) -> Iterator[Section]:
        yield cover_page(self.settings, self.words)
        identifier = identifier_for(self.course.identifier, self.audience)
        for section in front_pages(self.settings, self.words):
            own = section.role is Role.IMPRINT
            yield imprint(self.course, identifier, self.statement, self.words) if own else section
        for draft in self.front:
            yield finish(draft, resolver=self.resolver, notes=draft.footnotes)

    def _body(self) -> Iterator[Section]:
        said = stamp(self.course, self.words)
        openings = Openings(resolver=self.resolver, language=self.course.language, stamp=said)
        for number, unit in enumerate(self.reader.units, 1):
            readings = tuple(placed_reading for placed_reading in self.readings if placed_reading.unit is unit)
            yield openings.unit(unit, readings, number)
            for reading in readings:
                yield from self._reading(reading, openings)

    def _reading(self, given: PlacedReading, openings: Openings) -> Iterator[Section]:
        sections = parts(given, self.resolver)
        yield openings.reading(given, entries=headings_of(sections))
        yield from sections
        if isinstance(given.reading.body, ForeignBody):
            yield openings.pages(given, given.reading.body)

    def _appendix(self) -> Iterator[Section]:
        if self.agreements:
            made = appendix(self.agreements, settings=self.settings, resolver=self.resolver, places=self._places())
            section = replace(made, blocks=identify(made.blocks, prefix=made.id))
            notes = (note for reading in self.readings for note in reading.notes)
            yield with_notes(section, notes, resolver=self.resolver)

    def _places(self) -> Mapping[str, tuple[Place, ...]]:
        notes = (note for draft in self.front for note in draft.footnotes)
        places = dict(cite(notes, (draft.section for draft in self.front)))
        for reading in self.readings:
            for name, found in places_in(reading):
                places[name] = (*places.get(name, ()), *found)
        return places

    def _references(self) -> Iterator[Section]:
        citations = self.resolver.citations
        if citations.bibliography():
            yield references(citations, settings=self.settings, words=self.words)

    def series(self) -> tuple[Series, ...]:
        """The series of all readings, each once."""
        found = (
            series for reading in self.readings if reading.edition for series in reading.edition.edition.settings.series
        )
        return tuple({series.id: series for series in found}.values())

    def images(self) -> tuple[Image, ...]:
        """The pictures of all readings and of the reader's own matter, each once."""
        editions: Iterable[Edition] = (reading.edition.edition for reading in self.readings if reading.edition)
        own = (replace(image, path=picture_path(image)) for image in self.reader.own.images)
        found = (*own, *(image for edition in editions for image in edition.images))
        return tuple({image.path: image for image in found}.values())

    def typefaces(self) -> tuple[Typeface, ...]:
        """The typefaces that the reader and its editions bring, each once."""
        editions = (self.reader.own, *(reading.edition.edition for reading in self.readings if reading.edition))
        return tuple({face.content: face for edition in editions for face in edition.typefaces}.values())
