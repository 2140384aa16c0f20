"""The pages of a printed book marked in a publication, from the map in which they are frozen.

First words are matched as lemmas are: exactly, white space folded. Likeness writes hints; it never places a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, repeat

from publisher.compose.pages.create import printed_book
from publisher.compose.pages.page_breaks import with_page_breaks
from publisher.compose.pages.text_index import TextIndex, text_indexes
from publisher.diagnostics import Diagnostic, PublisherError, Span
from publisher.model.block import Figure
from publisher.model.inline import NoteCall
from publisher.model.page import FrozenPage
from publisher.model.publication import Publication
from publisher.model.rendition import PageStart
from publisher.selectors.match import Quotation, starts
from publisher.selectors.nearest import nearest

SHOWN = 5
"""So many places of words that occur more than once are reported."""
MANY = 100
"""So many are counted."""
HINTED = 20
"""So many pages that have lost their beginning get a hint of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A page in its place."""

    page: FrozenPage
    order: tuple[int, int]
    """Its section and its offset there."""
    element_id: str
    offset: int


def in_print(publication: Publication) -> Publication:
    """The publication with a break at the word that begins each page of the printed book, where there is a map of it.

    Raises `PublisherError` with every page whose beginning is gone (G-004) or ambiguous (G-005), or that begins
    before the one in front of it (G-006).
    """
    if publication.page_map is None:
        return publication
    there, hints = text_indexes(publication), chain(repeat(True, HINTED), repeat(False))
    found = [_find(page, there, hints) for page in publication.page_map.pages]
    places = [item for item in found if isinstance(item, _Found)]
    wrong = (*(diagnostic for diagnostic in found if isinstance(diagnostic, Diagnostic)), *_disorder(places))
    if wrong:
        raise PublisherError(*wrong)
    return with_page_breaks(publication, _starts(places))


def with_page_starts(publication: Publication, starts: Iterable[PageStart]) -> tuple[Publication, str | None]:
    """The publication with its pages, and what names that which they are the pages of; as it is where there are none.

    They are those of the printed book where there is a map of it, else those of the PDF, whose starts are given.
    """
    if publication.page_map:
        return in_print(publication), publication.page_map.identifier
    starts = tuple(starts)
    if not starts:
        return publication, None
    metadata = publication.metadata
    source = printed_book(metadata) if publication.in_print else f"{metadata.identifier}#pdf"
    return with_page_breaks(publication, starts), source


def _starts(places: Sequence[_Found]) -> Iterator[PageStart]:
    for number, place in enumerate(places):
        yield PageStart(page=number, label=place.page.label, element_id=place.element_id, offset=place.offset)


def _find(page: FrozenPage, there: Mapping[str, TextIndex], hints: Iterator[bool]) -> _Found | Diagnostic:
    """Where a page begins: at the call or picture of its own, else at its words, else where its section does."""
    ground = there.get(page.section)
    if ground is None:
        return _no_section(page, there)
    mark = ground.landmarks.get(page.note or page.picture or "")
    if mark is not None and isinstance(mark.node, NoteCall | Figure) and mark.node.id:
        return _Found(page=page, order=(ground.order, mark.offset), element_id=mark.node.id, offset=0)
    if page.words is None and (page.note or page.picture):
        return _gone(page, ground)
    if page.words is None:
        return _Found(page=page, order=(ground.order, -1), element_id=ground.wording.section.id, offset=0)
    return _at_words(page, Quotation.of(page.words), ground, hints)


def _at_words(
    page: FrozenPage, quotation: Quotation | None, ground: TextIndex, hints: Iterator[bool]
) -> _Found | Diagnostic:
    places = () if quotation is None else tuple(islice(starts(ground.folded.text, quotation.text), MANY + 1))
    if quotation is None or not places:
        return _lost_pages(page, ground, hinted=next(hints))
    if len(places) > 1:
        return _ambiguous(page, quotation, places, ground)
    start = quotation.lemma_at(ground.folded, places[0]).start
    element_id, offset = ground.wording.place(start)
    return _Found(page=page, order=(ground.order, start), element_id=element_id, offset=offset)


def _no_section(page: FrozenPage, there: Mapping[str, TextIndex]) -> Diagnostic:
    return Diagnostic(
        code="G-004",
        message=f"page {page.label} of the printed book begins in “{page.section}”, which the EPUB does not have",
        span=page.span,
        hint=f"the sections of the EPUB are: {', '.join(there)}",
    )


def _gone(page: FrozenPage, ground: TextIndex) -> Diagnostic:
    what = f"the call of {page.note}" if page.note else f"the picture {page.picture}"
    return Diagnostic(
        code="G-004",
        message=f"page {page.label} of the printed book begins at {what}, which is not in “{page.section}”, "
        "or not there alone",
        span=page.span,
        hint=f"quote the words of “{ground.wording.section.label}” with which the page begins now, as “exact”",
    )


def _lost_pages(page: FrozenPage, ground: TextIndex, *, hinted: bool) -> Diagnostic:
    """G-004: the frozen words, and where there are not too many such pages, those that are most like them now."""
    assert page.words is not None
    text, exact = ground.folded.text, page.words.exact
    whole = f"{page.words.prefix}{exact}{page.words.suffix}".strip()
    (near,) = nearest(text, (whole,)) if hinted else (None,)
    hint = "quote the words with which the page begins now, as “exact”"
    if hinted:
        hint = f"nothing in “{page.section}” is like it; quote the words with which the page begins now, as “exact”"
    related: tuple[tuple[str, Span], ...] = ()
    if near is not None:
        span = _span(ground, near.start, near.end)
        hint = f"nearest text now is “{text[near.start : near.end]}”" + (f" ({span})" if span else "")
        related = (("nearest text now", span),) if span else ()
    return Diagnostic(
        code="G-004",
        message=f"page {page.label} of the printed book begins with “{exact}”, "
        + ("which does" if whole == exact else f"and “{whole}” does")
        + f" not occur in “{page.section}” any more",
        span=page.span,
        hint=hint,
        related=related,
    )


def _ambiguous(page: FrozenPage, quotation: Quotation, places: tuple[int, ...], ground: TextIndex) -> Diagnostic:
    candidates = (_span(ground, at + quotation.lead, at + quotation.lead + quotation.length) for at in places)
    return Diagnostic(
        code="G-005",
        message=f"page {page.label} of the printed book begins with words that are in “{page.section}” "
        f"{len(places) if len(places) <= MANY else f'more than {MANY}'} times",
        span=page.span,
        hint="quote more: the words before them as “prefix”, those after them as “suffix”",
        related=tuple(("here", span) for span in candidates if span)[:SHOWN],
    )


def _span(ground: TextIndex, start: int, end: int) -> Span | None:
    """Where a stretch of the folded text is in its source."""
    return ground.wording.span(ground.folded.plain_offset(start), ground.folded.plain_offset(end))


def _disorder(places: Sequence[_Found]) -> Iterator[Diagnostic]:
    """G-006 for each page that begins before the one in front of it."""
    for before, place in pairwise(places):
        if place.order < before.order:
            related = (("the page in front of it", before.page.span),) if before.page.span else ()
            yield Diagnostic(
                code="G-006",
                message=f"page {place.page.label} of the printed book begins before page {before.page.label}",
                span=place.page.span,
                hint="put the pages into their order, or correct the words with which one of the two begins",
                related=related,
            )
