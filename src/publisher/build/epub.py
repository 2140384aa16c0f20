"""The EPUB of a publication, with its cover and its page list.

Like the pipeline, it imports each stage where it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.diagnostics import PublisherError
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, EpubDraft, PageStart

if TYPE_CHECKING:
    from publisher.workers.executor import Executor

COVER_WIDTH = 1600
"""In pixels; what shops ask for."""


def epub(
    publication: Publication, draft: EpubDraft, *, page_starts: tuple[PageStart, ...], executor: Executor, moment: str
) -> Artifact:
    """The EPUB, with a page list where there is a PDF or a printed book to take it from."""
    from publisher.compose import with_page_starts
    from publisher.epub.write.container import write_epub
    from publisher.render import render_epub
    from publisher.validate.accessibility import demand_earned

    numbered, source = with_page_starts(publication, page_starts)
    cover = _cover(publication, executor=executor, moment=moment)
    rendition = render_epub(numbered, cover=cover, page_break_source=source, draft=draft)
    demand_earned(rendition, claimed=publication.accessibility)
    return write_epub(rendition, name=f"{publication.output.name}.epub", moment=moment)


def _cover(publication: Publication, *, executor: Executor, moment: str) -> bytes:
    """The cover as a PNG, laid out by the PDF's engine: the front of its design, or the plain one."""
    from publisher.compose.cover import front_planned
    from publisher.layout.document import write_pdf
    from publisher.pdf.press.cover import demand_fit
    from publisher.pdf.raster import paint_cover
    from publisher.render import render_cover, undrawn
    from publisher.render.covers import render_front

    cover = publication.cover
    plan = None if cover.design is None else front_planned(publication, design=cover.design)
    rendition = render_cover(publication) if plan is None else render_front(publication, plan)
    try:
        content = write_pdf(lambda *_: rendition, executor=executor, name="cover.pdf", moment=moment).artifact.content
    except PublisherError as error:
        raise undrawn(error, publication) from error
    if plan is not None:
        demand_fit(content, plan, places=cover.places)
    return paint_cover(content, width=COVER_WIDTH)
