"""The page *Accessibility of this edition*, and the summary that catalogues show: the same facts in words."""

from __future__ import annotations

from dataclasses import replace

from publisher.compose.contents import contents
from publisher.compose.front import run
from publisher.compose.i18n import Words, words_are_of, words_for
from publisher.compose.i18n.dates import count
from publisher.compose.i18n.vocabulary import AccessibilityWords
from publisher.compose.ids import identify
from publisher.model.accessibility import Accessibility, AccessibilityStatement, Claim
from publisher.model.block import ListBlock, Paragraph
from publisher.model.publication import MatterKind, Publication, Role, Section
from publisher.model.target import Format

_SENTENCES = (
    Claim.TABLE_OF_CONTENTS,
    Claim.STRUCTURAL_NAVIGATION,
    Claim.READING_ORDER,
    Claim.ARIA,
    Claim.PAGE_NAVIGATION,
    Claim.ALTERNATIVE_TEXT,
    Claim.TABLE_HEADERS,
    Claim.DISPLAY_TRANSFORMABILITY,
    Claim.CONTRAST,
    Claim.LANGUAGE,
    Claim.NO_HAZARDS,
)
"""The claims that have a sentence, in its order."""


def with_accessibility(publication: Publication, measured: Accessibility) -> Publication:
    """The publication with its page about accessibility before the colophon, and with its summary."""
    words = words_for(publication.metadata.language)
    elsewhere = sum(len(section.foreign.sizes) for section in publication.sections if section.foreign)
    said = _describe(measured, words, elsewhere=elsewhere, in_print=publication.in_print)
    own = words_are_of(publication.metadata.language, words)
    page = _page(said, words.accessibility, language=publication.metadata.language if own else "en")
    *before, colophon = publication.sections
    sections = (*before, page, colophon)
    return replace(
        publication,
        sections=sections,
        contents=contents(sections),
        accessibility=AccessibilityStatement(measured=measured, summary=" ".join(said)),
    )


def _describe(measured: Accessibility, words: Words, *, elsewhere: int, in_print: bool) -> tuple[str, ...]:
    """A sentence for each claim that was earned, and for what that amounts to; `in_print` has a book's page numbers."""
    said = words.accessibility
    return (
        *(_sentence(claim, said, in_print=in_print) for claim in _SENTENCES if claim in measured.earned),
        *(() if measured.pictures else (said.no_pictures,)),
        *((count(said.pages_from_elsewhere, elsewhere, words.language),) if elsewhere else ()),
        said.conforms if measured.conforms else said.does_not_conform,
    )


def _sentence(claim: Claim, words: AccessibilityWords, *, in_print: bool) -> str:
    if in_print and claim is Claim.PAGE_NAVIGATION:
        return words.pages_in_print
    return words.by_claim[claim.name.lower().replace("_", "-")]


def _page(said: tuple[str, ...], words: AccessibilityWords, *, language: str) -> Section:
    facts = ListBlock(ordered=False, entries=tuple((Paragraph(children=run(sentence)),) for sentence in said))
    return Section(
        id=Role.ACCESSIBILITY.value,
        role=Role.ACCESSIBILITY,
        matter=MatterKind.BACK,
        label=words.title,
        title=run(words.title),
        language=language,
        formats=(Format.EPUB,),
        blocks=identify((Paragraph(children=run(words.introduction)), facts), prefix=Role.ACCESSIBILITY.value),
    )
