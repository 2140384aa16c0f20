"""A laid-out PDF made into the one that is published: PDF/UA-1 and PDF/A-3a in one file.

The layout writes pages and a structure tree that page ends have cut to pieces; here the tree is made whole, notes are
put where they are read, and the file gets labels, bookmarks and metadata. ISO 32000-1, ISO 14289-1, ISO 19005-3.
"""

from __future__ import annotations

import io

import pikepdf

from publisher.diagnostics import ExitCode, PublisherError
from publisher.model.rendition import PageStart, PdfRendition
from publisher.write.bind.artifacts import mark_artifacts
from publisher.write.bind.content import page_contents, rewrite
from publisher.write.bind.edges import words_off_the_page
from publisher.write.bind.faces import strange_faces
from publisher.write.bind.headings import close_gaps
from publisher.write.bind.hyphens import soften
from publisher.write.bind.labels import first_arabic, page_labels, write_labels
from publisher.write.bind.lists import shape_lists
from publisher.write.bind.merge import merged
from publisher.write.bind.notes import place_notes
from publisher.write.bind.origin import origins
from publisher.write.bind.outline import write_outline
from publisher.write.bind.page_starts import page_starts, section_pages
from publisher.write.bind.toc import shape_contents
from publisher.write.bind.words import aligned
from publisher.write.bind.writing import write_structure
from publisher.write.bind.xmp import write_metadata

__all__ = ["bind"]


def bind(raw: bytes, rendition: PdfRendition, *, moment: str) -> tuple[bytes, tuple[PageStart, ...]]:
    """The finished PDF, and the word at which each page begins.

    `raw` is what `lay_out` gives for the rendition. Raises `PublisherError` with F-001 where a glyph comes from a
    typeface that is not the edition's, with D-004 where words run off a page.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        contents = page_contents(pdf)
        write_metadata(pdf, rendition.metadata, moment=moment)
        document = merged(pdf, origins(rendition.document))
        words = aligned(document, contents)
        shape_lists(document)
        shape_contents(document)
        place_notes(document)
        close_gaps(document)
        sections = tuple(id_ for id_, _ in rendition.section_matters)
        arabic = first_arabic(rendition.section_matters, section_pages(document, sections), len(contents))
        labels = page_labels(len(contents), arabic)
        faces = strange_faces(contents, rendition.assets, rendition.stylesheets)
        found = (*faces, *words_off_the_page(contents, labels))
        if found:
            raise PublisherError(*found, exit_code=ExitCode.CONTENT)
        write_outline(pdf, rendition.contents, document, contents)
        write_labels(pdf, arabic)
        starts = page_starts(document, words, labels, sections)
        mark_artifacts(contents, frozenset(document.marks()))
        soften(contents, words.hyphens)
        for content in contents:
            rewrite(content, pdf)
        write_structure(pdf, document, contents)
        return _saved(pdf), starts


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of the file; its identifier is made from its content."""
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
    )
    return out.getvalue()
