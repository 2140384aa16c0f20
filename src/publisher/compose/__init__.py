"""Annotated edition → publication: matter, weave, numbering, contents, colophon."""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher import __version__
from publisher.compose.agreements import appendix, cited, everything_in, in_order
from publisher.compose.apparatus import Apparatus, author_series, number
from publisher.compose.back import cited_keys, colophon, gathered_notes, references
from publisher.compose.citations import Citations
from publisher.compose.contents import contents
from publisher.compose.front import front_pages
from publisher.compose.identify import identified
from publisher.compose.matter import TEXT_ID, Draft, editors_matter, finished, resolved_note, work
from publisher.compose.pages import with_page_breaks
from publisher.compose.resolve import Resolver
from publisher.compose.words import Words, fixed, words_for
from publisher.model.edition import AnnotatedEdition, Edition, Settings
from publisher.model.publication import MatterKind, Metadata, PlacedNote, Publication, Section

__all__ = ["compose", "with_page_breaks"]


def compose(annotated: AnnotatedEdition, *, moment: str) -> Publication:
    """The volume of one edition: every section in order, calls woven in, everything resolved.

    `moment` is what the artifacts carry as their time of modification, `YYYY-MM-DDThh:mm:ssZ`. Raises
    `PublisherError` where the citation style is unknown or a reference cannot be set in it.
    """
    edition = annotated.edition
    settings = edition.settings
    words = words_for(settings.language)
    apparatus = number(annotated.anchors, series=settings.series, plain=edition.text.plain, section_id=TEXT_ID)
    sections = _composer(edition, words, apparatus).sections(_generator())
    return Publication(
        metadata=_metadata(settings, moment),
        output=settings.output,
        series=(*settings.series, author_series(words.author_notes)),
        sections=sections,
        contents=contents(sections),
        images=edition.images,
        words=fixed(words),
        templates=edition.templates,
        stylesheets=edition.stylesheets,
        typefaces=edition.typefaces,
    )


def _composer(edition: Edition, words: Words, apparatus: Apparatus) -> _Composer:
    settings = edition.settings
    citations = Citations(edition.references, style=settings.citation_style, language=settings.language)
    resolver = Resolver(
        words=words,
        agreements={agreement.id: agreement for agreement in edition.agreements},
        numbers={agreement.id: number_ for number_, agreement in in_order(edition.agreements)},
        notes={note.note_id: note for note in apparatus.notes},
        citations=citations,
    )
    return _Composer(edition=edition, words=words, apparatus=apparatus, citations=citations, resolver=resolver)


def _generator() -> str:
    return f"publisher {__version__}"


def _metadata(settings: Settings, moment: str) -> Metadata:
    return Metadata(
        title=settings.title,
        subtitle=settings.subtitle,
        short_title=settings.short_title,
        language=settings.language,
        identifier=settings.identifier,
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
        generator=_generator(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Composer:
    """The sections of one edition, each made from what the editors wrote and from what it points at."""

    edition: Edition
    words: Words
    apparatus: Apparatus
    citations: Citations
    resolver: Resolver

    @property
    def settings(self) -> Settings:
        """`edition.yaml`, typed."""
        return self.edition.settings

    def sections(self, generator: str) -> tuple[Section, ...]:
        """Front pages, editors' front matter, the work, the appendix, editors' back matter, the pages after it."""
        front = self._drafts(MatterKind.FRONT)
        text = work(self.edition, self.apparatus, running=self.words.text)
        back = self._drafts(MatterKind.BACK)
        own = tuple(note for draft in (*front, text, *back) for note in draft.footnotes)
        notes = (*self.apparatus.notes, *own)
        return (
            *front_pages(self.settings, self.words),
            *(self._finished(draft) for draft in front),
            self._finished(text),
            *self._appendix(notes, (*front, *back)),
            *(self._finished(draft) for draft in back),
            *self._gathered(notes),
            *self._references(notes, (*front, text, *back)),
            self._identified(colophon(self.settings, self.words, generator=generator)),
        )

    def _drafts(self, kind: MatterKind) -> tuple[Draft, ...]:
        documents = self.edition.front if kind is MatterKind.FRONT else self.edition.back
        return tuple(editors_matter(matter, kind=kind, language=self.settings.language) for matter in documents)

    def _finished(self, draft: Draft) -> Section:
        return finished(draft, resolver=self.resolver, notes=self.apparatus.notes)

    def _appendix(self, notes: tuple[PlacedNote, ...], matter: tuple[Draft, ...]) -> tuple[Section, ...]:
        if not self.edition.agreements:
            return ()
        places = cited(notes, (draft.section for draft in matter))
        section = appendix(self.edition.agreements, settings=self.settings, resolver=self.resolver, places=places)
        return (self._identified(section),)

    def _gathered(self, notes: tuple[PlacedNote, ...]) -> tuple[Section, ...]:
        section = gathered_notes(notes, series=self.settings.series, settings=self.settings, words=self.words)
        if not section.notes:
            return ()
        resolved = tuple(resolved_note(note, resolver=self.resolver) for note in section.notes)
        return (replace(section, notes=resolved),)

    def _references(self, notes: tuple[PlacedNote, ...], drafts: tuple[Draft, ...]) -> tuple[Section, ...]:
        """The references that notes, matter and agreements cite; none where nothing is cited."""
        agreements = (block for agreement in self.edition.agreements for block in everything_in(agreement))
        blocks = (
            *(block for note in notes for block in note.blocks),
            *(block for draft in drafts for block in draft.section.blocks),
            *agreements,
        )
        keys = cited_keys(blocks)
        if not keys:
            return ()
        return (references(keys, citations=self.citations, settings=self.settings, words=self.words),)

    def _identified(self, section: Section) -> Section:
        return replace(section, blocks=identified(section.blocks, prefix=section.id))
