"""Annotated edition → publication: matter, weave, numbering, contents, colophon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from publisher.compose.accessibility import with_accessibility
from publisher.compose.agreements import SECTION_ID as APPENDIX_ID
from publisher.compose.agreements import appendix, cite, everything_in, in_order
from publisher.compose.audience import address, identifier_for, named_for, shown_in, statement_for
from publisher.compose.back import GENERATOR, colophon, gathered_notes, references
from publisher.compose.chapters import chapters
from publisher.compose.citations import Citations, Part, Place, Style, places_of
from publisher.compose.contents import contents
from publisher.compose.destinations import unknown_readings
from publisher.compose.excerpt import alone, piece
from publisher.compose.front import front_pages
from publisher.compose.i18n import Words, fix, words_for
from publisher.compose.ids import identify
from publisher.compose.lists import with_lists
from publisher.compose.matter import Draft, editors_matter, finish, mark, resolved_note, with_notes, work
from publisher.compose.notes.apparatus import author_series
from publisher.compose.notes.elsewhere import placed_elsewhere, with_calls
from publisher.compose.notes.numbers import Parts, number
from publisher.compose.pages.create import page_map
from publisher.compose.pages.diff import other_pages
from publisher.compose.pages.locate import in_print, with_page_starts
from publisher.compose.pages.page_breaks import with_page_breaks
from publisher.compose.places import places
from publisher.compose.reader import compose_reader
from publisher.compose.resolve import Resolver
from publisher.compose.selection import Cut
from publisher.compose.typesetting import with_picture_widths
from publisher.diagnostics import PublisherError
from publisher.model.agreement import Agreement
from publisher.model.block import Block
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.publication import MatterKind, Metadata, PlacedNote, Publication, Section
from publisher.model.reader import AnnotatedReader
from publisher.model.settings import Pages, Settings
from publisher.model.target import Audience
from publisher.model.walk import inlines_of
from publisher.sanitize.sheets import shipped_sheets

__all__ = ["alone", "compose", "in_print", "other_pages", "page_map", "piece", "with_accessibility", "with_page_starts"]
__all__ += ["with_page_breaks"]


def compose(
    annotated: AnnotatedEdition | AnnotatedReader, *, moment: str, audience: Audience = Audience.STUDENT
) -> Publication:
    """The volume of one edition, or of a course reader's many: every section in order, everything resolved.

    `moment` is what the artifacts carry as their time of modification, `YYYY-MM-DDThh:mm:ssZ`. Raises
    `PublisherError` where the citation style is unknown, a reference cannot be set in it, or there is no reading of
    the name that is pointed at.
    """
    if isinstance(annotated, AnnotatedReader):
        return compose_reader(annotated, moment=moment, audience=audience)
    words = words_for(annotated.edition.settings.language)
    cut = Cut(audience=audience, words=words, whole=annotated.edition.text)
    annotated = address(with_calls(annotated, audience), audience, words=words)
    composer = _composer(annotated, words, cut)
    edition, settings, sections = composer.edition, composer.settings, composer.sections()
    sections = with_picture_widths(sections, settings.typesetting)
    statement = statement_for(settings.statement, audience, words=words)
    return Publication(
        metadata=_metadata(replace(settings, statement=statement), moment, audience),
        output=named_for(settings.output, audience),
        series=(*settings.series, author_series(words.author_notes)),
        sections=sections,
        contents=contents(sections),
        images=shown_in(sections, edition.images),
        words=fix(words, language=settings.language),
        templates=edition.templates,
        stylesheets=shipped_sheets(edition.stylesheets),
        typefaces=edition.typefaces,
        fonts=settings.fonts,
        typesetting=settings.typesetting,
        in_print=settings.pages is Pages.FROZEN,
        page_map=edition.page_map,
        cover=edition.cover,
        colour_profile=edition.colour_profile,
        printer=edition.printer,
    )


def _metadata(settings: Settings, moment: str, audience: Audience) -> Metadata:
    return Metadata(
        title=settings.title,
        subtitle=settings.subtitle,
        short_title=settings.short_title,
        language=settings.language,
        identifier=identifier_for(settings.identifier, audience),
        isbn=settings.isbn,
        contributors=settings.contributors,
        publisher=settings.publisher,
        place=settings.place,
        date=settings.date,
        modified=moment,
        statement=settings.statement,
        description=settings.description,
        subjects=settings.subjects,
        rights=settings.rights,
        provenance=settings.provenance,
        generator=GENERATOR,
        title_lines=settings.title_lines,
        trade=settings.trade,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drafts:
    """What the editors wrote, each section still as they wrote it, and every note."""

    front: tuple[Draft, ...]
    text: Draft
    back: tuple[Draft, ...]
    notes: tuple[PlacedNote, ...]
    editorial: tuple[PlacedNote, ...]
    """Those of the editors."""
    agreements: tuple[Agreement, ...]
    """In order of time, with the calls of their notes."""

    def everything(self) -> tuple[Block, ...]:
        """Every block of notes, matter and agreements, in that order."""
        drafts = (*self.front, self.text, *self.back)
        return (
            *(block for note in self.notes for block in note.blocks),
            *(block for draft in drafts for block in draft.all_blocks),
            *(block for agreement in self.agreements for block in everything_in(agreement)),
        )

    def cited(self) -> tuple[Place, ...]:
        """Where matter, text, notes and agreements cite, in the order of reading."""
        notes = {note.id: note for note in self.notes}
        appendix = tuple(block for agreement in self.agreements for block in everything_in(agreement))
        front, back = (tuple(self._part(draft, notes) for draft in drafts) for drafts in (self.front, self.back))
        parts = (*front, self._part(self.text, notes), Part(blocks=appendix, notes=notes), *back)
        return places_of(parts, rest=self.everything())

    def _part(self, draft: Draft, notes: Mapping[str, PlacedNote]) -> Part:
        own = {note.note_id: note for note in draft.footnotes}
        return Part(blocks=draft.all_blocks, footnotes=own, notes=notes)


def _drafts(annotated: AnnotatedEdition, words: Words, cut: Cut) -> _Drafts:
    edition, apparatus = annotated.edition, mark(annotated, cut=cut)
    language = edition.settings.language
    front = tuple(editors_matter(matter, kind=MatterKind.FRONT, language=language) for matter in edition.front)
    back = tuple(editors_matter(matter, kind=MatterKind.BACK, language=language) for matter in edition.back)
    text = work(edition, apparatus, running=words.text, cut=cut)
    parts = Parts(
        before=(*front, text),
        agreements=tuple(agreement for _, agreement in in_order(edition.agreements)),
        after=back,
        notes=(*apparatus.notes, *placed_elsewhere(annotated)),
    )
    settings = edition.settings
    parts = number(parts, series=settings.series, numbering=settings.numbering, appendix=APPENDIX_ID)
    own = tuple(note for draft in parts.drafts for note in draft.footnotes)
    return _Drafts(
        front=parts.before[:-1],
        text=parts.before[-1],
        back=parts.after,
        notes=(*parts.notes, *own),
        editorial=parts.notes,
        agreements=parts.agreements,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Composer:
    """The sections of one edition, each made from what the editors wrote and from what it points at."""

    edition: Edition
    words: Words
    drafts: _Drafts
    resolver: Resolver

    @property
    def settings(self) -> Settings:
        """`edition.yaml`, typed."""
        return self.edition.settings

    def sections(self) -> tuple[Section, ...]:
        """Front pages, editors' front matter, the work, the appendix, editors' back matter, the pages after it."""
        drafts = self.drafts
        return with_lists(
            (
                *front_pages(self.settings, self.words),
                *(self._finished(draft) for draft in drafts.front),
                *chapters(self._finished(drafts.text), wanted=self.settings.output.chapters),
                *self._appendix(),
                *(self._finished(draft) for draft in drafts.back),
                *self._gathered(),
                *self._references(),
                self._identify(colophon(self.settings, self.words, generator=GENERATOR)),
            ),
            settings=self.settings,
            words=self.words,
        )

    def _finished(self, draft: Draft) -> Section:
        return finish(draft, resolver=self.resolver, notes=self.drafts.notes)

    def _appendix(self) -> tuple[Section, ...]:
        agreements = self.drafts.agreements
        if not agreements:
            return ()
        matter = (draft.section for draft in (*self.drafts.front, *self.drafts.back))
        places = cite(self.drafts.notes, matter)
        section = appendix(agreements, settings=self.settings, resolver=self.resolver, places=places)
        return (with_notes(self._identify(section), self.drafts.notes, resolver=self.resolver),)

    def _gathered(self) -> tuple[Section, ...]:
        notes = self.drafts.notes
        section = gathered_notes(notes, series=self.settings.series, settings=self.settings, words=self.words)
        if not section.notes:
            return ()
        resolved = tuple(resolved_note(note, resolver=self.resolver) for note in section.notes)
        return (replace(section, notes=resolved),)

    def _references(self) -> tuple[Section, ...]:
        """What is cited; no section where nothing is."""
        citations = self.resolver.citations
        return (references(citations, settings=self.settings, words=self.words),) if citations.bibliography() else ()

    def _identify(self, section: Section) -> Section:
        return replace(section, blocks=identify(section.blocks, prefix=section.id))


def _refuse_readings(drafts: _Drafts) -> None:
    """Nothing. Raises `PublisherError` (C-017) where something points at another reading: an edition has none."""
    found = tuple(unknown_readings(inlines_of(drafts.everything()), {}))
    if found:
        raise PublisherError(*found)


def _citations(edition: Edition, places: tuple[Place, ...]) -> Citations:
    """What is cited, formatted; that the style is unknown is reported where edition.yaml names it."""
    settings = edition.settings
    try:
        style = Style(name=settings.citation_style, own=settings.citation_file)
        return Citations(edition.references, style=style, language=settings.language, places=places)
    except PublisherError as error:
        at = max(settings.source.text.find("citation-style:"), 0)
        here = settings.source.span(at, at + len("citation-style"))
        raise PublisherError(
            *(replace(diagnostic, span=diagnostic.span or here) for diagnostic in error.diagnostics),
            exit_code=error.exit_code,
        ) from error


def _composer(annotated: AnnotatedEdition, words: Words, cut: Cut) -> _Composer:
    edition, drafts = annotated.edition, _drafts(annotated, words, cut)
    _refuse_readings(drafts)
    resolver = Resolver(
        words=words,
        agreements={agreement.id: agreement for agreement in edition.agreements},
        numbers={agreement.id: name for name, agreement in in_order(edition.agreements)},
        notes={note.note_id: note for note in drafts.editorial},
        citations=_citations(edition, drafts.cited()),
        places=places(
            (draft.section for draft in (*drafts.front, drafts.text, *drafts.back)), apart=drafts.everything()
        ),
    )
    return _Composer(edition=edition, words=words, drafts=drafts, resolver=resolver)
