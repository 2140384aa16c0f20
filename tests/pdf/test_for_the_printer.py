"""The PDF for the printer: what the layout engine writes as RGB, with links and without boxes, is PDF/X-4 in the end.

Each trap of the engine has its test: no output intent, pictures and borders and drawings in RGB, links on the page,
marks in the bleed, identifiers made by chance.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from publisher.diagnostics import PublisherError
from publisher.layout.document import write_pdfs
from publisher.model.pdf_standard import PrintStandard
from publisher.model.profile import ColourProfile, Inks
from publisher.model.rendition import Asset, PdfOutput, PdfRendition, PrintCondition
from publisher.preflight import preflight
from publisher.workers.executor import SerialExecutor
from publisher.workspace import system_colour_profile

MOMENT = "2026-11-24T00:00:00Z"
SIDE = 12
BLEED = 3 * 72 / 25.4
SHEET = """
@page { size: 80mm 110mm; margin: 14mm 12mm; bleed: 3mm; background: #ffe }
html { font: 10pt/14pt "Source Serif Pro"; }
img { image-rendering: crisp-edges; width: 40pt; height: 30pt; }
h1 { color: #7a1f1f; border-bottom: 2pt solid rgb(0 90 160); }
.grey { color: #595959; }
.inks { color: device-cmyk(0% 100% 80% 20%); }
.lab { color: lab(50% 40 20); }
.on-colour { background: #cde; }
.gradient { background: linear-gradient(to right, red, blue); height: 20pt; }
"""
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="20" height="30" fill="#080"/>'
    b'<path d="M0,0 L40,30" stroke="orange" stroke-width="2"/></svg>'
)
BODY = """
<h1 id="title">A coloured title</h1>
<p id="p1">Black text, and <a href="https://www.example.org/">a link</a>.</p>
<p id="p2" class="grey">Grey text.</p><p id="p3" class="inks">Text in inks.</p><p id="p4" class="lab">Text in Lab.</p>
<p id="p5" class="on-colour">Black on a colour.</p><div class="gradient"></div>
<p><img src="images/dot.png" alt="A red dot"/><img src="images/grey.png" alt="A grey dot"/></p>
<p><img src="images/glass.png" alt="A dot of glass"/><img src="images/drawing.svg" alt="A drawing"/></p>
"""
Write = Callable[..., "Sheet"]
Parts = tuple[float, ...]


def picture(mode: str, colour: Any) -> bytes:
    """A PNG of one colour."""
    out = io.BytesIO()
    Image.new(mode, (SIDE, SIDE), colour).save(out, format="PNG")
    return out.getvalue()


PICTURES = (
    Asset(href="images/dot.png", media_type="image/png", content=picture("RGB", (200, 30, 30))),
    Asset(href="images/grey.png", media_type="image/png", content=picture("L", 77)),
    Asset(href="images/glass.png", media_type="image/png", content=picture("RGBA", (0, 0, 0, 0))),
    Asset(href="images/drawing.svg", media_type="image/svg+xml", content=DRAWING),
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A file for the printer, read back."""

    content: bytes
    pdf: pikepdf.Pdf

    def operators(self, *names: str) -> list[Parts]:
        """The operands of these instructions on all pages and in what they draw, those with numbers alone."""
        drawn = (thing for thing in self.pdf.objects if isinstance(thing, pikepdf.Stream) and "/BBox" in thing)
        return [
            tuple(float(operand) for operand in item.operands)
            for source in (*self.pdf.pages, *drawn)
            for item in pikepdf.parse_content_stream(source)
            if str(item.operator) in names and not isinstance(item.operands[-1], Name)
        ]

    @property
    def pictures(self) -> dict[str, Any]:
        """The pictures of the first page by their colour spaces."""
        things = self.pdf.pages[0].obj.Resources.XObject
        return {str(thing.ColorSpace): thing for thing in things.values() if thing.Subtype == Name.Image}


def the_press(**changes: Any) -> PrintCondition:
    """A press with the CMYK profile of this computer."""
    found = system_colour_profile()
    assert found is not None
    shown, content = found
    colours = ColourProfile(shown=shown, content=content)
    press = PrintCondition(
        standard=PrintStandard.X_4, colours=colours, condition=None, inks=Inks.CMYK, bleed=BLEED, marks=True
    )
    return replace(press, **changes)


@pytest.fixture(scope="module")
def write(make: Callable[..., PdfRendition], faces: str) -> Write:
    """Writes a body for the printer."""

    def write_body(body: str = BODY, sheet: str = SHEET, press: PrintCondition | None = None) -> Sheet:
        made = make(body, faces + sheet)
        dress = replace(made.dress, assets=(*made.dress.assets[:2], *PICTURES))
        made = replace(made, dress=dress, contents=())
        finish = PdfOutput(name="book.print.pdf", press=press or the_press())
        (pdf,) = write_pdfs(lambda *_: made, executor=SerialExecutor(), finishes=(finish,), moment=MOMENT)
        content = pdf.artifact.content
        return Sheet(content=content, pdf=pikepdf.open(io.BytesIO(content)))

    return write_body


@pytest.fixture(scope="module")
def sheet(write: Write) -> Sheet:
    """The body with everything in it, for the printer."""
    return write()


def test_the_preflight_finds_nothing(sheet: Sheet) -> None:
    preflight(sheet.content, name="book.print.pdf")


def test_the_output_intent_is_there_without_a_word_in_any_style_sheet(sheet: Sheet) -> None:
    (intent,) = sheet.pdf.Root.OutputIntents
    assert intent.S == Name.GTS_PDFX
    assert intent.DestOutputProfile.N == 4
    assert intent.DestOutputProfile.read_bytes() == the_press().colours.content
    assert str(intent.Info)
    assert str(intent.OutputConditionIdentifier) == "Custom"


def test_a_registered_condition_is_named_with_its_registry(write: Write) -> None:
    sheet = write("<p>Words</p>", press=the_press(condition="FOGRA51"))
    (intent,) = sheet.pdf.Root.OutputIntents
    assert (str(intent.OutputConditionIdentifier), str(intent.RegistryName)) == ("FOGRA51", "http://www.color.org")


def test_no_colour_is_written_but_in_inks(sheet: Sheet) -> None:
    assert sheet.operators("rg", "RG", "g", "G", "cs", "sc") == []
    assert sheet.operators("k")
    assert b"DeviceRGB" not in b"".join(bytes(part) for part in sheet.content.split())


def test_black_is_black_ink_alone_and_grey_a_part_of_it(sheet: Sheet) -> None:
    inks = sheet.operators("k")
    assert (0, 0, 0, 1) in inks
    assert (0, 0, 0, round(1 - 0x59 / 255, 4)) in inks
    assert not [ink for ink in inks if ink[3] > 0.85 and any(ink[:3])]


def test_inks_that_a_style_sheet_asks_for_stay_as_they_are(sheet: Sheet) -> None:
    assert (0, 1, 0.8, 0.2) in sheet.operators("k")


def test_other_colours_go_through_the_profile(sheet: Sheet) -> None:
    coloured = [ink for ink in sheet.operators("k", "K") if any(ink[:3])]
    reddish = [ink for ink in coloured if ink[1] > ink[0] and ink[2] > ink[0]]
    bluish = [ink for ink in coloured if ink[0] > ink[2]]
    assert len(reddish) >= 2
    assert bluish


def test_borders_and_drawings_are_in_inks(sheet: Sheet) -> None:
    greenish = [ink for ink in sheet.operators("k") if ink[0] > ink[1] and ink[2] > ink[1]]
    orange = [ink for ink in sheet.operators("K") if ink[2] > ink[1] > ink[0]]
    assert greenish
    assert orange


def test_gradients_are_in_inks(sheet: Sheet) -> None:
    dictionaries = (thing for thing in sheet.pdf.objects if isinstance(thing, pikepdf.Dictionary))
    shadings = [
        item for dictionary in dictionaries for item in dictionary.get("/Shading", pikepdf.Dictionary()).values()
    ]
    assert [shading.ColorSpace for shading in shadings] == [Name.DeviceCMYK]
    ends = [shadings[0].Function.Functions[0].C0, shadings[0].Function.Functions[0].C1]
    assert [len(end) for end in ends] == [4, 4]


def test_pictures_are_in_inks_and_grey_ones_stay_grey(sheet: Sheet) -> None:
    assert set(sheet.pictures) == {"/DeviceCMYK", "/DeviceGray"}
    red = sheet.pictures["/DeviceCMYK"].read_bytes()
    assert len(red) == SIDE * SIDE * 4
    assert red[1] > red[0]


def test_what_shines_through_a_picture_is_paper(sheet: Sheet) -> None:
    things = sheet.pdf.pages[0].obj.Resources.XObject.values()
    assert not [thing for thing in things if "/SMask" in thing]
    assert any(bytes(thing.read_bytes()) == b"\xff" * SIDE * SIDE for thing in things)


def test_nothing_lies_over_a_page_and_the_tree_speaks_of_nothing_that_did(sheet: Sheet) -> None:
    assert not [page for page in sheet.pdf.pages if "/Annots" in page.obj]
    assert not [thing for thing in sheet.pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Obj" in thing]
    numbers = sheet.pdf.Root.StructTreeRoot.ParentTree.Nums
    assert all(isinstance(number, pikepdf.Array) for number in list(numbers)[1::2])


def test_black_text_overprints_and_nothing_else_does(sheet: Sheet) -> None:
    states = dict(sheet.pdf.pages[0].obj.Resources.ExtGState.items())
    assert {(bool(state.op), bool(state.OP), int(state.OPM)) for state in states.values()} == {
        (True, False, 1),
        (False, False, 1),
    }
    over, black = False, False
    shown: set[tuple[str, bool, bool]] = set()
    for item in pikepdf.parse_content_stream(sheet.pdf.pages[0]):
        operator = str(item.operator)
        if operator == "gs":
            over = bool(states[str(item.operands[0])].op)
        elif operator == "k":
            black = [float(part) for part in item.operands] == [0, 0, 0, 1]
        elif operator in ("TJ", "f", "re"):
            shown.add((operator, black, over))
    assert {entry for entry in shown if entry[0] == "TJ"} == {("TJ", True, True), ("TJ", False, False)}
    assert not [entry for entry in shown if entry[0] != "TJ" and entry[2]]


def test_a_page_is_cut_at_the_trim_and_bleeds_three_millimetres(sheet: Sheet) -> None:
    page = sheet.pdf.pages[0].obj
    trim, bleed, media = ([float(edge) for edge in page[key]] for key in ("/TrimBox", "/BleedBox", "/MediaBox"))
    assert trim == pytest.approx([0, 0, 80 * 72 / 25.4, 110 * 72 / 25.4], abs=0.01)
    assert [trim[0] - bleed[0], bleed[2] - trim[2]] == pytest.approx([BLEED, BLEED], abs=0.01)
    assert media[0] < bleed[0] < trim[0]


def test_a_bleed_beyond_what_the_engine_knows_is_written_as_it_is(write: Write) -> None:
    sheet = write("<p>Words</p>", sheet=SHEET.replace("bleed: 3mm", "bleed: 8mm"), press=the_press(bleed=8 * 72 / 25.4))
    assert float(sheet.pdf.pages[0].obj.BleedBox[0]) == pytest.approx(-8 * 72 / 25.4, abs=0.01)


def test_a_background_reaches_to_the_edge_of_the_bleed(sheet: Sheet) -> None:
    area = [operator for operator in sheet.operators("re") if operator[2] > 80 / 25.4 * 96]
    assert area
    assert min(item[0] for item in area) == pytest.approx(-3 / 25.4 * 96, abs=0.01)


def test_marks_stand_outside_the_bleed_in_all_inks(sheet: Sheet) -> None:
    stream = sheet.pdf.pages[0].obj.Contents[-1].read_bytes().decode()
    assert "/PublisherAll CS 1 SCN" in stream
    assert list(sheet.pdf.pages[0].obj.Resources.ColorSpace["/PublisherAll"][:3]) == [
        Name.Separation,
        Name.All,
        Name.DeviceCMYK,
    ]
    points = [line.split()[:2] for line in stream.splitlines() if line.endswith("l S")]
    assert len(points) == 8 + 8
    left, bottom, right, top = (float(edge) for edge in sheet.pdf.pages[0].obj.BleedBox)
    assert not [1 for x, y in points if left <= float(x) <= right and bottom <= float(y) <= top]


def test_without_marks_the_sheet_ends_with_the_bleed(write: Write) -> None:
    sheet = write("<p>Words</p>", press=the_press(marks=False))
    page = sheet.pdf.pages[0].obj
    assert list(page.MediaBox) == list(page.BleedBox)
    assert "/PublisherAll" not in str(page.Resources.get("/ColorSpace", ""))


def test_in_black_everything_is_black_ink(write: Write) -> None:
    sheet = write(press=the_press(inks=Inks.BLACK))
    preflight(sheet.content, name="book.print.pdf")
    assert not [ink for ink in sheet.operators("k", "K") if any(ink[:3])]
    assert set(sheet.pictures) == {"/DeviceGray"}


def test_with_a_profile_for_grey_everything_is_grey(write: Write) -> None:
    colours = ColourProfile(shown="grey.icc", content=GREY)
    sheet = write(press=the_press(colours=colours))
    preflight(sheet.content, name="book.print.pdf")
    assert sheet.operators("k", "K", "rg", "RG") == []
    assert sheet.pdf.Root.OutputIntents[0].DestOutputProfile.N == 1


def _tag(kind: bytes, content: bytes) -> bytes:
    return kind + bytes(4) + content


def _grey_profile() -> bytes:
    """An output profile for grey (ICC.1:2001-04): a description, a copyright, the white of paper, one curve."""
    words = b"Grey\0"
    tags = {
        b"desc": _tag(b"desc", len(words).to_bytes(4) + words + bytes(78)),
        b"cprt": _tag(b"text", b"none\0"),
        b"wtpt": _tag(b"XYZ ", b"".join(round(part * 65536).to_bytes(4) for part in (0.9642, 1.0, 0.8249))),
        b"kTRC": _tag(b"curv", (1).to_bytes(4) + round(2.2 * 256).to_bytes(2)),
    }
    at, table, body = 132 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        table += name + (at + len(body)).to_bytes(4) + len(content).to_bytes(4)
        body += padded
    illuminant = b"".join(round(part * 65536).to_bytes(4) for part in (0.9642, 1.0, 0.8249))
    head = bytes(8) + bytes.fromhex("02400000") + b"prtrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28) + illuminant
    whole = head.ljust(128, b"\0") + len(tags).to_bytes(4) + table + body
    return len(whole).to_bytes(4) + whole[4:]


GREY = _grey_profile()


def test_it_says_what_it_is_twice_and_claims_nothing_else(sheet: Sheet) -> None:
    packet = sheet.pdf.Root.Metadata
    said = packet.read_bytes().decode()
    assert "/Filter" not in packet
    assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in said
    assert "pdfaid:part" not in said
    assert "pdfuaid:part" not in said
    assert str(sheet.pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-4"
    assert sheet.pdf.docinfo["/Trapped"] == Name("/False")
    assert sheet.content.startswith(b"%PDF-1.6")


@pytest.mark.parametrize(
    "standard", [print_standard for print_standard in PrintStandard if print_standard.demands.older]
)
def test_older_standards_hold_the_same_in_their_version_of_pdf(write: Write, standard: PrintStandard) -> None:
    older = write(press=the_press(standard=standard))
    assert preflight(older.content, name="book.print.pdf") is standard
    assert older.content.startswith(f"%PDF-{standard.demands.pdf}".encode())
    assert str(older.pdf.docinfo["/GTS_PDFXVersion"]) == standard.demands.version
    assert set(older.pictures) == {"/DeviceCMYK", "/DeviceGray"}


def test_a_profile_that_is_newer_than_the_standard_is_refused(write: Write) -> None:
    content = the_press().colours.content
    newer = ColourProfile(shown="press.icc", content=content[:8] + b"\x04" + content[9:])
    with pytest.raises(PublisherError) as raised:
        write("<p>Words</p>", press=the_press(colours=newer, standard=PrintStandard.X_1A))
    (found,) = raised.value.diagnostics
    assert (found.code, "version 4" in found.message) == ("E-014", True)
    assert write("<p>Words</p>", press=the_press(colours=newer)).content


def test_identifiers_are_the_same_each_time_and_so_is_every_byte(sheet: Sheet, write: Write) -> None:
    assert write().content == sheet.content


def test_two_files_of_one_edition_have_one_document_id_and_each_its_own_content_id(sheet: Sheet, write: Write) -> None:
    other = write("<p>Other words</p>")
    first, second = ([bytes(part) for part in item.pdf.trailer.ID] for item in (sheet, other))
    assert first[0] == second[0]
    assert first[1] != second[1]


@pytest.mark.parametrize(
    ("declared", "what"),
    [
        (".inks { color: rgb(0 0 0 / 50%) }", "shine through"),
        (".inks { opacity: 0.5 }", "shine through"),
        (".gradient { background: linear-gradient(red, transparent) }", "shine through"),
    ],
)
def test_transparency_is_told_of_with_its_page(write: Write, declared: str, what: str) -> None:
    with pytest.raises(PublisherError) as raised:
        write(sheet=SHEET + declared)
    (found,) = raised.value.diagnostics
    assert found.code == "D-007"
    assert "page i cannot be printed as it is" in found.message
    assert what in found.message


def test_a_profile_that_little_cms_cannot_use_is_an_error(write: Write) -> None:
    content = the_press().colours.content
    spoilt = ColourProfile(shown="press.icc", content=content[:132] + b"\xff" * 400 + content[532:])
    with pytest.raises(PublisherError) as raised:
        write("<p>Words</p>", press=the_press(colours=spoilt))
    assert [diagnostic.code for diagnostic in raised.value.diagnostics] == ["E-014"]


def test_the_file_for_the_screen_and_the_one_for_the_printer_have_the_same_pages(
    make: Callable[..., PdfRendition], tmp_path: Path
) -> None:
    made = replace(make("<p>Words</p>" * 200), contents=())
    finishes = (PdfOutput(name="book.pdf"), PdfOutput(name="book.print.pdf", press=the_press()))
    screen, printed = write_pdfs(lambda *_: made, executor=SerialExecutor(), finishes=finishes, moment=MOMENT)
    assert screen.page_starts == printed.page_starts
    assert screen.artifact.name == "book.pdf"
