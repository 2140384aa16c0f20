"""Fonts of damaged files: what cannot be true of a font is refused before it takes memory."""

from __future__ import annotations

import pytest

from publisher.pdf.read.file import Dictionary, PdfFile, Stream
from publisher.pdf.read.fonts import Fonts
from publisher.pdf.read.syntax import Malformed, Name, Ref

FILE = PdfFile(b"")


def mapped(lines: bytes) -> Dictionary:
    return {"Subtype": Name("Type0"), "ToUnicode": Stream({}, lines), "DescendantFonts": [{"W": [1, [500, 250]]}]}


def test_codes_have_widths_and_characters() -> None:
    font = Fonts(FILE)(mapped(b"beginbfrange <0001> <0003> <0041> endbfrange beginbfchar <0009> <00660069> endbfchar"))
    assert (font.text(b"\0\1\0\3\0\x09\0\x10"), font.advance(b"\0\1\0\2\0\3")) == ("ACfi\ufffd", 1750)


@pytest.mark.parametrize(
    "resource",
    [
        mapped(b"beginbfrange <0000> <FFFFFFFFFF> <0041> endbfrange"),
        {"Subtype": Name("Type0"), "DescendantFonts": [{"W": [0, 10**12, 500]}]},
        {"Subtype": Name("Type0"), "DescendantFonts": [{"W": [Name("A"), 1, 500]}]},
    ],
    ids=["characters", "widths", "a name"],
)
def test_a_range_that_no_font_has_is_refused(resource: Dictionary) -> None:
    with pytest.raises(Malformed):
        Fonts(FILE)(resource)


def test_a_font_is_read_once() -> None:
    file = PdfFile(b"")
    file._objects[7] = mapped(b"")
    fonts = Fonts(file)
    assert fonts(Ref(7)) is fonts(Ref(7))
