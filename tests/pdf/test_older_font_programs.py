"""Programs of OpenType fonts in a file for PDF 1.3: CFF with CIDs, CFF with names, TrueType."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from publisher.fonts.cid_keyed import cid_keyed_program, with_cids_of_indexes
from publisher.pdf.press.older import replace_font_programs

GLYPHS = [".notdef", "a", "b"]
JAPANESE = Path(__file__).parents[1] / "scripts" / "fonts" / "serif-ja.otf"


def font(*, cff: bool) -> bytes:
    """A font of three glyphs."""
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder(GLYPHS)
    builder.setupCharacterMap({97: "a", 98: "b"})
    pens = [T2CharStringPen(500, None) if cff else TTGlyphPen(None) for _ in GLYPHS]
    for at, pen in enumerate(pens):
        pen.moveTo((0, 0))
        pen.lineTo((100 + at, 0))
        pen.lineTo((0, 100))
        pen.closePath()
    if cff:
        strings = {name: pen.getCharString() for name, pen in zip(GLYPHS, pens, strict=True)}
        builder.setupCFF("Triangles", {}, strings, {})
    else:
        builder.setupGlyf({name: pen.glyph() for name, pen in zip(GLYPHS, pens, strict=True)})
    builder.setupHorizontalMetrics(dict.fromkeys(GLYPHS, (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def outlines(program: bytes) -> list[object]:
    """What each glyph of a CFF program draws."""
    table = CFFFontSet()
    table.decompile(io.BytesIO(program), None)
    top = table.topDictIndex[0]
    found = []
    for name in top.charset:
        pen = RecordingPen()
        top.CharStrings[name].draw(pen)
        found.append(pen.value)
    return found


def test_glyphs_with_names_get_numbers_and_keep_their_outlines() -> None:
    content = font(cff=True)
    program = cid_keyed_program(content)
    table = CFFFontSet()
    table.decompile(io.BytesIO(program), None)
    top = table.topDictIndex[0]
    assert (top.ROS, top.charset) == (("Adobe", "Identity", 0), [".notdef", "cid00001", "cid00002"])
    with TTFont(io.BytesIO(content)) as whole:
        assert outlines(program) == outlines(whole.reader["CFF "])


def test_a_font_with_numbers_keeps_them() -> None:
    content = JAPANESE.read_bytes()
    with TTFont(io.BytesIO(content)) as whole:
        assert cid_keyed_program(content) == whole.reader["CFF "]


def test_cids_become_the_indexes_of_glyphs_and_glyphs_keep_their_outlines() -> None:
    content = JAPANESE.read_bytes()
    made = with_cids_of_indexes(content)
    with TTFont(io.BytesIO(made)) as whole, TTFont(io.BytesIO(content)) as before:
        charset = whole["CFF "].cff.topDictIndex[0].charset
        assert list(charset[1:]) == [f"cid{number:05d}" for number in range(1, len(charset))]
        assert list(before["CFF "].cff.topDictIndex[0].charset) != list(charset)
        assert outlines(whole.reader["CFF "]) == outlines(before.reader["CFF "])
        assert {tag: whole.reader[tag] for tag in whole.reader.keys() if tag not in ("CFF ", "head")} == {  # noqa: SIM118
            tag: before.reader[tag]
            for tag in before.reader.keys()  # noqa: SIM118
            if tag not in ("CFF ", "head")
        }
    assert with_cids_of_indexes(made) == made
    assert with_cids_of_indexes(font(cff=True)) == font(cff=True)
    assert with_cids_of_indexes(font(cff=False)) == font(cff=False)


@pytest.mark.parametrize(
    ("kind", "cff", "key", "subtype"),
    [
        ("CIDFontType0", True, "/FontFile3", Name.CIDFontType0C),
        ("Type1", True, "/FontFile3", Name.Type1C),
        ("TrueType", False, "/FontFile2", None),
        ("CIDFontType2", False, "/FontFile2", None),
    ],
)
def test_each_kind_of_font_gets_the_program_that_it_can_have(
    kind: str, cff: bool, key: str, subtype: Name | None
) -> None:
    with pikepdf.new() as pdf:
        program = pdf.make_stream(font(cff=cff), Subtype=Name.OpenType)
        descriptor = pdf.make_indirect(Dictionary(Type=Name.FontDescriptor, FontFile3=program))
        used = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name(f"/{kind}"), FontDescriptor=descriptor))
        if kind.startswith("CID"):
            used = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([used])))
        pdf.add_blank_page()
        form = pdf.make_stream(b"", Resources=Dictionary(Font=Dictionary(F=used)))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
        replace_font_programs(pdf)
        (written,) = (name for name in descriptor.keys() if str(name).startswith("/FontFile"))  # noqa: SIM118
        assert (written, descriptor[key].get("/Subtype")) == (key, subtype)
