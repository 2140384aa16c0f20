"""The page list of an EPUB next to the map of the printed book: each page once, in order, at its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from publisher.diagnostics import Diagnostic
from publisher.model.page import FrozenPage
from publisher.model.publication import Metadata, Publication
from publisher.selectors.fold import fold
from publisher.verify.diagnose import wrong
from publisher.verify.epub.found import PagePlace, Reading
from publisher.verify.line import PICTURE, Bond, Found


def page_faults(reading: Reading, publication: Publication, *, artifact: str) -> Iterator[Diagnostic]:
    """V-015 for everything in which the pages of an EPUB are not those of the printed book, or of its PDF."""
    if publication.page_map is None:
        yield from _source_faults(reading, publication.metadata, artifact)
        return
    page_map, words = publication.page_map, publication.words
    if reading.page_source != page_map.identifier:
        message = f"the pages are said to be those of {reading.page_source}, and are those of {page_map.identifier}"
        yield wrong("V-015", message, artifact=artifact)
    for page, place in zip_longest(page_map.pages, reading.page_places):
        label = (words.label_of_page(place.label) or place.label) if place else None
        if page is None or label != page.label:
            expected = f"page {page.label}" if page else "no more pages"
            found = f"page {label}" if label else "none"
            yield wrong("V-015", f"the printed book has {expected} where the EPUB has {found}", artifact=artifact)
            return
        if not _stands(page, place, reading):
            message = f"page {page.label} does not begin where it does in the printed book: {_words(page)}"
            yield wrong("V-015", message, artifact=artifact)


def _source_faults(reading: Reading, metadata: Metadata, artifact: str) -> Iterator[Diagnostic]:
    """Pages that are said to be those of something else than the edition's own PDF, or book."""
    digits = "".join(text for text in (metadata.isbn or "").upper() if text in "0123456789X")
    sources = {f"{metadata.identifier}#pdf", f"urn:isbn:{digits}"} if reading.pages else {None}
    if reading.page_source not in sources:
        message = f"the pages are said to be those of {reading.page_source or 'nothing'}, which they are not"
        yield wrong("V-015", message, artifact=artifact)


def _stands(page: FrozenPage, place: PagePlace, reading: Reading) -> bool:
    """Whether a page break is in its section, and there before its words, its call or its picture."""
    if f"{place.href}#{page.section}" not in reading.ids:
        return False
    here, lines = reading.lines[place.line], reading.lines
    if page.words is None and page.note is None and page.picture is None:
        return place.line == place.first and not here.text[: place.offset].strip()
    return (
        _is_before_call(page, place, here)
        or (page.picture is not None and not place.offset and here.text.startswith(PICTURE))
        or (page.words is not None and _begins(page.words.exact, place, lines))
    )


def _is_before_call(page: FrozenPage, place: PagePlace, line: Found) -> bool:
    """Whether the call of the page's note follows."""
    return page.note is not None and any(
        link.bond is Bond.NOTE and link.start == place.offset and link.target.rpartition("#")[2] == page.note
        for link in line.links
    )


def _begins(exact: str, place: PagePlace, lines: Sequence[Found]) -> bool:
    """Whether the words follow, as far as their line goes; the marks of notes among them are none of them."""
    for line, offset in ((lines[place.line], place.offset), *((line, 0) for line in lines[place.line + 1 :])):
        rest = fold(_bare(line, offset)).strip()
        if rest and not rest.startswith(PICTURE):
            return rest.startswith(exact) or exact.startswith(rest)
    return False


def _bare(line: Found, offset: int) -> str:
    """What follows an offset of a line, without the marks of notes."""
    parts, done = [], offset
    for link in line.links:
        if link.bond is Bond.NOTE and link.start >= done:
            parts.append(line.text[done : link.start])
            done = link.end
    return "".join((*parts, line.text[done:]))


def _words(page: FrozenPage) -> str:
    if page.words:
        return f"“{page.words.exact}”"
    return page.note or page.picture or f"the beginning of “{page.section}”"
