"""Content of any kind, as other programs write it too: each colour becomes inks, or is told of."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publisher.model.pdf_standard import PrintStandard
from publisher.model.profile import ColourProfile, Inks
from publisher.model.rendition import PrintCondition
from publisher.pdf.press.colours import Inker
from publisher.pdf.press.inking import Inking, inking
from publisher.pdf.press.pictures import ink_picture
from publisher.workspace import system_colour_profile

START = "0 0 0 1 k\n0 0 0 1 K"


@pytest.fixture(scope="module")
def inks() -> Inking:
    """The inks of the press of this computer."""
    found = system_colour_profile()
    assert found is not None
    colours = ColourProfile(shown=found[0], content=found[1])
    standard = PrintStandard.X_4
    return inking(
        PrintCondition(standard=standard, colours=colours, condition=None, inks=Inks.CMYK, bleed=0, marks=False)
    )


def written(content: bytes, inks: Inking, **resources: Any) -> tuple[str, list[str]]:
    """The content in inks without what it begins with, and what was refused."""
    refused: list[str] = []
    with pikepdf.new() as pdf:
        made = Dictionary({f"/{kind}": things(pdf) for kind, things in resources.items()})
        inker = Inker(inking=inks, resources=made, refuse=lambda what, hint: refused.append(what))
        instructions = pikepdf.parse_content_stream(pdf.make_stream(content))
        text = inker.inked(instructions, fresh=True).decode()
    assert text.startswith(START)
    numbers = (
        " ".join(f"{float(part):g}" if part[0].isdigit() else part for part in line.split())
        for line in text.splitlines()
    )
    return "\n".join(numbers).removeprefix(START).strip(), refused


def based(count: int) -> Any:
    """A colour space with a profile."""

    def make(pdf: pikepdf.Pdf) -> Dictionary:
        profile = pdf.make_stream(b"")
        profile.N = count
        return Dictionary({"/C": Array([Name.ICCBased, profile])})

    return make


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"0 g", "0 0 0 1 k"),
        (b"0.25 G", "0 0 0 0.75 K"),
        (b"0.5 0.5 0.5 rg", "0 0 0 0.5 k"),
        (b"1 1 1 RG", "0 0 0 0 K"),
        (b"0.1 0.2 0.3 0.4 k", "0.1 0.2 0.3 0.4 k"),
        (b"/DeviceCMYK cs 1 0 0 0 sc", "0 0 0 1 k\n1 0 0 0 k"),
        (b"/DeviceGray CS 0.5 SC", "0 0 0 1 K\n0 0 0 0.5 K"),
        (b"/Pattern cs /P scn", "/Pattern cs\n/P scn"),
        (b"q 1 g Q 2 w", "q\n0 0 0 0 k\nQ\n2 w"),
    ],
)
def test_colours_of_devices_become_inks(inks: Inking, content: bytes, expected: str) -> None:
    assert written(content, inks) == (expected, [])


@pytest.mark.parametrize(
    ("count", "content", "expected"),
    [
        (1, b"/C cs 0.5 scn", "0 0 0 1 k\n0 0 0 0.5 k"),
        (3, b"/C CS 0 0 0 SCN", "0 0 0 1 K\n0 0 0 1 K"),
        (4, b"/C cs 0.1 0 0 0 scn", "0 0 0 1 k\n0.1 0 0 0 k"),
    ],
)
def test_colours_with_a_profile_are_taken_for_those_of_devices(
    inks: Inking, count: int, content: bytes, expected: str
) -> None:
    assert written(content, inks, ColorSpace=based(count)) == (expected, [])


def test_text_overprints_from_the_colour_on_that_it_has_and_only_inside_text(inks: Inking) -> None:
    content = b"BT (a) Tj 1 0 0 0 k (b) Tj 0 g (c) Tj ET 1 1 2 2 re f"
    assert written(content, inks)[0].splitlines() == [
        "BT",
        "/PublisherOver gs",
        "(a) Tj",
        "1 0 0 0 k",
        "/PublisherApart gs",
        "(b) Tj",
        "0 0 0 1 k",
        "/PublisherOver gs",
        "(c) Tj",
        "ET",
        "/PublisherApart gs",
        "1 1 2 2 re",
        "f",
    ]


def spot(pdf: pikepdf.Pdf) -> Dictionary:
    """A colour of its own."""
    return Dictionary({"/C": Array([Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary(FunctionType=2)])})


def test_a_spot_colour_is_told_of(inks: Inking) -> None:
    assert "a colour in the colour space C" in written(b"/C cs 1 scn", inks, ColorSpace=spot)[1]


def test_states_that_let_nothing_through_are_left_out(inks: Inking) -> None:
    plain = Dictionary({"/S": Dictionary(ca=1, BM=Name.Normal, SMask=Name("/None"), SA=True)})
    assert written(b"/S gs 2 w", inks, ExtGState=lambda _: plain) == ("2 w", [])


@pytest.mark.parametrize("state", [{"ca": 0.5}, {"CA": 0.5}, {"BM": Name.Multiply}, {"SMask": Dictionary()}, {"LW": 2}])
def test_states_that_let_something_through_are_told_of(inks: Inking, state: dict[str, Any]) -> None:
    through = Dictionary({"/S": Dictionary({f"/{key}": value for key, value in state.items()})})
    assert len(written(b"/S gs", inks, ExtGState=lambda _: through)[1]) == 1


@pytest.mark.parametrize("filters", [Name.JBIG2Decode, Array([Name.FlateDecode, Name.JBIG2Decode])])
def test_no_program_is_started_for_a_picture_in_jbig2(filters: Any, inks: Inking) -> None:
    document = pikepdf.new()
    plain = pikepdf.Stream(document, b"", ColorSpace=Name.DeviceRGB, Width=1, Height=1, BitsPerComponent=8)
    masked = pikepdf.Stream(document, b"", ColorSpace=Name.DeviceRGB, Width=1, Height=1, BitsPerComponent=8)
    plain.Filter = filters
    masked.SMask = plain
    refused: list[str] = []
    for picture in (plain, masked):
        ink_picture(picture, inks, lambda what, hint: refused.append(what))
    assert refused == ["a picture in JBIG2 that is not grey"] * 2
