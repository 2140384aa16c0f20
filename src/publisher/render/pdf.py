"""A publication as one document for the PDF engine."""

from __future__ import annotations

from dataclasses import replace

from publisher.model.apparatus import PdfPlacement
from publisher.model.edition import Format
from publisher.model.publication import ContentsEntry, PlacedNote, Publication, Section
from publisher.model.rendition import PdfRendition
from publisher.render.context import Context, is_front
from publisher.render.engine import Templates
from publisher.render.materials import fonts, house_sheets, own_sheets, pictures, sheets
from publisher.render.places import places


def render_pdf(publication: Publication) -> PdfRendition:
    """One document with every section that the PDF has, and everything that it needs.

    Raises `PublisherError` where a template has a mistake.
    """
    sections = tuple(section for section in publication.sections if Format.PDF in section.formats)
    templates = Templates(publication.templates)
    named = pictures(publication.images)
    context = _context(publication, sections, templates)
    context = replace(context, images={path: asset.href for path, asset in named})
    return PdfRendition(
        metadata=publication.metadata,
        document=templates.document("pdf.xhtml.j2", context, sections=sections),
        stylesheets=sheets(publication, Format.PDF),
        assets=(*fonts(publication), *(asset for _, asset in named)),
        section_matters=tuple((section.id, section.matter) for section in sections),
        contents=_contents(publication, sections),
    )


def _contents(publication: Publication, sections: tuple[Section, ...]) -> tuple[ContentsEntry, ...]:
    ids = {section.id for section in sections}
    return tuple(entry for entry in publication.contents if entry.section_id in ids)


def _context(publication: Publication, sections: tuple[Section, ...], templates: Templates) -> Context:
    bare = Context(
        format=Format.PDF,
        metadata=publication.metadata,
        words=publication.words,
        contents=_contents(publication, sections),
        series=publication.series,
        places=places(sections, gathered=(one.id for one in publication.series if one.pdf is PdfPlacement.END)),
        first_body=next((section.id for section in sections if not is_front(section)), ""),
        front_sections=frozenset(section.id for section in sections if is_front(section)),
    )
    at_calls = {note.call_id: note for section in sections for note in section.notes if _is_at_call(note, bare)}
    return replace(
        bare,
        notes_at_calls=at_calls,
        render_note=lambda note, placement: templates.note(note, bare, placement=placement),
    )


def _is_at_call(note: PlacedNote, context: Context) -> bool:
    """Whether a note is laid out from its call: at the foot of the page or in the margin."""
    return context.placement(note) != PdfPlacement.END.value


def render_cover(publication: Publication) -> PdfRendition:
    """The cover as a document of one page, 150 by 240 mm."""
    context = Context(
        format=Format.PDF,
        metadata=publication.metadata,
        words=publication.words,
        contents=(),
        series=(),
        places={},
    )
    return PdfRendition(
        metadata=publication.metadata,
        document=Templates(publication.templates).document("cover.xhtml.j2", context),
        stylesheets=(
            *house_sheets(("fonts.css", "tokens.css")),
            *own_sheets(publication),
            *house_sheets(("cover.css",)),
        ),
        assets=fonts(publication),
        section_matters=(),
        contents=(),
    )
