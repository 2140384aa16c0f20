"""The pages of a printed book beside those of a PDF: how they differ, and the map that freezes them."""

from __future__ import annotations

from publisher.build.severity import raise_errors
from publisher.diagnostics import Diagnostic
from publisher.model.edition import AnnotatedEdition
from publisher.model.publication import Publication
from publisher.model.reader import AnnotatedReader
from publisher.model.rendition import Artifact, PageStart
from publisher.model.target import Format


def other_pages(
    annotated: AnnotatedEdition | AnnotatedReader,
    publication: Publication,
    page_starts: tuple[PageStart, ...],
    *,
    strict: bool,
) -> tuple[Diagnostic, ...]:
    """That the PDF has other pages than the printed book, where it has; raises where that weighs as an error."""
    from publisher import compose
    from publisher.validate.waivers import Look, waived

    if publication.page_map is None or not page_starts or isinstance(annotated, AnnotatedReader):
        return ()
    found = compose.other_pages(publication, laid_out=compose.with_page_breaks(publication, page_starts))
    return raise_errors(waived(found, waivers=annotated.edition.settings.waivers, look=Look.BUILT), strict=strict)


def page_map(publication: Publication, page_starts: tuple[PageStart, ...], artifacts: tuple[Artifact, ...]) -> Artifact:
    """The map of the PDF's pages."""
    from publisher import compose
    from publisher.build.data.page_map import write_page_map

    (pdf,) = (one for one in artifacts if one.name.endswith(f".{Format.PDF}"))
    metadata = publication.metadata
    frozen = compose.page_map(compose.with_page_breaks(publication, page_starts))
    return write_page_map(frozen, title=metadata.title, pdf=pdf, text_sha256=metadata.provenance.sha256)
