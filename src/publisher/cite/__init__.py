"""Words of an edition → where they are, in print and in the EPUB, and how they are cited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from publisher.build import pipeline
from publisher.build.checked import Checked
from publisher.build.request import BuildRequest
from publisher.cache.builds import CachedBuild
from publisher.cite.epub import BUILT_NOW, USUAL_OUTPUT, Finished, finish
from publisher.cite.passages import Passage, passage
from publisher.compose.citations import Style
from publisher.compose.locators import locator
from publisher.diagnostics.progress import NO_PROGRESS, Progress
from publisher.epub.read.book import Book, open_book
from publisher.model.apparatus import EpubPlacement, PdfPlacement, Selector
from publisher.model.publication import Metadata, PlacedNote, Publication
from publisher.model.target import Format
from publisher.workspace import Folder, digest, moment, read_file

__all__ = ["Cited", "Request", "cite", "locate_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be cited."""

    selector: Selector
    """The words, with what is before and after them where that is needed."""
    nth: int | None = None
    """Which of several places is meant, from 1."""
    epub: Path | None = None
    """The finished EPUB whose pages and places are wanted; None for the usual one."""
    anew: bool = False
    """Whether no finished EPUB is to be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Words with their place."""

    passage: Passage
    pages: tuple[str, ...]
    """The labels of the first and the last page, one where they are the same; none where the EPUB has no pages."""
    page_source: str | None
    """What the pages are those of."""
    cfi: str
    """The EPUB CFI of the words."""
    epub: str
    """The EPUB in which they are there."""
    metadata: Metadata
    csl: Style
    """The citation style of the edition."""

    @property
    def locator(self) -> str | None:
        """Page, paragraph and note as a citation names them."""
        note = self.passage.wording.note
        return locator(
            language=self.metadata.language,
            pages=self.pages,
            paragraphs=self.passage.paragraphs,
            note=note.mark if note else None,
        )


def cite(
    folder: Folder,
    request: Request,
    *,
    strict: bool,
    progress: Progress = NO_PROGRESS,
    known: CachedBuild | None = None,
) -> tuple[Cited, Checked]:
    """The words with their place, and the edition in which they are.

    The place is that in the EPUB that was named, else in the finished one in the usual folder if it is proved to be
    this edition, else in one that is built for it and not retained. If a build is `known` from which nothing has
    changed, its EPUB is proved, and the edition has no errors. Raises `PublisherError` where the edition has errors,
    where the words are not found (Q-001) or ambiguous (Q-002), and where the EPUB that was named is of another edition.
    """
    asked = BuildRequest(folder=folder, strict=strict, progress=progress)
    epub = None if request.anew or known is None else _finished_before(request.epub, known)
    if epub is not None:
        checked = pipeline.load(replace(asked, strict=False))
        publication = pipeline.composed_text(checked, moment=moment(checked.settings.date), progress=progress)
    else:
        checked = pipeline.check(asked)
        formats, date = checked.settings.output.formats, moment(checked.settings.date)
        publication = pipeline.compose_edition(checked, formats=formats, moment=date, progress=progress)
    settings = checked.settings
    found = passage(publication, request.selector, nth=request.nth)
    made = epub or finish(folder, publication, epub=request.epub, anew=request.anew, progress=progress)
    style = Style(name=settings.citation_style, own=settings.citation_file)
    return locate_words(found, made, publication, style=style), checked


def _finished_before(named: Path | None, known: CachedBuild) -> Finished | None:
    """The EPUB that a build has proved: the one that is named, the finished one or the stored one; None if not."""
    names = {digest_of: name for name, digest_of in known.files if name.endswith(f".{Format.EPUB}")}
    for path in (named,) if named else (USUAL_OUTPUT / name for name in names.values()):
        if path.is_file() and digest(content := read_file(path)) in names:
            return Finished(name=path.as_posix(), content=content)
        if path.exists():  # another EPUB: it has to be proved, or is not this edition
            return None
    stored = None if named else next(filter(None, map(known.content, names)), None)
    return None if stored is None else Finished(name=BUILT_NOW, content=stored)


def locate_words(found: Passage, made: Finished, publication: Publication, *, style: Style) -> Cited:
    """A passage with its place in a finished EPUB."""
    book = open_book(made.content)
    wording = found.wording
    place = book.place(
        wording.note.id if wording.note else wording.section.id,
        wording.place(found.start),
        wording.place(found.end - 1),
    )
    pages = _pages_of_note(wording.note, book, publication) if wording.note else book.pages(place)
    return Cited(
        passage=found,
        pages=pages,
        page_source=book.page_source,
        cfi=place.cfi,
        epub=made.name,
        metadata=publication.metadata,
        csl=style,
    )


def _pages_of_note(note: PlacedNote, book: Book, publication: Publication) -> tuple[str, ...]:
    """The page of a note: that of its call; none where the PDF prints it elsewhere and the EPUB does not.

    A note at the foot or in the margin is where it is called, however far it may run on.
    """
    series = next(item for item in publication.series if item.id == note.series)
    match series.pdf, series.epub:
        case (PdfPlacement.FOOT | PdfPlacement.MARGIN | PdfPlacement.FACING, _):
            page = book.page_at(note.call_id)
        case (PdfPlacement.SECTION, EpubPlacement.POP_UP) | (PdfPlacement.END, EpubPlacement.END):
            page = book.page_at(note.id)
        case _:
            page = None
    return (page,) if page else ()
