"""What documents are dressed in: typefaces, style sheets, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from publisher.model.apparatus import PdfPlacement
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


def house_fonts() -> tuple[Asset, ...]:
    """The typefaces of the house."""
    return tuple(
        Asset(href=f"fonts/{name}", media_type="font/otf", content=packaged(package, f"files/{name}"))
        for package, name in FONTS
    )


def text_face() -> Mapping[str, bytes]:
    """The text face by cut: `Regular`, `It`, `Semibold`, `SemiboldIt`."""
    serif = "SourceSerifPro-"
    faces = (asset for asset in house_fonts() if serif in asset.href)
    return {asset.href.partition(serif)[2].removesuffix(".otf"): asset.content for asset in faces}


def fonts(publication: Publication) -> tuple[Asset, ...]:
    """The typefaces of the house, then those that the edition brings."""
    return (*house_fonts(), *(asset for asset in own_fonts(publication) if asset.media_type != "text/css"))


def own_fonts(publication: Publication) -> tuple[Asset, ...]:
    """The typefaces that the edition brings, and the style sheet that puts them after those of the house."""
    faces = tuple(
        Asset(
            href=f"fonts/own-{at}.{face.path.rpartition('.')[2].lower()}",
            media_type=face.media_type,
            content=face.content,
            shown=face.path,
        )
        for at, face in enumerate(publication.typefaces, 1)
    )
    return (*faces, _declared(faces)) if faces else ()


def _declared(faces: tuple[Asset, ...]) -> Asset:
    """A style sheet that declares typefaces and lets every font stack fall back on them."""
    names = [f"Edition {at}" for at in range(1, len(faces) + 1)]
    rules = [
        f'@font-face {{ font-family: "{name}"; src: url(../{face.href}); }}'
        for name, face in zip(names, faces, strict=True)
    ]
    stack = ", ".join(f'"{name}"' for name in names)
    rules.append(
        f':root {{ --serif: "Source Serif Pro", {stack}, serif; --sans: "Source Sans Pro", {stack}, sans-serif; }}'
    )
    return Asset(href="styles/own-fonts.css", media_type="text/css", content="\n".join(rules).encode())


def house_sheets(names: Iterable[str]) -> tuple[Asset, ...]:
    """Style sheets of the house by name."""
    folder = resources("styles")
    return tuple(Asset(href=f"styles/{name}", media_type="text/css", content=folder.read(name)) for name in names)


def sheets(publication: Publication, format_: Format) -> tuple[Asset, ...]:
    """The style sheets of a format: those of the house, then the edition's own.

    An edition's own sheet whose name ends in `print.css` or `screen.css` is for the PDF or for the EPUB alone.
    """
    own = tuple(
        Asset(
            href=f"styles/own-{at}-{source.name.rpartition('/')[2]}",
            media_type="text/css",
            content=source.text.encode(),
            shown=source.name,
        )
        for at, source in enumerate(publication.stylesheets, 1)
        if not source.name.endswith(_OTHER[format_])
    )
    page = _page_sheets(publication) if format_ is Format.PDF else ()
    return (*house_sheets(SHEETS[format_]), *own_sheets(publication), *page, *own)


def _page_sheets(publication: Publication) -> tuple[Asset, ...]:
    """The page size, and the wider margin where notes stand in it."""
    in_margin = any(series.pdf is PdfPlacement.MARGIN for series in publication.series)
    return (page_sheet(publication.output), *(house_sheets(("margin-notes.css",)) if in_margin else ()))


def own_sheets(publication: Publication) -> tuple[Asset, ...]:
    """The style sheet that declares the edition's own typefaces, where it brings any."""
    return tuple(asset for asset in own_fonts(publication) if asset.media_type == "text/css")


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
