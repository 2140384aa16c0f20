"""A publication as the documents of an EPUB: one for each section, nav, NCX, cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from publisher.model.apparatus import EpubPlacement
from publisher.model.credits import cover_credits
from publisher.model.publication import MatterKind, PageTarget, Publication, Role, Section
from publisher.model.rendition import Asset, Document, EpubDraft, EpubRendition
from publisher.model.wish import Format
from publisher.render.accessibility import accessibility
from publisher.render.context import Context, document_name, play_order
from publisher.render.engine import Templates
from publisher.render.materials import fonts, pictures, sheets
from publisher.render.places import places

COVER_NAME = "images/cover.png"
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """One line of the landmarks."""

    type: str
    href: str
    label: str


def render_epub(
    publication: Publication, *, cover: bytes, page_break_source: str | None, draft: EpubDraft | None = None
) -> EpubRendition:
    """Every document of the EPUB, with what they need; `cover` is a PNG.

    `page_break_source` names the PDF that the page list follows, None without one. Sections that the draft has too keep
    their documents. Raises `PublisherError`
    where a template has a mistake.
    """
    sections = tuple(section for section in publication.sections if Format.EPUB in section.formats)
    templates = Templates(publication.templates)
    named = pictures(publication.images)
    styles = sheets(publication, Format.EPUB)
    contents = tuple(e for e in publication.contents if e.section_id in {section.id for section in sections})
    context = Context(
        format=Format.EPUB,
        metadata=publication.metadata,
        words=publication.words,
        contents=contents,
        play_order=play_order(contents),
        series=publication.series,
        places=places(sections, gathered=(one.id for one in publication.series if one.epub is EpubPlacement.END)),
        sheets=tuple(asset.href for asset in styles),
        images={path: asset.href for path, asset in named},
        cover=COVER_NAME,
        cover_alternative=_cover_words(publication),
    )
    maker = _Maker(templates=templates, context=context, kept=_kept(publication, draft) if draft else {})
    nav = maker.nav(sections, publication.pages)
    return EpubRendition(
        metadata=publication.metadata,
        nav=nav,
        documents=(maker.cover(), *(nav if _is_contents(section) else maker.section(section) for section in sections)),
        assets=(*styles, *fonts(publication), *(asset for _, asset in named)),
        cover_image=Asset(href=COVER_NAME, media_type="image/png", content=cover),
        ncx=(_DECLARATION + templates.document("ncx.xml.j2", context)).encode(),
        page_break_source=page_break_source if publication.pages else None,
        accessibility=accessibility(publication.accessibility, generator=publication.metadata.generator),
    )


def shipped_files(publication: Publication) -> Mapping[str, bytes]:
    """The style sheets in their order, the typefaces and the pictures of the EPUB, by their paths in it."""
    assets = (
        *sheets(publication, Format.EPUB),
        *fonts(publication),
        *(asset for _, asset in pictures(publication.images)),
    )
    return {asset.href: asset.content for asset in assets}


def _kept(publication: Publication, draft: EpubDraft) -> Mapping[str, Document]:
    """The documents of the draft whose sections are what they were, by section id."""
    apart = replace(draft.publication, sections=publication.sections, contents=publication.contents)
    if replace(apart, accessibility=publication.accessibility) != publication:
        return {}
    before = {section.id: section for section in draft.publication.sections}
    same = {one.id for one in publication.sections if before.get(one.id) is one}
    return {document.id: document for document in draft.rendition.documents if document.id in same}


def _is_contents(section: Section) -> bool:
    """Whether the section is the contents, which in the EPUB are the nav document."""
    return section.role is Role.CONTENTS


def _cover_words(publication: Publication) -> str:
    """What the cover shows, as its alternative text; a picture is on it where a design is chosen."""
    metadata, cover = publication.metadata, publication.cover
    picture = cover.image.alternative if cover.design and cover.image else None
    people = (
        f"{credit.label} {', '.join(one.name for one in credit.people)}".strip()
        for credit in cover_credits(metadata.contributors, publication.words)
    )
    parts = (metadata.title, metadata.subtitle, *people, metadata.statement or metadata.publisher, picture)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Documents in one context."""

    templates: Templates
    context: Context
    kept: Mapping[str, Document]
    """Documents that need not be made again."""

    def section(self, section: Section) -> Document:
        if section.id in self.kept:
            return self.kept[section.id]
        context = replace(self.context, here=section.id)
        text = self.templates.document("epub-section.xhtml.j2", context, s=section)
        return _document(section.id, document_name(section.id), text)

    def cover(self) -> Document:
        return _document("cover", "cover.xhtml", self.templates.document("epub-cover.xhtml.j2", self.context))

    def nav(self, sections: tuple[Section, ...], pages: tuple[PageTarget, ...]) -> Document:
        contents = next(section for section in sections if _is_contents(section))
        text = self.templates.document(
            "epub-nav.xhtml.j2",
            replace(self.context, here=contents.id),
            landmarks=self._landmarks(sections),
            pages=pages,
            opening=contents.page_breaks,
        )
        return _document("nav", "nav.xhtml", text, properties=("nav",))

    def _landmarks(self, sections: tuple[Section, ...]) -> tuple[Landmark, ...]:
        """Cover, title page, contents, beginning of the text, and the parts after it."""
        words = self.context.words
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


def _document(id_: str, name: str, text: str, *, properties: tuple[str, ...] = ()) -> Document:
    return Document(id=id_, href=f"text/{name}", content=(_DECLARATION + text).encode(), properties=properties)
