"""PDF: laid out by WeasyPrint, bound by pikepdf."""

from __future__ import annotations

from publisher.model.rendition import Artifact, PdfArtifact, PdfRendition
from publisher.write.bind import bind
from publisher.write.pdf.layout import lay_out

__all__ = ["write_pdf"]


def write_pdf(rendition: PdfRendition, *, name: str, moment: str) -> PdfArtifact:
    """The finished PDF under its file name, and the word at which each of its pages begins.

    Raises `PublisherError` with S-001, D-001, D-002 and D-003 from the layout, F-001 from the binding.
    """
    content, starts = bind(lay_out(rendition), rendition, moment=moment)
    return PdfArtifact(artifact=Artifact(name=name, content=content), page_starts=starts)
