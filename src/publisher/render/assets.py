"""What documents are dressed in: typefaces, style sheets, pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import replace

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.fonts.subset import subset_font
from publisher.model.assets import Image
from publisher.model.page import Sides
from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.model.rendition import Asset
from publisher.model.target import Format
from publisher.render.builtin import SHEETS, house_fonts, house_sheets, kind_sheets, reading_sheets, turned_sheets
from publisher.render.formulas import formula_sheets
from publisher.render.own_fonts import own_fonts
from publisher.render.page import has_margin_notes, page_sheet
from publisher.render.printed_characters import printed_characters
from publisher.sanitize.css import sanitized_sheet
from publisher.workspace import digest

_OTHERS = {Format.EPUB: ("print.css", "press.css"), Format.PDF: ("screen.css",)}
"""How the names of an edition's own style sheets end that are not for a format."""
_FOR_PRESS = "press.css"


def fonts(publication: Publication) -> tuple[Asset, ...]:
    """The built-in typefaces, then those that the edition brings."""
    house = house_fonts(publication.output.style)
    return (*house, *(asset for asset in own_fonts(publication) if asset.media_type != "text/css"))


def subset_fonts(publication: Publication) -> tuple[Asset, ...]:
    """The same typefaces as the EPUB ships them: with the characters that the publication has."""
    characters = printed_characters(publication)
    if characters is None:
        return fonts(publication)
    return tuple(replace(asset, content=subset_font(asset.content, characters)) for asset in fonts(publication))


def sheets(
    publication: Publication, format_: Format, *, profile: Profile = Profile.SCREEN, pages: int | None = None
) -> tuple[Asset, ...]:
    """The style sheets of a format, for a PDF those of its profile: the built-in ones, then the edition's own.

    An edition's own sheet whose name ends in `print.css` or `screen.css` is for the PDF or for the EPUB alone, one
    whose name ends in `press.css` for the PDF that a printer gets. `pages` is how many the PDF has, for its inside
    margin; an estimate represents a count that is not known yet.
    """
    house, own = dress(publication, format_, profile=profile)
    if format_ is Format.EPUB:
        return (*house, *own_sheets(publication), *own)
    page = page_sheet(publication, (*house, *own), profile=profile, pages=pages)
    return (*house, *own_sheets(publication), page, *house_sheets(_beside(publication)), *own)


def dress(
    publication: Publication, format_: Format, *, profile: Profile = Profile.SCREEN
) -> tuple[tuple[Asset, ...], tuple[Asset, ...]]:
    """The built-in style sheets, and those of the edition, that dress a format: the sheets that have tokens."""
    others = _OTHERS[format_] if profile is Profile.PRINT else (*_OTHERS[format_], _FOR_PRESS)
    own = tuple(
        Asset(
            href=f"styles/own-{at}-{source.name.rpartition('/')[2]}",
            media_type="text/css",
            content=source.text.encode(),
            shown=source.name,
        )
        for at, source in enumerate(publication.stylesheets, 1)
        if not source.name.endswith(others)
    )
    _demand_shipped(publication)
    names = (
        *SHEETS[format_],
        *kind_sheets(publication, format_),
        *formula_sheets(publication, format_),
        *reading_sheets(publication, format_),
        *turned_sheets(publication, format_),
    )
    return house_sheets(names, style=publication.output.style), own


def _demand_shipped(publication: Publication) -> None:
    """Raises `PublisherError` (S-012) for each file that an own style sheet names and that is not in the volume."""
    named = [(source, *item) for source in publication.stylesheets for item in sanitized_sheet(source.text).addresses]
    if not named:
        return
    there = {asset.href for asset in (*fonts(publication), *(asset for _, asset in pictures(publication.images)))}
    missing = [item for item in named if posixpath.normpath(posixpath.join("styles", item[1])) not in there]
    if missing:
        raise PublisherError(*(_missing(source, address, line) for source, address, line, _ in missing))


def _missing(source: Source, address: str, line: int) -> Diagnostic:
    return Diagnostic(
        code="S-012",
        message=f"this style names a file that is not in the volume: {address}",
        span=source.line_span(min(line, len(source.line_starts))),
        hint="name pictures and typefaces as the EPUB does (../images/001-map.png), or write a picture as data:",
    )


def _beside(publication: Publication) -> tuple[str, ...]:
    """The style sheets for what not every PDF has: notes in the margin, leaves printed on one side."""
    return (
        *(("margin-notes.css",) if has_margin_notes(publication) else ()),
        *(("one-sided.css",) if publication.output.sides is Sides.ONE else ()),
    )


def own_sheets(publication: Publication) -> tuple[Asset, ...]:
    """The style sheet that declares the edition's own typefaces, where it brings any."""
    return tuple(asset for asset in own_fonts(publication) if asset.media_type == "text/css")


def pictures(images: Iterable[Image]) -> tuple[tuple[str, Asset], ...]:
    """The images of an edition with their paths in the manuscript, named so that no two collide."""
    named: list[tuple[str, Asset]] = []
    for at, image in enumerate(images, 1):
        stem, _, suffix = image.path.rpartition("/")[2].rpartition(".")
        safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in stem)
        named.append((image.path, _picture(image, f"{at:03d}-{safe}.{suffix.lower()}")))
    return tuple(named)


def pictures_by_content(images: Iterable[Image]) -> tuple[tuple[str, Asset], ...]:
    """The same images for a PDF, named by what they show: another picture before one does not change its name."""
    return tuple(
        (image.path, _picture(image, f"{digest(image.content)[:32]}.{image.path.rpartition('.')[2].lower()}"))
        for image in images
    )


def pictures_in_sheets(publication: Publication) -> tuple[Asset, ...]:
    """The images that own style sheets name, by the names that these have in the EPUB."""
    named = {
        posixpath.basename(address[0])
        for sheet in publication.stylesheets
        for address in sanitized_sheet(sheet.text).addresses
    }
    return tuple(asset for _, asset in pictures(publication.images) if posixpath.basename(asset.href) in named)


def _picture(image: Image, name: str) -> Asset:
    return Asset(href=f"images/{name}", media_type=image.media_type, content=image.content)
