"""PDFs of a few kilobytes that would take a machine's time or memory, or make a program fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pikepdf import Array, Dictionary, Name
from tests.foreign_pdf.made import Sheet

Change = Callable[[Sheet], None]


def _fan(sheet: Sheet, width: int = 10, depth: int = 7) -> Any:
    """A form that is drawn ten million times."""
    found = sheet.form(b"0 0 9 9 re f")
    for _ in range(depth):
        found = sheet.form(b"/X Do " * width, XObject=Dictionary(X=found))
    return found


def fan_of_forms(sheet: Sheet) -> None:
    sheet.resource("XObject", "X", _fan(sheet))
    sheet.draw(b"/X Do")


def fan_of_names(sheet: Sheet) -> None:
    """The same form under ten names in each of seven forms."""
    found = sheet.form(b"0 0 9 9 re f")
    for _ in range(7):
        found = sheet.form(
            b" ".join(b"/X%d Do" % at for at in range(10)), XObject=Dictionary({f"/X{at}": found for at in range(10)})
        )
    sheet.resource("XObject", "X", found)
    sheet.draw(b"/X Do")


def fan_in_pattern(sheet: Sheet) -> None:
    pattern = _fan(sheet)
    pattern.PatternType, pattern.PaintType, pattern.TilingType, pattern.XStep, pattern.YStep = 1, 1, 1, 20, 20
    sheet.resource("Pattern", "P", pattern)
    sheet.draw(b"/Pattern cs /P scn 0 0 200 100 re f")


def tiny_tiles(sheet: Sheet) -> None:
    pattern = sheet.form(b"0 0 1 1 re f")
    pattern.PatternType, pattern.PaintType, pattern.TilingType, pattern.XStep, pattern.YStep = 1, 1, 1, 1e-6, 1e-6
    sheet.resource("Pattern", "P", pattern)
    sheet.draw(b"/Pattern cs /P scn 0 0 200 100 re f")


def fan_in_soft_mask(sheet: Sheet) -> None:
    form = _fan(sheet)
    form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    sheet.resource("ExtGState", "G", Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form)))
    sheet.draw(b"/G gs 0 0 200 100 re f")


def fan_in_glyph(sheet: Sheet) -> None:
    glyph = sheet.pdf.make_stream(b"600 0 d0 " + b"/X Do " * 10)
    sheet.resource(
        "Font",
        "F",
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 600, 600]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(a=glyph),
            Encoding=Dictionary(Differences=Array([97, Name.a])),
            FirstChar=97,
            LastChar=97,
            Widths=Array([600]),
            Resources=Dictionary(XObject=Dictionary(X=_fan(sheet, depth=4))),
        ),
    )
    sheet.draw(b"BT /F 9 Tf (" + b"a" * 1000 + b") Tj ET")


def glyphs_in_forms(sheet: Sheet) -> None:
    """A font that is set on the page and used in forms, which name none."""
    fan_in_glyph(sheet)
    form = sheet.form(b"BT (" + b"a" * 1000 + b") Tj ET")
    sheet.resource("XObject", "X", form)
    sheet.draw(b"BT /F 9 Tf ET " + b"/X Do " * 10)


def fan_of_annotations(sheet: Sheet) -> None:
    form = _fan(sheet, depth=5)
    for _ in range(50):
        sheet.annotate("Stamp", AP=Dictionary(N=form))


def draws_itself(sheet: Sheet) -> None:
    form = sheet.form(b"/X Do")
    form.Resources = Dictionary(XObject=Dictionary(X=form))
    sheet.resource("XObject", "X", form)
    sheet.draw(b"/X Do")


def glyph_draws_its_font(sheet: Sheet) -> None:
    fan_in_glyph(sheet)
    font = sheet.pdf.make_indirect(sheet.page.Resources.Font.F)
    font.Resources.Font = Dictionary(F=font)
    font.CharProcs.a = sheet.pdf.make_stream(b"600 0 d0 BT /F 9 Tf (a) Tj ET")
    sheet.page.Resources.Font.F = font


def deep_forms(sheet: Sheet) -> None:
    sheet.resource("XObject", "X", _fan(sheet, width=1, depth=2000))
    sheet.draw(b"/X Do")


def deep_states(sheet: Sheet) -> None:
    sheet.draw(b"q " * 100_000)


def deep_arrays(sheet: Sheet) -> None:
    sheet.draw(b"[" * 5000 + b"]" * 5000 + b" 0 d")


def bomb(sheet: Sheet) -> None:
    sheet.page.Contents = sheet.packed(bytes(300_000_000))


def bomb_in_bomb(sheet: Sheet) -> None:
    sheet.page.Contents = sheet.packed(bytes(300_000_000), times=3)


def many_bombs(sheet: Sheet) -> None:
    sheet.page.Contents = Array([sheet.packed(b" " * 60_000_000) for _ in range(8)])


def bomb_of_run_lengths(sheet: Sheet) -> None:
    made = sheet.pdf.make_stream(b"")
    made.write(b"\x81 " * 2_000_000 + b"\x80", filter=Name.RunLengthDecode)
    sheet.page.Contents = made


def bomb_in_profile(sheet: Sheet) -> None:
    profile = sheet.packed(bytes(60_000_000))
    profile.N = 3
    sheet.resource("ColorSpace", "C", Array([Name.ICCBased, profile]))
    sheet.draw(b"/C cs 1 0 0 sc 0 0 9 9 re f")


def bomb_in_picture(sheet: Sheet) -> None:
    made = sheet.packed(bytes(300_000_000))
    made.Type, made.Subtype, made.Width, made.Height = Name.XObject, Name.Image, 2, 2
    made.BitsPerComponent, made.ColorSpace = 8, Name.DeviceGray
    sheet.resource("XObject", "X", made)
    sheet.draw(b"/X Do")


def huge_picture(sheet: Sheet) -> None:
    sheet.resource("XObject", "X", sheet.picture(Width=60_000, Height=60_000))
    sheet.draw(b"/X Do")


def picture_that_lies(sheet: Sheet) -> None:
    """A JPEG that is larger than its stream says."""
    data = b"\xff\xd8\xff\xc0\x00\x0b\x08\xea\x60\xea\x60\x01\x01\x11\x00\xff\xd9"
    made = sheet.picture()
    made.write(data, filter=Name.DCTDecode)
    sheet.resource("XObject", "X", made)
    sheet.draw(b"/X Do")


def picture_drawn_often(sheet: Sheet) -> None:
    sheet.resource("XObject", "X", sheet.picture(bytes(4_000_000), Width=2000, Height=2000))
    sheet.draw(b"/X Do " * 400)


def many_instructions(sheet: Sheet) -> None:
    sheet.page.Contents = sheet.packed(b"n " * 700_000)


def far_too_many_instructions(sheet: Sheet) -> None:
    sheet.page.Contents = sheet.packed(b"n " * 10_000_000)


def many_functions(sheet: Sheet) -> None:
    found: Any = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1)
    for _ in range(8):
        found = sheet.pdf.make_indirect(
            Dictionary(
                FunctionType=3,
                Domain=Array([0, 1]),
                Functions=Array([found] * 10),
                Bounds=Array([at / 10 for at in range(1, 10)]),
                Encode=Array([0, 1] * 10),
            )
        )
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 1, 1]), Function=found)
    sheet.resource("Shading", "S", shading)
    sheet.draw(b"/S sh")


def many_annotations(sheet: Sheet) -> None:
    note = sheet.annotate("Stamp", AP=Dictionary(N=sheet.form(b"0 0 9 9 re f")))
    sheet.page.Annots = Array([note] * 20_000)


HOSTILE: dict[str, tuple[Change, str]] = {
    change.__name__: (change, code)
    for code, changes in {
        "D-010": (bomb, bomb_in_bomb, many_bombs, bomb_of_run_lengths, bomb_in_profile, bomb_in_picture),
        "D-011": (
            fan_of_forms,
            fan_of_names,
            fan_in_pattern,
            tiny_tiles,
            fan_in_soft_mask,
            fan_in_glyph,
            glyphs_in_forms,
            fan_of_annotations,
            draws_itself,
            glyph_draws_its_font,
            deep_forms,
            deep_states,
            many_instructions,
            many_functions,
        ),
        "D-016": (far_too_many_instructions,),
        "D-012": (many_annotations,),
        "D-018": (huge_picture, picture_that_lies, picture_drawn_often),
    }.items()
    for change in changes
}
"""What a sheet is changed by, and the code that is reported."""


LARGE = "[0 0 100000000 100000000]"
BOXES: tuple[tuple[str, bool], ...] = (
    ("[0 0 0 0]", False),
    ("[0 0 200 0]", False),
    ("[200 100 0 0]", True),
    (LARGE, False),
    ("[0 0 99999999999999999999.0 1]", False),
    ("[0 0 0.001 0.001]", False),
    ("[0 0 200]", False),
    ("[]", False),
    ("[0 0 200 100 5]", False),
    ("[0 0 /A 100]", False),
    ("[0 0 (200) 100]", False),
    ("[0 0 true 100]", False),
    ("[0 0 null 100]", False),
    ("(0 0 200 100)", False),
    ("<<>>", False),
    ("5", False),
    ("null", True),
)
"""What a page may say of its size, and whether it can be used."""
