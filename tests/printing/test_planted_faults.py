"""The preflight finds each fault that is planted in a file for the printer, and nothing in the file as it was built."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publisher.diagnostics import ExitCode, PublisherError
from publisher.preflight import preflight

Plant = Callable[[pikepdf.Pdf], None]


def painting(content: bytes, **resources: Any) -> Plant:
    """Paints something more on the third page."""

    def plant(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[2]
        for kind, things in resources.items():
            kept = page.obj.Resources.get(f"/{kind}", Dictionary())
            for name, thing in things(pdf).items():
                kept[name] = thing
            page.obj.Resources[f"/{kind}"] = kept
        page.contents_add(content)

    return plant


def on_first(**changes: Any) -> Plant:
    """Changes entries of the first page."""

    def plant(pdf: pikepdf.Pdf) -> None:
        for key, value in changes.items():
            pdf.pages[0].obj[f"/{key}"] = value

    return plant


def without(key: str) -> Plant:
    """Takes an entry off the first page."""

    def plant(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj[key]

    return plant


def picture(space: Name, **more: Any) -> Callable[[pikepdf.Pdf], dict[str, Any]]:
    """A picture of one pixel."""

    def make(pdf: pikepdf.Pdf) -> dict[str, Any]:
        count = {"/DeviceRGB": 3, "/DeviceCMYK": 4}[str(space)]
        stream = pdf.make_stream(b"\x80" * count)
        stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, space
        stream.Width, stream.Height, stream.BitsPerComponent = 1, 1, 8
        for key, value in more.items():
            stream[f"/{key}"] = value(pdf)
        return {"/Planted": stream}

    return make


def mask(pdf: pikepdf.Pdf) -> Any:
    """A soft mask of one pixel."""
    stream = pdf.make_stream(b"\x80")
    stream.Type, stream.Subtype, stream.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    stream.Width, stream.Height, stream.BitsPerComponent = 1, 1, 8
    return stream


def state(**entries: Any) -> Callable[[pikepdf.Pdf], dict[str, Any]]:
    """A graphics state."""
    return lambda pdf: {"/Planted": Dictionary({f"/{key}": value for key, value in entries.items()})}


def lab(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """A colour space that no press understands."""
    return {"/Planted": Array([Name.Lab, Dictionary(WhitePoint=Array([0.9505, 1, 1.089]))])}


def form(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """A form that paints in RGB."""
    stream = pdf.make_stream(b"1 0 0 rg 10 10 5 5 re f")
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
    stream.Resources = Dictionary()
    return {"/Planted": stream}


def tile(**entries: Any) -> Callable[[pikepdf.Pdf], dict[str, Any]]:
    """A tiling pattern that paints in RGB, unless it has no colours of its own (`PaintType=2`)."""

    def make(pdf: pikepdf.Pdf) -> dict[str, Any]:
        stream = pdf.make_stream(b"0 0 5 5 re f" if entries.get("PaintType") == 2 else b"1 0 0 rg 0 0 5 5 re f")
        for key, value in {
            "PatternType": 1,
            "PaintType": 1,
            "TilingType": 1,
            "XStep": 5,
            "YStep": 5,
            **entries,
        }.items():
            stream[f"/{key}"] = value
        stream.BBox, stream.Resources = Array([0, 0, 5, 5]), Dictionary()
        return {"/Planted": stream}

    return make


def uncoloured(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """The colour space of patterns that are painted in RGB."""
    return {"/Planted": Array([Name.Pattern, Name.DeviceRGB])}


def marks_moved(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact <</Type /Page>> BDC q 1 0 0 1 0 60 cm 0 0 0 1 K 0 -55 m 20 -55 l S Q EMC")


def resources_above(pdf: pikepdf.Pdf) -> None:
    """Moves resources to the node above the page, and paints in RGB."""
    page = pdf.pages[2].obj
    page.Parent.Resources = page.Resources
    del page["/Resources"]
    pdf.pages[2].contents_add(b"1 0 0 rg 10 10 5 5 re f")


def endless(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """A form that draws itself."""
    stream = form(pdf)["/Planted"]
    stream.write(b"/Planted Do")
    stream.Resources.XObject = Dictionary(Planted=stream)
    return {"/Planted": stream}


def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def monitor(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    content = bytearray(profile.read_bytes())
    content[12:16] = b"mntr"
    profile.write(bytes(content))


def rgb_press(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    content = bytearray(profile.read_bytes())
    content[16:20] = b"RGB "
    profile.write(bytes(content))


def intent_of_an_archive(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1


def no_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0].DestOutputProfile


def link(pdf: pikepdf.Pdf) -> None:
    rectangle = Array([100, 100, 200, 120])
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rectangle, A=Dictionary(S=Name.URI))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])


def chance(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["xmpMM:DocumentID"] = f"uuid:{uuid.UUID(int=7, version=4)}"


def other_id(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.ID = Array([String(b"0123456789abcdef")] * 2)


def not_embedded(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].obj.Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor["/FontFile3"]


def no_version(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        del xmp["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"]


def trapped(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Trapped"] = Name("/True")


def apart(pdf: pikepdf.Pdf) -> None:
    for item in pdf.pages[2].obj.Resources.ExtGState.values():
        item.op = False


def marks_within(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Artifact <</Type /Page>> BDC 0 0 0 1 K 0 5 m 20 5 l S EMC")


TEXT = b"BT /Planted 10 Tf 1 0 0 1 50 50 Tm <0001> Tj ET"


def any_font(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {"/Planted": next(iter(pdf.pages[2].obj.Resources.Font.values()))}


FAULTS: tuple[tuple[str, str, Plant], ...] = (
    ("no version in the XMP", "X-001", no_version),
    ("said to be trapped", "X-001", trapped),
    ("no output intent", "X-002", no_intent),
    ("an output intent for an archive", "X-002", intent_of_an_archive),
    ("the profile of a monitor", "X-002", monitor),
    ("the profile of an RGB printer", "X-002", rgb_press),
    ("no embedded profile", "X-002", no_profile),
    ("no TrimBox", "X-003", without("/TrimBox")),
    ("a TrimBox beyond the bleed", "X-003", on_first(TrimBox=Array([-20, 0, 419, 595]))),
    ("a BleedBox beyond the sheet", "X-003 X-013", on_first(BleedBox=Array([-40, -9, 428.1, 604]))),
    ("an ArtBox", "X-003", on_first(ArtBox=Array([0, 0, 419, 595]))),
    ("no bleed", "X-004", on_first(BleedBox=Array([0, 0, 419.5276, 595.2756]))),
    ("a bleed of one millimetre", "X-004", on_first(BleedBox=Array([-2.83, -2.83, 422.36, 598.11]))),
    ("an area in RGB", "X-005", painting(b"1 0 0 rg 10 10 5 5 re f")),
    ("a line in RGB", "X-005", painting(b"1 0 0 RG 10 10 m 20 20 l S")),
    ("a colour in Lab", "X-005", painting(b"/Planted cs 50 20 20 scn 1 1 2 2 re f", ColorSpace=lab)),
    ("RGB inside a form", "X-005", painting(b"/Planted Do", XObject=form)),
    ("RGB inside a tile", "X-005", painting(b"/Pattern cs /Planted scn 9 9 9 9 re f", Pattern=tile())),
    (
        "a tile that is painted in RGB",
        "X-005",
        painting(b"/Planted cs 1 0 0 /Planted scn 9 9 9 9 re f", Pattern=tile(PaintType=2), ColorSpace=uncoloured),
    ),
    ("RGB with resources of the node above", "X-005", resources_above),
    ("a picture in RGB", "X-006", painting(b"q 9 0 0 9 9 9 cm /Planted Do Q", XObject=picture(Name.DeviceRGB))),
    ("an inline picture in RGB", "X-006", painting(b"BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI")),
    ("rich black text", "X-007", painting(b"0.5 0.4 0.4 1 k " + TEXT, Font=any_font)),
    ("near-black text in four inks", "X-007", painting(b"0.67 0.65 0.68 0.75 k " + TEXT, Font=any_font)),
    ("an alpha below 1", "X-008", painting(b"/Planted gs", ExtGState=state(ca=0.5))),
    ("a stroke alpha below 1", "X-008", painting(b"/Planted gs", ExtGState=state(CA=0.9))),
    ("a blend mode", "X-008", painting(b"/Planted gs", ExtGState=state(BM=Name.Multiply))),
    ("a picture with a soft mask", "X-008", painting(b"/Planted Do", XObject=picture(Name.DeviceCMYK, SMask=mask))),
    ("a transparency group", "X-008", on_first(Group=Dictionary(S=Name.Transparency))),
    ("a link on the page", "X-009", link),
    ("a DocumentID made by chance", "X-010", chance),
    ("an ID made by chance", "X-010", other_id),
    ("a typeface that is not embedded", "X-012", not_embedded),
    ("marks in the bleed", "X-013", marks_within),
    ("marks that are moved into the bleed", "X-013", marks_moved),
    ("black text that knocks out", "X-014", apart),
    ("a form that is missing", "X-015", painting(b"/None Do")),
    ("a colour with two components", "X-015", painting(b"1 0 rg")),
    ("a form that draws itself", "X-015", painting(b"/Planted Do", XObject=endless)),
)


def codes(content: bytes) -> list[str]:
    """The codes of what the preflight finds."""
    try:
        preflight(content, name="book.print.pdf")
    except PublisherError as error:
        return [diagnostic.code for diagnostic in error.diagnostics if error.exit_code is ExitCode.UNPROVED]
    return []


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a changed file, whose first identifier is as it was."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, force_version="1.6")
    return out.getvalue()


def test_nothing_is_found_in_the_file_as_it_was_built(volume: Any) -> None:
    assert codes(volume.content(".print.pdf")) == []


def test_nothing_is_found_in_a_file_that_was_only_saved_again(volume: Any) -> None:
    with pikepdf.open(volume.path(".print.pdf")) as pdf:
        assert codes(saved(pdf)) == []


@pytest.mark.parametrize(("code", "plant"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_that_is_planted_is_found_and_no_other(volume: Any, code: str, plant: Plant) -> None:
    with pikepdf.open(volume.path(".print.pdf")) as pdf:
        plant(pdf)
        assert set(codes(saved(pdf))) == set(code.split())


def test_an_encrypted_file_is_refused(volume: Any) -> None:
    for user in ("", "secret"):
        with pikepdf.open(volume.path(".print.pdf")) as pdf:
            out = io.BytesIO()
            pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
            assert codes(out.getvalue()) == ["X-011"]


def test_what_is_no_pdf_is_refused() -> None:
    assert codes(b"%PDF-1.6 and nothing else") == ["X-001"]


def test_the_file_for_the_screen_is_not_one_for_the_printer(volume: Any) -> None:
    found = set(codes(volume.content(".pdf")))
    assert {"X-001", "X-002", "X-004", "X-005", "X-009", "X-010"} <= found


def test_another_bleed_can_be_asked_for(volume: Any) -> None:
    with pytest.raises(PublisherError) as raised:
        preflight(volume.content(".print.pdf"), name="book.print.pdf", least_bleed=5 * 72 / 25.4)
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == "X-004"
    assert re.fullmatch(
        r"book\.print\.pdf, pages i–[ivx]+ and 1–\d+: the bleed is 3\.0 mm, less than 5\.0 mm", diagnostic.message
    )
