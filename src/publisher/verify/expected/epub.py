"""The lines that an EPUB has to have, document by document in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.model.apparatus import EpubPlacement, PdfPlacement, Series
from publisher.model.credits import cover_credits, join_names, title_page_credits
from publisher.model.publication import LISTS, ContentsEntry, MatterKind, Publication, Role, Section
from publisher.model.target import Format
from publisher.verify.expected.lines import block_lines, linked_line, note_lines, plain_line, title_line
from publisher.verify.languages import in_language
from publisher.verify.line import PICTURE, Expected, Link

LANDMARKS = (
    Role.TITLE_PAGE,
    Role.CONTENTS,
    Role.INTRODUCTION,
    Role.AGREEMENTS,
    Role.NOTES,
    Role.REFERENCES,
    Role.COLOPHON,
)
"""The parts of a book that the landmarks lead to, in addition to its body; the first of each."""


def epub_lines(publication: Publication, *, pages: Iterable[Link] = ()) -> tuple[Expected, ...]:
    """Every line of the EPUB in reading order; `pages` are the page breaks that were found in it."""
    lines = (*_lines(publication, tuple(pages), titles=True), *_ncx(publication))
    return tuple(in_language(lines, publication.metadata.language))


def web_lines(publication: Publication, *, pages: Iterable[Link] = ()) -> tuple[Expected, ...]:
    """Every line of the documents of a web edition: those of the EPUB without their titles, which its frame has."""
    return tuple(in_language(_lines(publication, tuple(pages), titles=False), publication.metadata.language))


def epub_sections(publication: Publication) -> tuple[Section, ...]:
    """The sections that the EPUB has."""
    return tuple(section for section in publication.sections if Format.EPUB in section.formats)


def _lines(publication: Publication, pages: tuple[Link, ...], *, titles: bool) -> Iterator[Expected]:
    words = publication.words
    if titles:
        yield plain_line(words.cover, name="the title of the cover")
    yield plain_line(PICTURE + _cover_words(publication), name="the alternative text of the cover")
    for section in epub_sections(publication):
        if section.role is Role.CONTENTS:
            yield from _nav(publication, title=titles)
            yield from _landmarks(publication)
            yield from _pages(publication, pages)
        else:
            yield from in_language(_document(section, publication, title=titles), section.language)


def _document(section: Section, publication: Publication, *, title: bool) -> Iterator[Expected]:
    if title:
        yield plain_line(section.label, name=f"the document's title of “{section.label}”")
    yield from _stamp(publication)
    yield from _section(section, publication)


def _stamp(publication: Publication) -> Iterator[Expected]:
    """What every document of a proof begins with."""
    if publication.words.stamp:
        yield plain_line(publication.words.stamp, name="what a proof says of itself")


def _section(section: Section, publication: Publication) -> Iterator[Expected]:
    if section.role is Role.TITLE_PAGE:
        yield from title_page(section, publication)
        return
    yield title_line(section)
    yield from index_lines(section)
    yield from block_lines(section.blocks, name=f"“{section.label}”")
    yield from listed_notes(section, publication, Format.EPUB, ways_back=True)


def index_lines(section: Section) -> Iterator[Expected]:
    """The lines of an index; none where the section is no index."""
    for entry in section.entries if section.role in LISTS else ():
        yield linked_line(entry.label, entry.target_id, name="a line of the index")


def is_listed(series: Series, section: Section, format_: Format) -> bool:
    """Whether a section prints the notes of a series as a list: the section of notes, or the one that calls them."""
    gathers = section.role is Role.NOTES
    if format_ is Format.EPUB:
        return series.epub is (EpubPlacement.END if gathers else EpubPlacement.POP_UP)
    return series.pdf is (PdfPlacement.END if gathers else PdfPlacement.SECTION)


def listed_notes(section: Section, publication: Publication, format_: Format, *, ways_back: bool) -> Iterator[Expected]:
    """The notes that a section prints as lists, series by series under the series' titles."""
    for series in publication.series:
        notes = tuple(note for note in section.notes if note.series == series.id)
        if notes and is_listed(series, section, format_):
            yield plain_line(series.title, name=f"the heading “{series.title}”", level=2)
            for note in notes:
                yield from note_lines(note, publication, ways_back=ways_back)


def title_page(section: Section, publication: Publication) -> Iterator[Expected]:
    """The lines of a title page."""
    metadata, name = publication.metadata, "the title page"
    yield plain_line(metadata.title, name=name, ids=(section.id, f"{section.id}-title"), level=1)
    if metadata.subtitle:
        yield plain_line(metadata.subtitle, name=name)
    for credit in title_page_credits(metadata.contributors, publication.words):
        names = join_names(credit.people, publication.words, attributed="")
        yield plain_line(f"{credit.label} {names}", name=name)
    for said in (metadata.statement, metadata.publisher, metadata.date[:4]):
        if said:
            yield plain_line(said, name=name)


def _nav(publication: Publication, *, title: bool) -> Iterator[Expected]:
    words = publication.words
    if title:
        yield plain_line(words.contents, name="the title of the contents")
    yield from _stamp(publication)
    yield plain_line(words.contents, name="the heading of the contents", ids=("contents",), level=1)
    yield from contents_lines(publication.contents, frozenset(s.id for s in epub_sections(publication)))


def _landmarks(publication: Publication) -> Iterator[Expected]:
    words, name = publication.words, "a line of the landmarks"
    yield plain_line(words.landmarks, name="the heading of the landmarks", level=2)
    yield linked_line(words.cover, "cover.xhtml", name=name)
    told: set[object] = set()
    for section in epub_sections(publication):
        part = MatterKind.BODY if section.matter is MatterKind.BODY else section.role
        if part in told or not (part is MatterKind.BODY or part in LANDMARKS):
            continue
        told.add(part)
        yield linked_line(words.begin if part is MatterKind.BODY else section.label, section.id, name=name)


def _pages(publication: Publication, pages: tuple[Link, ...]) -> Iterator[Expected]:
    if pages:
        yield plain_line(publication.words.pages, name="the heading of the page list", level=2)
    for page in pages:
        yield linked_line(page.text, page.target, name="a line of the page list")


def _ncx(publication: Publication) -> Iterator[Expected]:
    yield plain_line(publication.metadata.title, name="the title of the older contents")
    yield from contents_lines(
        publication.contents,
        frozenset(section.id for section in epub_sections(publication)),
        name="a line of the older contents",
    )


def contents_lines(
    entries: tuple[ContentsEntry, ...], sections: frozenset[str], *, name: str = "a line of the contents"
) -> Iterator[Expected]:
    """The lines of a table of contents, those of sections that are not there left out."""
    for entry in entries:
        if entry.section_id in sections:
            yield linked_line(entry.label, entry.target_id, name=name)
            yield from contents_lines(entry.children, sections, name=name)


def _cover_words(publication: Publication) -> str:
    """What the cover shows: title, subtitle, authors, statement, its picture, a full stop after each."""
    metadata, cover = publication.metadata, publication.cover
    picture = cover.image.alternative if cover.design and cover.image else None
    people = (
        f"{credit.label} {join_names(credit.people, publication.words)}".strip()
        for credit in cover_credits(metadata.contributors, publication.words)
    )
    parts = (metadata.title, metadata.subtitle, *people, metadata.statement or metadata.publisher, picture)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
