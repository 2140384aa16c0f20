"""Readings and references as CSL-JSON records (https://docs.citationstyles.org/en/stable/specification.html)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from publisher.compose.citations.edition_record import edition_record
from publisher.model.edition import AnnotatedEdition
from publisher.model.facts import facts, shown_readings
from publisher.model.inline import Reference
from publisher.model.publication import Metadata
from publisher.model.reader import AnnotatedReader, DocumentBody, EditionBody, LinkBody, Reading
from publisher.model.settings import Contributor, Settings
from publisher.model.target import Audience
from publisher.model.walk import plain_of_inlines

Record = Mapping[str, Any]
NAMES = (("author", ("aut", "att", "cre", "dub")), ("editor", ("edt",)), ("translator", ("trl",)))
"""Variables of CSL for names, with the MARC relator codes that are under them."""


def edition_records(annotated: AnnotatedEdition, metadata: Metadata) -> tuple[Record, ...]:
    """The edition itself, then its references."""
    return _distinct((_volume(metadata), *_references(annotated.edition.references)))


def reader_records(annotated: AnnotatedReader, metadata: Metadata, *, audience: Audience) -> tuple[Record, ...]:
    """The reader itself, its readings in order, then the references of the reader and of its editions."""
    editions = dict(annotated.editions)
    shown = [(unit.title, reading) for unit, reading in shown_readings(annotated.reader, audience)]
    readings = (_reading(reading, unit, editions.get(reading.slug), annotated) for unit, reading in shown)
    used = (editions[reading.slug].edition for _, reading in shown if reading.slug in editions)
    files = (annotated.reader.own, *used)
    return _distinct(
        (_volume(metadata), *readings, *(mapping for edition in files for mapping in _references(edition.references)))
    )


def _volume(metadata: Metadata) -> Record:
    record: dict[str, Any] = dict(edition_record(metadata))
    trade = metadata.trade
    facts_of_trade = {
        "DOI": trade.doi,
        "URL": trade.url,
        "collection-title": trade.series.title if trade.series else None,
        "collection-number": trade.series.number if trade.series else None,
    }
    return record | {name: value for name, value in facts_of_trade.items() if value}


def _reading(reading: Reading, unit: str, annotated: AnnotatedEdition | None, reader: AnnotatedReader) -> Record:
    """What is known of a reading; the citation that `reader.yaml` gives is its note."""
    known = facts(reading, annotated, reader.reader)
    record: dict[str, Any] = {
        "id": reading.slug,
        "type": _type(reading),
        "title": known.title,
        "title-short": known.short_title if known.short_title != known.title else None,
        **{name: _names(known.contributors, roles) for name, roles in NAMES},
        "language": known.language,
        "URL": _address(reading, annotated),
        "issued": _issued_date(reading, annotated),
        "note": plain_of_inlines(known.citation),
        "keyword": unit,
    }
    return {name: value for name, value in record.items() if value}


def _type(reading: Reading) -> str:
    if isinstance(reading.body, LinkBody):
        return "webpage"
    return "book" if isinstance(reading.body, EditionBody) else "document"


def _settings(reading: Reading, annotated: AnnotatedEdition | None) -> Settings | None:
    return None if annotated is None or isinstance(reading.body, DocumentBody) else annotated.edition.settings


def _address(reading: Reading, annotated: AnnotatedEdition | None) -> str | None:
    if isinstance(reading.body, LinkBody):
        return reading.body.url
    settings = _settings(reading, annotated)
    return settings.provenance.url if settings else None


def _issued_date(reading: Reading, annotated: AnnotatedEdition | None) -> Any:
    settings = _settings(reading, annotated)
    if settings is None:
        return None
    return {"date-parts": [[int(part) for part in settings.date.split("-")]]}


def _names(people: Iterable[Contributor], roles: tuple[str, ...]) -> list[dict[str, str]]:
    return [_name(contributor) for contributor in people if contributor.role in roles]


def _name(person: Contributor) -> dict[str, str]:
    family, _, given = (part.strip() for part in person.sort.partition(","))
    if given and person.name == f"{given} {family}":
        return {"family": family, "given": given}
    return {"literal": person.name}


def _references(references: Iterable[Reference]) -> Iterator[Record]:
    for reference in references:
        record: dict[str, Any] = json.loads(reference.record)
        yield record | {"id": reference.key}


def _distinct(records: Iterable[Record]) -> tuple[Record, ...]:
    """Each record once; another one with the same id gets a number."""
    found: dict[str, Record] = {}
    for record in records:
        if record not in found.values():
            key = _free(str(record["id"]), found)
            found[key] = record if key == record["id"] else {**record, "id": key}
    return tuple(found.values())


def _free(name: str, taken: Mapping[str, Record]) -> str:
    """The name, with a number if it is taken."""
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(text for text in numbered if text not in taken)


def records_of(
    annotated: AnnotatedEdition | AnnotatedReader, metadata: Metadata, *, audience: Audience
) -> tuple[Record, ...]:
    """The records of an edition or a reader."""
    if isinstance(annotated, AnnotatedReader):
        return reader_records(annotated, metadata, audience=audience)
    return edition_records(annotated, metadata)
