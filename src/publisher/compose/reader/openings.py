"""The opening page of a unit and of a reading, and what the EPUB has of the pages of a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from publisher.compose.destinations import reading_id
from publisher.compose.front import address, fact, run, words_of
from publisher.compose.i18n import Words, fix
from publisher.compose.i18n.dates import date_in_words
from publisher.compose.ids import identify
from publisher.compose.reader.reading import PlacedReading
from publisher.compose.reader.rights_lines import names, ranges, rights_fact
from publisher.compose.resolve import Resolver
from publisher.model.block import Block, Definition, DefinitionList, Heading, ListBlock, Paragraph
from publisher.model.credits import ATTRIBUTED, EDITORS, WRITERS, all_credits, in_roles
from publisher.model.edition import Edition
from publisher.model.inline import Foreign, Inline, InternalLink, Run
from publisher.model.publication import ContentsEntry, ForeignPages, MatterKind, Role, Section
from publisher.model.reader import DocumentBody, EditionBody, ForeignBody, LinkBody, Paragraphs, Unit
from publisher.model.settings import RightsStatus
from publisher.model.target import Format
from publisher.model.walk import plain_of_inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """What opening pages are made with."""

    resolver: Resolver
    language: str
    stamp: str | None
    """What each page of a proof has to carry."""

    @property
    def words(self) -> Words:
        """The words of the reader's language."""
        return self.resolver.words

    def unit(self, unit: Unit, readings: Iterable[PlacedReading], number: int) -> Section:
        """The page that opens a unit: its dates, what is said of it, its readings."""
        name = f"unit-{number}"
        entries = tuple((Paragraph(children=_name(reading, self.words)),) for reading in readings)
        blocks: tuple[Block, ...] = (
            *_paragraph(words_of(self._dates(unit)), "unit-dates"),
            *_paragraph(self.resolver.line(unit.about), "unit-about"),
            *((ListBlock(ordered=False, entries=entries),) if entries else ()),
        )
        return Section(
            id=name,
            role=Role.UNIT,
            matter=MatterKind.BODY,
            label=unit.title,
            title=run(unit.title),
            language=self.language,
            blocks=identify(blocks, prefix=name),
        )

    def _dates(self, unit: Unit) -> str | None:
        days = (date_in_words(day, self.language) for day in (unit.starts, unit.ends) if day)
        return " – ".join(dict.fromkeys(days)) or None

    def reading(self, given: PlacedReading, *, entries: tuple[ContentsEntry, ...]) -> Section:
        """The page that opens a reading: who wrote it, where it comes from, the rights in it, what to discuss."""
        name = reading_id(given.slug)
        blocks: tuple[Block, ...] = (
            DefinitionList(entries=tuple(self._facts(given)), name="opening"),
            *self._questions(given),
        )
        body = given.reading.body
        return Section(
            id=name,
            role=Role.OPENING,
            matter=MatterKind.BODY,
            label=given.facts.title,
            running=given.facts.short_title,
            title=self._title(given),
            language=self.language,
            blocks=identify(blocks, prefix=name),
            entries=entries,
            depth=2,
            foreign=self._pages(given, body) if isinstance(body, ForeignBody) else None,
        )

    def _title(self, given: PlacedReading) -> tuple[Inline, ...]:
        """The title, in its language where that is not the reader's."""
        language = given.facts.language
        words = run(given.facts.title)
        return words if language == self.language else (Foreign(language=language, children=words),)

    def _facts(self, given: PlacedReading) -> Iterable[Definition]:
        course, people = self.words.course, given.facts.contributors
        yield from fact(course.author, words_of(names(in_roles(people, WRITERS))))
        yield from fact(self.words.attributed_to.rstrip(":"), words_of(names(in_roles(people, ATTRIBUTED))))
        yield from fact(self.words.edited_by, words_of(names(in_roles(people, EDITORS))))
        for credit in all_credits(people, fix(self.words, language=self.language)):
            yield from fact(credit.label.rstrip(":\u00a0"), words_of(names(credit.people)))
        yield from fact(self.words.source, self.resolver.line(given.facts.citation))
        yield from fact(course.extent, words_of(self._extent(given)))
        if isinstance(given.reading.body, LinkBody):
            yield from fact(course.link, address(given.reading.body.url))
        yield from rights_fact(given.facts.entitlement, words=self.words, language=self.language)

    def _extent(self, given: PlacedReading) -> str | None:
        """How much of it is taken, where that is not everything."""
        course, body = self.words.course, given.reading.body
        match body:
            case EditionBody():
                if not body.selection or given.edition is None:
                    return None
                return course.selection.format(ranges(_pairs(body.selection)), paragraphs_of(given.edition.edition))
            case ForeignBody():
                if body.first_folio is None:
                    return course.copy_pages.format(ranges(((body.first, body.last),)))
                last = body.first_folio + body.last - body.first
                return course.original_pages.format(ranges(((body.first_folio, last),)))
            case DocumentBody() | LinkBody():
                return None
            case _:
                assert_never(body)

    def _questions(self, given: PlacedReading) -> tuple[Block, ...]:
        questions = tuple((Paragraph(children=self.resolver.line(question)),) for question in given.reading.questions)
        if not questions:
            return ()
        heading = Heading(level=2, children=run(self.words.course.questions))
        return (heading, ListBlock(ordered=True, entries=questions, tight=False))

    def _pages(self, given: PlacedReading, body: ForeignBody) -> ForeignPages:
        count = body.last - body.first + 1
        first = body.first_folio
        citation = plain_of_inlines(self.resolver.line(given.facts.citation)) or given.facts.title
        return ForeignPages(
            name=body.name,
            sha256=body.content_sha256,
            content=body.content,
            first=body.first,
            last=body.last,
            alternative=citation,
            language=given.facts.language,
            folios=() if first is None else tuple(str(first + at) for at in range(count)),
            page_ids=tuple(self._page_id(given, body, at) for at in range(count)),
            sizes=body.sizes,
        )

    def _page_id(self, given: PlacedReading, body: ForeignBody, at: int) -> str:
        """Where the EPUB has a page: its heading, else the line that represents all of them."""
        return reading_id(given.slug, f"page-{at + 1}" if has_words(given, body) else "pages-absent")

    def pages(self, given: PlacedReading, body: ForeignBody) -> Section:
        """What the EPUB has of the pages: their words, where there are any and the rights allow it."""
        course, name = self.words.course, reading_id(given.slug, "pages")
        blocks: tuple[Block, ...]
        if has_words(given, body):
            blocks = tuple(block for at, text in enumerate(body.texts) for block in self._page(given, body, at, text))
            if body.recognised:
                blocks = (Paragraph(children=run(course.foreign_recognised)), *blocks)
        else:
            said = course.foreign_absent if any(body.texts) else course.foreign_wordless
            blocks = (Paragraph(children=run(said), id=self._page_id(given, body, 0)),)
        return Section(
            id=name,
            role=Role.FOREIGN,
            matter=MatterKind.BODY,
            label=given.facts.title,
            running=given.facts.short_title,
            title=run(course.foreign_text),
            language=self.language,
            blocks=identify(blocks, prefix=name),
            in_contents=False,
            formats=(Format.EPUB,),
            depth=3,
        )

    def _page(self, given: PlacedReading, body: ForeignBody, at: int, text: str) -> tuple[Block, ...]:
        """The words of one page under its number: the original's where it is known, else that in the file."""
        number = (body.first_folio or body.first) + at
        heading = Heading(
            level=2, children=run(self.words.page_label.format(number)), id=self._page_id(given, body, at)
        )
        return (heading, *(Paragraph(children=run(words)) for words in paragraphs_in(text)))


SHORT = 0.75
"""A line that is shorter than this part of the longest one on its page ends a paragraph."""


def paragraphs_in(page: str) -> Iterator[str]:
    """The words of a page of a PDF in paragraphs, as far as the lengths of its lines distinguish them."""
    lines = [" ".join(line.split()) for line in page.split("\n")]
    longest = max(map(len, lines), default=0)
    held: list[str] = []
    for line in (*lines, ""):
        held += [line] if line else []
        if held and len(line) < SHORT * longest:
            yield " ".join(held)
            held = []


def has_words(given: PlacedReading, body: ForeignBody) -> bool:
    """Whether the EPUB has the words of a PDF: where `text` says so, else where everybody may copy them."""
    free = given.facts.entitlement.status in (RightsStatus.PUBLIC_DOMAIN, RightsStatus.LICENSED)
    return any(body.texts) and (free if body.with_text is None else body.with_text)


def paragraphs_of(edition: Edition) -> int:
    """How many paragraphs a text has that can be selected."""
    return sum(isinstance(block, Paragraph) for block in edition.text.blocks)


def _pairs(selection: tuple[Paragraphs, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((paragraphs.first, paragraphs.last) for paragraphs in selection)


def _paragraph(line: tuple[Inline, ...], name: str) -> tuple[Block, ...]:
    return (Paragraph(children=line, name=name),) if line else ()


def _name(given: PlacedReading, words: Words) -> tuple[Inline, ...]:
    """The title as a link, then who wrote it."""
    link = InternalLink(target_id=reading_id(given.slug), children=run(given.facts.title))
    authors = names(given.facts.authors, attributed=words.attributed)
    return (link, Run(text=f", {authors}")) if authors else (link,)
