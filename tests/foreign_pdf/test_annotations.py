"""Annotations are drawn as a viewer prints them; what has no appearance is reported."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from tests.foreign_pdf.made import Sheet
from weasyprint import HTML

from publisher.pdf.foreign.pages import RebuiltPages

Rebuild = Callable[[bytes], RebuiltPages]
Seen = Callable[..., Any]


def drawn_by_pdfium(content: bytes) -> Any:
    """The page with its annotations and form fields, as PDFium prints it."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    try:
        return document[0].render(scale=2, may_draw_forms=True, draw_annots=True).to_pil().convert("RGB")
    finally:
        document.close()


def appearance(sheet: Sheet, content: bytes = b"0 0 1 rg 0 0 20 10 re f 0 1 0 rg 0 10 20 10 re f") -> Any:
    return sheet.form(content)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("matrix", [[1, 0, 0, 1, 0, 0], [0, 1, -1, 0, 0, 0], [2, 0, 0, 1, 5, 5], [1, 1, -1, 1, 0, 0]])
def test_an_appearance_lies_where_a_viewer_puts_it(
    rebuilds: Rebuild, seen: Seen, turned: int, matrix: list[int]
) -> None:
    sheet = Sheet()
    sheet.page.Rotate = turned
    form = appearance(sheet)
    form.Matrix = Array(matrix)
    sheet.annotate("Stamp", AP=Dictionary(N=form))
    given = sheet.written()
    made = rebuilds(given)
    assert seen(made.content).tobytes() == drawn_by_pdfium(given).tobytes()
    assert made.notes == ()


@pytest.mark.parametrize(
    ("flags", "drawn"), [(4, True), (4 | 32, True), (4 | 64 | 128, True), (0, False), (2 | 4, False), (32, False)]
)
@pytest.mark.parametrize("kind", ["Stamp", "Widget", "Highlight", "FreeText", "Ink", "Text"])
def test_flags_say_what_is_printed(rebuilds: Rebuild, seen: Seen, kind: str, flags: int, drawn: bool) -> None:
    sheet = Sheet()
    without = seen(sheet.written())
    sheet = Sheet()
    sheet.annotate(kind, AP=Dictionary(N=appearance(sheet)), F=flags)
    made = rebuilds(sheet.written())
    assert (seen(made.content).tobytes() != without.tobytes()) is drawn
    assert made.notes == ()


@pytest.mark.parametrize("kind", ["Link", "Popup", "PrinterMark", "TrapNet"])
def test_links_and_marks_of_printers_are_not_drawn(rebuilds: Rebuild, seen: Seen, kind: str) -> None:
    sheet = Sheet()
    without = seen(sheet.written())
    sheet = Sheet()
    sheet.annotate(kind, AP=Dictionary(N=appearance(sheet)), Border=Array([0, 0, 5]))
    made = rebuilds(sheet.written())
    assert seen(made.content).tobytes() == without.tobytes()
    assert made.notes == ()


@pytest.mark.parametrize(("state", "colour"), [("On", (0, 0, 255)), ("Off", (255, 255, 255)), (None, (255, 255, 255))])
def test_a_button_is_drawn_in_its_state(
    rebuilds: Rebuild, seen: Seen, state: str | None, colour: tuple[int, int, int]
) -> None:
    sheet = Sheet()
    states = Dictionary(On=sheet.form(b"0 0 1 rg 0 0 20 20 re f"))
    button = sheet.annotate("Widget", FT=Name.Btn, AP=Dictionary(N=states))
    if state is not None:
        button.AS = Name(f"/{state}")
    assert seen(rebuilds(sheet.written()).content).getpixel((140, 100)) == colour


def test_a_value_that_viewers_have_to_draw_is_drawn(rebuilds: Rebuild) -> None:
    """/NeedAppearances: the appearance is not there, or not of this value."""
    sheet = Sheet()
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    field = sheet.annotate("Widget", FT=Name.Tx, T=String("name"), V=String("Ada"), DA=String("/Helv 12 Tf 0 g"))
    field.Rect = Array([20, 60, 120, 80])
    sheet.pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DR=Dictionary(Font=Dictionary(Helv=helvetica))
    )
    made = rebuilds(sheet.written())
    assert "Ada" in pypdfium2.PdfDocument(made.content)[0].get_textpage().get_text_range()
    assert made.notes == ()


def test_a_value_that_cannot_be_drawn_is_reported(rebuilds: Rebuild) -> None:
    """The field asks for a typeface that the form does not have."""
    sheet = Sheet()
    field = sheet.annotate("Widget", FT=Name.Tx, T=String("name"), V=String("Ada"), DA=String("/No 12 Tf 0 g"))
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)
    made = rebuilds(sheet.written())
    words = pypdfium2.PdfDocument(made.content)[0].get_textpage().get_text_range()
    assert "Ada" in words or [note.code for note in made.notes] == ["D-015"]


def test_a_value_in_a_composite_font_is_reported_and_not_drawn_wrong(rebuilds: Rebuild) -> None:
    given = HTML(string="<input value='filled in'>").write_pdf(pdf_forms=True)
    made = rebuilds(given)
    assert [note.code for note in made.notes] == ["D-015"]
    assert "a form field with a value" in made.notes[0].message


@pytest.mark.parametrize(
    ("kind", "entries", "message"),
    [
        ("Highlight", {}, "an annotation (Highlight)"),
        ("Square", {}, "an annotation (Square)"),
        ("Widget", {"FT": Name.Tx, "T": String("name"), "V": String("Ada")}, "a form field with a value “name”"),
        ("Widget", {"FT": Name.Tx, "T": String("name"), "V": String("")}, None),
        ("Widget", {"FT": Name.Btn, "V": Name.Off}, None),
        ("Widget", {"FT": Name.Sig}, None),
    ],
)
def test_what_has_no_appearance_is_reported_with_its_page(
    rebuilds: Rebuild, kind: str, entries: dict[str, Any], message: str | None
) -> None:
    sheet = Sheet()
    sheet.annotate(kind, **entries)
    notes = rebuilds(sheet.written()).notes
    assert [(note.code, note.page, note.message.partition(" would")[0]) for note in notes] == (
        [("D-015", 1, message)] if message else []
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found.pop("/Rect"),
        lambda found: found.update({"/Rect": Array([0, 0, 0, 0])}),
        lambda found: found.update({"/AP": 5}),
        lambda found: found.update({"/AP": Dictionary()}),
        lambda found: found.update({"/AP": Dictionary(N=5)}),
        lambda found: found.update({"/AP": Dictionary(N=Dictionary(On=5)), "/AS": Name.On}),
        lambda found: found.update({"/F": Name.Print}),
        lambda found: found.update({"/Subtype": 5}),
        lambda found: found.update({"/OC": 5}),
    ],
)
def test_an_annotation_of_wrong_types_is_left_out_or_reported(reads: Any, change: Any) -> None:
    sheet = Sheet()
    found: dict[str, Any] = {"/AP": Dictionary(N=appearance(sheet)), "/Rect": Array([0, 0, 9, 9])}
    change(found)
    note = sheet.annotate("Stamp")
    del note.Rect
    for key, value in found.items():
        note[key] = value
    read = reads(sheet.written())
    assert read.fault is None or (read.fault.code, read.fault.page) == ("D-014", 1)


def test_the_form_of_the_case_is_drawn(rebuilds: Rebuild) -> None:
    """A filled field whose appearance has neither words nor a font: the blue box of it."""
    sheet = Sheet()
    field = sheet.annotate("Widget", FT=Name.Tx, T=String("f"), V=String("filled"), AP=Dictionary(N=appearance(sheet)))
    sheet.pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    with pikepdf.open(io.BytesIO(rebuilds(sheet.written()).content)) as pdf:
        assert b"Annotation1" in pdf.pages[0].Contents.read_bytes()
        assert "/Annots" not in pdf.pages[0]
        assert "/AcroForm" not in pdf.Root
