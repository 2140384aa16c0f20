"""The pages of a printed book and those of a PDF: how they differ, and the map that freezes them."""

from __future__ import annotations

from publisher.diagnostics import Diagnostic
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, PageStart
from publisher.model.target import Format


def other_pages(publication: Publication, page_starts: tuple[PageStart, ...]) -> tuple[Diagnostic, ...]:
    """Return that the PDF has other pages than the printed book, if it has."""
    from publisher import compose

    return tuple(compose.other_pages(publication, laid_out=compose.with_page_breaks(publication, page_starts)))


def page_map(publication: Publication, page_starts: tuple[PageStart, ...], artifacts: tuple[Artifact, ...]) -> Artifact:
    """The map of the PDF's pages."""
    from publisher import compose
    from publisher.build.data.page_map import write_page_map

    (pdf,) = (artifact for artifact in artifacts if artifact.name.endswith(f".{Format.PDF}"))
    metadata = publication.metadata
    frozen = compose.page_map(compose.with_page_breaks(publication, page_starts))
    return write_page_map(frozen, title=metadata.title, pdf=pdf, text_sha256=metadata.provenance.sha256)
