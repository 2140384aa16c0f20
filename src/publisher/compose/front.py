"""Half-title, title page, imprint and contents: the pages before the text that no one has to write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from publisher.compose.i18n import Words, fix
from publisher.compose.i18n.dates import date_in_words
from publisher.model.addresses import normalize
from publisher.model.block import Block, Definition, Paragraph
from publisher.model.credits import imprint_credits, join_names
from publisher.model.inline import Inline, Link, Run
from publisher.model.publication import MatterKind, Role, Section
from publisher.model.settings import Settings
from publisher.model.target import BOOKS, Format
from publisher.model.trade import SaleFormat
from publisher.model.walk import Inlines

_STOPS = (".", "!", "?", "…", "。", "．", "！", "？", "؟", ".”", ".’", ".»", ".“", ".)")
"""What ends a sentence."""


def run(text: str) -> tuple[Inline, ...]:
    """A line of plain words."""
    return (Run(text=text),)


def fact(term: str, *values: tuple[Inline, ...]) -> tuple[Definition, ...]:
    """A term with what is said of it; nothing where nothing is said."""
    said = tuple((Paragraph(children=value),) for value in values if value)
    return (Definition(term=run(term), descriptions=said),) if said else ()


def words_of(value: str | None) -> tuple[Inline, ...]:
    """A line of plain words, or nothing."""
    return run(value) if value else ()


def address(url: str | None) -> tuple[Inline, ...]:
    """A web address as a link that prints itself."""
    return (Link(href=normalize(url), children=run(url)),) if url else ()


def front_pages(settings: Settings, words: Words) -> tuple[Section, ...]:
    """Half-title (in print), title page, imprint, contents."""
    return (
        _page(Role.HALF_TITLE, words.half_title, settings, formats=(Format.PDF,)),
        _page(Role.TITLE_PAGE, words.title_page, settings),
        imprint(settings, words),
        _page(Role.CONTENTS, words.contents, settings),
    )


def cover_page(settings: Settings, words: Words) -> Section:
    """The cover as the first page of a volume that is to be bound; the EPUB has its own."""
    return replace(_page(Role.COVER, words.cover, settings, formats=(Format.PDF,)), id="cover-page")


def _page(role: Role, label: str, settings: Settings, *, formats: tuple[Format, ...] = BOOKS) -> Section:
    return Section(
        id=role.value,
        role=role,
        matter=MatterKind.FRONT,
        label=label,
        title=run(label),
        language=settings.language,
        in_contents=False,
        formats=formats,
    )


def imprint(settings: Settings, words: Words) -> Section:
    """The imprint: what the edition is, where its text comes from, what rights there are in it, in plain prose."""
    date = date_in_words(settings.date, settings.language)
    issued = ", ".join(part for part in (_publication_line(settings), date) if part)
    lines = (
        _sentences(settings.statement, issued),
        _sentences(*_contributions(settings, words)),
        _source(settings, words),
        (*_sentences(words.rights_sentences[settings.rights.status], settings.rights.statement), *_licence(settings)),
        _sentences(settings.rights.apparatus),
        words_of(_isbn_line(settings)),
    )
    return imprint_section(imprint_lines(lines), language=settings.language, words=words)


def imprint_lines(lines: Iterable[Inlines]) -> tuple[Block, ...]:
    """The paragraphs of an imprint, without those that are empty."""
    return tuple(Paragraph(children=line, name="imprint-line") for line in lines if line)


def imprint_section(blocks: tuple[Block, ...], *, language: str, words: Words) -> Section:
    """The section of an imprint, of an edition or a reader."""
    return Section(
        id=Role.IMPRINT.value,
        role=Role.IMPRINT,
        matter=MatterKind.FRONT,
        label=words.imprint,
        title=run(words.imprint),
        language=language,
        blocks=blocks,
        in_contents=False,
    )


def _sentences(*parts: str | None) -> Inlines:
    """Sentences one after another, each with a stop."""
    said = [part.strip() for part in parts if part and part.strip()]
    return words_of(" ".join(part if part.endswith(_STOPS) else f"{part}." for part in said))


def _source(settings: Settings, words: Words) -> Inlines:
    """Where the text comes from, and when and where it was first published."""
    provenance = settings.provenance
    published = date_in_words(provenance.published, settings.language) if provenance.published else None
    said = _sentences(
        f"{words.source}: {provenance.statement}" if provenance.statement else None,
        f"{words.first_published}: {published}" if published else None,
    )
    link = address(provenance.url)
    return (*said, *run(" " if said else ""), *link) if link else said


def _licence(settings: Settings) -> Inlines:
    """The address of the licence, unless a sentence has it."""
    rights = settings.rights
    link = () if rights.licence_url and rights.licence_url in rights.statement else address(rights.licence_url)
    return (*run(" "), *link) if link else ()


def _isbn_line(settings: Settings) -> str | None:
    """`ISBN 978-…, 978-… (EPUB)`; nothing without one."""
    numbers = ", ".join(number for number in _isbns(settings) if number)
    return f"ISBN {numbers}" if numbers else None


def _isbns(settings: Settings) -> tuple[str | None, ...]:
    """The ISBN of the edition; where each format has its own, that of the printed book, then the others with theirs."""
    others = tuple(isbn for isbn in settings.trade.isbns if isbn.format is not SaleFormat.PRINT)
    return (settings.isbn, *(f"{isbn.text} ({isbn.format.value.upper()})" for isbn in others))


def _contributions(settings: Settings, words: Words) -> tuple[str, ...]:
    """A sentence for each role that the title page does not name."""
    names = fix(words, language=settings.language)
    credits = imprint_credits(settings.contributors, names)
    return tuple(f"{credit.label} {join_names(credit.people, names, attributed='')}" for credit in credits)


def _publication_line(settings: Settings) -> str | None:
    """`Place: Publisher`, as far as they are known."""
    return ": ".join(part for part in (settings.place, settings.publisher) if part) or None
