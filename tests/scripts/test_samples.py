"""Editions in many scripts are built and proved, and their lines end where the rules of their scripts allow it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

import pikepdf
import pytest
from tests.scripts.conftest import XHTML, BuiltSample
from tests.scripts.samples import HERE, SAMPLES

from publisher.validators import verapdf

Build = Callable[[str], BuiltSample]
UNDIVIDED = ("he", "yi", "ar", "fa", "ja", "zh-Hans", "zh-Hant", "ko", "hi", "th", "cop")
"""The languages in which no word is divided by a hyphen."""
NOT_FIRST = "。、」』）！？”’：；，》〉ーぁぃぅぇぉっゃゅょァィゥェォッャュョ・々"
NOT_LAST = "「『（“‘《〈"


def letters(text: str) -> Counter[str]:
    """The letters of a text as they are compared: marks may be drawn in any order."""
    found = unicodedata.normalize("NFKD", text)
    return Counter(item for item in found if unicodedata.category(item)[0] == "L" and not item.isascii())


@pytest.mark.parametrize("tag", [sample.tag for sample in SAMPLES])
def test_a_sample_is_built_and_has_its_text(built: Build, tag: str) -> None:
    there = built(tag)
    source = re.sub(r"\{[^{}]*\}", "", (HERE / "texts" / f"{tag}.md").read_text(encoding="utf-8"))
    wanted = letters(source)
    body = there.document().find(f"{XHTML}body")
    assert body is not None
    for reading in body.iter(f"{XHTML}rt"):
        reading.text = ""
    assert not wanted - letters("".join(map(str, body.itertext())))
    assert not wanted - letters("\n".join(there.lines()))
    assert list(there.folder.glob("*.web.zip"))


@pytest.mark.parametrize("tag", UNDIVIDED)
def test_no_hyphen_is_put_into_words_that_have_none(built: Build, tag: str) -> None:
    script = re.compile(r"[^\x00-\u024f\s\u2000-\u206f]$")
    assert [
        line for line in built(tag).lines() if line.endswith(("-", "\u2010", "\u00ad")) and script.match(line[-2:-1])
    ] == []


@pytest.mark.parametrize("tag", ["ja", "zh-Hans", "zh-Hant"])
def test_no_line_begins_or_ends_with_a_mark_that_may_not(built: Build, tag: str) -> None:
    lines = [re.sub(r"^\d+\s+", "", line) for line in built(tag).lines()]
    assert [line for line in lines if line[0] in NOT_FIRST or line[-1] in NOT_LAST] == []


def test_thai_lines_end_between_words(built: Build) -> None:
    lines = [re.sub(r"^\d+\s+", "", line) for line in built("th").lines()]
    assert [line for line in lines if line[0] in "ะาำๅฯๆ" or line[-1] in "เแโใไ"] == []
    whole = "".join(lines)
    for word in ("มนุษย", "เถาวัลย", "บิดา", "มารดา", "ประเสริฐ", "เจรจา"):
        assert sum(line.count(word) for line in lines) == whole.count(word) > 0, word


def test_readings_and_dots_are_beside_their_characters(built: Build) -> None:
    there = built("ja")
    (first, *_), dotted = there.document().iter(f"{XHTML}ruby"), there.document().find(f".//{XHTML}span[@class='dots']")
    assert "".join(map(str, first.itertext())) == "吾輩(わがはい)"
    assert dotted is not None
    assert dotted.text == "人間"
    with pikepdf.open(there.pdf) as opened:
        kinds = Counter(
            str(dictionary.S)
            for dictionary in opened.objects
            if isinstance(dictionary, pikepdf.Dictionary) and "/S" in dictionary
        )
        rubies = [
            dictionary
            for dictionary in opened.objects
            if isinstance(dictionary, pikepdf.Dictionary) and dictionary.get("/S") == "/Ruby"
        ]
        assert {str(kid.S) for dictionary in rubies for kid in dictionary.K} == {"/RB", "/RT"}
        assert all(str(dictionary.K[0].S) == "/RB" for dictionary in rubies)
    assert kinds["/Ruby"] == kinds["/RB"] == kinds["/RT"] == 14


def test_a_volume_from_right_to_left_is_bound_at_the_right(built: Build) -> None:
    for tag in ("he", "yi", "ar", "fa"):
        with pikepdf.open(built(tag).pdf) as opened:
            assert str(opened.Root.ViewerPreferences.Direction) == "/R2L"
        assert built(tag).document().get("dir") == "rtl"


@pytest.mark.parametrize("tag", ["ja", "zh-Hant"])
def test_every_glyph_of_a_font_with_cids_is_the_one_that_its_code_names(tag: str, built: Build) -> None:
    assert verapdf.validate(built(tag).pdf) == ()
