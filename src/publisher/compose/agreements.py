"""The agreements appendix: a chronological table, the agreements after it, under each where it is cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from publisher.compose.front import fact, run, words_of
from publisher.compose.i18n import Words
from publisher.compose.i18n.dates import count, date_in_words, joints
from publisher.compose.resolve import Resolver, agreement_id
from publisher.model.agreement import FULL_TEXT, Agreement, DocumentKind, Provision
from publisher.model.block import Block, Cell, DefinitionList, Division, Heading, Paragraph, Table, TableRow
from publisher.model.date import order
from publisher.model.inline import CrossReference, Emphasis, Inline, InternalLink, Run, Styled, Target
from publisher.model.publication import ContentsEntry, MatterKind, PlacedNote, Role, Section
from publisher.model.settings import Each, Settings
from publisher.model.walk import inlines_of

Numbered = tuple[tuple[str, Agreement], ...]
"""Agreements and documents with their numbers."""
SECTION_ID = "agreements"
COMMENT = "comment"
"""The id under which editors comment on an agreement: set apart, because it is no provision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that cites an agreement."""

    label: str
    """The mark of a note, or the label of a section."""
    target_id: str
    is_note: bool
    within: tuple[str, str] | None = None
    """In a course reader the title of the reading and the id of its opening page."""


def cite(notes: Iterable[PlacedNote], matter: Iterable[Section]) -> Mapping[str, tuple[Place, ...]]:
    """For each agreement id where it is cited: the notes in the order of their calls, then the editors' matter."""
    places: dict[str, list[Place]] = {}
    for note in notes:
        for name in _agreements_in(note.blocks):
            places.setdefault(name, []).append(Place(label=note.mark, target_id=note.call_id, is_note=True))
    for section in matter:
        for name in _agreements_in(section.blocks):
            places.setdefault(name, []).append(Place(label=section.label, target_id=section.id, is_note=False))
    return {name: tuple(found) for name, found in places.items()}


def _agreements_in(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The ids of the agreements that unresolved blocks point at, each once."""
    return tuple(
        dict.fromkeys(
            inline.id
            for inline in inlines_of(blocks)
            if isinstance(inline, CrossReference) and inline.target is Target.AGREEMENT
        )
    )


def in_order(agreements: Iterable[Agreement]) -> tuple[tuple[str, Agreement], ...]:
    """The agreements and documents in order of time, each with its number: `A1`, `D1`."""
    counts: Counter[str] = Counter()
    numbered: list[tuple[str, Agreement]] = []
    for agreement in sorted(agreements, key=lambda agreement: order(agreement.date)):
        letter = "A" if agreement.document_kind is None else "D"
        counts[letter] += 1
        numbered.append((f"{letter}{counts[letter]}", agreement))
    return tuple(numbered)


def _repeats(agreement: Agreement) -> bool:
    """Whether the title of an agreement has the words of its short title."""
    return agreement.short.casefold() in agreement.title.casefold()


def everything_in(agreement: Agreement) -> tuple[Block, ...]:
    """Every line of an agreement as blocks, unresolved: what can cite something."""
    return (
        *(Paragraph(children=line) for line in agreement.facts),
        *agreement.blocks,
        *(
            block
            for provision in agreement.provisions
            for block in (Paragraph(children=provision.label), *provision.blocks)
        ),
    )


def appendix(
    agreements: Iterable[Agreement], *, settings: Settings, resolver: Resolver, places: Mapping[str, tuple[Place, ...]]
) -> Section:
    """The section with the table and every agreement, in order of time."""
    ordered = in_order(agreements)
    title = settings.agreements_title or _title(ordered, resolver.words)
    maker = _Maker(settings=settings, resolver=resolver, words=resolver.words)
    entries = tuple(
        maker.entry(agreement, number=number, places=places.get(agreement.id, ())) for number, agreement in ordered
    )
    return Section(
        id=SECTION_ID,
        role=Role.AGREEMENTS,
        matter=MatterKind.BACK,
        label=title,
        title=run(title),
        language=settings.language,
        blocks=(maker.chronology(ordered), *entries),
        entries=tuple(
            ContentsEntry(
                label=f"{number}\u2002{agreement.short}",
                target_id=agreement_id(agreement.id),
                section_id=SECTION_ID,
            )
            for number, agreement in ordered
        ),
    )


def _title(ordered: Numbered, words: Words) -> str:
    """The heading: that of documents if one of them is no agreement."""
    return words.agreements if all(_is_agreement(agreement) for _, agreement in ordered) else words.documents


def _is_agreement(agreement: Agreement) -> bool:
    return agreement.document_kind in (None, DocumentKind.TREATY)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """What every entry needs."""

    settings: Settings
    resolver: Resolver
    words: Words

    def chronology(self, agreements: Iterable[tuple[str, Agreement]]) -> Table:
        """The table ahead of the agreements."""
        words, agreements = self.words, tuple(agreements)
        has_force = any(agreement.force for _, agreement in agreements)
        kinds = {agreement.document_kind for _, agreement in agreements}
        has_kind = len(kinds) > 1
        has_place = any(agreement.place for _, agreement in agreements)
        is_agreement = all(_is_agreement(agreement) for _, agreement in agreements)
        head = (
            words.number,
            self._with_date(next(iter(kinds))) if len(kinds) == 1 else words.date,
            words.agreement if is_agreement else words.document,
            *((words.kind_column,) if has_kind else ()),
            *((words.place,) if has_place else ()),
            *((words.force,) if has_force else ()),
        )
        rows = tuple(
            self._row(agreement, number, kind=has_kind, place=has_place, force=has_force)
            for number, agreement in agreements
        )
        return Table(
            head=(tuple(Cell(children=run(term)) for term in head),),
            bodies=(rows,),
            width=len(head),
            caption=run(words.chronology),
            row_headers=True,
            id="agreements-chronology",
        )

    def _with_date(self, kind: DocumentKind | None) -> str:
        """What the date of a document is the date of: `Signed`, `Issued`."""
        return self.words.date if kind is None else self.words.document_dates[kind]

    def _kind(self, agreement: Agreement) -> str:
        """What a document is, in a word."""
        kind = agreement.document_kind
        return self.words.agreement if kind is None else self.words.document_kinds[kind]

    def _row(self, agreement: Agreement, number: str, *, kind: bool, place: bool, force: bool) -> TableRow:
        link = InternalLink(target_id=agreement_id(agreement.id), children=run(agreement.short))
        date = date_in_words(agreement.date, self.settings.language)
        cells: list[tuple[Inline, ...]] = [run(number), run(date), (link,)]
        cells += [run(self._kind(agreement))] if kind else []
        cells += [run(agreement.place or "–")] if place else []
        cells += [run(self._force(agreement) or "–")] if force else []
        return tuple(Cell(children=children) for children in cells)

    def _force(self, agreement: Agreement) -> str | None:
        """The force in words, if something is said of it."""
        return self.words.force_of(agreement.force) if agreement.force else None

    def entry(self, agreement: Agreement, *, number: str, places: tuple[Place, ...]) -> Division:
        """One agreement: its facts, what is said of it, its provisions, where it is cited."""
        name = agreement_id(agreement.id)
        number_words = Styled(style=Emphasis.SMALL_CAPS, children=run(f"{number}\u2002"))
        heading = Heading(
            level=2, children=(number_words, Run(text=agreement.title)), id=f"{name}-title", span=agreement.span
        )
        return Division(
            id=name,
            name="agreement on-a-page" if self.settings.each_agreement is Each.PAGE else "agreement",
            running=f"{number} {agreement.short}",
            blocks=(
                heading,
                self._facts(agreement),
                *self.resolver.blocks(agreement.blocks),
                *(self._provision(agreement.id, provision) for provision in agreement.provisions),
                Paragraph(children=self._cited_in(places), name="cited-in"),
            ),
        )

    def _facts(self, agreement: Agreement) -> DefinitionList:
        words, line, kind = self.words, self.resolver.line, agreement.document_kind
        dated = f"{date_in_words(agreement.date, self.settings.language)}, {agreement.place}".removesuffix(", ")
        is_private = kind in (DocumentKind.LETTER, DocumentKind.OTHER)
        short = words_of(None if _repeats(agreement) else agreement.short)
        return DefinitionList(
            name="agreement-facts",
            entries=(
                *fact(words.short_title, short),
                *fact(self._with_date(kind), run(dated), line(agreement.date_note)),
                *fact(words.parties, line(agreement.parties)),
                *(fact(words.document_makers[kind], line(agreement.by)) if kind else ()),
                *fact(words.addressee, line(agreement.to)),
                *fact(words.kind if kind is None else words.kind_column, self._kind_line(agreement)),
                *fact(words.force, words_of(self._force(agreement)), line(agreement.force_note)),
                *fact(words.document if kind is None else words.number, line(agreement.document)),
                *fact(words.published_in if is_private else words.published, line(agreement.published)),
            ),
        )

    def _kind_line(self, agreement: Agreement) -> tuple[Inline, ...]:
        """What it is: as the editors say it of an agreement, a word of a document, nothing of one of no kind."""
        if agreement.document_kind is None:
            return self.resolver.line(agreement.kind)
        return () if agreement.document_kind is DocumentKind.OTHER else run(self._kind(agreement))

    def _provision(self, agreement: str, provision: Provision) -> Division:
        name = agreement_id(agreement, provision.id)
        label = self.resolver.line(provision.label) or run(self.words.text)
        heading = Heading(level=3, children=label, id=f"{name}-title", span=provision.span)
        kind = {COMMENT: "provision comment", FULL_TEXT: "provision full-text"}.get(provision.id, "provision")
        return Division(id=name, name=kind, blocks=(heading, *self.resolver.blocks(provision.blocks)))

    def _cited_in(self, places: tuple[Place, ...]) -> tuple[Inline, ...]:
        """Return the line below an agreement: `Cited in notes 3, 5 and a; Introduction.`."""
        if not places:
            return run(self.words.not_cited)
        inlines: list[Inline] = [Run(text=f"{self.words.cited_in} ")]
        for at, (within, members) in enumerate(groupby(places, key=lambda place: place.within)):
            inlines += [Run(text="; ")] if at else []
            listed = self._listed(tuple(members))
            if within is None:
                inlines += listed
            else:
                title, target = within
                link = InternalLink(target_id=target, children=run(title), purpose="cited-in")
                inlines += [link, Run(text=" ("), *listed, Run(text=")")]
        return (*inlines, Run(text="."))

    def _listed(self, places: tuple[Place, ...]) -> list[Inline]:
        """Return the places as words: `notes 3, 5 and a; Introduction`."""
        words = self.words
        notes = tuple(place for place in places if place.is_note)
        noun = count(words.cited_notes, len(notes), words.language)
        groups = [(Run(text=f"{noun} "), *_enumerate(notes, joints(words.language)))] if notes else []
        groups += [(_link(place),) for place in places if not place.is_note]
        inlines: list[Inline] = []
        for at, group in enumerate(groups):
            inlines += [*([Run(text="; ")] if at else []), *group]
        return inlines


def _link(place: Place) -> InternalLink:
    return InternalLink(target_id=place.target_id, children=run(place.label), purpose="cited-in")


def _enumerate(places: tuple[Place, ...], between: tuple[str, str, str]) -> tuple[Inline, ...]:
    """Links with what joins two of them; of more than two, the first ones; the last one."""
    two, middle, last = between
    final = two if len(places) == 2 else last
    inlines: list[Inline] = []
    for at, place in enumerate(places):
        if at:
            inlines.append(Run(text=final if at == len(places) - 1 else middle))
        inlines.append(_link(place))
    return tuple(inlines)
