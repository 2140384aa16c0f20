"""Covers as documents: the printer's with back, spine and front on one page, and the front alone for screens."""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher.diagnostics import Source
from publisher.model.cover import Cover, CoverPlan, Design, Palette
from publisher.model.publication import MatterKind, Metadata, Publication
from publisher.model.rendition import Asset, LayoutResources, PdfRendition, PdfSection, Side
from publisher.model.target import Format
from publisher.model.trade import ean13
from publisher.render.assets import fonts, own_sheets
from publisher.render.barcode import barcode, barcode_width
from publisher.render.builtin import house_sheets
from publisher.render.context import Context
from publisher.render.cover_art import asterisk, motif
from publisher.render.documents import Templates
from publisher.render.font_plan import font_plan

BARCODE, ART, STRIP, PICTURE = "images/barcode.svg", "images/art.svg", "images/strip.svg", "images/cover-picture"
SHEETS = ("fonts.css", "tokens.css")
BAND = 12.0
"""Millimetres by which a band comes round to the back."""
STRIP_COLUMNS = 12
"""Tiles across the back of a cover with a motif."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverWords:
    """What the templates of a cover may ask in addition to the usual context."""

    design: str
    cover: Cover
    plan: CoverPlan
    printed: bool
    """Whether it is the printer's, with back and spine."""
    names: str
    """The authors on the spine."""
    isbn: str | None
    barcode: str | None
    picture: str | None
    """Path of the picture on the front."""


def render_printed_cover(publication: Publication, plan: CoverPlan, *, names: str) -> PdfRendition:
    """Back, spine and front on one page of their size and the bleed; `names` are on the spine.

    Raises `PublisherError` where a template has a mistake.
    """
    return _rendition(publication, plan, names=names, printed=True)


def render_front(publication: Publication, plan: CoverPlan) -> PdfRendition:
    """The front alone, in the size of the trim. Raises `PublisherError` where a template has a mistake."""
    return _rendition(publication, plan, names="", printed=False)


def colour_sources(cover: Cover) -> tuple[Source, ...]:
    """The style sheets of a cover that name colours, in cascade order, as text to be measured."""
    design = cover.printed_design
    sheets = (*house_sheets(("covers/cover.css", f"covers/{design}.css")), _colours(cover.palette))
    return tuple(Source(name=asset.href, text=asset.content.decode()) for asset in sheets)


def _rendition(publication: Publication, plan: CoverPlan, *, names: str, printed: bool) -> PdfRendition:
    cover, design = publication.cover, plan.design
    pictures = _pictures(publication, plan, printed=printed)
    hrefs = {asset.href for asset in pictures}
    words = CoverWords(
        design=design.value,
        cover=cover,
        plan=plan,
        printed=printed,
        names=names,
        isbn=publication.metadata.isbn,
        barcode=BARCODE if BARCODE in hrefs else None,
        picture=next((href for href in hrefs if href.startswith(PICTURE)), None),
    )
    document = Templates(publication.templates, fonts=font_plan(publication)).document(
        "covers/cover.xhtml.j2", _context(publication), k=words
    )
    return PdfRendition(
        metadata=_metadata(publication),
        sections=(PdfSection(id="cover", matter=MatterKind.FRONT, side=Side.RIGHT, document=document),),
        dress=LayoutResources(
            stylesheets=(
                *house_sheets(SHEETS),
                *own_sheets(publication),
                _colours(cover.palette),
                _measures(plan, foot=_foot(publication, plan)),
                *house_sheets(("covers/cover.css", f"covers/{design}.css")),
            ),
            assets=(*fonts(publication), *pictures),
        ),
        contents=(),
    )


def _metadata(publication: Publication) -> Metadata:
    """What the file says of itself: it is the cover of the book."""
    label = publication.words.cover
    return replace(publication.metadata, title=f"{label}: {publication.metadata.title}", subtitle=None)


def _context(publication: Publication) -> Context:
    return Context(
        format=Format.PDF,
        metadata=publication.metadata,
        words=publication.words,
        contents=(),
        series=(),
        places={},
    )


def _pictures(publication: Publication, plan: CoverPlan, *, printed: bool) -> tuple[Asset, ...]:
    """What is drawn: the picture of the edition's own or the design's, and the barcode."""
    cover, isbn = publication.cover, publication.metadata.isbn
    found = [_own(cover) or _draw(publication, plan)]
    if printed and plan.design is Design.MOTIF:
        found.append(_drawing(STRIP, _strip(publication, plan)))
    if printed and isbn:
        found.append(_drawing(BARCODE, barcode(ean13(isbn), isbn=isbn, add_on=cover.price_code)))
    return tuple(asset for asset in found if asset is not None)


def _own(cover: Cover) -> Asset | None:
    image = cover.image
    if image is None:
        return None
    suffix = image.path.rpartition(".")[2].lower()
    return Asset(href=f"{PICTURE}.{suffix}", media_type=image.media_type, content=image.content, shown=image.path)


def _draw(publication: Publication, plan: CoverPlan) -> Asset | None:
    palette, (width, height) = publication.cover.palette, plan.art
    match plan.design:
        case Design.MOTIF:
            return _drawing(ART, motif(_seed(publication), palette, width=width, height=height))
        case Design.TYPOGRAPHIC:
            return _drawing(ART, asterisk(palette))
        case _:
            return None


def _strip(publication: Publication, plan: CoverPlan) -> bytes:
    """One row of tiles for the back, and what lies in the bleed above it."""
    width = plan.trim_width + plan.bleed
    height = width / STRIP_COLUMNS + plan.bleed
    return motif(_seed(publication), publication.cover.palette, width=width, height=height, columns=STRIP_COLUMNS)


def _seed(publication: Publication) -> str:
    return publication.metadata.title


def _drawing(href: str, content: bytes) -> Asset:
    return Asset(href=href, media_type="image/svg+xml", content=content)


def _colours(palette: Palette) -> Asset:
    """The colours as tokens."""
    rule = (
        f":root {{ --cover-ground: {palette.ground}; --cover-ink: {palette.ink};"
        f" --cover-accent: {palette.accent}; --cover-on-accent: {palette.on_accent}; }}\n"
    )
    return Asset(href="styles/cover-colours.css", media_type="text/css", content=rule.encode())


def _foot(publication: Publication, plan: CoverPlan) -> float:
    """The width that publisher and price have at the foot of the back, next to the barcode."""
    unit = plan.trim_width / 38
    taken = barcode_width(publication.cover.price_code) + 3 if publication.metadata.isbn else 0.0
    return max(min(14 * unit, plan.trim_width - 8.4 * unit - taken), unit)


def _measures(plan: CoverPlan, *, foot: float) -> Asset:
    """The measures of a cover as tokens, and the size of its page."""
    art_width, art_height = plan.art
    tokens = {
        "trim-width": plan.trim_width,
        "trim-height": plan.trim_height,
        "bleed": plan.bleed,
        "spine": plan.spine,
        "spine-left": plan.spine_left,
        "front-left": plan.front_left,
        "band-left": plan.spine_left - BAND if plan.spine else 0.0,
        "page-width": plan.width,
        "page-height": plan.height,
        "title-size": plan.title_size,
        "spine-size": plan.spine_size or 1.0,
        "art-width": art_width,
        "art-height": art_height,
        "foot-width": foot,
    }
    declared = " ".join(f"--{name}: {value:.3f}mm;" for name, value in tokens.items())
    rule = (
        f"@page {{ size: {plan.width:.3f}mm {plan.height:.3f}mm; margin: 0; }}\n"
        f":root {{ {declared} font-size: {plan.trim_width / 38:.3f}mm; }}\n"
    )
    return Asset(href="styles/cover-measures.css", media_type="text/css", content=rule.encode())
