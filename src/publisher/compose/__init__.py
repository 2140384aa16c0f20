"""Annotated edition → publication: matter, weave, numbering, contents, colophon."""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher import __version__
from publisher.compose.accessibility import with_accessibility
from publisher.compose.agreements import appendix, cited, everything_in, in_order
from publisher.compose.apparatus import Apparatus, author_series, number
from publisher.compose.back import cited_keys, colophon, gathered_notes, references
from publisher.compose.citations import Citations
from publisher.compose.contents import contents
from publisher.compose.freeze import page_map
from publisher.compose.front import front_pages
from publisher.compose.frozen import in_print, paged
from publisher.compose.identify import identified
from publisher.compose.matter import TEXT_ID, Draft, editors_matter, finished, resolved_note, work
from publisher.compose.other_pages import other_pages
from publisher.compose.pages import with_page_breaks
from publisher.compose.resolve import Resolver
from publisher.compose.words import Words, fixed, words_for
from publisher.diagnostics import PublisherError
from publisher.model.agreement import Agreement
from publisher.model.edition import AnnotatedEdition, Edition, Pages, Settings
from publisher.model.publication import MatterKind, Metadata, PlacedNote, Publication, Section

__all__ = ["compose", "in_print", "other_pages", "page_map", "paged", "with_accessibility", "with_page_breaks"]


def compose(annotated: AnnotatedEdition, *, moment: str) -> Publication:
    """The volume of one edition: every section in order, calls woven in, everything resolved.

    `moment` is what the artifacts carry as their time of modification, `YYYY-MM-DDThh:mm:ssZ`. Raises
    `PublisherError` where the citation style is unknown or a reference cannot be set in it.
    """
    edition = annotated.edition
    settings = edition.settings
    words = words_for(settings.language)
    apparatus = number(annotated.anchors, series=settings.series, plain=edition.text.plain, section_id=TEXT_ID)
    sections = _composer(edition, words, apparatus).sections()
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
        in_print=settings.pages is Pages.FROZEN,
        page_map=edition.page_map,
        cover=edition.cover,
        colour_profile=edition.colour_profile,
        files=edition.files,
    )


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
class _Drafts:
    """What the editors wrote, each section still as they wrote it, and every note."""

    front: tuple[Draft, ...]
    text: Draft
    back: tuple[Draft, ...]
    notes: tuple[PlacedNote, ...]

    def cited(self, agreements: tuple[Agreement, ...]) -> tuple[str, ...]:
        """The keys of the references that notes, matter and agreements cite, in that order."""
        drafts = (*self.front, self.text, *self.back)
        return cited_keys(
            (
                *(block for note in self.notes for block in note.blocks),
                *(block for draft in drafts for block in draft.section.blocks),
                *(block for agreement in agreements for block in everything_in(agreement)),
            )
        )


def _drafts(edition: Edition, apparatus: Apparatus, words: Words) -> _Drafts:
    language = edition.settings.language
    front = tuple(editors_matter(matter, kind=MatterKind.FRONT, language=language) for matter in edition.front)
    back = tuple(editors_matter(matter, kind=MatterKind.BACK, language=language) for matter in edition.back)
    text = work(edition, apparatus, running=words.text)
    own = tuple(note for draft in (*front, text, *back) for note in draft.footnotes)
    return _Drafts(front=front, text=text, back=back, notes=(*apparatus.notes, *own))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Composer:
    """The sections of one edition, each made from what the editors wrote and from what it points at."""

    edition: Edition
    words: Words
    drafts: _Drafts
    keys: tuple[str, ...]
    resolver: Resolver

    @property
    def settings(self) -> Settings:
        """`edition.yaml`, typed."""
        return self.edition.settings

    def sections(self) -> tuple[Section, ...]:
        """Front pages, editors' front matter, the work, the appendix, editors' back matter, the pages after it."""
        drafts = self.drafts
        return (
            *front_pages(self.settings, self.words),
            *(self._finished(draft) for draft in drafts.front),
            self._finished(drafts.text),
            *self._appendix(),
            *(self._finished(draft) for draft in drafts.back),
            *self._gathered(),
            *self._references(),
            self._identified(colophon(self.settings, self.words, generator=_generator())),
        )

    def _finished(self, draft: Draft) -> Section:
        return finished(draft, resolver=self.resolver, notes=self.drafts.notes)

    def _appendix(self) -> tuple[Section, ...]:
        if not self.edition.agreements:
            return ()
        matter = (draft.section for draft in (*self.drafts.front, *self.drafts.back))
        places = cited(self.drafts.notes, matter)
        section = appendix(self.edition.agreements, settings=self.settings, resolver=self.resolver, places=places)
        return (self._identified(section),)

    def _gathered(self) -> tuple[Section, ...]:
        notes = self.drafts.notes
        section = gathered_notes(notes, series=self.settings.series, settings=self.settings, words=self.words)
        if not section.notes:
            return ()
        resolved = tuple(resolved_note(note, resolver=self.resolver) for note in section.notes)
        return (replace(section, notes=resolved),)

    def _references(self) -> tuple[Section, ...]:
        """What is cited; no section where nothing is."""
        if not self.keys:
            return ()
        citations = self.resolver.citations
        return (references(self.keys, citations=citations, settings=self.settings, words=self.words),)

    def _identified(self, section: Section) -> Section:
        return replace(section, blocks=identified(section.blocks, prefix=section.id))


def _citations(edition: Edition, keys: tuple[str, ...]) -> Citations:
    """What is cited, formatted; that the style is unknown is told where edition.yaml names it."""
    settings = edition.settings
    try:
        return Citations(edition.references, style=settings.citation_style, language=settings.language, cited=keys)
    except PublisherError as error:
        at = max(settings.source.text.find("citation-style:"), 0)
        here = settings.source.span(at, at + len("citation-style"))
        raise PublisherError(
            *(replace(one, span=one.span or here) for one in error.diagnostics), exit_code=error.exit_code
        ) from error


def _composer(edition: Edition, words: Words, apparatus: Apparatus) -> _Composer:
    drafts = _drafts(edition, apparatus, words)
    keys = drafts.cited(edition.agreements)
    resolver = Resolver(
        words=words,
        agreements={agreement.id: agreement for agreement in edition.agreements},
        numbers={agreement.id: name for name, agreement in in_order(edition.agreements)},
        notes={note.note_id: note for note in apparatus.notes},
        citations=_citations(edition, keys),
    )
    return _Composer(edition=edition, words=words, drafts=drafts, keys=keys, resolver=resolver)
