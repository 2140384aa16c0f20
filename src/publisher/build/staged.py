"""A volume made in stages for somebody who is waiting: each result is handed over as soon as it is there.

The stages are those of the pipeline, in its order; nothing is read back, since nothing of it is given away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from publisher import proof as proofreading
from publisher.build import pipeline
from publisher.build.checked import Checked
from publisher.build.epub import epub
from publisher.build.pdf import Pdfs
from publisher.build.request import BuildRequest
from publisher.build.web import web_page, web_pages
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.diagnostics.sink import Look
from publisher.epub.write.container import write_epub
from publisher.epub.write.zip import unseal
from publisher.layout import document as layout
from publisher.layout.document import SectionPages
from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.model.rendition import EpubDraft, PageStart, PdfArtifact
from publisher.model.web import WebRendition
from publisher.proof.finding import Finding
from publisher.proof.reading.painted import Sheet
from publisher.render import render_epub, render_pdf
from publisher.validate.waivers import waive
from publisher.validators.ghostscript import coverages

PACKAGE = "EPUB/"
"""The folder of the package document in our EPUBs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A volume that was checked, and its documents before they have page numbers."""

    checked: Checked
    documents: EpubDraft
    moment: str

    @property
    def publication(self) -> Publication:
        """The volume."""
        assert self.checked.publication is not None
        return self.checked.publication


def prepare(request: BuildRequest) -> Checked:
    """Return the composed volume with its warnings. Raises `PublisherError` with all that is wrong in its sources."""
    checked, found = pipeline.run(request, lambda sink: pipeline.prepare(request, sink))
    return replace(checked, warnings=found)


def draft_edition(checked: Checked, request: BuildRequest) -> Draft:
    """Return the volume with its documents. Raises `PublisherError`, with its warnings, if a template has a mistake."""
    try:
        whole, documents = pipeline.documents(checked)
    except PublisherError as error:
        raise PublisherError(*checked.warnings, *error.diagnostics, exit_code=error.exit_code) from error
    return Draft(checked=whole, documents=documents, moment=request.moment(checked.date))


def draft_files(draft: Draft, *, cover: bytes) -> Mapping[str, bytes]:
    """Return the files of an EPUB without page numbers, with a picture that is there already as its cover."""
    rendition = render_epub(draft.publication, cover=cover, page_break_source=None, draft=draft.documents)
    return _files(write_epub(rendition, name="draft.epub", moment=draft.moment).content)


def book_files(
    draft: Draft, page_starts: tuple[PageStart, ...], *, request: BuildRequest
) -> tuple[bytes, Mapping[str, bytes]]:
    """Return the EPUB as it is built, and its files by their paths from the package document."""
    made = epub(
        draft.publication, draft.documents, page_starts=page_starts, executor=request.opened(), moment=draft.moment
    )
    return made.content, _files(made.content)


def pages(draft: Draft, files: Mapping[str, bytes]) -> WebRendition:
    """Return the pages of the web edition that are made of the files of an EPUB."""
    return web_pages(draft.publication, files, settings=draft.checked.settings)


def one_page(checked: Checked, section_id: str) -> WebRendition:
    """Return the page of one section of the web edition; it is made first because it is on the screen."""
    assert checked.publication is not None
    return web_page(checked.publication, section_id, settings=checked.settings)


def section_pages(
    checked: Checked, section_id: str, *, counts: Mapping[str, int], request: BuildRequest
) -> SectionPages | None:
    """Return the pages of one section of the PDF for the screen, after sections of which `counts` has the pages.

    None if it cannot be laid out alone. Raises `PublisherError` if a template has a mistake.
    """
    assert checked.publication is not None
    rendition = render_pdf(checked.publication)
    moment = request.moment(checked.date)
    return layout.section_pages(rendition, section_id, counts=counts, executor=request.opened(), moment=moment)


def screen_pdf(draft: Draft, *, request: BuildRequest) -> tuple[PdfArtifact, tuple[PageStart, ...]]:
    """Return the PDF for the screen, and where its pages begin. Raises `PublisherError` if it cannot be laid out."""
    pdfs = Pdfs(publication=draft.publication, asked=(Profile.SCREEN,), executor=request.opened(), moment=draft.moment)
    made, starts = pdfs.made(counted=True)
    return made[0], starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a proofreader sees on a page."""

    diagnostic: Diagnostic
    page: int
    """Counted from 0."""
    boxes: tuple[tuple[float, float, float, float], ...]
    """Left, top, width and height of what it is about, in parts of the page's width and height."""


def proofread(draft: Draft, content: bytes) -> tuple[Seen, ...]:
    """Return what `publisher proof` finds on the pages of a PDF, without what is waived."""
    settings = draft.checked.settings
    found = proofreading.proof(
        content,
        draft.publication,
        limits=settings.proof,
        measure=lambda limit, areas: coverages(content, limit=limit, areas=areas),
    )
    reported = found.only(waive(found.diagnostics(), waivers=settings.waivers, looks=(Look.PROOF,)))
    pairs = zip(reported.findings, reported.diagnostics(), strict=True)
    return tuple(_drafted_parts(finding, diagnostic, reported.sheets[finding.page]) for finding, diagnostic in pairs)


def _drafted_parts(finding: Finding, diagnostic: Diagnostic, sheet: Sheet) -> Seen:
    media = sheet.media
    boxes = tuple(
        (
            (box.left - media.left) / media.width,
            (media.top - box.top) / media.height,
            box.width / media.width,
            box.height / media.height,
        )
        for box in finding.boxes
    )
    return Seen(diagnostic=diagnostic, page=finding.page, boxes=boxes)


def _files(book: bytes) -> Mapping[str, bytes]:
    return {entry.name.removeprefix(PACKAGE): entry.content for entry in unseal(book) if entry.name.startswith(PACKAGE)}
