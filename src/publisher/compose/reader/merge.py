"""What several readings have in common: references, series of notes, agreements.

What has one name and says the same is one thing. What has one name and says something else is retained apart: the later
one gets the slug of its reading behind its name, because anyone who binds editions by others can correct neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from publisher.compose.agreements import everything_in
from publisher.model.agreement import Agreement, parts_of
from publisher.model.apparatus import Series
from publisher.model.block import Block
from publisher.model.edition import Edition
from publisher.model.inline import CrossReference, NoteCall, Reference, Target
from publisher.model.walk import inlines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """The references of the volume, and what each reading calls them."""

    records: tuple[Reference, ...]
    names: Mapping[str, Mapping[str, str]]
    """By slug, the volume's key of each key."""


def shared_references(editions: Iterable[tuple[str, Edition]]) -> References:
    """The references of all readings, those that are alike once."""
    records: dict[str, Reference] = {}
    names: dict[str, dict[str, str]] = {}
    for slug, edition in editions:
        for reference in edition.references:
            known = records.get(reference.key)
            same = known is None or known.record == reference.record
            key = reference.key if same else f"{reference.key}--{slug}"
            records.setdefault(key, replace(reference, key=key, aliases=()))
            names.setdefault(slug, {}).update(dict.fromkeys((reference.key, *reference.aliases), key))
    return References(records=tuple(records.values()), names=names)


def shared_series(editions: Iterable[tuple[str, Edition]]) -> Mapping[str, Mapping[str, Series]]:
    """By slug, the volume's series for each series of the edition, those that are alike once."""
    known: dict[str, Series] = {}
    names: dict[str, dict[str, Series]] = {}
    for slug, edition in editions:
        for item in edition.settings.series:
            bare = replace(item, file="")
            same = known.setdefault(item.id, bare) == bare
            series = bare if same else replace(bare, id=f"{item.id}--{slug}")
            known.setdefault(series.id, series)
            names.setdefault(slug, {})[item.id] = series
    return names


def cited_agreements(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The ids of the agreements that blocks point at, each once."""
    found = (
        cross_reference.id
        for cross_reference in inlines_of(blocks)
        if isinstance(cross_reference, CrossReference) and cross_reference.target is Target.AGREEMENT
    )
    return tuple(dict.fromkeys(found))


def with_those_they_cite(ids: Iterable[str], agreements: Iterable[Agreement]) -> frozenset[str]:
    """The ids, with those of the agreements that these agreements cite in turn."""
    by_id = {agreement.id: agreement for agreement in agreements}
    found: set[str] = set()
    waiting = [name for name in ids if name in by_id]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [
                cited_agreement
                for cited_agreement in cited_agreements(everything_in(by_id[name]))
                if cited_agreement in by_id
            ]
    return frozenset(found)


def without_places(agreement: Agreement) -> Agreement:
    """The agreement as it can be compared: wherever it was written."""
    nowhere = replace(agreement.span, start=0, end=0, source=replace(agreement.span.source, name="", text=""))
    provisions = tuple(replace(provision, span=nowhere) for provision in agreement.provisions)
    return replace(agreement, span=nowhere, provisions=provisions)


def agreement_names(wanted: Iterable[tuple[str, Agreement]]) -> Mapping[str, Mapping[str, str]]:
    """By slug, the volume's id of each agreement that a reading brings; `wanted` are slugs and agreements in order."""
    known: dict[str, Agreement] = {}
    names: dict[str, dict[str, str]] = {}
    for slug, agreement in wanted:
        bare = without_places(agreement)
        is_first = agreement.id not in known
        same = is_first or (known[agreement.id] == bare and not _calls_notes(agreement))
        name = agreement.id if same else f"{agreement.id}--{slug}"
        known.setdefault(name, bare)
        names.setdefault(slug, {})[agreement.id] = name
    return names


def _calls_notes(agreement: Agreement) -> bool:
    """Whether notes of its edition are about it, which another edition's copy of it does not call."""
    return any(isinstance(inline, NoteCall) for inline in inlines_of(parts_of(agreement)))
