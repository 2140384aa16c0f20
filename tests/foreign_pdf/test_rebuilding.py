"""A page keeps its looks and its words, and nothing else that its file brings."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.foreign_pdf.made import WORDS, Sheet
from weasyprint import HTML

from publisher.pdf.foreign.pages import RebuiltPages

Rebuild = Callable[[bytes], RebuiltPages]
Seen = Callable[..., Any]
RICH = """<html lang="en"><style>@page { size: A6; margin: 5mm } div { height: 12mm }
.a { background: linear-gradient(45deg, red, rgba(0, 0, 255, .3), lime) } .b { background: radial-gradient(red, #000) }
.c { opacity: .5; background: teal; margin-top: -6mm }</style><h1>Ligatures fi, ffl; Ω ш</h1>
<div class="a"></div><div class="b"></div><div class="c"></div><svg width="60" height="40"><defs>
<pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><circle cx="4" cy="4" r="3"/></pattern>
<mask id="m"><rect width="60" height="40" fill="white" opacity=".4"/></mask></defs>
<rect width="60" height="40" fill="url(#p)" mask="url(#m)"/></svg><p>Words <a href="https://example.org">there</a>.</p>"""


def scripted(sheet: Sheet) -> None:
    """Everything that a file can do besides being looked at."""
    pdf, page = sheet.pdf, sheet.page
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    address = Dictionary(S=Name.URI, URI=String("https://edition.invalid/x"))
    attached = Dictionary(Type=Name.Filespec, F=String("evil.exe"), EF=Dictionary(F=pdf.make_stream(b"canary")))
    pdf.Root.OpenAction, pdf.Root.AA = action, Dictionary(WC=action)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), action])))
    pdf.Root.AF = Array([attached])
    page.AA, page.Metadata, page.B = Dictionary(O=action), pdf.make_stream(b"canary"), Array([Dictionary()])
    page.PieceInfo = Dictionary(X=Dictionary(Private=String("canary")))
    page.Tabs, page.Thumb = Name.S, sheet.picture()
    form = sheet.form(b"0 0 1 rg 0 0 20 20 re f")
    form.Ref = Dictionary(F=String("/etc/passwd"), Page=0)
    form.OPI = Dictionary({"/2.0": Dictionary(F=String("/etc/passwd"))})
    form.AF, form.PieceInfo, form.Metadata = Array([attached]), page.PieceInfo, pdf.make_stream(b"canary")
    picture = sheet.picture(Alternates=Array([Dictionary(Image=sheet.picture(), DefaultForPrinting=True)]))
    picture.OPI, picture.Metadata, picture.ID = form.OPI, pdf.make_stream(b"canary"), String("canary")
    transfer = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1)
    state = Dictionary(Type=Name.ExtGState, TR=transfer, HT=Name.Default, BG=transfer, UCR=transfer, LW=2, canary=1)
    sheet.resource("XObject", "X", form)
    sheet.resource("XObject", "I", picture)
    sheet.resource("ExtGState", "G", state)
    sheet.resource("Properties", "P", Dictionary(Metadata=pdf.make_stream(b"canary")))
    sheet.annotate("Link", A=address, Border=Array([0, 0, 3]))
    sheet.annotate("FileAttachment", FS=attached)
    sheet.annotate("Screen", A=Dictionary(S=Name.Rendition, JS=String("canary")))
    sheet.draw(WORDS + b" /G gs /X Do q 20 0 0 20 60 0 cm /I Do Q /A /P DP /P /P BDC 0 0 5 5 re f EMC (canary) canary")


KEPT = {
    "/Type /Pages /Kids /Count /Parent /MediaBox /CropBox /TrimBox /Rotate /UserUnit /Contents /Resources /Group /Root",
    "/Font /XObject /ExtGState /ColorSpace /Pattern /Shading /Subtype /BaseFont /F /X /I /G /BBox /Matrix /Length /LW",
    "/Filter /DecodeParms /Width /Height /BitsPerComponent /N /First /Size /W /Index /ID /Info /Catalog /Columns",
    "/Predictor",
}


def every_key(content: bytes) -> set[str]:
    """The keys of all dictionaries and streams of a file."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {key for item in pdf.objects if item is not None for key in _keys(item)}


def _keys(value: Any) -> set[str]:
    if isinstance(value, pikepdf.Stream | Dictionary):
        return {*value.keys(), *(key for item in value.values() if not _is_indirect(item) for key in _keys(item))}
    if isinstance(value, Array):
        return {key for item in value if not _is_indirect(item) for key in _keys(item)}
    return set()


def _is_indirect(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def test_nothing_is_taken_over_but_what_draws_the_page(rebuilds: Rebuild, seen: Seen) -> None:
    sheet = Sheet()
    scripted(sheet)
    given = sheet.written()
    made = rebuilds(given).content
    assert every_key(made) - set(" ".join(KEPT).split()) == set()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        data = b"".join(stream.read_bytes() for stream in pdf.objects if isinstance(stream, pikepdf.Stream))
    for word in (b"canary", b"invalid", b"passwd", b"alert", b"evil", b"BDC", b"DP"):
        assert word not in made
        assert word not in data
    assert seen(made).tobytes() == seen(given).tobytes()


@pytest.mark.parametrize("variant", [None, "pdf/ua-1"])
def test_pages_look_the_same_and_have_the_same_words(rebuilds: Rebuild, seen: Seen, variant: str | None) -> None:
    given = HTML(string=RICH).write_pdf(pdf_variant=variant)
    made = rebuilds(given).content
    assert seen(made).tobytes() == seen(given).tobytes()
    first, second = (pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range() for content in (given, made))
    assert first == second
    assert rebuilds(given).notes == ()


@pytest.mark.parametrize("turned", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize(
    "boxes", [{}, {"CropBox": [20, 10, 180, 90]}, {"MediaBox": [-50, -20, 150, 80]}, {"UserUnit": 2}]
)
def test_pages_keep_their_size_and_rotation(rebuilds: Rebuild, seen: Seen, turned: int, boxes: dict[str, Any]) -> None:
    sheet = Sheet()
    sheet.page.Rotate = turned
    for key, value in boxes.items():
        sheet.page[f"/{key}"] = Array(value) if isinstance(value, list) else value
    given = sheet.written()
    made = rebuilds(given).content
    assert seen(made).size == seen(given).size
    assert seen(made).tobytes() == seen(given).tobytes()


def test_what_pages_inherit_and_share_is_kept(rebuilds: Rebuild, seen: Seen) -> None:
    sheet = Sheet()
    given = sheet.written(pages=3)
    with pikepdf.open(io.BytesIO(given)) as pdf:
        for page in pdf.pages:
            pdf.Root.Pages.Resources, pdf.Root.Pages.MediaBox = page.obj.Resources, page.obj.MediaBox
            del page.obj.Resources, page.obj.MediaBox
        out = io.BytesIO()
        pdf.save(out)
    made = rebuilds(out.getvalue()).content
    assert [seen(made, at).tobytes() for at in range(3)] == [seen(given).tobytes()] * 3


def test_a_form_without_resources_uses_those_of_its_page(rebuilds: Rebuild, seen: Seen) -> None:
    sheet = Sheet()
    form = sheet.form(b"BT /F 12 Tf (Words) Tj ET")
    form.BBox = Array([0, 0, 200, 100])
    del form.Resources
    sheet.resource("XObject", "X", form)
    sheet.draw(b"/X Do")
    given = sheet.written()
    assert seen(rebuilds(given).content).tobytes() == seen(given).tobytes()


def test_type_3_fonts_are_drawn(rebuilds: Rebuild, seen: Seen) -> None:
    sheet = Sheet()
    glyph = sheet.pdf.make_stream(b"600 0 0 0 500 500 d1 0 0 500 500 re f")
    sheet.resource(
        "Font",
        "F",
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 600, 600]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(square=glyph, unused=sheet.pdf.make_stream(b"canary")),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.square])),
            FirstChar=97,
            LastChar=97,
            Widths=Array([600]),
        ),
    )
    sheet.draw(b"BT /F 40 Tf 20 40 Td (aaa) Tj ET")
    given = sheet.written()
    made = rebuilds(given).content
    assert seen(made).tobytes() == seen(given).tobytes()
    assert seen(made).getextrema()[0] == (0, 255)


def test_pictures_in_the_content_are_drawn(rebuilds: Rebuild, seen: Seen) -> None:
    sheet = Sheet()
    sheet.draw(b"q 80 0 0 80 10 10 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x10\x80\xf0\x40 EI Q")
    given = sheet.written()
    made = rebuilds(given).content
    assert seen(made).tobytes() == seen(given).tobytes()
    assert b"/Inline" in made or b"BI" not in made


def test_words_that_stand_for_others_are_kept(rebuilds: Rebuild) -> None:
    sheet = Sheet()
    sheet.draw(b"/Span <</ActualText (Word) /Lang (en)>> BDC BT /F 12 Tf 20 40 Td (xyz) Tj ET EMC")
    made = rebuilds(sheet.written()).content
    assert "Word" in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("configuration", "visible"),
    [("none", True), ("off", False), ("base-off", False), ("base-off-on", True), ("any-off", True), ("ve-not", True)],
)
def test_layers_are_drawn_as_a_viewer_shows_them_first(
    rebuilds: Rebuild, seen: Seen, configuration: str, visible: bool
) -> None:
    sheet = Sheet()
    group = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Answers")))
    named, default = group, Dictionary()
    if configuration in ("off", "any-off", "ve-not"):
        default.OFF = Array([group])
    if configuration.startswith("base"):
        default.BaseState = Name.OFF
    if configuration == "base-off-on":
        default.ON = Array([group])
    if configuration == "any-off":
        named = Dictionary(Type=Name.OCMD, OCGs=Array([group]), P=Name.AnyOff)
    if configuration == "ve-not":
        named = Dictionary(Type=Name.OCMD, VE=Array([Name.Not, group]))
    sheet.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=default)
    sheet.resource("Properties", "L", named)
    form, picture = sheet.form(b"0 0 20 20 re f"), sheet.picture()
    form.OC = picture.OC = group if named is group else sheet.pdf.make_indirect(named)
    sheet.resource("XObject", "X", form)
    sheet.resource("XObject", "I", picture)
    sheet.draw(
        b"/OC /L BDC 0 0 30 30 re f BT /F 12 Tf 60 60 Td (Hidden) Tj ET EMC /X Do q 30 0 0 30 90 0 cm /I Do Q"
        b" BT /F 12 Tf 5 80 Td /OC /L BDC (a) Tj EMC (b) Tj ET"
    )
    given = sheet.written()
    made = rebuilds(given).content
    assert seen(made).tobytes() == seen(given).tobytes()
    assert (seen(made).crop((0, 140, 60, 200)).getextrema()[0][0] < 128) is visible
    assert not every_key(made) & {"/OC", "/OCProperties", "/Properties"}


def test_the_same_file_gives_the_same_bytes(rebuilds: Rebuild) -> None:
    sheet = Sheet()
    scripted(sheet)
    given = sheet.written()
    assert rebuilds(given).content == rebuilds(given).content


def test_text_without_a_font_is_left_out_or_reported(rebuilds: Rebuild, reads: Any) -> None:
    sheet = Sheet()
    sheet.draw(b"BT (words) Tj ET 0 0 9 9 re f")
    with pikepdf.open(io.BytesIO(rebuilds(sheet.written()).content)) as pdf:
        assert b"words" not in pdf.pages[0].Contents.read_bytes()
    sheet = Sheet()
    sheet.resource("XObject", "X", sheet.form(b"BT (words) Tj ET"))
    sheet.draw(b"/X Do")
    found = reads(sheet.written()).fault
    assert (found.code, found.page, found.message) == ("D-014", 1, "text is shown without a font")


def test_a_form_shows_text_with_the_font_of_its_page(rebuilds: Rebuild, seen: Seen) -> None:
    sheet = Sheet()
    form = sheet.form(b"BT 20 40 Td (Words) Tj ET")
    form.BBox = Array([0, 0, 200, 100])
    sheet.resource("XObject", "X", form)
    sheet.draw(b"BT /F 12 Tf ET /X Do")
    given = sheet.written()
    assert seen(rebuilds(given).content).tobytes() == seen(given).tobytes()


@pytest.mark.parametrize(
    "content",
    [
        b"Q Q q q 1 0 0 rg 0 0 9 9 re f",
        b"ET BT BT /F 12 Tf (a) Tj",
        b"EMC EMC /A BMC 0 0 9 9 re f",
        b"/No Do /No gs /No cs /No sh /No 12 Tf (a) Tj /No scn",
        b"1 w (x) w [1] w 9 9 re 1 2 3 cm f rg k (a) TJ [(a) /b (c)] TJ",
        b"nonsense 1 2 3 BX unknown EX <</A 1>> 0 0 9 9 re f",
        b"99999999999999999999 0 m 1 1 l S",
    ],
)
def test_content_that_is_not_well_formed_is_written_well_formed(rebuilds: Rebuild, content: bytes) -> None:
    sheet = Sheet()
    sheet.draw(content)
    with pikepdf.open(io.BytesIO(rebuilds(sheet.written()).content)) as pdf:
        operators = [str(item.operator) for item in pikepdf.parse_content_stream(pdf.pages[0])]
    for opening, closing in (("q", "Q"), ("BT", "ET"), ("BDC", "EMC")):
        assert operators.count(opening) == operators.count(closing)
    assert not {"nonsense", "unknown", "BX", "EX", "BMC"} & set(operators)
