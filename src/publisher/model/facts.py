"""What is said of a reading wherever it is named: its own words in `reader.yaml`, else those of its edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch

from publisher.model.addresses import normalize
from publisher.model.credits import ATTRIBUTED, WRITERS, in_roles
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.inline import Inline, Link, Run
from publisher.model.ledger import Entitlement, Kind, LedgerEntry
from publisher.model.reader import AnnotatedReader, DocumentBody, LinkBody, Reader, Reading, Unit
from publisher.model.settings import Contributor, RightsStatus
from publisher.model.target import Audience, is_for
from publisher.model.walk import label_of, plain_of_inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A reading described."""

    title: str
    short_title: str
    contributors: tuple[Contributor, ...]
    language: str
    citation: tuple[Inline, ...]
    entitlement: Entitlement

    @property
    def authors(self) -> tuple[Contributor, ...]:
        """Those who wrote it, or are said to have."""
        return in_roles(self.contributors, WRITERS | ATTRIBUTED)


def facts(reading: Reading, annotated: AnnotatedEdition | None, reader: Reader) -> Facts:
    """The facts of a reading; `annotated` is its edition or document, if it is one."""
    document = isinstance(reading.body, DocumentBody)
    edition = None if annotated is None or document else annotated.edition
    written = label_of(annotated.edition.text.title) if annotated is not None and document else ""
    title = reading.title or (edition.settings.title if edition else written) or reading.slug
    short = reading.short_title or (None if reading.title or edition is None else edition.settings.short_title)
    return Facts(
        title=title,
        short_title=short or title,
        contributors=reading.contributors or (edition.settings.contributors if edition else ()),
        language=reading.language or (edition.settings.language if edition else reader.course.language),
        citation=reading.citation or (_provenance(edition) if edition else ()),
        entitlement=reading.entitlement or _entitlement(edition, reading),
    )


def _provenance(edition: Edition) -> tuple[Inline, ...]:
    """Where the text of an edition comes from, as its own imprint says it."""
    provenance = edition.settings.provenance
    said = provenance.statement or provenance.published
    words = (Run(text=said),) if said else ()
    url = provenance.url
    link = (Link(href=normalize(url), children=(Run(text=url),)),) if url else ()
    return (*words, *((Run(text=" "),) if words and link else ()), *link)


def _entitlement(edition: Edition | None, reading: Reading) -> Entitlement:
    """What an edition says of its rights; unknown where nothing says anything."""
    if edition is None:
        return Entitlement(status=RightsStatus.UNKNOWN, span=reading.span)
    rights = edition.settings.rights
    return Entitlement(
        status=rights.status, statement=rights.statement, licence_url=rights.licence_url, span=reading.span
    )


def shown_readings(reader: Reader, audience: Audience) -> Iterator[tuple[Unit, Reading]]:
    """The readings that a copy has, with their units."""
    for unit in reader.units:
        for reading in unit.readings:
            if is_for(audience, reading.audience):
                yield unit, reading


def ledger(annotated: AnnotatedReader, audience: Audience) -> tuple[LedgerEntry, ...]:
    """A line for each reading, and after it for each picture that is in it."""
    editions = dict(annotated.editions)
    return tuple(
        entry
        for unit, reading in shown_readings(annotated.reader, audience)
        for entry in _entries(unit, reading, editions.get(reading.slug), annotated.reader)
    )


def _entries(unit: Unit, reading: Reading, annotated: AnnotatedEdition | None, reader: Reader) -> Iterator[LedgerEntry]:
    known = facts(reading, annotated, reader)
    yield LedgerEntry(
        kind=Kind.READING,
        unit=unit.title,
        slug=reading.slug,
        title=known.title,
        authors=known.authors,
        source=plain_of_inlines(known.citation),
        copied=not isinstance(reading.body, LinkBody),
        entitlement=known.entitlement,
    )
    for image in annotated.edition.images if annotated else ():
        yield LedgerEntry(
            kind=Kind.IMAGE,
            unit=unit.title,
            slug=reading.slug,
            title=image.path,
            authors=(),
            source=known.title,
            copied=True,
            entitlement=_image_rights(reading, image.path),
        )


def _image_rights(reading: Reading, path: str) -> Entitlement:
    """The rights in a picture, as the first pattern that fits it says; unknown where none does."""
    fitting = (image_rights.entitlement for image_rights in reading.images if fnmatch(path, image_rights.pattern))
    return next(fitting, Entitlement(status=RightsStatus.UNKNOWN, span=reading.span))
