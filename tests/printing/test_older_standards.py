"""An edition in PDF/X-1a: what it says and holds, faults that are planted in it, and what other readers make of it."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops

from publisher.build import pipeline
from publisher.build.request import BuildResult
from publisher.diagnostics import ExitCode, PublisherError
from publisher.model.pdf_standard import PrintStandard
from publisher.model.profile import Profile
from publisher.pdf.raster import paint_page
from publisher.preflight import preflight

Plant = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="session")
def older(everything: Path, tmp_path_factory: pytest.TempPathFactory, built_once: Callable[..., BuildResult]) -> Path:
    """The file for print in PDF/X-1a."""
    folder = tmp_path_factory.mktemp("older") / "everything"
    shutil.copytree(everything, folder)
    settings = folder / "edition.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("output:\n", "output:\n  profiles: {print: {standard: x-1a}}\n"), encoding="utf-8")
    built = built_once(folder, profiles=(Profile.PRINT,)).volume
    pipeline.keep(built, output=folder / "output")
    return folder / "output" / "everything.print.pdf"


def test_it_says_that_it_is_pdf_x_1a_and_is_pdf_1_3(older: Path) -> None:
    content = older.read_bytes()
    assert content.startswith(b"%PDF-1.3")
    assert b"/ObjStm" not in content
    assert preflight(content, name=older.name) is PrintStandard.X_1A
    with pikepdf.open(older) as pdf:
        known = pdf.docinfo
        assert [str(known[key]) for key in ("/GTS_PDFXVersion", "/GTS_PDFXConformance", "/Trapped")] == [
            "PDF/X-1:2001",
            "PDF/X-1a:2001",
            "/False",
        ]
        programs = {
            str(thing.FontFile3.Subtype)
            for thing in pdf.objects
            if isinstance(thing, Dictionary) and "/FontFile3" in thing
        }
    assert programs == {"/CIDFontType0C"}


def test_it_is_no_other_standard(older: Path) -> None:
    with pytest.raises(PublisherError) as raised:
        preflight(older.read_bytes(), name=older.name, standard=PrintStandard.X_4)
    assert {diagnostic.code for diagnostic in raised.value.diagnostics} == {"X-001"}


def test_a_file_in_pdf_x_4_is_not_pdf_x_1a(volume: Any) -> None:
    with pytest.raises(PublisherError) as raised:
        preflight(volume.content(".print.pdf"), name="book", standard=PrintStandard.X_1A)
    assert {diagnostic.code for diagnostic in raised.value.diagnostics} == {"X-001", "X-017", "X-018"}


@pytest.mark.parametrize("page", [0, 4, 10])
def test_pages_look_as_in_pdf_x_4(older: Path, volume: Any, page: int) -> None:
    old, new = (
        Image.open(io.BytesIO(paint_page(content, index=page, width=600)))
        for content in (older.read_bytes(), volume.content(".print.pdf"))
    )
    # hints of a font dictionary move edges by less than a grey can be seen
    assert ImageChops.difference(old, new).convert("L").point(lambda grey: 255 if grey > 16 else 0).getbbox() is None
    assert old.convert("L").getextrema() == (0, 255)


@pytest.mark.parametrize(
    "command",
    [
        ("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage"),
        ("mutool", "draw", "-q", "-N", "-o", "/dev/null", "-F", "txt"),
    ],
    ids=lambda command: command[0],
)
def test_other_readers_report_nothing(older: Path, command: tuple[str, ...]) -> None:
    outcome = subprocess.run([*command, older], capture_output=True, text=True, check=False, timeout=120)
    assert (outcome.returncode, outcome.stdout + outcome.stderr) == (0, "")


def stream(content: bytes = b"\x80", **entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    """A stream with entries."""

    def make(pdf: pikepdf.Pdf) -> Any:
        made = pdf.make_stream(content)
        for key, value in entries.items():
            made[f"/{key}"] = value
        return made

    return make


def picture(**entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    """A picture of one pixel in grey."""
    usual = {"Type": Name.XObject, "Subtype": Name.Image, "ColorSpace": Name.DeviceGray, "Width": 1, "Height": 1}
    return stream(**{**usual, "BitsPerComponent": 8, **entries})


def among(kind: str, make: Callable[[pikepdf.Pdf], Any], content: bytes = b"") -> Plant:
    """Puts something among the resources of the third page, and paints with it."""

    def plant(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[2].obj.Resources
        things = resources.get(f"/{kind}", Dictionary())
        things["/Planted"] = pdf.make_indirect(make(pdf))
        resources[f"/{kind}"] = things
        if content:
            pdf.pages[2].contents_add(content)

    return plant


def state(**entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    """A graphics state."""
    return lambda _: Dictionary({"/Type": Name.ExtGState, **{f"/{key}": value for key, value in entries.items()}})


def said(key: str, value: Any) -> Plant:
    """Changes an entry of the information dictionary, or takes it away."""

    def plant(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del pdf.docinfo[key]
        else:
            pdf.docinfo[key] = value

    return plant


def at_root(key: str, value: Any) -> Plant:
    """Puts an entry into the catalogue."""

    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.Root[key] = value

    return plant


def script(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), pdf.make_indirect(action)]))


def opentype(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and "/FontFile3" in thing:
            thing.FontFile3.Subtype = Name.OpenType


def newer_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    content = bytearray(profile.read_bytes())
    content[8] = 4
    profile.write(bytes(content))


def calibrated(pdf: pikepdf.Pdf) -> Any:
    return Array([Name.ICCBased, stream(b"\0" * 128, N=4)(pdf)])


FAULTS: tuple[tuple[str, str, Plant], ...] = (
    ("another conformance", "X-001", said("/GTS_PDFXConformance", String("PDF/X-1:2001"))),
    ("no conformance", "X-001", said("/GTS_PDFXConformance", None)),
    ("no title", "X-001", said("/Title", None)),
    ("no date of change", "X-001", said("/ModDate", None)),
    ("trapping unknown", "X-001", said("/Trapped", Name.Unknown)),
    ("a profile of version 4", "X-002", newer_profile),
    ("an ArtBox", "X-003", lambda pdf: pdf.pages[0].obj.__setitem__("/ArtBox", Array([0, 0, 419, 595]))),
    ("a colour in an ICC profile", "X-005", among("ColorSpace", calibrated, b"/Planted cs 0 0 0 1 scn 1 1 2 2 re f")),
    ("a picture in RGB", "X-006", among("XObject", picture(ColorSpace=Name.DeviceRGB), b"/Planted Do")),
    ("an alpha below 1", "X-008", among("ExtGState", state(ca=0.5), b"/Planted gs")),
    ("a group", "X-008", lambda pdf: pdf.pages[0].obj.__setitem__("/Group", Dictionary(S=Name.Transparency))),
    ("a picture of 16 bits", "X-018", among("XObject", picture(BitsPerComponent=16))),
    ("a picture in JPEG 2000", "X-018", among("XObject", picture(Filter=Name.JPXDecode))),
    ("a picture in JBIG2", "X-018", among("XObject", picture(Filter=Name.JBIG2Decode))),
    ("layers", "X-018", at_root("/OCProperties", Dictionary(OCGs=Array(), D=Dictionary()))),
    ("an OpenType program", "X-018", opentype),
    ("a script", "X-019", script),
    ("an action of the file", "X-019", at_root("/OpenAction", Dictionary(S=Name.Named, N=Name.Print))),
    ("actions of a page", "X-019", lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary())),
    ("an action", "X-019", at_root("/Planted", Dictionary(Type=Name.Action, S=Name.Launch))),
    ("PostScript", "X-019", among("XObject", stream(b"showpage", Type=Name.XObject, Subtype=Name.PS))),
    ("a substitute", "X-019", among("XObject", picture(Alternates=Array()))),
    ("a replacement", "X-019", among("XObject", picture(OPI=Dictionary()))),
    ("a transfer function", "X-019", among("ExtGState", state(TR=Dictionary(FunctionType=2)), b"/Planted gs")),
    ("another transfer function", "X-019", among("ExtGState", state(TR2=Name.Identity), b"/Planted gs")),
    ("a halftone of type 6", "X-019", among("ExtGState", state(HT=Dictionary(HalftoneType=6)), b"/Planted gs")),
    ("a halftone with a name", "X-019", among("ExtGState", state(HT=Dictionary(HalftoneType=1, HalftoneName="a")))),
)


def codes(pdf: pikepdf.Pdf) -> set[str]:
    """The codes of what the preflight finds in a changed file."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, force_version="1.3")
    try:
        preflight(out.getvalue(), name="book.print.pdf", standard=PrintStandard.X_1A)
    except PublisherError as error:
        return {diagnostic.code for diagnostic in error.diagnostics if error.exit_code is ExitCode.UNPROVED}
    return set()


@pytest.mark.parametrize(("code", "plant"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_that_is_planted_is_found_and_no_other(older: Path, code: str, plant: Plant) -> None:
    with pikepdf.open(older) as pdf:
        plant(pdf)
        assert codes(pdf) == {code}


def test_nothing_is_found_in_a_file_that_was_only_saved_again(older: Path) -> None:
    with pikepdf.open(older) as pdf:
        assert codes(pdf) == set()
