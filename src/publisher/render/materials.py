"""What documents are dressed in: typefaces, style sheets, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from publisher.model.apparatus import PdfPlacement
from publisher.model.leaf import Sides
from publisher.model.material import Image
from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.model.rendition import Asset
from publisher.model.style import Style
from publisher.model.walk import plain
from publisher.model.wish import Format
from publisher.render.tokens import tokens
from publisher.render.type_area import TypeArea, type_area
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

_ITALICS = (
    ("font_source_sans_pro", "SourceSansPro-It.otf"),
    ("font_source_sans_pro", "SourceSansPro-SemiboldIt.otf"),
)
STYLE_FONTS: Mapping[Style, tuple[tuple[str, str], ...]] = {
    Style.DEFAULT: (),
    Style.ACCESSIBLE: _ITALICS,
    Style.COMPACT: (),
}
"""The typefaces that a style needs beside; its `fonts.css` declares them."""

_SHARED = ("fonts.css", "tokens.css", "text.css", "apparatus.css")
SHEETS: Mapping[Format, tuple[str, ...]] = {
    Format.EPUB: (*_SHARED, "screen.css"),
    Format.PDF: (*_SHARED, "print.css"),
}
"""Style sheets of the house in cascade order."""

_OTHERS = {Format.EPUB: ("print.css", "press.css"), Format.PDF: ("screen.css",)}
"""How the names of an edition's own style sheets end that are not for a format."""
_FOR_PRESS = "press.css"


def house_fonts(style: Style = Style.DEFAULT) -> tuple[Asset, ...]:
    """The typefaces of the house that a style uses."""
    return tuple(
        Asset(href=f"fonts/{name}", media_type="font/otf", content=packaged(package, f"files/{name}"))
        for package, name in (*FONTS, *STYLE_FONTS[style])
    )


def text_face() -> Mapping[str, bytes]:
    """The text face by cut: `Regular`, `It`, `Semibold`, `SemiboldIt`."""
    serif = "SourceSerifPro-"
    faces = (asset for asset in house_fonts() if serif in asset.href)
    return {asset.href.partition(serif)[2].removesuffix(".otf"): asset.content for asset in faces}


def fonts(publication: Publication) -> tuple[Asset, ...]:
    """The typefaces of the house, then those that the edition brings."""
    house = house_fonts(publication.output.style)
    return (*house, *(asset for asset in own_fonts(publication) if asset.media_type != "text/css"))


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


def house_sheets(names: Iterable[str], *, style: Style = Style.DEFAULT) -> tuple[Asset, ...]:
    """Style sheets of the house by name, each followed by the one of that name which a style has beside it."""
    folder = resources("styles")
    there = folder.matching(f"{style}/*.css")
    files = (file for name in names for file in (name, f"{style}/{name}") if file == name or file in there)
    return tuple(
        Asset(href=f"styles/{file.replace('/', '-')}", media_type="text/css", content=folder.read(file))
        for file in files
    )


def sheets(
    publication: Publication, format_: Format, *, profile: Profile = Profile.SCREEN, pages: int | None = None
) -> tuple[Asset, ...]:
    """The style sheets of a format, for a PDF those of its profile: those of the house, then the edition's own.

    An edition's own sheet whose name ends in `print.css` or `screen.css` is for the PDF or for the EPUB alone, one
    whose name ends in `press.css` for the PDF that a printer gets. `pages` is how many the PDF has, for its inside
    margin; an estimate stands for a count that is not known yet.
    """
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
    house = house_sheets(SHEETS[format_], style=publication.output.style)
    if format_ is Format.EPUB:
        return (*house, *own_sheets(publication), *own)
    page = page_sheet(publication, (*house, *own), profile=profile, pages=pages)
    return (*house, *own_sheets(publication), page, *house_sheets(_beside(publication)), *own)


def _beside(publication: Publication) -> tuple[str, ...]:
    """The style sheets for what not every PDF has: notes in the margin, leaves printed on one side."""
    return (
        *(("margin-notes.css",) if _margin_notes(publication) else ()),
        *(("one-sided.css",) if publication.output.sides is Sides.ONE else ()),
    )


def _margin_notes(publication: Publication) -> bool:
    return any(series.pdf is PdfPlacement.MARGIN for series in publication.series)


def own_sheets(publication: Publication) -> tuple[Asset, ...]:
    """The style sheet that declares the edition's own typefaces, where it brings any."""
    return tuple(asset for asset in own_fonts(publication) if asset.media_type == "text/css")


def page_sheet(
    publication: Publication,
    dressed: Iterable[Asset],
    *,
    profile: Profile = Profile.SCREEN,
    pages: int | None = None,
) -> Asset:
    """The page as a style sheet: trim, margins, size of the text, and these as tokens; for a printer with the bleed.

    `dressed` are the sheets whose tokens say what the style wants. Raises `PublisherError` (S-015) where the margins
    leave no room for text.
    """
    output = publication.output
    wanted = tokens(asset.content.decode() for asset in dressed)
    counted = estimated_pages(publication) if pages is None else pages
    area = type_area(output, wanted, pages=counted, margin_notes=_margin_notes(publication))
    rules = _page_rules(area, width=output.page_width, height=output.page_height)
    if output.sides is Sides.TWO:
        rules += _left_page(area)
    if profile is Profile.PRINT:
        bleed = output.profiles.printed.bleed
        rules += f"@page {{ bleed: {bleed} !important; marks: none !important; }}\n"
    if area.measure < wanted.measure_justified * area.size:
        rules += "body { text-align: left; }\n"
    if area.measure < wanted.measure_tabled * area.size:
        rules += "".join(sheet.content.decode() for sheet in house_sheets(("narrow.css",), style=output.style))
    return Asset(href="styles/page.css", media_type="text/css", content=rules.encode())


def _page_rules(area: TypeArea, *, width: str, height: str) -> str:
    """The right-hand page, which every page is where one side is printed."""
    given = (
        ("inside", area.inside),
        ("outside", area.outside),
        ("text-width", area.measure),
        ("note-width", area.note),
        ("note-gap", area.gap),
    )
    lengths = "".join(f" --{name}: {value:.2f}pt;" for name, value in given)
    right = area.outside + area.beside
    return (
        f":root {{ --page-width: {width}; --page-height: {height};{lengths} }}\n"
        f"html {{ font-size: {area.size:.1f}pt; }}\n"
        f"@page {{ size: {width} {height};"
        f" margin: {area.top:.2f}pt {right:.2f}pt {area.bottom:.2f}pt {area.inside:.2f}pt; }}\n"
    )


def _left_page(area: TypeArea) -> str:
    left = area.outside + area.beside
    return f"@page :left {{ margin-left: {left:.2f}pt; margin-right: {area.inside:.2f}pt; }}\n"


CHARACTERS_OF_A_PAGE = 1900
"""Of an ordinary page, opening pages and notes among them; only the inside margin depends on it."""


def estimated_pages(publication: Publication) -> int:
    """How many pages a volume may have, from the length of its text and its notes."""
    texts = (
        len(plain(section.blocks)) + sum(len(plain(note.blocks)) for note in section.notes)
        for section in publication.sections
    )
    return sum(max(2, -(-length // CHARACTERS_OF_A_PAGE)) for length in texts)


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
