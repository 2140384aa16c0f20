"""A publication as the documents of an EPUB: one for each section, nav, NCX, cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from publisher.model.apparatus import EpubPlacement
from publisher.model.credits import cover_credits, join_names
from publisher.model.publication import FixedWords, MatterKind, Publication, Role, Section
from publisher.model.rendition import Asset, Document, EpubDraft, EpubRendition
from publisher.model.target import Format
from publisher.render.accessibility import accessibility
from publisher.render.assets import pictures, sheets, subset_fonts
from publisher.render.context import Context, document_name, play_order
from publisher.render.documents import Templates
from publisher.render.engine import DocumentRequest
from publisher.render.font_plan import font_plan
from publisher.render.link_targets import places

COVER_NAME = "images/cover.png"
COVER, NAV, NCX = "cover.xhtml", "nav.xhtml", "toc.ncx"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """One line of the landmarks."""

    type: str
    href: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A document that has to be made."""

    id: str
    name: str
    """Its file name."""
    request: DocumentRequest
    properties: tuple[str, ...] = ()

    def document(self, text: str) -> Document:
        """The document with its text."""
        content = (_DECLARATION + text).encode()
        properties = (*self.properties, *(("mathml",) if "<math " in text else ()))
        return Document(id=self.id, href=f"text/{self.name}", content=content, properties=properties)


def render_epub(
    publication: Publication, *, cover: bytes, page_break_source: str | None, draft: EpubDraft | None = None
) -> EpubRendition:
    """Every document of the EPUB, with what they need; `cover` is a PNG.

    `page_break_source` names the PDF that the page list follows, None without one. Sections that the draft has too keep
    their documents. Raises `PublisherError`
    where a template has a mistake.
    """
    sections = _sections(publication)
    named = pictures(publication.images)
    styles = sheets(publication, Format.EPUB)
    context = _context(publication, sections, sheets=styles, named=named)
    kept = _keep(publication, draft) if draft else {}
    plans = tuple(_plans(publication, sections, context, kept=kept))
    texts = Templates(publication.templates, fonts=font_plan(publication)).documents([plan.request for plan in plans])
    made = {plan.name: plan.document(text) for plan, text in zip(plans, texts, strict=True)}
    nav = made[NAV]
    sequence = (
        nav if _is_contents(section) else kept.get(section.id) or made[document_name(section.id)]
        for section in sections
    )
    return EpubRendition(
        metadata=publication.metadata,
        nav=nav,
        documents=(made[COVER], *sequence),
        assets=(*styles, *subset_fonts(publication), *(asset for _, asset in named)),
        cover_image=Asset(href=COVER_NAME, media_type="image/png", content=cover),
        ncx=made[NCX].content,
        page_break_source=page_break_source if publication.pages else None,
        accessibility=accessibility(publication.accessibility, generator=publication.metadata.generator),
    )


def render_section(publication: Publication, section_id: str) -> bytes:
    """The document of one section, as the EPUB has it. Raises `PublisherError` where a template has a mistake."""
    sections = _sections(publication)
    named, styles = pictures(publication.images), sheets(publication, Format.EPUB)
    context = _context(publication, sections, sheets=styles, named=named)
    plan = _section_plan(next(section for section in sections if section.id == section_id), context)
    templates = Templates(publication.templates, fonts=font_plan(publication))
    return plan.document(templates.documents([plan.request])[0]).content


def _sections(publication: Publication) -> tuple[Section, ...]:
    return tuple(section for section in publication.sections if Format.EPUB in section.formats)


def _context(
    publication: Publication,
    sections: tuple[Section, ...],
    *,
    sheets: Iterable[Asset],
    named: Iterable[tuple[str, Asset]],
) -> Context:
    contents = tuple(e for e in publication.contents if e.section_id in {section.id for section in sections})
    return Context(
        format=Format.EPUB,
        metadata=publication.metadata,
        words=publication.words,
        contents=contents,
        play_order=play_order(contents),
        series=publication.series,
        places=places(sections, gathered=(item.id for item in publication.series if item.epub is EpubPlacement.END)),
        sheets=tuple(asset.href for asset in sheets),
        images={path: asset.href for path, asset in named},
        cover=COVER_NAME,
        cover_alternative=_cover_words(publication),
    )


def shipped_files(publication: Publication) -> Mapping[str, bytes]:
    """The style sheets in their order, the typefaces and the pictures of the EPUB, by their paths in it."""
    assets = (
        *sheets(publication, Format.EPUB),
        *subset_fonts(publication),
        *(asset for _, asset in pictures(publication.images)),
    )
    return {asset.href: asset.content for asset in assets}


def _plans(
    publication: Publication, sections: tuple[Section, ...], context: Context, *, kept: Mapping[str, Document]
) -> Iterator[_Plan]:
    """The documents that have to be made: nav, NCX, cover, and the sections that are not retained."""
    contents = next(section for section in sections if _is_contents(section))
    landmarks = _landmarks(sections, publication.words)
    opening = contents.page_breaks
    yield _Plan(
        id="nav",
        name=NAV,
        request=DocumentRequest(
            template="epub-nav.xhtml.j2",
            context=replace(context, here=contents.id),
            values={"landmarks": landmarks, "pages": publication.pages, "opening": opening},
        ),
        properties=("nav",),
    )
    yield _Plan(id="ncx", name=NCX, request=DocumentRequest(template="ncx.xml.j2", context=context))
    yield _Plan(id="cover", name=COVER, request=DocumentRequest(template="epub-cover.xhtml.j2", context=context))
    for section in sections:
        if not _is_contents(section) and section.id not in kept:
            yield _section_plan(section, context)


def _section_plan(section: Section, context: Context) -> _Plan:
    here = replace(context, here=section.id)
    request = DocumentRequest(template="epub-section.xhtml.j2", context=here, values={"s": section})
    return _Plan(id=section.id, name=document_name(section.id), request=request)


def _keep(publication: Publication, draft: EpubDraft) -> Mapping[str, Document]:
    """The documents of the draft whose sections are what they were, by section id."""
    apart = replace(draft.publication, sections=publication.sections, contents=publication.contents)
    if replace(apart, accessibility=publication.accessibility) != publication:
        return {}
    before = {section.id: section for section in draft.publication.sections}
    same = {item.id for item in publication.sections if before.get(item.id) is item}
    return {document.id: document for document in draft.rendition.documents if document.id in same}


def _is_contents(section: Section) -> bool:
    """Whether the section is the contents, which in the EPUB are the nav document."""
    return section.role is Role.CONTENTS


def _cover_words(publication: Publication) -> str:
    """What the cover shows, as its alternative text; a picture is on it where a design is chosen."""
    metadata, cover = publication.metadata, publication.cover
    picture = cover.image.alternative if cover.design and cover.image else None
    people = (
        f"{credit.label} {join_names(credit.people, publication.words)}".strip()
        for credit in cover_credits(metadata.contributors, publication.words)
    )
    parts = (metadata.title, metadata.subtitle, *people, metadata.statement or metadata.publisher, picture)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _landmarks(sections: tuple[Section, ...], words: FixedWords) -> tuple[Landmark, ...]:
    """Cover, title page, contents, beginning of the text, and the parts after it."""
    types = {
        Role.TITLE_PAGE: "titlepage",
        Role.CONTENTS: "toc",
        Role.INTRODUCTION: "introduction",
        Role.AGREEMENTS: "appendix",
        Role.NOTES: "endnotes",
        Role.REFERENCES: "bibliography",
        Role.COLOPHON: "colophon",
    }
    first: dict[str, Section] = {}
    for section in sections:
        body = section.matter is MatterKind.BODY
        if body or section.role in types:
            first.setdefault("bodymatter" if body else types[section.role], section)
    return (
        Landmark(type="cover", href="cover.xhtml", label=words.cover),
        *(
            Landmark(
                type=name,
                href=f"{document_name(section.id)}#{section.id}",
                label=words.begin if name == "bodymatter" else section.label,
            )
            for name, section in first.items()
        ),
    )
