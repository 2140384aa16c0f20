"""The page of a PDF: its trim, margins and size of text, as a style sheet."""

from __future__ import annotations

import math
from collections.abc import Iterable

from publisher.model.apparatus import PdfPlacement
from publisher.model.block import Block, Heading
from publisher.model.language import RTL, direction
from publisher.model.page import Sides
from publisher.model.profile import Profile
from publisher.model.publication import Publication
from publisher.model.rendition import Asset
from publisher.model.walk import blocks_of, plain
from publisher.render.builtin import house_sheets
from publisher.render.tokens import Tokens, points, tokens
from publisher.render.type_area import MM, TypeArea, type_area

CHARACTERS_OF_A_PAGE, ORDINARY_PAGE = 2300, (156 * MM, 234 * MM)
"""Of an ordinary page, notes among them, and its size; only the inside margin depends on it."""
ROOM_OF_NOTES = 0.65
"""How much room a character of a note takes, which is set smaller: as a share of that of a character of the text."""
CHARACTERS_OF_A_LINE = 50
"""What a line takes at least, of verse, of a table or of a list, however short it is."""
LINES_OF_A_HEADING = 3
"""With the space around it."""


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
    area = area_of(publication, wanted, pages=pages)
    bound_right = output.sides is not Sides.TWO and direction(publication.metadata.language) == RTL
    rules = _page_rules(area, width=output.page_width, height=output.page_height, bound_right=bound_right)
    if output.sides is Sides.TWO:
        rules += _left_page(area)
    if profile is Profile.PRINT:
        bleed = output.profiles.printed.bleed
        rules += f"@page {{ bleed: {bleed} !important; marks: none !important; }}\n"
    if area.measure < wanted.measure_justified * area.size:
        rules += "body, .note { text-align: start; }\n"
    if area.measure < wanted.measure_tabled * area.size:
        rules += "".join(sheet.content.decode() for sheet in house_sheets(("narrow.css",), style=output.style))
    return Asset(href="styles/page.css", media_type="text/css", content=rules.encode())


def area_of(publication: Publication, wanted: Tokens, *, pages: int | None = None) -> TypeArea:
    """The type area of the pages; an estimate represents a page count that is not known.

    Raises `PublisherError` (S-015) where the margins leave no room for text.
    """
    counted = estimated_pages(publication) if pages is None else pages
    return type_area(publication.output, wanted, pages=counted, margin_notes=has_margin_notes(publication))


def _page_rules(area: TypeArea, *, width: str, height: str, bound_right: bool) -> str:
    """The right-hand page, which every page is where one side is printed; a left-hand one if it is `bound_right`."""
    given = (
        ("inside", area.inside),
        ("outside", area.outside),
        ("text-width", area.measure),
        ("note-width", area.note),
        ("note-gap", area.gap),
    )
    lengths = "".join(f" --{name}: {value:.2f}pt;" for name, value in given)
    right, left = area.outside + area.beside, area.inside
    if bound_right:
        right, left = left, right
    return (
        f":root {{ --page-width: {width}; --page-height: {height};{lengths} }}\n"
        f"html {{ font-size: {area.size:.1f}pt; }}\n"
        f"@page {{ size: {width} {height};"
        f" margin: {area.top:.2f}pt {right:.2f}pt {area.bottom:.2f}pt {left:.2f}pt; }}\n"
    )


def _left_page(area: TypeArea) -> str:
    left = area.outside + area.beside
    return f"@page :left {{ margin-left: {left:.2f}pt; margin-right: {area.inside:.2f}pt; }}\n"


def has_margin_notes(publication: Publication) -> bool:
    """Whether a series of notes is in the margin."""
    return any(series.pdf is PdfPlacement.MARGIN for series in publication.series)


def estimated_pages(publication: Publication) -> int:
    """How many pages a volume may have, from the length of its text and its notes."""
    texts = (
        _room(section.blocks) + ROOM_OF_NOTES * sum(len(plain(note.blocks)) for note in section.notes)
        for section in publication.sections
    )
    size = points(publication.output.page_width) * points(publication.output.page_height)
    held = CHARACTERS_OF_A_PAGE * size / (ORDINARY_PAGE[0] * ORDINARY_PAGE[1])
    return sum(max(2, math.ceil(length / held)) for length in texts)


def _room(blocks: tuple[Block, ...]) -> int:
    """How many characters of an ordinary page would take as much room as blocks."""
    headings = sum(isinstance(block, Heading) for block in blocks_of(blocks))
    texts = plain(blocks).split("\n")
    return sum(max(CHARACTERS_OF_A_LINE, len(text)) for text in texts) + (
        (LINES_OF_A_HEADING - 1) * CHARACTERS_OF_A_LINE * headings
    )
