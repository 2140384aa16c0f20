"""The three house styles: each only style sheets over shared tokens, in both formats."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from publisher.diagnostics import Source
from publisher.model.profile import Style
from publisher.model.publication import Publication
from publisher.model.rendition import Asset
from publisher.model.target import BOOKS, Format
from publisher.render import render_epub
from publisher.render.assets import fonts, sheets
from publisher.render.builtin import FONTS, STYLE_FONTS
from publisher.validate.contrast import contrasts

Composed = Callable[..., Publication]
LaidOut = Callable[[str], Any]
LEAST_CONTRAST = {Style.DEFAULT: 4.5, Style.ACCESSIBLE: 7, Style.COMPACT: 4.5}
"""WCAG 2.2, §1.4.3 and §1.4.6."""
FURTHER = (Style.ACCESSIBLE, Style.COMPACT)


@pytest.fixture
def dressed(composed: Composed) -> Callable[[Style, Format], tuple[Asset, ...]]:
    """The style sheets of a style in a format."""
    return lambda style, format_: sheets(composed(f"style: {style}\n"), format_)


@pytest.mark.parametrize("style", FURTHER)
@pytest.mark.parametrize("format_", BOOKS)
def test_a_style_is_laid_over_the_house_sheet_by_sheet(
    dressed: Callable[[Style, Format], tuple[Asset, ...]], style: Style, format_: Format
) -> None:
    names = [asset.href.removeprefix("styles/") for asset in dressed(style, format_)]
    own = [name for name in names if name.startswith(f"{style}-")]
    assert f"{style}-tokens.css" in own
    assert [names[names.index(name) - 1] for name in own] == [name.removeprefix(f"{style}-") for name in own]
    assert [name for name in names if name not in own and name != "page.css"] == [
        asset.href.removeprefix("styles/") for asset in dressed(Style.DEFAULT, format_) if "page.css" not in asset.href
    ]


@pytest.mark.parametrize("style", FURTHER)
def test_an_editions_own_sheets_come_after_those_of_the_style(composed: Composed, style: Style) -> None:
    publication = composed(f"style: {style}\n", **{"styles__mine.css": "p { color: black; }"})
    for format_ in BOOKS:
        assert sheets(publication, format_)[-1].shown == publication.stylesheets[0].name


@pytest.mark.parametrize("style", FURTHER)
def test_a_style_is_few_rules_beside_its_tokens(root: Path, style: Style) -> None:
    house = {path.name: path.read_text("utf-8") for path in (root / "styles").glob("*.css")}
    own = {path.name: path.read_text("utf-8") for path in (root / "styles" / style).glob("*.css")}
    assert own.keys() <= house.keys()
    rules = sum(text.count("{") for name, text in own.items() if name not in ("tokens.css", "fonts.css"))
    assert rules < 45
    assert set(re.findall(r"--[a-z-]+(?=:)", own["tokens.css"])) <= set(
        re.findall(r"--[a-z-]+(?=:)", house["tokens.css"])
    )


@pytest.mark.parametrize("style", Style)
def test_each_style_keeps_its_contrast(dressed: Callable[[Style, Format], tuple[Asset, ...]], style: Style) -> None:
    given = (Source(name=asset.href, text=asset.content.decode()) for asset in dressed(style, Format.EPUB))
    found = contrasts(given)
    assert found
    assert min(contrast.ratio for contrast in found) >= LEAST_CONTRAST[style]


@pytest.mark.parametrize("style", Style)
def test_each_typeface_of_a_style_is_declared_and_there(composed: Composed, style: Style) -> None:
    publication = composed(f"style: {style}\n")
    there = {asset.href for asset in fonts(publication)}
    text = "".join(asset.content.decode() for asset in sheets(publication, Format.EPUB))
    assert {f"fonts/{name}" for name in re.findall(r"url\(\.\./fonts/([^)]+)\)", text)} == there
    assert len(there) == len(FONTS) + len(STYLE_FONTS[style])


@pytest.mark.parametrize("style", FURTHER)
def test_the_epub_is_dressed_in_the_style(composed: Composed, style: Style) -> None:
    rendition = render_epub(composed(f"style: {style}\n"), cover=b"", page_break_source=None)
    linked = re.findall(r'href="\.\./(styles/[^"]+)"', rendition.documents[-1].content.decode())
    assert f"styles/{style}-tokens.css" in linked
    assert set(linked) <= {asset.href for asset in rendition.assets}


def test_accessible_print_has_nothing_below_14_point(everything_in: Callable[[Style], Any]) -> None:
    lines = [line for page in everything_in(Style.ACCESSIBLE) for line in page if line.text.strip()]
    assert {(line.text, line.smallest) for line in lines if line.smallest < 13.99} == set()
    assert any(line.size == pytest.approx(15, abs=0.05) and "the same words" in line.text.lower() for line in lines)


def test_accessible_print_is_ragged_and_breaks_no_word(laid_out: LaidOut, prose: str) -> None:
    lines = [line for page in laid_out("style: accessible\noutput: {page: A4}\n") for line in page]
    text = [line for line in lines if len(line.text) > 50 and line.text in prose]
    assert len(text) > 50
    assert len({round(line.right) for line in text}) > 20
    assert [line.text for line in lines if line.text.endswith(("-", "\u2010"))] == []


def test_accessible_print_breaks_no_word_of_a_note_in_the_margin(everything_in: Callable[[Style], Any]) -> None:
    lines = [line.text for page in everything_in(Style.ACCESSIBLE) for line in page]
    assert any(line.startswith("b A note on") for line in lines)
    ends = [line for line in lines if line.endswith(("-", "\u2010"))]
    assert [line for line in ends if not line.endswith(("confidence-", "co-"))] == []


def test_default_print_is_justified(laid_out: LaidOut, prose: str) -> None:
    lines = [line for page in laid_out("") for line in page]
    full = [line for line in lines if len(line.text) > 55 and line.text in prose and line.text[-1] not in ".?"]
    assert len({round(line.right - line.left) for line in full}) <= 3


def test_compact_print_saves_a_quarter_of_the_pages(everything_in: Callable[[Style], Any]) -> None:
    assert len(everything_in(Style.COMPACT)) <= 0.75 * len(everything_in(Style.DEFAULT))


def test_one_sided_pages_have_one_margin_and_none_is_empty(laid_out: LaidOut, prose: str) -> None:
    def lefts(more: str) -> Iterator[float]:
        for page in laid_out(more):
            assert page or "one" not in more
            inside = [line.left for line in page if len(line.text) > 50 and line.text.rstrip("-") in prose]
            if inside:
                yield round(min(inside))

    assert len(set(lefts("output: {sides: two}\n"))) == 2
    assert len(set(lefts("output: {sides: one}\n"))) == 1
