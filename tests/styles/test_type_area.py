"""Type size, measure and margins follow the trim, in every style."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pytest

from publisher.diagnostics import PublisherError
from publisher.load.config.page_sizes import TRIMS
from publisher.model.output import Output
from publisher.model.page import Margins
from publisher.model.profile import Profile, Style
from publisher.model.publication import Publication
from publisher.render import unread_lines
from publisher.render.builtin import house_sheets
from publisher.render.page import estimated_pages, page_sheet
from publisher.render.tokens import Tokens, points, tokens
from publisher.render.type_area import SPINE, inside_margin, type_area

MM = 72 / 25.4
PAGES = 100
TOO_NARROW = {
    "foot": ("A5", "6x9in", "5.5x8.5in", "129x198mm", "156x234mm"),
    "margin": ("A5", "B5", "6x9in", "5.5x8.5in", "129x198mm", "156x234mm"),
}
"""Trims on which 16 point leave a line shorter than 55 characters in the accessible style: there the size wins."""
Composed = Callable[..., Publication]


def wanted(style: Style = Style.DEFAULT, more: str = "") -> Tokens:
    sheets = house_sheets(("tokens.css",), style=style)
    return tokens((*(sheet.content.decode() for sheet in sheets), more))


def output(page: tuple[str, str] = ("156mm", "234mm"), margins: Margins | None = None) -> Output:
    bare = Output(name="a", formats=(), page_width=page[0], page_height=page[1], paragraph_numbers=True)
    return replace(bare, margins=margins or Margins())


NOTE = "# Notes\n\n## one\n\n> WORDS\n\nA few words beside it.\n"
SETTINGS = {
    "foot": "",
    "margin": "series: [{id: editorial, title: Notes, file: notes/editorial.md, placement: {pdf: margin}}]\n",
}
"""Where notes stand, by what `edition.yaml` says of it."""


@pytest.mark.parametrize("notes", SETTINGS)
@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("trim", [name for name, _, _ in TRIMS])
def test_a_line_holds_55_to_75_characters_or_its_shortness_is_told(
    composed: Composed,
    measured: ModuleType,
    prose: str,
    style: Style,
    trim: str,
    notes: str,
) -> None:
    settings = f"{SETTINGS[notes]}style: {style}\noutput: {{page: {trim}, formats: [pdf]}}\n"
    words = " ".join(prose.split()[:4])
    files = {"notes__editorial.md": NOTE.replace("WORDS", words)} if SETTINGS[notes] else {}
    publication = composed(settings, **files)
    pages = measured.lines_of(measured.pages_of(publication))
    found = [line.text for page in pages for line in page if len(line.text) > 25]
    full = [len(text) for text in found if text.rstrip("-\u2010") in prose and text[-1] not in ".?"]
    assert len(full) > 50
    told = list(unread_lines(publication, (Profile.SCREEN,)))
    assert [diagnostic.code for diagnostic in told] == ["S-018"] * (
        style is Style.ACCESSIBLE and trim in TOO_NARROW[notes]
    )
    assert statistics.median(full) <= 75
    assert max(full) <= 80
    assert told or statistics.median(full) >= 55


def test_what_would_help_is_asked_of_pages_that_have_no_room_for_text_too(composed: Composed) -> None:
    publication = composed(
        "output: {page: A5, margins: {inside: 40mm, outside: 40mm}, formats: [pdf]}\n",
        **{"styles__mine.css": ":root { --margin-inside: 0.6; --margin-outside: 0.6; --margin-least: 60mm; }"},
    )
    (found,) = unread_lines(publication, (Profile.SCREEN,))
    assert "holds about 45 characters" in found.message
    assert "a page " in str(found.hint)


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("trim", ["A5", "129x198mm"])
@pytest.mark.parametrize("numbers", ["", ", line-numbers: {every: 5, by: section}"])
def test_numbers_of_paragraphs_and_lines_leave_the_spine_what_printers_ask_for(
    composed: Composed, measured: ModuleType, prose: str, style: Style, trim: str, numbers: str
) -> None:
    words = " ".join(prose.split()[:4])
    publication = composed(
        f"{SETTINGS['margin']}style: {style}\noutput: {{page: {trim}, formats: [pdf]{numbers}}}\n",
        **{"notes__editorial.md": NOTE.replace("WORDS", words)},
    )
    pages = measured.lines_of(measured.pages_of(publication))
    width = points(publication.output.page_width)
    spine = [
        line.left if label % 2 else width - line.right
        for label, page in enumerate(pages, 1)
        for line in page
        if line.text.strip().isdecimal()
    ]
    assert len(spine) > 5
    assert min(spine) >= 9.5 * MM


def test_the_text_of_the_default_trim_is_what_it_was() -> None:
    area = type_area(output(), wanted(), pages=PAGES, margin_notes=False)
    assert (area.size, area.rows) == (10.4, 35)
    assert area.measure == pytest.approx(112 * MM, abs=0.2)
    assert area.inside == pytest.approx(24 * MM, abs=0.2)
    assert area.outside == pytest.approx(20 * MM, abs=0.2)
    assert area.top == pytest.approx(23 * MM, abs=0.2)


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("trim", TRIMS, ids=[name for name, _, _ in TRIMS])
def test_margins_and_text_fill_the_page_to_the_whole_line(style: Style, trim: tuple[str, str, str]) -> None:
    tokens_, page = wanted(style), output(trim[1:])
    for margin_notes in (False, True):
        area = type_area(page, tokens_, pages=PAGES, margin_notes=margin_notes)
        width, height = points(trim[1]), points(trim[2])
        assert area.inside + area.measure + area.beside + area.outside == pytest.approx(width)
        left = height - area.top - area.bottom
        assert 0 < left - area.rows * area.size * tokens_.leading_text < 0.2
        assert tokens_.type_least * (tokens_.type_beside if margin_notes else 1) - 0.1 <= area.size <= tokens_.type_most
        assert area.inside >= 9 * MM
        assert area.outside >= (8 if margin_notes else 9) * MM
        assert area.note >= tokens_.margin_note_least * width * margin_notes


def test_the_inside_margin_grows_with_the_page_count() -> None:
    assert [inside_margin(pages) / 72 for pages in (1, 150, 151, 300, 301, 500, 501, 700, 701, 828, 2000)] == [
        0.375, 0.375, 0.5, 0.5, 0.625, 0.625, 0.75, 0.75, 0.875, 0.875, 0.875,
    ]  # fmt: skip


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("trim", TRIMS, ids=[name for name, _, _ in TRIMS])
def test_no_page_count_makes_the_inside_margin_less_than_printers_ask_for(
    style: Style, trim: tuple[str, str, str]
) -> None:
    before = 0.0
    for pages, _ in SPINE:
        area = type_area(output(trim[1:]), wanted(style), pages=pages, margin_notes=False)
        assert area.inside >= max(before, inside_margin(pages))
        assert area.outside >= 0.25 * 72
        before = area.inside


def test_a_thicker_spine_takes_from_the_outer_margin_first() -> None:
    """So that lines and pages break where they did, and the page count stays what it was."""
    thin, thick = (type_area(output(), wanted(), pages=pages, margin_notes=False) for pages in (100, 400))
    assert (thin.measure, thin.size, thin.rows) == (thick.measure, thick.size, thick.rows)
    assert thick.inside - thin.inside == pytest.approx(18)
    assert thin.outside - thick.outside == pytest.approx(18)


def test_margins_that_are_asked_for_are_kept() -> None:
    asked = Margins(top="30mm", bottom="31mm", inside="32mm", outside="33mm")
    area = type_area(output(margins=asked), wanted(), pages=PAGES, margin_notes=False)
    given = (area.top, area.bottom, area.inside, area.outside)
    assert [side / MM for side in given] == pytest.approx([30, 31, 32, 33])
    assert area.measure / MM == pytest.approx(91)


def test_one_margin_that_is_asked_for_is_kept_on_a_large_page() -> None:
    for asked in (Margins(inside="20mm"), Margins(outside="20mm")):
        area = type_area(output(("210mm", "297mm"), asked), wanted(), pages=PAGES, margin_notes=False)
        assert (area.inside if asked.inside else area.outside) == pytest.approx(20 * MM)


@pytest.mark.parametrize(
    ("page", "margins"),
    [
        (("40mm", "60mm"), None),
        (("148mm", "210mm"), Margins(inside="70mm", outside="60mm")),
        (("148mm", "210mm"), Margins(inside="160mm")),
        (("148mm", "210mm"), Margins(top="100mm", bottom="100mm")),
        (("148mm", "210mm"), Margins(top="300mm")),
    ],
)
def test_margins_that_leave_no_text_are_an_error(page: tuple[str, str], margins: Margins | None) -> None:
    with pytest.raises(PublisherError) as caught:
        type_area(output(page, margins), wanted(), pages=PAGES, margin_notes=False)
    (found,) = caught.value.diagnostics
    assert found.code == "S-015"
    assert f"of a page of {page[0]} by {page[1]}" in found.message


def test_notes_in_the_margin_have_their_column_outside_the_text() -> None:
    area = type_area(output(), wanted(), pages=PAGES, margin_notes=True)
    assert area.note / MM == pytest.approx(0.22 * 156)
    assert area.measure / area.size >= 25


def test_an_editions_own_tokens_change_the_page(composed: Composed) -> None:
    publication = composed()
    own = composed(**{"styles__mine-print.css": ":root { --type-least: 12pt; --type-most: 12pt; }"})
    assert own.stylesheets
    assert "font-size: 10.4pt" in sheet(publication)
    assert "font-size: 12.0pt" in sheet(own)


def test_tokens_that_are_no_numbers_are_left_to_the_layout() -> None:
    assert (
        wanted(more=":root { --measure: 0; --type-least: calc(1pt); --type-most: 3em; /* --measure: 9; */ }")
        == wanted()
    )


def test_a_page_of_a_one_sided_volume_is_always_a_right_hand_one(composed: Composed) -> None:
    two, publication = composed(), composed("output: {sides: one}\n")
    assert "@page :left" in sheet(two)
    assert "@page :left" not in sheet(publication)


def test_the_page_count_that_is_known_takes_the_place_of_the_estimate(composed: Composed) -> None:
    publication = composed()
    assert 5 < estimated_pages(publication) < 30
    assert sheet(publication) == sheet(publication, pages=estimated_pages(publication))
    assert sheet(publication) != sheet(publication, pages=400)


def sheet(publication: Publication, *, pages: int | None = None) -> str:
    own = tuple(source.text for source in publication.stylesheets)
    house = house_sheets(("tokens.css",), style=publication.output.style)
    dressed = (*house, *(replace(house[0], content=text.encode()) for text in own))
    return page_sheet(publication, dressed, pages=pages).content.decode()
