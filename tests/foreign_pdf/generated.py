"""PDFs from seeds: an ordinary page in which some things are of the wrong type, cut, exchanged or repeated."""

from __future__ import annotations

import io
import random
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from tests.foreign_pdf.made import Sheet

VALUES = (
    b"null",
    b"5",
    b"-1",
    b"0",
    b"3.5",
    b"99999999999.0",
    b"true",
    b"/Name",
    b"(words)",
    b"<feff0041>",
    b"[]",
    b"[1 2 3]",
    b"[0 0 200 100]",
    b"[[]]",
    b"<<>>",
    b"<< /Type /Page >>",
    b"<< /Length 5 /F (other) >>",
)
"""What something is exchanged for."""


def ordinary(random: random.Random) -> Sheet:
    """A page with everything that pages are drawn with, in some order."""
    sheet = Sheet()
    pdf = sheet.pdf
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]), N=1)
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 50, 0]), Function=pdf.make_indirect(function)
    )
    tile = sheet.form(b"0 0 5 5 re f")
    tile.PatternType, tile.PaintType, tile.TilingType, tile.XStep, tile.YStep = 1, 1, 1, 10, 10
    mask = sheet.form(b"0 0 20 20 re f")
    mask.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    glyph = pdf.make_stream(b"600 0 0 0 500 500 d1 0 0 500 500 re f")
    drawn = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 600, 600]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([600]),
    )
    system = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/A"),
        Flags=4,
        FontBBox=Array([0, 0, 9, 9]),
        ItalicAngle=0,
        Ascent=9,
        Descent=0,
        CapHeight=9,
        StemV=9,
    )
    below = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/A"),
        CIDSystemInfo=system,
        FontDescriptor=descriptor,
        W=Array([0, Array([500, 600])]),
    )
    wide = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/A"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
        ToUnicode=pdf.make_stream(b"1 beginbfchar <0000> <0041> endbfchar"),
    )
    palette = Array([Name.Indexed, Name.DeviceRGB, 1, String(bytes(6))])
    spot = Array([Name.Separation, Name("/Ink"), Name.DeviceRGB, pdf.make_indirect(function)])
    resources: tuple[tuple[str, str, Any], ...] = (
        ("XObject", "X", sheet.form(b"/F 9 Tf 0 0 9 9 re f")),
        ("XObject", "I", sheet.picture(SMask=sheet.picture())),
        ("XObject", "J", sheet.picture(b"\x40\x80", ColorSpace=palette, BitsPerComponent=1)),
        ("Shading", "S", pdf.make_indirect(shading)),
        ("Pattern", "P", tile),
        ("Pattern", "Q", pdf.make_indirect(Dictionary(PatternType=2, Shading=shading))),
        ("ExtGState", "G", Dictionary(ca=0.5, BM=Name.Multiply, SMask=Dictionary(S=Name.Luminosity, G=mask))),
        ("ColorSpace", "C", spot),
        ("Font", "T", pdf.make_indirect(drawn)),
        ("Font", "W", pdf.make_indirect(wide)),
    )
    for kind, name, value in resources:
        sheet.resource(kind, name, value)
    parts = [
        b"/X Do",
        b"q 20 0 0 20 30 30 cm /I Do Q",
        b"q 20 0 0 20 60 30 cm /J Do Q",
        b"q 0 0 50 50 re W n /S sh Q",
        b"/Pattern cs /P scn 0 0 30 30 re f",
        b"/Pattern CS /Q SCN 9 w 5 5 m 90 90 l S",
        b"q /G gs 50 50 30 30 re f Q",
        b"/C cs 0.5 scn 9 9 9 9 re f",
        b"BT /T 20 Tf 1 0 0 1 9 60 Tm (aa) Tj ET",
        b"BT /W 20 Tf 9 80 Td <00000001> Tj ET",
        b"BT /F 12 Tf 20 40 Td [(Arti) -20 (cle)] TJ ET",
        b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q",
        b"/Span <</ActualText (A)>> BDC 0 0 1 1 re f EMC",
    ]
    random.shuffle(parts)
    sheet.draw(b"\n".join(parts))
    sheet.annotate("Stamp", AP=Dictionary(N=sheet.form(b"0 0 9 9 re f")))
    sheet.annotate("Widget", FT=Name.Tx, V=String("words"), AP=Dictionary(N=sheet.form(b"BT ET")))
    return sheet


def generated(seed: int) -> bytes:
    """A PDF in which up to three things are wrong, in its objects, its content or its bytes."""
    chance = random.Random(seed)
    content = ordinary(chance).written()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for _ in range(chance.randrange(3)):
            _change(pdf, chance)
        out = io.BytesIO()
        try:
            pdf.save(out, deterministic_id=True)
        except (pikepdf.PdfError, RuntimeError, TypeError, ValueError):
            return content
    if chance.random() < 0.2:
        return _damaged(out.getvalue(), chance)
    return out.getvalue()


def _change(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    holders = [item for item in pdf.objects if isinstance(item, pikepdf.Stream | Dictionary | Array)]
    holder = chance.choice(holders)
    for _ in range(chance.randrange(3)):
        below = [item for item in _values(holder) if isinstance(item, Dictionary | Array)]
        holder = chance.choice(below) if below else holder
    if isinstance(holder, pikepdf.Stream) and chance.random() < 0.4:
        try:
            content = holder.read_bytes()
        except pikepdf.PdfError:
            content = holder.read_raw_bytes()
        holder.write(_damaged(content, chance))
        return
    keys: list[Any] = list(range(len(holder))) if isinstance(holder, Array) else sorted({*holder.keys()} - {"/Length"})
    if not keys:
        return
    key = chance.choice(keys)
    if chance.random() < 0.15:
        del holder[key]
    elif chance.random() < 0.3:
        holder[key] = chance.choice([item for item in holders if item.is_indirect] or [Dictionary()])
    else:
        value = pikepdf.Object.parse(chance.choice(VALUES))
        if value is not None:
            holder[key] = value


def _values(holder: Any) -> list[Any]:
    return list(holder) if isinstance(holder, Array) else [value for _, value in holder.items()]


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """Bytes of which some are cut out, exchanged or repeated."""
    start = chance.randrange(len(content) + 1)
    end = min(len(content), start + chance.randrange(40))
    noise = bytes(chance.randrange(256) for _ in range(5))
    instead = chance.choice([b"", noise, content[start:end] * 2, b" Q q /X Do "])
    return content[:start] + instead + content[end:]
