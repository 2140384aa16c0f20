"""Names that hold in the whole volume: of references, pictures and series at first, of ids once there are sections."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from publisher.compose.agreements import everything_in
from publisher.compose.destinations import reading_id
from publisher.compose.matter import Draft
from publisher.compose.places import places
from publisher.compose.resolve import agreement_id
from publisher.model.agreement import Agreement
from publisher.model.apparatus import Anchor, Series
from publisher.model.assets import Image
from publisher.model.block import Block, Figure, ListBlock, ThematicBreak
from publisher.model.change import BlockChange, InlineChange, with_blocks, with_inlines, with_lines
from publisher.model.edition import AnnotatedEdition, Edition, Matter
from publisher.model.inline import Citation, CrossReference, Foreign, Inline, NoteCall, Styled, Target
from publisher.model.publication import PlacedNote
from publisher.model.text import Text
from publisher.model.walk import rebuilt

Inlines = tuple[Inline, ...]


def picture_path(image: Image) -> str:
    """The path of a picture with the digest of what it shows before it, so that equal ones are one."""
    return f"{hashlib.sha256(image.content).hexdigest()[:16]}/{image.path}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a reading calls otherwise than the volume does."""

    keys: Mapping[str, str]
    """Of references."""
    series: Mapping[str, Series]
    """By the ids that the edition gives them."""

    def edition(self, annotated: AnnotatedEdition) -> AnnotatedEdition:
        """The edition with the volume's names for references, pictures and series."""
        edition = annotated.edition
        paths = {image.path: picture_path(image) for image in edition.images}
        renaming = _Renaming(self.keys, paths, {name: series.id for name, series in self.series.items()})
        return replace(
            annotated,
            edition=self._edition(edition, renaming),
            anchors=tuple(self._anchor(anchor, renaming) for anchor in annotated.anchors),
            elsewhere=tuple(self._anchor(anchor, renaming) for anchor in annotated.elsewhere),
        )

    def _anchor(self, anchor: Anchor, _renaming: _Renaming) -> Anchor:
        note = anchor.note
        return replace(
            anchor, note=replace(note, series=self.series[note.series].id, blocks=_renaming.blocks(note.blocks))
        )

    def _edition(self, edition: Edition, _renaming: _Renaming) -> Edition:
        return replace(
            edition,
            settings=replace(
                edition.settings, series=tuple(self.series[series.id] for series in edition.settings.series)
            ),
            text=_renaming.text(edition.text),
            front=tuple(map(_renaming.matter, edition.front)),
            back=tuple(map(_renaming.matter, edition.back)),
            agreements=tuple(map(_renaming.agreement, edition.agreements)),
            images=tuple(replace(image, path=picture_path(image)) for image in edition.images),
        )


@dataclass(frozen=True, slots=True)
class _Renaming:
    """References and pictures under other names."""

    keys: Mapping[str, str]
    paths: Mapping[str, str]
    series: Mapping[str, str]

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return with_lines(with_blocks(blocks, self._block), self._inline)

    def text(self, text: Text) -> Text:
        footnotes = tuple(replace(footnote, blocks=self.blocks(footnote.blocks)) for footnote in text.footnotes)
        title = with_inlines(text.title, self._inline)
        return replace(text, title=title, blocks=self.blocks(text.blocks), footnotes=footnotes)

    def matter(self, matter: Matter) -> Matter:
        return replace(matter, text=self.text(matter.text))

    def agreement(self, agreement: Agreement) -> Agreement:
        return changed_agreement(agreement, block=self._block, inline=self._inline)

    def _block(self, block: Block) -> tuple[Block, ...]:
        return (replace(block, path=self.paths[block.path]) if isinstance(block, Figure) else block,)

    def _inline(self, inline: Inline) -> Inline:
        if isinstance(inline, NoteCall):
            return self._call(inline)
        if not isinstance(inline, Citation):
            return inline
        return replace(
            inline,
            references=tuple(
                replace(reference, key=self.keys.get(reference.key, reference.key)) for reference in inline.references
            ),
        )

    def _call(self, call: NoteCall) -> NoteCall:
        """The call of a note on what is not the text, which was woven in under the edition's name of its series."""
        name = self.series.get(call.series, call.series)
        before, after = f"-{call.series}-", f"-{name}-"
        note, own = (text.replace(before, after, 1) for text in (call.note_id, call.id))
        return replace(call, note_id=note, id=own, series=name)


def changed_agreement(agreement: Agreement, *, block: BlockChange, inline: InlineChange) -> Agreement:
    """The agreement with every block and every inline in it changed."""
    return _reline(
        agreement,
        line=lambda words: with_inlines(words, inline),
        blocks=lambda blocks: with_lines(with_blocks(blocks, block), inline),
    )


def _in_language(agreement: Agreement, language: str) -> Agreement:
    """The agreement with every line marked as words in a language."""

    def line(words: Inlines) -> Inlines:
        return (Foreign(language=language, children=words),) if words else ()

    return _reline(agreement, line=line, blocks=lambda blocks: rebuilt(blocks, line=line, code=lambda block: (block,)))


def _reline(
    agreement: Agreement,
    *,
    line: Callable[[Inlines], Inlines],
    blocks: Callable[[tuple[Block, ...]], tuple[Block, ...]],
) -> Agreement:
    """The agreement with each of its lines and blocks changed."""
    return replace(
        agreement,
        parties=line(agreement.parties),
        kind=line(agreement.kind),
        force_note=line(agreement.force_note),
        document=line(agreement.document),
        published=line(agreement.published),
        date_note=line(agreement.date_note),
        by=line(agreement.by),
        to=line(agreement.to),
        blocks=blocks(agreement.blocks),
        provisions=tuple(
            replace(provision, label=line(provision.label), blocks=blocks(provision.blocks))
            for provision in agreement.provisions
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """The ids of one reading: each gets a prefix that no other has."""

    slug: str
    agreements: Mapping[str, str]
    """The volume's ids of the agreements that it cites, by its own."""
    places: Mapping[str, str]
    """The volume's ids of places in these agreements, by its own."""
    language: str | None = None
    """Its language, where that is not the volume's."""

    def id(self, name: str) -> str:
        """An id of the reading as the volume has it."""
        return reading_id(self.slug, name)

    def draft(self, draft: Draft) -> Draft:
        """The section with its footnotes."""
        section = draft.section
        return Draft(
            section=replace(
                section,
                id=self.id(section.id),
                title=with_inlines(section.title, self._inline),
                blocks=self.blocks(section.blocks),
            ),
            footnotes=self.notes(draft.footnotes),
        )

    def notes(self, notes: Iterable[PlacedNote]) -> tuple[PlacedNote, ...]:
        """The notes with the ids of their calls and of the section that has these."""
        return tuple(
            replace(
                note,
                id=self.id(note.id),
                call_id=self.id(note.call_id),
                called_again=tuple(map(self.id, note.called_again)),
                section_id=self.id(note.section_id),
                blocks=self.blocks(note.blocks),
            )
            for note in notes
        )

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """The blocks with their ids."""
        return with_lines(with_blocks(blocks, self._block), self._inline)

    def agreement(self, agreement: Agreement) -> Agreement:
        """The agreement under the volume's name, with what it cites."""
        renamed = changed_agreement(agreement, block=self._block, inline=self._inline)
        if self.language is not None:
            renamed = _in_language(renamed, self.language)
        return replace(renamed, id=self.agreements.get(agreement.id, agreement.id))

    def _block(self, block: Block) -> tuple[Block, ...]:
        if isinstance(block, ListBlock | ThematicBreak) or not block.id:
            return (block,)
        return (replace(block, id=self._place(block.id)),)

    def _inline(self, inline: Inline) -> Inline:
        match inline:
            case NoteCall():
                return replace(inline, id=self.id(inline.id), note_id=self.id(inline.note_id))
            case CrossReference(target=Target.NOTE):
                return replace(inline, id=note_name(self.slug, inline.id))
            case CrossReference(target=Target.AGREEMENT):
                return replace(inline, id=self.agreements.get(inline.id, inline.id))
            case CrossReference(target=Target.PLACE):
                return replace(inline, id=self._place(inline.id))
            case Styled(id=str()):
                return replace(inline, id=self._place(inline.id or ""))
            case _:
                return inline

    def _place(self, name: str) -> str:
        """The id of a place: in an agreement, which several readings may bring, it is that of no reading."""
        return self.places.get(name) or self.id(name)


def places_in_agreements(agreements: Iterable[Agreement], names: Mapping[str, str]) -> dict[str, str]:
    """The volume's ids of places in agreements, by those of their edition; `names` are those of the agreements."""
    return {
        place: f"{agreement_id(names[agreement.id])}--{place}"
        for agreement in agreements
        if agreement.id in names
        for place in places((), apart=everything_in(agreement))
    }


def note_name(slug: str, note_id: str) -> str:
    """What a note is called in the volume."""
    return f"{slug}--{note_id}"
