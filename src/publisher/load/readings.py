"""The readings of a unit: an edition, a document, pages of a ReadingKeys.pdf, or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from publisher.diagnostics import Span
from publisher.load.assets.pdf_pages import Range, Wanted, foreign, range_of, read
from publisher.load.assets.scanned import with_words
from publisher.load.config.reader_keys import (
    ReadingKeys,
)
from publisher.load.edition import NAME as EDITION_NAME
from publisher.load.findings import Findings
from publisher.load.loading import Loading
from publisher.load.markdown.document import prose
from publisher.load.reader_matter import document
from publisher.load.yaml.schema import Key, Values
from publisher.load.yaml.types import Placed
from publisher.model.inline import Inline, Reference
from publisher.model.reader import Body, Course, DocumentBody, EditionBody, ImageRights, LinkBody, Paragraphs, Reading
from publisher.model.target import MARKED
from publisher.pdf.foreign.reading import PagesRead
from publisher.pdf.foreign.reading import Wanted as WantedPages
from publisher.workspace import Folder, NotThere, OutsideFolder, digest

KINDS = (ReadingKeys.edition, ReadingKeys.document, ReadingKeys.pdf, ReadingKeys.link)
BELONGS: tuple[tuple[Key[object], Key[object], str], ...] = (
    (ReadingKeys.paragraphs, ReadingKeys.edition, "an edition"),
    (ReadingKeys.pages, ReadingKeys.pdf, "a PDF"),
    (ReadingKeys.original_page, ReadingKeys.pdf, "a PDF"),
    (ReadingKeys.text, ReadingKeys.pdf, "a PDF"),
    (ReadingKeys.ocr, ReadingKeys.pdf, "a PDF"),
)
"""Keys that belong to one kind of reading alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingContext:
    """Where readings are looked for."""

    loading: Loading
    course: Course
    references: tuple[Reference, ...]
    pages: Mapping[Range, PagesRead]
    """What was read of the PDFs."""

    @property
    def findings(self) -> Findings:
        """Where what is wrong is noted."""
        return self.loading.findings


def line(placed: Placed | None, *, findings: Findings) -> tuple[Inline, ...]:
    """A line of prose; empty where there is none."""
    return () if placed is None or placed.span is None else prose(placed.text, span=placed.span, findings=findings)


def reading(given: Values, *, context: ReadingContext) -> Reading | None:
    """The reading; None after noting C-015 (none or several kinds) or what keeps its file from being read.

    Notes C-016 at keys of another kind and C-019 where a PDF or a link has no title or no citation.
    """
    named = tuple(placed for kind in KINDS if (placed := given[kind]) is not None)
    if len(named) != 1:
        hint = "give it one of edition: FOLDER, document: FILE, pdf: FILE, link: ADDRESS"
        many = "is nothing to read" if not named else "is more than one thing to read"
        context.findings.error("C-015", f"this {many}", span=first_line(given.span), hint=hint)
        return None
    place = named[0].span or first_line(given.span)
    _note_strange(given, context.findings)
    _note_nameless(given, place, context.findings)
    body = _body(given, place, context)
    return None if body is None else _reading(given, body, place, context.findings)


def pages_of(readings: Iterable[Values], *, loading: Loading, language: str) -> Mapping[Range, PagesRead]:
    """What was read of the PDFs that readings name, so far as these are there; all of them are read at once.

    `language` is that of readings that name none; it decides how words are recognised.
    """
    contents: dict[Range, WantedPages] = {}
    scanned: dict[Range, tuple[Placed, str]] = {}
    for given in readings:
        pdf = given[ReadingKeys.pdf]
        if pdf is not None and pdf.text:
            wanted = range_of(pdf.text, given[ReadingKeys.pages])
            extract = loading.folder.extract(*wanted)
            with suppress(NotThere, OutsideFolder):
                if extract is None:
                    contents[wanted] = WantedPages(loading.folder.read(pdf.text), *wanted[1:])
                else:
                    contents[wanted] = WantedPages(loading.folder.read(extract.file), None, None)
            if given[ReadingKeys.ocr] and extract is None and wanted in contents:
                scanned.setdefault(wanted, (pdf, given[ReadingKeys.language] or language))
    found = dict(read(contents))
    for wanted, (pdf, own) in scanned.items():
        if found[wanted].fault is None and not all(found[wanted].texts):
            found[wanted] = with_words(contents[wanted], found[wanted], pdf, language=own, findings=loading.findings)
    return found


def first_line(span: Span) -> Span:
    """The first line of a stretch of YAML."""
    end = span.source.text.find("\n", span.start, span.end)
    return span if end < 0 else span.source.span(span.start, end)


def _reading(given: Values, body: Body, place: Span, findings: Findings) -> Reading:
    slug, audience, title = given[ReadingKeys.slug], given[ReadingKeys.audience], given[ReadingKeys.title]
    return Reading(
        slug=slug.text if slug else _slug(given),
        title=title,
        short_title=given[ReadingKeys.short_title],
        contributors=given[ReadingKeys.contributors],
        language=given[ReadingKeys.language],
        citation=line(given[ReadingKeys.citation], findings=findings),
        questions=tuple(line(question, findings=findings) for question in given[ReadingKeys.questions]),
        entitlement=given[ReadingKeys.rights],
        images=tuple(
            ImageRights(pattern=placed_images.pattern, entitlement=placed_images.entitlement)
            for placed_images in given[ReadingKeys.images]
        ),
        audience=audience if audience in MARKED else None,
        body=body,
        span=(slug.span if slug else None) or place,
    )


def _body(given: Values, place: Span, context: ReadingContext) -> Body | None:
    if (link := given[ReadingKeys.link]) is not None:
        return LinkBody(url=link.text)
    if (edition := given[ReadingKeys.edition]) is not None:
        return _edition(given, edition, place, context)
    if (file := given[ReadingKeys.document]) is not None:
        found = document(file, course=context.course, loading=context.loading, references=context.references)
        return None if found is None else DocumentBody(edition=found)
    pdf = given[ReadingKeys.pdf]
    if pdf is None:
        return None
    extract = context.loading.folder.extract(*range_of(pdf.text, given[ReadingKeys.pages]))
    content = context.loading.read(pdf if extract is None else Placed(extract.file, pdf.span))
    pages = context.pages.get(range_of(pdf.text, given[ReadingKeys.pages]))
    if content is None or pages is None:
        return None
    wanted = Wanted(
        sha256=digest(content) if extract is None else extract.sha256,
        count=pages.count if extract is None else extract.count,
        name=context.loading.folder.shown(pdf.text),
        named=pdf.text,
        within=str(context.loading.folder.root),
        span=place,
        pages=given[ReadingKeys.pages],
        first_folio=given[ReadingKeys.original_page],
        with_text=given[ReadingKeys.text],
        recognised=bool(given[ReadingKeys.ocr]),
    )
    return foreign(pages, wanted, findings=context.findings)


def _edition(given: Values, placed: Placed, place: Span, context: ReadingContext) -> EditionBody | None:
    """An edition's folder. Notes C-001 where there is none."""
    folder = _find(placed.text, EDITION_NAME, context)
    if folder is None:
        hint = f"name the folder that holds its {EDITION_NAME}, as seen from this file: ../my-edition"
        if _find(placed.text, "reader.yaml", context):
            hint = f"it holds a reader; take its units: write - reader: {placed.text} among the units"
        context.findings.error("C-001", f"there is no edition in “{placed.text}”", span=place, hint=hint)
        return None
    selected = given[ReadingKeys.paragraphs]
    return EditionBody(
        folder=str(folder.root),
        named=placed.text,
        within=str(context.loading.folder.root),
        selection=tuple(Paragraphs(first=first, last=last) for first, last in selected.ranges) if selected else (),
        selection_span=selected.span if selected else None,
    )


def _find(name: str, file: str, context: ReadingContext) -> Folder | None:
    """The folder of that name, if it holds the file."""
    try:
        folder = context.loading.folder.beside(name)
        folder.locate(file)
    except (NotThere, OutsideFolder):
        return None
    return folder


def _note_strange(given: Values, findings: Findings) -> None:
    for key, kind, what in BELONGS:
        if given[key] is not None and given[kind] is None:
            hint = f"delete it; it says something of {what} alone"
            findings.error(
                "C-016", f"“{key.name}” does not belong to this reading", span=first_line(given.span), hint=hint
            )


def _note_nameless(given: Values, place: Span, findings: Findings) -> None:
    needed = (ReadingKeys.title, ReadingKeys.citation) if given[ReadingKeys.pdf] or given[ReadingKeys.link] else ()
    for key in _missing(given, needed):
        findings.error("C-019", f"the reading has no {key.name}", span=place, hint=f"add {key.name}: {key.about}")


def _missing(given: Values, needed: Iterable[Key[object]]) -> Iterable[Key[object]]:
    return (key for key in needed if given[key] is None)


def _slug(given: Values) -> str:
    """From the name of the folder or file, else from the title."""
    named = next(
        (
            placed.text
            for key in (ReadingKeys.edition, ReadingKeys.document, ReadingKeys.pdf)
            if (placed := given[key]) is not None
        ),
        None,
    )
    words = PurePosixPath(named).stem if named else given[ReadingKeys.title] or "reading"
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "reading"
