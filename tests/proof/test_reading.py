"""What the reader of pages makes of single instructions, written by hand."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publisher.pdf.read.document import read_pdf
from publisher.proof.reading.geometry import Box
from publisher.proof.reading.lines import lines_of
from publisher.proof.reading.painted import Ink, Kind, Sheet
from publisher.proof.reading.sheets import sheets


def helvetica(**more: Any) -> Dictionary:
    """A font of 256 glyphs, each half as wide as high, that shows what the code says."""
    pairs = "".join(f"<{code:02x}> <00{code:02x}>\n" for code in range(32, 127))
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        FirstChar=0,
        Widths=Array([500] * 256),
        **more,
        ToUnicodeText=f"95 beginbfchar\n{pairs}endbfchar",
    )


def sheet(instructions: bytes, font: Dictionary | None = None, **resources: Any) -> Sheet:
    """A page of 200 points square with these instructions, as it is read."""
    with pikepdf.new() as pdf:
        face = font or helvetica()
        face.ToUnicode = pdf.make_stream(bytes(face.ToUnicodeText))
        made = {
            f"/{kind}": Dictionary(
                {f"/{name}": pdf.make_stream(content[0], content[1]) for name, content in streams.items()}
            )
            for kind, streams in resources.items()
        }
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 200, 200]),
            Contents=pdf.make_stream(instructions),
            Resources=Dictionary({"/Font": Dictionary(F=face), **made}),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        file = BytesIO()
        pdf.save(file)
    (read,) = sheets(read_pdf(file.getvalue()))
    return read


@pytest.mark.parametrize(
    ("instructions", "starts"),
    [
        (b"BT /F 10 Tf 20 50 Td (abc) Tj ET", (20, 25, 30)),
        (b"BT /F 10 Tf 20 50 Td [(a) -200 (b) 100 (c)] TJ ET", (20, 27, 31)),
        (b"BT /F 10 Tf 2 Tc 20 50 Td (abc) Tj ET", (20, 27, 34)),
        (b"BT /F 10 Tf 3 Tw 20 50 Td (a c) Tj ET", (20, 25, 33)),
        (b"BT /F 10 Tf 200 Tz 20 50 Td (abc) Tj ET", (20, 30, 40)),
        (b"q 2 0 0 2 5 5 cm BT /F 5 Tf 1 0 0 1 10 20 Tm (abc) Tj ET Q", (25, 30, 35)),
        (b"BT /F 10 Tf 12 TL 20 62 Td (x) Tj T* (abc) Tj ET", (20, 25, 30)),
        (b"BT /F 10 Tf 12 TL 20 62 Td (abc) ' ET", (20, 25, 30)),
    ],
    ids=["plain", "moved", "letter space", "word space", "scaled", "transformed", "next line", "quote"],
)
def test_each_glyph_has_its_place(instructions: bytes, starts: tuple[float, ...]) -> None:
    stretch = sheet(instructions).stretches[-1]
    assert [round(start, 3) for start in stretch.starts] == list(starts)
    assert round(stretch.y, 3) in (50, 45)
    assert round(stretch.size, 3) == 10


def test_word_spaces_are_measured_by_those_of_the_font() -> None:
    (line,) = lines_of(sheet(b"BT /F 10 Tf 20 50 Td [(a ) -500 (b ) -1000 (c)] TJ ET").stretches)
    assert line.looseness == pytest.approx((2 + 3) / 2)
    assert (line.text, line.box.left, line.box.right) == ("a b c", 20, 60)


def test_a_distance_without_a_space_is_no_word_space() -> None:
    (line,) = lines_of(sheet(b"BT /F 10 Tf 20 50 Td (12) Tj 40 0 Td (a b) Tj ET").stretches)
    assert line.text == "12 a b"
    assert line.looseness == pytest.approx(1)


def test_code_without_a_glyph_is_missing() -> None:
    encoding = Dictionary(Type=Name.Encoding, Differences=Array([98, Name("/.notdef")]))
    (stretch,) = sheet(b"BT /F 10 Tf 20 50 Td (abc) Tj ET", helvetica(Encoding=encoding)).stretches
    assert stretch.missing == (1,)


def test_words_that_nobody_sees_are_not_painted() -> None:
    hidden = sheet(b"BT /F 10 Tf 3 Tr 20 50 Td (abc) Tj ET")
    assert (hidden.stretches[0].seen, hidden.paints) == (False, ())


PICTURE = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 100, "/Height": 50, "/BitsPerComponent": 8}


def image(space: Name) -> tuple[bytes, dict[str, Any]]:
    """A picture of 100 × 50 pixels, packed in a way that need not be read."""
    return b"no picture", {**PICTURE, "/ColorSpace": space, "/Filter": Name.DCTDecode}


@pytest.mark.parametrize(
    ("space", "ink"), [(Name.DeviceRGB, Ink.RGB), (Name.DeviceCMYK, Ink.CMYK), (Name.DeviceGray, Ink.GRAY)]
)
def test_picture_has_its_resolution_and_its_ink(space: Name, ink: Ink) -> None:
    read = sheet(b"q 72 0 0 72 10 20 cm /P Do Q", XObject={"P": image(space)})
    (picture,) = read.pictures
    assert (picture.resolution, picture.box) == (50, Box(left=10, bottom=20, right=82, top=92))
    assert [(paint.kind, paint.ink) for paint in read.paints] == [(Kind.PICTURE, ink)]


def test_turned_picture_has_the_same_resolution() -> None:
    (picture,) = sheet(b"q 0 72 -72 0 100 20 cm /P Do Q", XObject={"P": image(Name.DeviceGray)}).pictures
    assert picture.resolution == pytest.approx(50)


def test_form_is_read_with_its_own_transformation() -> None:
    form = (
        b"1 0 0 rg 0 0 10 10 re f",
        {
            "/Type": Name.XObject,
            "/Subtype": Name.Form,
            "/BBox": Array([0, 0, 10, 10]),
            "/Matrix": Array([2, 0, 0, 2, 0, 0]),
        },
    )
    (paint,) = sheet(b"q 1 0 0 1 30 40 cm /P Do Q", XObject={"P": form}).paints
    assert (paint.ink, paint.box) == (Ink.RGB, Box(left=30, bottom=40, right=50, top=60))


def test_tiles_are_gone_through_for_what_they_paint() -> None:
    tile = (
        b"1 0 0 rg 0 0 5 5 re f",
        {
            "/PatternType": 1,
            "/PaintType": 1,
            "/TilingType": 1,
            "/BBox": Array([0, 0, 5, 5]),
            "/XStep": 5,
            "/YStep": 5,
        },
    )
    read = sheet(b"/Pattern cs /T scn 10 10 50 50 re f", Pattern={"T": tile})
    assert Ink.RGB in {paint.ink for paint in read.paints}


def test_boxes_are_what_is_filled_or_framed_and_no_rules() -> None:
    read = sheet(b"10 10 50 40 re f 10 60 50 40 re S 10 120 50 0.5 re f 10 140 50 40 re W n")
    assert [(box.bottom, box.top) for box in read.boxes] == [(10, 50), (60, 100)]


def test_state_is_kept_and_brought_back() -> None:
    read = sheet(b"q 1 0 0 rg 10 10 5 5 re f Q 20 10 5 5 re f 0 0 0 1 K 30 10 5 5 re S")
    assert [paint.ink for paint in read.paints] == [Ink.RGB, Ink.GRAY, Ink.CMYK]
