"""Letters from right to left are read from a page as they were written."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.target import Format
from publisher.pdf.read.bidi import as_written, lines_as_written
from publisher.workspace import Folder

LETTERS = " " + "".join(map(chr, range(0x05D0, 0x05EB)))
"""Those of the typeface that is made here: a space, and Hebrew; each is a square."""


def face() -> bytes:
    """A typeface with a few letters from right to left."""
    pen = TTGlyphPen(None)
    for at, corner in enumerate(((50, 0), (50, 500), (450, 500), (450, 0))):
        (pen.lineTo if at else pen.moveTo)(corner)
    pen.closePath()
    names = [".notdef", *(f"uni{ord(letter):04X}" for letter in LETTERS)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(map(ord, LETTERS), names[1:], strict=True)))
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    builder.setupPost()
    content = BytesIO()
    builder.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("painted", "written"),
    [
        ("abc", "abc"),
        ("\u05d2\u05d1\u05d0", "\u05d0\u05d1\u05d2"),
        ("ab \u05d2\u05d1\u05d0 cd", "ab \u05d0\u05d1\u05d2 cd"),
        ("a \u05d3 \u05d2, \u05d1\u05d0. b", "a \u05d0\u05d1 ,\u05d2 \u05d3. b"),
        ("\u05d2 1948 \u05d0", "\u05d0 1948 \u05d2"),
        ("\u05d2 1,948 \u05d0", "\u05d0 1,948 \u05d2"),
        ("\u05d1\u05d0 c \u05d3\u05d2", "\u05d0\u05d1 c \u05d2\u05d3"),
        ("1948", "1948"),
        ("", ""),
    ],
)
def test_a_stretch_from_right_to_left_is_turned_round_and_its_numbers_are_not(painted: str, written: str) -> None:
    assert as_written(tuple(painted)) == written


def test_a_ligature_keeps_its_letters_in_order() -> None:
    assert as_written(("\u0645", "\u0644\u0627", "\u0633")) == "\u0633\u0644\u0627\u0645"


def test_each_line_of_a_page_is_turned_by_itself() -> None:
    parts = ("x ", "\u05d1\u05d0", " ,", "\u05d3\u05d2", "\n", "\u05d6\u05d5", " y")
    assert lines_as_written(parts) == "x \u05d3\u05d2, \u05d1\u05d0\n\u05d6\u05d5 y"


def test_a_volume_with_hebrew_words_is_proved(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parent / "edition", tmp_path / "edition")
    introduction = tmp_path / "edition" / "introduction.md"
    words = (
        "He wrote [\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd, 1948 \u05d0\u05d1\u05d2]{lang=he} and left.\n\n"
        "[" + "\u05d6\u05d4 \u05de\u05e9\u05e4\u05d8 \u05d0\u05e8\u05d5\u05da, " * 12 + "\u05e1\u05d5\u05e3.]{lang=he}"
    )
    introduction.write_text(f"{introduction.read_text('utf-8')}\n\n{words}\n", "utf-8")
    (tmp_path / "edition" / "fonts").mkdir()
    (tmp_path / "edition" / "fonts" / "squares.ttf").write_bytes(face())
    built = pipeline.build(BuildRequest(folder=Folder(tmp_path / "edition"), formats=(Format.PDF,)))
    assert [diagnostic.code for diagnostic in built.diagnostics if diagnostic.code == "T-007"] == []
