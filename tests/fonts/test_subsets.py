"""Subsets of fonts in the EPUB: every character of the book, all that shapes it, the same bytes each time."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from tests.fonts.made_fonts import LATIN, made_font

from publisher.fonts.subset import needed_characters, subset_font
from publisher.model.profile import Style
from publisher.render.builtin import house_fonts


def cut_down(content: bytes, text: str) -> TTFont:
    return TTFont(io.BytesIO(subset_font(content, needed_characters([text]))))


@pytest.fixture(scope="module")
def serif() -> bytes:
    return next(asset.content for asset in house_fonts() if asset.href.endswith("SerifPro-Regular.otf"))


def test_the_characters_of_the_text_are_kept_in_both_cases_composed_and_decomposed(serif: bytes) -> None:
    characters = cut_down(serif, "ж ặ").getBestCmap().keys()
    assert {*map(ord, "жЖặẶ\u0306\u0323")} <= characters
    assert ord("я") not in characters


@pytest.mark.parametrize("style", list(Style))
def test_layout_features_names_and_metrics_are_kept(style: Style) -> None:
    for asset in house_fonts(style):
        whole, part = TTFont(io.BytesIO(asset.content)), cut_down(asset.content, "On proofs, № 1: fi ffi 1/2")
        # what composes characters goes with the last of them
        assert features(whole) - features(part) <= {"ccmp"}
        assert len(part.getGlyphOrder()) < len(whole.getGlyphOrder()) * 0.75
        for table, field in (
            ("hhea", "ascent"),
            ("OS/2", "sTypoAscender"),
            ("OS/2", "usWinDescent"),
            ("post", "italicAngle"),
        ):
            assert getattr(part[table], field) == getattr(whole[table], field)
        assert part["name"].getDebugName(13) == whole["name"].getDebugName(13)


def features(font: TTFont) -> set[str]:
    """The tags of a font's features that substitute glyphs for each other."""
    return {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_a_subset_has_the_same_bytes_each_time(serif: bytes) -> None:
    characters = needed_characters(["words"])
    assert subset_font.__wrapped__(serif, characters) == subset_font.__wrapped__(serif, characters)


def test_a_font_that_may_not_be_subset_is_shipped_whole() -> None:
    free, bound = (made_font("Own", LATIN, embedding=bits) for bits in (0, 0x0100))
    characters = needed_characters(["a"])
    assert len(subset_font(free, characters)) < len(free)
    assert subset_font(bound, characters) == bound
