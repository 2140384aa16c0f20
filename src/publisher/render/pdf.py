"""A publication as documents for the PDF engine, one for each section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from publisher.model.apparatus import PdfPlacement
from publisher.model.block import CodeBlock
from publisher.model.excerpt import Piece
from publisher.model.inline import NoteCall
from publisher.model.links import page_targets
from publisher.model.output import Output
from publisher.model.page import LineNumbers, Openings, Sides
from publisher.model.profile import Profile
from publisher.model.publication import LISTS, ContentsEntry, MatterKind, PlacedNote, Publication, Role, Section
from publisher.model.rendition import Asset, LayoutResources, PdfRendition, PdfSection, Side
from publisher.model.target import Format
from publisher.model.walk import inlines_of, lines
from publisher.render.assets import fonts, own_sheets, pictures, pictures_by_content, pictures_in_sheets, sheets
from publisher.render.builtin import house_sheets
from publisher.render.context import Context, is_front
from publisher.render.documents import Templates
from publisher.render.engine import DocumentRequest
from publisher.render.font_plan import font_plan
from publisher.render.foreign import blanks, foreign_files
from publisher.render.formulas import formula_assets
from publisher.render.line_refs import cited_lemmas
from publisher.render.link_targets import places
from publisher.render.tokens import opens_on
from publisher.render.typesetting import with_typesetting


def render_pdf(
    publication: Publication,
    *,
    profile: Profile = Profile.SCREEN,
    folios: Mapping[str, str] | None = None,
    pages: int | None = None,
    before: PdfRendition | None = None,
    piece: Piece | None = None,
) -> PdfRendition:
    """A document for every section that the PDF has, and everything that they need.

    `folios` are the labels of pages by the ids of elements, and `pages` is their number, as far as they are known; in
    `before`, rendered with others, the sections are that print none. Above a `piece` is from which volume it is;
    that moves nothing. Raises `PublisherError` where a template has a mistake.
    """
    publication = publication.made_for(profile)
    sections = tuple(section for section in publication.sections if Format.PDF in section.formats)
    named = (pictures if publication.templates else pictures_by_content)(publication.images)
    context = replace(
        _context(publication, sections),
        images={path: asset.href for path, asset in named},
        folios=folios or {},
        references=publication.output.profiles.references(profile),
    )
    dress = _dress(publication, named, sections, profile=profile, pages=pages)
    above = {piece.section_ids[0]: piece.line} if piece else {}
    opening = publication.output.openings or opens_on(asset.content.decode() for asset in dress.stylesheets)
    known = _find_unchanged(before, sections, context)
    fresh = [item for item in sections if item.id not in known]
    requests = [_request(item, replace(context, line_above=above.get(item.id, ""))) for item in fresh]
    empty = _empty_sides(publication.output) if publication.words.stamp else ()
    if empty:
        requests.append(DocumentRequest(template="pdf-empty.xhtml.j2", context=context))
    documents = Templates(publication.templates, fonts=font_plan(publication)).documents(requests)
    made = {item.id: document for item, document in zip(fresh, documents, strict=False)}

    def laid_out(section: Section) -> PdfSection:
        if section.id in known:
            return known[section.id]
        side = _side(section, context, publication.output, opening)
        document = with_typesetting(made[section.id], publication.typesetting)
        return _section(section, context, document, side=side, lines=section.lines(publication.output))

    return PdfRendition(
        metadata=publication.metadata,
        sections=tuple(map(laid_out, sections)),
        dress=dress,
        contents=context.contents,
        foreign=foreign_files(sections),
        empty=tuple(_empty(side, documents[-1]) for side in empty),
        references=tuple(dict.fromkeys((*_targets(context.contents), *_referred_to(sections, context)))),
    )


def _find_unchanged(
    before: PdfRendition | None, sections: tuple[Section, ...], context: Context
) -> dict[str, PdfSection]:
    """The sections that were rendered before and print no page numbers, by their ids."""
    earlier = {section.id: section for section in before.sections} if before else {}
    return {
        section.id: earlier[section.id]
        for section in sections
        if section.id in earlier and not _prints_folios(section, context)
    }


def _targets(entries: Iterable[ContentsEntry]) -> Iterator[str]:
    for entry in entries:
        yield entry.target_id
        yield from _targets(entry.children)


def _referred_to(sections: tuple[Section, ...], context: Context) -> Iterator[str]:
    """The ids of what lists lead to, and what cross-references do where their pages are printed."""
    for section in sections:
        yield from _targets(section.entries if section.role in LISTS else ())
    for section in sections if context.references else ():
        yield from page_targets(section.title)
        for part in (section.blocks, *(note.blocks for note in section.notes)):
            for line in lines(part):
                yield from () if isinstance(line, CodeBlock) else page_targets(line)


def _prints_folios(section: Section, context: Context) -> bool:
    cites = bool(context.numbered) and any(note.cited for note in section.notes)
    return context.references or cites or section.role in (Role.CONTENTS, *LISTS)


def _side(section: Section, context: Context, output: Output, opening: Openings) -> Side:
    """The side on which a section begins: the title page on the right, the imprint on its back."""
    if output.sides is Sides.ONE:
        return Side.ONLY
    if opening is Openings.NONE:
        return Side.NEXT
    if section.role is Role.IMPRINT:
        return Side.LEFT
    if section.role is Role.COLOPHON:
        return Side.NEXT
    if any(context.placement(note) == PdfPlacement.FACING for note in section.notes):
        return Side.LEFT
    on_the_right = opening is Openings.RIGHT or section.role is Role.TITLE_PAGE or section.id == context.first_body
    return Side.RIGHT if on_the_right else Side.NEXT


def _dress(
    publication: Publication,
    named: Iterable[tuple[str, Asset]],
    sections: Iterable[Section],
    *,
    profile: Profile,
    pages: int | None,
) -> LayoutResources:
    images = (*(asset for _, asset in named), *pictures_in_sheets(publication))
    return LayoutResources(
        stylesheets=sheets(publication, Format.PDF, profile=profile, pages=pages),
        assets=tuple(dict.fromkeys((*fonts(publication), *formula_assets(publication), *images, *blanks(sections)))),
    )


def _request(section: Section, context: Context) -> DocumentRequest:
    """The request for the document of one section."""
    here = replace(context, here=section.id)
    return DocumentRequest(template="pdf.xhtml.j2", context=here, values={"s": section})


def _section(section: Section, context: Context, document: str, *, side: Side, lines: LineNumbers | None) -> PdfSection:
    return PdfSection(
        id=section.id,
        matter=section.matter,
        side=side,
        document=document,
        lines=lines,
        cited=cited_lemmas(section) if section.id in context.numbered else (),
    )


def _empty_sides(output: Output) -> tuple[Side, ...]:
    """The sides on which a page without words can be; style sheets may still print in its margins."""
    return (Side.ONLY,) if output.sides is Sides.ONE else (Side.RIGHT, Side.LEFT)


def _empty(side: Side, document: str) -> PdfSection:
    return PdfSection(id=f"empty-{side}", matter=MatterKind.BODY, side=side, document=document)


def _contents(publication: Publication, sections: tuple[Section, ...]) -> tuple[ContentsEntry, ...]:
    ids = {section.id for section in sections}
    return tuple(entry for entry in publication.contents if entry.section_id in ids)


def _context(publication: Publication, sections: tuple[Section, ...]) -> Context:
    bare = Context(
        format=Format.PDF,
        metadata=publication.metadata,
        words=publication.words,
        contents=_contents(publication, sections),
        series=publication.series,
        one_sided=publication.output.sides is Sides.ONE,
        places=places(sections, gathered=(item.id for item in publication.series if item.pdf is PdfPlacement.END)),
        first_body=next((section.id for section in sections if not is_front(section)), ""),
        numbered=frozenset(item.id for item in sections if item.lines(publication.output)),
    )
    listed = {note.id: note for section in sections for note in section.notes}  # a section of end notes repeats all
    notes = [note for note in listed.values() if _is_at_call(note, bare)]
    hosts = {call.id: host.id for host in notes for call in inlines_of(host.blocks) if isinstance(call, NoteCall)}
    behind: dict[str, tuple[PlacedNote, ...]] = {}
    for note in notes:
        if note.call_id in hosts:
            host = hosts[note.call_id]
            behind[host] = (*behind.get(host, ()), note)
    at_calls = {note.call_id: note for note in notes if note.call_id not in hosts}
    return replace(bare, notes_at_calls=at_calls, notes_on_notes=behind)


def _is_at_call(note: PlacedNote, context: Context) -> bool:
    """Whether a note is laid out from its call: at the foot of the page or in the margin."""
    return PdfPlacement(context.placement(note)).is_at_call


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
        sections=(
            _whole(
                "cover",
                Templates(publication.templates, fonts=font_plan(publication)).document("cover.xhtml.j2", context),
            ),
        ),
        dress=LayoutResources(
            stylesheets=(
                *house_sheets(("fonts.css", "tokens.css")),
                *own_sheets(publication),
                *house_sheets(("cover.css",)),
            ),
            assets=fonts(publication),
        ),
        contents=(),
    )


def _whole(name: str, document: str) -> PdfSection:
    return PdfSection(id=name, matter=MatterKind.FRONT, side=Side.RIGHT, document=document)
