"""A piece of a volume, handed out alone: which sections it has, and what its file says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from publisher.compose.destinations import reading_id
from publisher.compose.i18n import words_for
from publisher.compose.pages.page_breaks import ids_of
from publisher.model.apparatus import PdfPlacement
from publisher.model.excerpt import Choice, Piece, UnknownPiece, Wanted
from publisher.model.inline import InternalLink
from publisher.model.ledger import Entitlement, Kind, LedgerEntry
from publisher.model.publication import LISTS, ContentsEntry, Excerpt, Metadata, Publication, Role, Section, calls_of
from publisher.model.settings import Rights
from publisher.model.target import Format
from publisher.model.trade import NO_TRADE
from publisher.model.walk import inlines_of, nest

ABOUT_THE_VOLUME = frozenset({Role.COVER, Role.HALF_TITLE, Role.TITLE_PAGE, Role.IMPRINT, Role.CONTENTS, *LISTS})
"""What no one executor out alone."""


def piece(publication: Publication, wanted: Wanted) -> Piece:
    """The piece that is wanted; raises `UnknownPiece` where the volume has none of the name."""
    return _reading(publication, wanted) if wanted.reading is not None else _section(publication, wanted)


def alone(publication: Publication, item: Piece, *, labels: Mapping[str, str]) -> Publication:
    """The piece as a publication of its own; `labels` are those of the pages that the volume refers to."""
    taken = frozenset(item.section_ids)
    sections = tuple(section for section in publication.sections if section.id in taken)
    there = frozenset(_ids(sections))
    elsewhere = {target: labels.get(target, "") for target in _targets(sections) if target not in there}
    return replace(
        publication,
        metadata=item.metadata,
        output=replace(publication.output, name=f"{publication.output.name}.{item.name}"),
        sections=sections,
        contents=item.contents,
        excerpt=Excerpt(line=item.line, elsewhere=elsewhere),
    )


def _reading(publication: Publication, wanted: Wanted) -> Piece:
    """A reading: its opening page and everything that follows up to the next one."""
    entries = tuple(entry for entry in publication.ledger if entry.kind is Kind.READING)
    numbered = {str(number): entry for number, entry in enumerate(entries, 1)}
    found = {entry.slug: entry for entry in entries}.get(wanted.reading or "") or numbered.get(wanted.reading or "")
    if found is None:
        raise UnknownPiece(wanted, tuple(Choice(name=entry.slug, label=entry.title) for entry in entries))
    own = reading_id(found.slug)
    ids = (
        section.id
        for section in _cut_sections(publication)
        if section.id == own or section.id.startswith(reading_id(found.slug, ""))
    )
    name = reading_id(found.slug)
    return _make(publication, name=name, ids=tuple(ids), metadata=_of_reading(publication.metadata, found))


def _section(publication: Publication, wanted: Wanted) -> Piece:
    """A section with its chapters, and that of their notes where these occur apart."""
    sections = tuple(section for section in _cut_sections(publication) if section.role not in ABOUT_THE_VOLUME)
    found = next((section for section in sections if section.id == wanted.section), None)
    if found is None:
        raise UnknownPiece(wanted, tuple(Choice(name=section.id, label=section.label) for section in sections))
    parts = (found, *(section for section in sections if section.continues == found.id))
    gathered = frozenset(note.id for section in parts for note in section.notes if note.series in _apart(publication))
    notes = (
        section for section in sections if section.role is Role.NOTES and gathered & {note.id for note in section.notes}
    )
    ids = tuple(dict.fromkeys(section.id for section in (*parts, *notes)))
    metadata = _of_section(publication.metadata, found)
    return _make(publication, name=f"section-{found.id}", ids=ids, metadata=metadata)


def _cut_sections(publication: Publication) -> Iterator[Section]:
    return (section for section in publication.sections if Format.PDF in section.formats)


def _apart(publication: Publication) -> frozenset[str]:
    """The series whose notes are in a section of their own."""
    return frozenset(item.id for item in publication.series if item.pdf is PdfPlacement.END)


def _make(publication: Publication, *, name: str, ids: tuple[str, ...], metadata: Metadata) -> Piece:
    whole = publication.metadata
    line = words_for(whole.language).from_volume.format(_cite(whole))
    return Piece(
        name=name,
        section_ids=ids,
        line=line,
        metadata=replace(
            metadata, identifier=f"{whole.identifier}#{name}", isbn=None, trade=NO_TRADE, description=line
        ),
        contents=tuple(_keep(publication.contents, frozenset(ids))),
    )


def _cite(metadata: Metadata) -> str:
    """A volume as it is named in a line: `Title: subtitle (publisher, 2026)`."""
    title = f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title
    return f"{title} ({', '.join(filter(None, (metadata.publisher, metadata.date[:4])))})"


def _of_reading(whole: Metadata, entry: LedgerEntry) -> Metadata:
    """What the file of a reading says of itself: its own title, authors and rights."""
    return replace(
        whole,
        title=entry.title,
        subtitle=None,
        contributors=entry.authors or whole.contributors,
        rights=_rights(entry.entitlement, whole.rights),
    )


def _rights(entitlement: Entitlement, whole: Rights) -> Rights:
    return Rights(
        status=entitlement.status,
        statement=entitlement.statement or whole.statement,
        apparatus=None,
        licence_url=entitlement.licence_url,
    )


def _of_section(whole: Metadata, section: Section) -> Metadata:
    """What the file of a section says of itself: its title, and behind it that of the volume."""
    return whole if section.label == whole.title else replace(whole, title=section.label, subtitle=whole.title)


def _keep(entries: Iterable[ContentsEntry], ids: frozenset[str]) -> Iterator[ContentsEntry]:
    """The entries that lead into some sections; what is below another moves up."""
    for entry in entries:
        below = tuple(_keep(entry.children, ids))
        if entry.section_id in ids:
            yield replace(entry, children=below)
        else:
            yield from below


def _ids(sections: tuple[Section, ...]) -> Iterator[str]:
    yield from ids_of(sections)
    for section in sections:
        yield from (call.id for call in calls_of(section))


def _targets(sections: Iterable[Section]) -> Iterator[str]:
    """The ids of everything that the words of sections lead to."""
    for section in sections:
        yield from (call for note in section.notes for call in (note.call_id, *note.called_again))
        yield from (call.note_id for call in calls_of(section))
        for blocks in (section.blocks, *(note.blocks for note in section.notes)):
            yield from (
                internal_link.target_id
                for internal_link in inlines_of(blocks)
                if isinstance(internal_link, InternalLink)
            )
        yield from (
            internal_link.target_id for internal_link in nest(section.title) if isinstance(internal_link, InternalLink)
        )
