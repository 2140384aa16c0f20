"""What the house brings: its typefaces, and the style sheets of each style."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from publisher.model.language import RTL, direction
from publisher.model.profile import Style
from publisher.model.publication import Publication
from publisher.model.rendition import Asset
from publisher.model.target import Format
from publisher.render.kinds import has_kinds, has_readings
from publisher.workspace import packaged_path, resources

FONTS: tuple[tuple[str, str], ...] = (
    ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
    ("font_source_serif_pro", "SourceSerifPro-It.otf"),
    ("font_source_serif_pro", "SourceSerifPro-Semibold.otf"),
    ("font_source_serif_pro", "SourceSerifPro-SemiboldIt.otf"),
    ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    ("font_source_sans_pro", "SourceSansPro-Semibold.otf"),
)
"""Package and file of every typeface that are built in; `styles/fonts.css` declares them."""

_ITALICS = (
    ("font_source_sans_pro", "SourceSansPro-It.otf"),
    ("font_source_sans_pro", "SourceSansPro-SemiboldIt.otf"),
)
STYLE_FONTS: Mapping[Style, tuple[tuple[str, str], ...]] = {
    Style.DEFAULT: (),
    Style.ACCESSIBLE: _ITALICS,
    Style.COMPACT: (),
}
"""The typefaces that a style needs next to; its `fonts.css` declares them."""

_SHARED = ("fonts.css", "tokens.css", "text.css", "apparatus.css")
SHEETS: Mapping[Format, tuple[str, ...]] = {
    Format.EPUB: (*_SHARED, "screen.css"),
    Format.PDF: (*_SHARED, "print.css"),
}
"""Built-in style sheets in cascade order."""


def turned_sheets(publication: Publication, format_: Format) -> tuple[str, ...]:
    """Return the names of the sheets for what runs from right to left; none if nothing does."""
    volume = direction(publication.metadata.language) == RTL
    if not volume and all(direction(section.language) != RTL for section in publication.sections):
        return ()
    if format_ is Format.EPUB:
        return ("right-to-left.css", "right-to-left-screen.css")
    return ("right-to-left.css", "right-to-left-print.css", *(("right-to-left-pages.css",) if volume else ()))


def kind_sheets(publication: Publication, format_: Format) -> tuple[str, ...]:
    """Return the names of the sheets for letters, plays, marked words and plates; none if a volume has none."""
    if not has_kinds(publication):
        return ()
    return ("kinds.css", "kinds-screen.css" if format_ is Format.EPUB else "kinds-print.css")


def reading_sheets(publication: Publication, format_: Format) -> tuple[str, ...]:
    """Return the names of the sheets for readings above characters, for emphasis dots, and for their lines."""
    leading = ("east-asian.css",) if _is_east_asian(publication.metadata.language) else ()
    if not has_readings(publication):
        return leading
    return (*leading, "ruby-screen.css" if format_ is Format.EPUB else "ruby-print.css")


def _is_east_asian(language: str) -> bool:
    """Whether a language is written in Chinese characters."""
    return language.partition("-")[0].lower() in ("ja", "zh", "yue", "lzh")


def house_fonts(style: Style = Style.DEFAULT) -> tuple[Asset, ...]:
    """The built-in typefaces that a style uses."""
    return tuple(
        Asset(href=f"fonts/{name}", media_type="font/otf", content=packaged_path(package, f"files/{name}"))
        for package, name in (*FONTS, *STYLE_FONTS[style])
    )


def text_face() -> Mapping[str, bytes]:
    """The text face by cut: `Regular`, `It`, `Semibold`, `SemiboldIt`."""
    serif = "SourceSerifPro-"
    faces = (asset for asset in house_fonts() if serif in asset.href)
    return {asset.href.partition(serif)[2].removesuffix(".otf"): asset.content for asset in faces}


def house_sheets(names: Iterable[str], *, style: Style = Style.DEFAULT) -> tuple[Asset, ...]:
    """Built-in style sheets by name, each followed by the one of that name which a style has next to it."""
    folder = resources("styles")
    there = folder.matching(f"{style}/*.css")
    files = (file for name in names for file in (name, f"{style}/{name}") if file == name or file in there)
    return tuple(
        Asset(href=f"styles/{file.replace('/', '-')}", media_type="text/css", content=folder.read(file))
        for file in files
    )
