"""What documents are dressed in: typefaces, style sheets, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from publisher.model.edition import Format, Image, Output
from publisher.model.publication import Publication
from publisher.model.rendition import Asset
from publisher.workspace import packaged, resources

FONTS: tuple[tuple[str, str], ...] = (
    ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    ("font_source_serif_pro", "SourceSerifPro-It.otf"),
    ("font_source_serif_pro", "SourceSerifPro-Semibold.otf"),
    ("font_source_serif_pro", "SourceSerifPro-SemiboldIt.otf"),
    ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    ("font_source_sans_pro", "SourceSansPro-Semibold.otf"),
)
"""Package and file of every typeface of the house; `styles/fonts.css` declares them."""

_SHARED = ("fonts.css", "tokens.css", "text.css", "apparatus.css")
SHEETS: Mapping[Format, tuple[str, ...]] = {
    Format.EPUB: (*_SHARED, "screen.css"),
    Format.PDF: (*_SHARED, "print.css"),
}
"""Style sheets of the house in cascade order."""

_OTHER = {Format.EPUB: "print.css", Format.PDF: "screen.css"}


def fonts() -> tuple[Asset, ...]:
    """The typefaces of the house."""
    return tuple(
        Asset(href=f"fonts/{name}", media_type="font/otf", content=packaged(package, f"files/{name}"))
        for package, name in FONTS
    )


def house_sheets(names: Iterable[str]) -> tuple[Asset, ...]:
    """Style sheets of the house by name."""
    folder = resources("styles")
    return tuple(Asset(href=f"styles/{name}", media_type="text/css", content=folder.read(name)) for name in names)


def sheets(publication: Publication, format_: Format) -> tuple[Asset, ...]:
    """The style sheets of a format: those of the house, then the edition's own.

    An edition's own sheet whose name ends in `print.css` or `screen.css` is for the PDF or for the EPUB alone.
    """
    own = tuple(
        Asset(href=source.name, media_type="text/css", content=source.text.encode())
        for source in publication.stylesheets
        if not source.name.endswith(_OTHER[format_])
    )
    page = (page_sheet(publication.output),) if format_ is Format.PDF else ()
    return (*house_sheets(SHEETS[format_]), *page, *own)


def page_sheet(output: Output) -> Asset:
    """The page size as a style sheet."""
    rule = f"@page {{ size: {output.page_width} {output.page_height}; }}\n"
    return Asset(href="styles/page.css", media_type="text/css", content=rule.encode())


def pictures(images: Iterable[Image]) -> tuple[tuple[str, Asset], ...]:
    """The images of an edition with their paths in the manuscript, named so that no two collide."""
    named: list[tuple[str, Asset]] = []
    for at, image in enumerate(images, 1):
        stem, _, suffix = image.path.rpartition("/")[2].rpartition(".")
        safe = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in stem)
        asset = Asset(
            href=f"images/{at:03d}-{safe}.{suffix.lower()}", media_type=image.media_type, content=image.content
        )
        named.append((image.path, asset))
    return tuple(named)
