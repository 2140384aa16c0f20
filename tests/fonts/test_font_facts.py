"""What is read from font files: families, weights, styles, collections, variable fonts, licences."""

from __future__ import annotations

import io

import pytest
from fontTools.ttLib import TTFont
from tests.fonts.made_fonts import GREEK, LATIN, collection, made_font, woff2

from publisher.fonts.families import families
from publisher.fonts.font_file import FontFile, font_file
from publisher.fonts.standalone import standalone
from publisher.model.assets import Typeface


def typeface(path: str, content: bytes) -> Typeface:
    found = font_file(content)
    assert found.fault == ""
    return Typeface(path=path, media_type="font/ttf", content=content, faces=found.faces)


def test_the_faces_of_one_design_are_one_family() -> None:
    faces = (
        typeface("a.ttf", made_font("Own Serif", LATIN)),
        typeface("b.ttf", made_font("Own Serif", LATIN, style="Italic", italic=True)),
        typeface("c.ttf", made_font("Own Serif", LATIN, style="SemiBold", weight=600)),
        typeface("d.ttf", made_font("own serif", LATIN, style="Bold Italic", weight=700, italic=True)),
        typeface("e.ttf", made_font("Other", GREEK)),
    )
    first, second = families(faces)
    assert (first.name, second.name) == ("Own Serif", "Other")
    assert [(face.face.weight, face.face.is_italic) for face in first.faces] == [
        (400, False),
        (400, True),
        (600, False),
        (700, True),
    ]
    assert first.has(italic=True, strong=True)
    assert not second.has(italic=True)


def test_of_many_weights_those_are_needed_that_style_sheets_ask_for() -> None:
    many = tuple(
        typeface(f"{weight}.ttf", made_font("Own", "ab", style=f"W{weight}", weight=weight))
        for weight in (100, 300, 400, 500, 700, 900)
    )
    (family,) = families(many)
    assert [family_face.face.weight for family_face in family.needed_faces()] == [400, 700]
    (light,) = families(many[:2])
    assert [family_face.face.weight for family_face in light.needed_faces()] == [300]


def test_each_font_of_a_collection_is_a_face() -> None:
    content = collection(made_font("Own", "ab"), made_font("Own", "ac", style="Bold", weight=700))
    regular, bold = font_file(content).faces
    assert (regular.index, bold.index, bold.weight) == (0, 1, 700)
    assert ord("c") in bold.characters - regular.characters
    alone = TTFont(io.BytesIO(standalone(content, index=1)))
    assert alone["OS/2"].usWeightClass == 700
    assert ord("c") in alone.getBestCmap()


def test_a_compressed_font_is_decompressed() -> None:
    plain = made_font("Own", "ab")
    content = woff2(plain)
    (face,) = font_file(content).faces
    assert face.family == "Own"
    assert TTFont(io.BytesIO(standalone(content))).getBestCmap().keys() == face.characters


def test_a_variable_font_becomes_a_face_for_each_weight_that_is_asked_for() -> None:
    content = made_font("Own", "ab", axis=(300, 400, 900))
    found = font_file(content)
    assert [(axis.tag, axis.least, axis.default, axis.most) for axis in found.axes] == [("wght", 300, 400, 900)]
    assert found.instances == ("Black", "Normal")
    assert [(face.weight, face.axes) for face in found.faces] == [(400, (("wght", 400.0),)), (600, (("wght", 600.0),))]
    widths = []
    for face in found.faces:
        fixed = TTFont(io.BytesIO(standalone(content, axes=face.axes)))
        assert "fvar" not in fixed
        widths.append(fixed["glyf"]["u0061"].xMax)
    assert widths == [350, 390]


@pytest.mark.parametrize(("weight", "italic"), [(400, False), (700, True)])
def test_a_family_is_named_without_the_words_of_its_style(weight: int, italic: bool) -> None:
    old = TTFont(io.BytesIO(made_font("x", "ab", weight=weight, italic=italic)))
    for number in (16, 17):
        old["name"].removeNames(nameID=number)
    old["name"].setName("Old Serif Bold Italic", 1, 3, 1, 0x409)
    written = io.BytesIO()
    old.save(written)
    (face,) = font_file(written.getvalue()).faces
    assert (face.family, face.weight, face.is_italic) == ("Old Serif", weight, italic)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"wOFF" + bytes(60), "is a WOFF file"),
        (b"wOF2" + bytes(12) + b"\xff\xff\xff\xff" + bytes(40), "when it is decompressed"),
        (b"wOF2" + b"ttcf" + bytes(50), "is a collection in a WOFF2 file"),
        (b"wOF2" + bytes(60), "is damaged"),
        (b"ttcf\0\1\0\0\0\0\xff\xff", "claims to be a collection of 65,535 fonts"),
        (b"ttcf\0\1\0\0\0\0\0\1\0\0\0\0", "is not a font"),
    ],
)
def test_a_damaged_file_is_a_fault(content: bytes, fault: str) -> None:
    found = font_file(content)
    assert fault in found.fault
    assert found == FontFile(fault=found.fault)
