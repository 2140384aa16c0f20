"""Characters that one glyph serves: a book with both of them is proved, and one with others is not."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.target import BOOKS
from publisher.verify.line import ONE_GLYPH, Expected, Found
from publisher.verify.pdf.print_difference import print_difference
from publisher.workspace import Folder

SHARED = "µ and μ, a‐b and a-b, ʼ and ’, ʻ and ‘, ﬁnd and find, ﬂow and flow, oﬃce and office, ﬀ and ff"


def test_a_book_with_characters_of_one_glyph_is_proved(tmp_path: Path, root: Path) -> None:
    edition = Path(shutil.copytree(root / "tests" / "checks" / "clean", tmp_path / "book"))
    text, settings = edition / "text.md", edition / "edition.yaml"
    before = hashlib.sha256(text.read_bytes()).hexdigest()
    text.write_text(text.read_text(encoding="utf-8") + f"\n{SHARED}.\n", encoding="utf-8")
    after = hashlib.sha256(text.read_bytes()).hexdigest()
    settings.write_text(settings.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert pipeline.build(BuildRequest(folder=Folder(edition), formats=BOOKS)).volume.artifacts


def lines(want: str, have: str) -> tuple[Expected, Found]:
    """A line of a source, and what a page has."""
    return Expected(text=want, name="a line"), Found(text=have, place="page 1")


@pytest.mark.parametrize(
    ("want", "have"), [("ﬁnd", "find"), ("µ", "μ"), ("a‐b", "a-b"), ("ʼs", "’s"), ("oﬃce", "oﬀice")]
)
def test_one_glyph_is_no_difference(want: str, have: str) -> None:
    expected, found = lines(want, have)
    assert expected.key == found.key
    assert print_difference(expected, found) is None


@pytest.mark.parametrize(
    ("want", "have"),
    [
        ("a \u00a0 b", "a\nb"),
        ("a \u200a b", "a\nb"),
        ("a \u00a0 b", "a \u00a0\nb"),
        ("a \u00a0b", "a\n\u00a0b"),
        ("\u200a a", "a"),
        ("\u00a0\u00a0a", "a"),
        ("a \u200a b", "a  b"),
        ("a \u200a b", "a   b"),
        (" a\n\n\tb", " a\nb"),
        (" a\n\n b", " a\n b"),
        ("a\n  \n  b", "a\n  b"),
        ("a\n \t\n\n b", "a\n b"),
    ],
)
def test_a_run_of_white_space_is_one_and_none_at_a_line_end(want: str, have: str) -> None:
    assert print_difference(*lines(want, have)) is None


@pytest.mark.parametrize(("want", "have"), [("a\u00a0b", "a\nb"), ("a\u00a0b", "ab"), ("ab", "a b")])
def test_elsewhere_white_space_is_missed(want: str, have: str) -> None:
    assert print_difference(*lines(want, have)) is not None


@pytest.mark.parametrize(
    ("want", "have"), [("²", "2"), ("ﬁnd", "fnd"), ("µ", "m"), ("a–b", "a-b"), ("Ａ", "A"), ("½", "1⁄2")]
)
def test_another_glyph_is_a_difference(want: str, have: str) -> None:
    expected, found = lines(want, have)
    assert expected.key != found.key
    assert print_difference(expected, found) is not None


def test_no_character_stands_for_one_that_stands_for_another() -> None:
    assert all(letters.translate(ONE_GLYPH) == letters for letters in ONE_GLYPH.values() if isinstance(letters, str))
