"""A course reader → a publication: units, readings, one appendix, one list of references, acknowledgements, index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from publisher.compose.agreements import Place, appendix, cited, everything_in, in_order
from publisher.compose.apparatus import author_series
from publisher.compose.audience import addressed, files_for, identifier_for, named_for, shown_in, statement_for
from publisher.compose.back import GENERATOR, cited_keys, references
from publisher.compose.citations import Citations
from publisher.compose.contents import contents
from publisher.compose.course.bound import Bound, bound, headings_of, named_notes, parts, placed, places_in
from publisher.compose.course.closing import acknowledgements, colophon, imprint, index
from publisher.compose.course.names import Shared, Space, picture_path
from publisher.compose.course.openings import Openings
from publisher.compose.course.proof import proof_sheet, stamp
from publisher.compose.course.shared import (
    References,
    agreement_names,
    cited_agreements,
    shared_references,
    shared_series,
    with_those_they_cite,
)
from publisher.compose.destinations import unknown_readings
from publisher.compose.front import cover_page, front_pages
from publisher.compose.identify import identified
from publisher.compose.matter import Draft, editors_matter, finished
from publisher.compose.resolve import Resolver
from publisher.compose.words import Words, fixed, words_for
from publisher.diagnostics import PublisherError
from publisher.model.agreement import Agreement
from publisher.model.apparatus import Series
from publisher.model.audience import Audience
from publisher.model.block import Block, Paragraph
from publisher.model.edition import AnnotatedEdition, Edition, Image, Rights, RightsStatus, Settings, Typeface
from publisher.model.facts import facts, ledger, shown_readings
from publisher.model.ledger import Kind, LedgerEntry
from publisher.model.publication import MatterKind, Metadata, Publication, Role, Section
from publisher.model.reader import AnnotatedReader, Course, EditionBody, ForeignBody, Reader
from publisher.model.walk import inlines_of

OWN = ""
"""The slug of what the reader has of its own."""


def compose_reader(annotated: AnnotatedReader, *, moment: str, audience: Audience) -> Publication:
    """The volume of a course reader.

    Raises `PublisherError` where the citation style is unknown, a reference cannot be set in it, or there is no
    reading of the name that is pointed at (C-017).
    """
    reader = annotated.reader
    words = words_for(reader.course.language)
    volume = _volume(annotated, words, audience)
    sections = tuple(volume.sections())
    images = shown_in(sections, volume.images())
    said = stamp(reader.course, words)
    return Publication(
        metadata=_metadata(reader, volume.statement, moment, audience, words),
        output=named_for(reader.course.output, audience),
        series=(*volume.series(), author_series(words.author_notes)),
        sections=sections,
        contents=contents(sections),
        images=images,
        words=fixed(words, stamp=said),
        templates=reader.own.templates,
        stylesheets=(*reader.own.stylesheets, *proof_sheet(said)),
        typefaces=volume.typefaces(),
        ledger=volume.ledger,
        colour_profile=reader.own.colour_profile,
        cover=reader.own.cover,
        files=files_for(reader.own.files, audience),
    )


def _metadata(reader: Reader, statement: str | None, moment: str, audience: Audience, words: Words) -> Metadata:
    course = reader.course
    return Metadata(
        title=course.title,
        subtitle=" · ".join(part for part in (course.code, course.term) if part) or None,
        short_title=course.short_title,
        language=course.language,
        identifier=identifier_for(course.identifier, audience),
        isbn=None,
        contributors=course.instructors,
        publisher=course.institution,
        place=None,
        date=course.date,
        modified=moment,
        statement=statement,
        description=course.description,
        subjects=course.subjects,
        rights=Rights(
            status=RightsStatus.UNKNOWN, statement=words.course.about_rights, apparatus=None, licence_url=None
        ),
        provenance=reader.own.settings.provenance,
        generator=GENERATOR,
    )


def _volume(annotated: AnnotatedReader, words: Words, audience: Audience) -> _Volume:
    """Everything that sections are made of: readings in ids of their own, what they share, where all of it is."""
    editions = dict(annotated.editions)
    reader = annotated.reader
    given = tuple(
        Bound(
            unit=unit,
            reading=reading,
            facts=facts(reading, editions.get(reading.slug), reader),
            edition=editions.get(reading.slug),
        )
        for unit, reading in shown_readings(reader, audience)
    )
    named = tuple((one.slug, one.edition.edition) for one in given if one.edition is not None)
    found, series = shared_references(((OWN, reader.own), *named)), shared_series(named)
    made = tuple(
        bound(
            one,
            shared=Shared(keys=found.names.get(one.slug, {}), series=series.get(one.slug, {})),
            audience=audience,
        )
        for one in given
    )
    alone = AnnotatedEdition(edition=reader.own, anchors=())
    own = Shared(keys={}, series={}).edition(addressed(alone, audience, words=words))
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
    readings: tuple[Bound, ...]
    front: tuple[Draft, ...]
    references: References
    annotated: AnnotatedReader

    def volume(self) -> _Volume:
        """The same in ids that hold in the volume, with everything that can be pointed at."""
        taken = tuple(self._taken())
        names = agreement_names((one.slug, agreement) for one, agreement in taken)
        spaces = {one.slug: self._space(one, names.get(one.slug, {})) for one in self.readings}
        readings = tuple(placed(one, spaces[one.slug]) for one in self.readings)
        renamed = {
            agreement.id: agreement
            for one, given in reversed(taken)
            for agreement in (spaces[one.slug].agreement(given),)
        }
        agreements = tuple(reversed(renamed.values()))
        blocks = self._everything(readings, agreements)
        return _Volume(
            reader=self.reader,
            audience=self.audience,
            statement=statement_for(stamp(self.reader.course, self.words), self.audience, words=self.words),
            readings=readings,
            front=self.front,
            agreements=agreements,
            resolver=self._resolver(readings, agreements, blocks),
            keys=cited_keys(blocks),
            ledger=self._ledger(),
        )

    def _space(self, given: Bound, agreements: Mapping[str, str]) -> Space:
        language = given.facts.language
        own = self.reader.course.language
        return Space(slug=given.slug, agreements=agreements, language=None if language == own else language)

    def _taken(self) -> Iterator[tuple[Bound, Agreement]]:
        """The agreements that the volume has, each with the reading that brings it."""
        loose = cited_agreements(self._loose())
        for one in self.readings:
            wanted = one.wanted | with_those_they_cite(loose, one.agreements)
            loose = tuple(name for name in loose if name not in wanted)
            for agreement in one.agreements:
                if agreement.id in wanted:
                    yield one, agreement

    def _loose(self) -> tuple[Block, ...]:
        """Every block of what is no edition: the reader's own matter and lines, and documents."""
        documents = (one for one in self.readings if not isinstance(one.reading.body, EditionBody))
        return (
            *self._own_blocks(),
            *(block for one in documents for block in one.blocks),
        )

    def _own_blocks(self) -> tuple[Block, ...]:
        drafts = (draft.all_blocks for draft in self.front)
        notes = (note.blocks for draft in self.front for note in draft.footnotes)
        lines = (
            *(unit.about for unit in self.reader.units),
            *(line for one in self.readings for line in (one.facts.citation, *one.reading.questions)),
        )
        return (
            *(block for blocks in (*drafts, *notes) for block in blocks),
            *(Paragraph(children=line) for line in lines),
        )

    def _everything(self, readings: tuple[Bound, ...], agreements: tuple[Agreement, ...]) -> tuple[Block, ...]:
        return (
            *self._own_blocks(),
            *(block for one in readings for block in one.blocks),
            *(block for agreement in agreements for block in everything_in(agreement)),
        )

    def _resolver(
        self, readings: tuple[Bound, ...], agreements: tuple[Agreement, ...], blocks: tuple[Block, ...]
    ) -> Resolver:
        """Everything that can be pointed at; raises `PublisherError` (C-017) where something else is."""
        destinations = {one.slug: one.destination() for one in self.readings}
        unknown = tuple(unknown_readings(inlines_of(blocks), destinations))
        if unknown:
            raise PublisherError(*unknown)
        return Resolver(
            words=self.words,
            agreements={agreement.id: agreement for agreement in agreements},
            numbers={agreement.id: name for name, agreement in in_order(agreements)},
            notes={name: note for one in readings for name, note in named_notes(one)},
            citations=self._citations(cited_keys(blocks)),
            readings=destinations,
        )

    def _citations(self, keys: tuple[str, ...]) -> Citations:
        course = self.reader.course
        try:
            return Citations(self.references.records, style=course.citation_style, language=course.language, cited=keys)
        except PublisherError as error:
            at = max(course.source.text.find("citation-style:"), 0)
            here = course.source.span(at, at + len("citation-style"))
            told = (replace(one, span=one.span or here) for one in error.diagnostics)
            raise PublisherError(*told, exit_code=error.exit_code) from error

    def _ledger(self) -> tuple[LedgerEntry, ...]:
        """The lines of the ledger; of pictures those alone that the readings show."""
        shown = {one.slug: _pictures_in(one) for one in self.readings}
        return tuple(
            entry
            for entry in ledger(self.annotated, self.audience)
            if entry.kind is Kind.READING or entry.title in shown[entry.slug]
        )


def _pictures_in(given: Bound) -> frozenset[str]:
    """The pictures of a reading that it shows, by the names that its edition has for them."""
    if given.edition is None:
        return frozenset()
    sections = tuple(draft.section for draft in given.drafts)
    noted = tuple(replace(section, notes=given.notes) for section in sections)
    return frozenset(image.path.partition("/")[2] for image in shown_in(noted, given.edition.edition.images))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Volume:
    """A reader ready to be put in order."""

    reader: Reader
    audience: Audience
    statement: str | None
    readings: tuple[Bound, ...]
    front: tuple[Draft, ...]
    agreements: tuple[Agreement, ...]
    resolver: Resolver
    ledger: tuple[LedgerEntry, ...]
    keys: tuple[str, ...]
    """What is cited, in order."""

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
            yield finished(draft, resolver=self.resolver, notes=draft.footnotes)

    def _body(self) -> Iterator[Section]:
        said = stamp(self.course, self.words)
        openings = Openings(resolver=self.resolver, language=self.course.language, stamp=said)
        for number, unit in enumerate(self.reader.units, 1):
            readings = tuple(one for one in self.readings if one.unit is unit)
            yield openings.unit(unit, readings, number)
            for one in readings:
                yield from self._reading(one, openings)

    def _reading(self, given: Bound, openings: Openings) -> Iterator[Section]:
        sections = parts(given, self.resolver)
        yield openings.reading(given, entries=headings_of(sections))
        yield from sections
        if isinstance(given.reading.body, ForeignBody):
            yield openings.pages(given, given.reading.body)

    def _appendix(self) -> Iterator[Section]:
        if self.agreements:
            made = appendix(self.agreements, settings=self.settings, resolver=self.resolver, places=self._places())
            yield replace(made, blocks=identified(made.blocks, prefix=made.id))

    def _places(self) -> Mapping[str, tuple[Place, ...]]:
        notes = (note for draft in self.front for note in draft.footnotes)
        places = dict(cited(notes, (draft.section for draft in self.front)))
        for one in self.readings:
            for name, found in places_in(one):
                places[name] = (*places.get(name, ()), *found)
        return places

    def _references(self) -> Iterator[Section]:
        if self.keys:
            citations = self.resolver.citations
            yield references(self.keys, citations=citations, settings=self.settings, words=self.words)

    def series(self) -> tuple[Series, ...]:
        """The series of all readings, each once."""
        found = (series for one in self.readings if one.edition for series in one.edition.edition.settings.series)
        return tuple({series.id: series for series in found}.values())

    def images(self) -> tuple[Image, ...]:
        """The pictures of all readings and of the reader's own matter, each once."""
        editions: Iterable[Edition] = (one.edition.edition for one in self.readings if one.edition)
        own = (replace(image, path=picture_path(image)) for image in self.reader.own.images)
        found = (*own, *(image for edition in editions for image in edition.images))
        return tuple({image.path: image for image in found}.values())

    def typefaces(self) -> tuple[Typeface, ...]:
        """The typefaces that the reader and its editions bring, each once."""
        editions = (self.reader.own, *(one.edition.edition for one in self.readings if one.edition))
        return tuple({face.content: face for edition in editions for face in edition.typefaces}.values())
