"""Corruptions of a PDF made from seeds, kind by kind: each changes what a reader sees, hears or follows.

A corruption takes a source of chance and an open PDF, and changes it; the file is then saved as any program saves one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Pdf, String

Spoil = Callable[[Random, Pdf], None]
Instructions = list[Any]
LONG = 8
"""How many bytes a shown string has at least, whose first letters are covered: four glyphs."""
BLANK = (0, 1)
"""Codes of glyphs that leave no trace in the typefaces of the edition: the missing one and the space."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A way to spoil a PDF."""

    name: str
    """`cover`, `clip` … and after a colon what is done."""
    spoil: Spoil
    proved: bool = True
    """Whether the proof names it too, which knows the sources and not what a build makes of them."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A text object of a page."""

    page: int
    first: int
    """Index of its BT among the instructions."""
    last: int
    """Index of its ET."""
    x: float
    y: float
    size: float
    """In the units of its content."""
    letters: int
    mcid: int | None


def spoilt(content: bytes, kind: Kind, chance: Random) -> bytes:
    """The bytes of a PDF after a corruption."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kind.spoil(chance, pdf)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def instructions(page: pikepdf.Page) -> Instructions:
    """The instructions of a page."""
    return list(pikepdf.parse_content_stream(page)) if "/Contents" in page.obj else []


def rewrite(pdf: Pdf, page: int, parsed: Instructions) -> None:
    """Gives a page other instructions."""
    pdf.pages[page].obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(parsed))


def raw(content: bytes) -> Instructions:
    """Instructions as they are written."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].obj.Contents = pdf.make_stream(content)
        return list(pikepdf.parse_content_stream(pdf.pages[0]))


def text_objects(pdf: Pdf, page: int) -> Iterator[Shown]:
    """The text objects of a page that show words of the tree."""
    mcids: list[int | None] = []
    first, matrix, size, letters = 0, [0.0] * 6, 0.0, 0
    for at, (operands, operator) in enumerate(instructions(pdf.pages[page])):
        match str(operator):
            case "BDC" | "BMC":
                properties = operands[1] if len(operands) > 1 else None
                mcids.append(
                    int(properties.MCID) if isinstance(properties, Dictionary) and "/MCID" in properties else None
                )
            case "EMC":
                mcids.pop()
            case "BT":
                first, letters = at, 0
            case "Tm":
                matrix = [float(operand) for operand in operands]
            case "Tf":
                size = float(operands[1])
            case "TJ":
                strings = (bytes(string) for string in operands[0] if isinstance(string, String))
                letters += sum(code not in BLANK for string in strings for code in codes(string))
            case "ET" if mcids and mcids[-1] is not None and letters:
                x, y = matrix[4], matrix[5]
                yield Shown(page=page, first=first, last=at, x=x, y=y, size=size, letters=letters, mcid=mcids[-1])


def codes(shown: bytes) -> list[int]:
    """The codes of a string of glyphs, two bytes each."""
    return [int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2)]


def some_words(chance: Random, pdf: Pdf) -> Shown:
    """A text object with four letters at least, somewhere in the file."""
    pages = range(len(pdf.pages))
    while True:
        there = [
            text_object for text_object in text_objects(pdf, chance.choice(pages)) if text_object.letters * 2 >= LONG
        ]
        if there:
            return chance.choice(there)


def paint_over(pdf: Pdf, words: Shown, content: bytes) -> None:
    """Paints something directly after some words, where they were painted."""
    parsed = instructions(pdf.pages[words.page])
    parsed[words.last + 1 : words.last + 1] = raw(b"q\n" + content + b"\nQ")
    rewrite(pdf, words.page, parsed)


def set_before(pdf: Pdf, words: Shown, content: bytes) -> None:
    """Puts instructions before some words, within a state of their own."""
    parsed = instructions(pdf.pages[words.page])
    parsed[words.last + 1 : words.last + 1] = raw(b"Q")
    parsed[words.first : words.first] = raw(b"q\n" + content)
    rewrite(pdf, words.page, parsed)


def resources(pdf: Pdf, page: int, kind: str) -> pikepdf.Object:
    """A page's own dictionary of resources of a kind."""
    before: Any = pdf.pages[page].obj.Resources
    own, entries = Dictionary(), Dictionary()
    for key, value in before.items():
        own[key] = value
    for key, value in before.get(kind, Dictionary()).items():
        entries[key] = value
    own[kind] = entries
    pdf.pages[page].obj.Resources = own
    return pdf.pages[page].obj.Resources[kind]


def over_letters(chance: Random, words: Shown) -> tuple[float, float, float, float]:
    """Left, top, width and height over one letter or more of some words, in the units of their content."""
    width = words.size * chance.uniform(0.9, min(words.letters, 6) * 0.4 + 0.9)
    return words.x - 0.1 * words.size, words.y - 0.8 * words.size, width, words.size * 1.05


def cover_with_a_rectangle(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    x, y, width, height = over_letters(chance, words)
    ink = chance.choice((b"1 g", b"1 1 1 rg", b"0 0 0 0 k", b"0 g", b"0.9 0.9 1 rg"))
    form = chance.choice(
        (
            b"%f %f %f %f re f" % (x, y, width, height),
            b"%f %f m %f %f l %f %f l %f %f l h f*" % (x, y, x + width, y, x + width, y + height, x, y + height),
            b"%f %f m %f %f l %f %f l f" % (x, y, x + 3 * width, y, x, y + 3 * height),
            b"%f %f m %f %f %f %f %f %f c %f %f l f"
            % (x, y, x + width, y - 2, x + width, y + height, x + width, y + height, x, y + height),
        )
    )
    paint_over(pdf, words, ink + b"\n" + form)


def cover_with_a_line(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    x, y, width, height = over_letters(chance, words)
    line = b"1 G %f w %f %f m %f %f l S" % (height, x, y + height / 2, x + width, y + height / 2)
    paint_over(pdf, words, line)


def cover_with_a_picture(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    x, y, width, height = over_letters(chance, words)
    place = b"%f 0 0 %f %f %f cm\n" % (width, height, x, y)
    if chance.random() < 0.5:
        paint_over(pdf, words, place + b"BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI")
        return
    picture = pdf.make_stream(b"\xff\xff\xff")
    for key, value in {"/Width": 1, "/Height": 1, "/BitsPerComponent": 8}.items():
        picture[key] = value
    picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    resources(pdf, words.page, "/XObject")["/Cover"] = picture
    paint_over(pdf, words, place + b"/Cover Do")


def cover_with_a_form(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    x, y, width, height = over_letters(chance, words)
    form = pdf.make_stream(b"1 g 0 0 1 1 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    resources(pdf, words.page, "/XObject")["/Cover"] = form
    paint_over(pdf, words, b"%f 0 0 %f %f %f cm\n/Cover Do" % (width, height, x, y))


def cover_with_a_shading(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    x, y, width, height = over_letters(chance, words)
    white = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([1]), N=1)
    shade = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceGray,
        Coords=Array([0, 0, 1, 0]),
        Function=white,
        Extend=Array([True, True]),
    )
    if chance.random() < 0.5:
        resources(pdf, words.page, "/Shading")["/Cover"] = shade
        paint_over(pdf, words, b"%f %f %f %f re W n /Cover sh" % (x, y, width, height))
    else:
        resources(pdf, words.page, "/Pattern")["/Cover"] = Dictionary(PatternType=2, Shading=shade)
        paint_over(pdf, words, b"/Pattern cs /Cover scn %f %f %f %f re f" % (x, y, width, height))


def cover_with_an_annotation(chance: Random, pdf: Pdf) -> None:
    page = pdf.pages[some_words(chance, pdf).page]
    kind = chance.choice((Name.FreeText, Name.Square, Name.Stamp, Name.Highlight, Name.Redact))
    box = [chance.randint(20, 90), chance.randint(90, 200), chance.randint(200, 300), chance.randint(250, 400)]
    look = pdf.make_stream(b"1 g 0 0 300 300 re f")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 300])
    note = Dictionary(Type=Name.Annot, Subtype=kind, Rect=box, Contents=String("No"), AP=Dictionary(N=look), F=4)
    page.obj.Annots = Array([*page.obj.get("/Annots", []), pdf.make_indirect(note)])


def clip(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    x, y, width, height = over_letters(chance, words)
    form = chance.choice(
        (
            b"%f %f %f %f re W n" % (x + width / 2, y - 5, 600, 30),
            b"%f %f %f %f re W* n" % (x - 5, y, 900, height / 2),
            b"%f %f m %f %f l %f %f l h W n" % (x, y + height, x + width, y, x + 900, y + height),
            b"0 0 5 5 re W n",
        )
    )
    set_before(pdf, words, form)


def colour(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    light = chance.uniform(0.985, 1)
    resources(pdf, words.page, "/ExtGState")["/Faint"] = Dictionary(ca=0.02, CA=0.02)
    resources(pdf, words.page, "/ExtGState")["/Lost"] = Dictionary(BM=Name.Screen)
    lab = Array([Name.Lab, Dictionary(WhitePoint=Array([0.9642, 1, 0.8251]))])
    resources(pdf, words.page, "/ColorSpace")["/Other"] = lab
    way = chance.choice(
        (
            b"%f g" % light,
            b"%f %f 1 rg" % (light, light),
            b"0 0 %f 0 k" % (1 - light),
            b"/Other cs %f 0 0 scn" % (100 * light),
            b"/Faint gs",
            b"/Lost gs",
            b"3 Tr",
            b"1 Tr 1 G",
            b"7 Tr",
        )
    )
    parsed = instructions(pdf.pages[words.page])
    parsed[words.last : words.last] = raw(b"0 Tr")
    # a line sets its own scaling and spacing before it is shown: what comes later counts
    shows = [at for at in range(words.first + 1, words.last) if str(parsed[at].operator) in ("Tj", "TJ")]
    for at in reversed(shows):
        parsed[at:at] = raw(way)
    at = words.first + 2
    for number in range(at, len(parsed)):
        if str(parsed[number].operator) == "ET":
            break
        if str(parsed[number].operator) in ("rg", "g", "gs"):
            parsed[number] = raw(b"0 Tc")[0]
    rewrite(pdf, words.page, parsed)


def move_off_the_page(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    far = chance.choice(((900, 0), (0, 1200), (-700, 0), (0, -900), (300, -2000)))
    moved(pdf, words, *far)


def move_onto_others(chance: Random, pdf: Pdf) -> None:
    while True:
        words = some_words(chance, pdf)
        others = [
            text_object
            for text_object in text_objects(pdf, words.page)
            if text_object.letters > 5 and text_object.first != words.first
        ]
        if others:
            other = chance.choice(others)
            moved(pdf, words, other.x - words.x, other.y - words.y)
            return


def moved(pdf: Pdf, words: Shown, across: float, down: float) -> None:
    """Moves some words on their page."""
    parsed = instructions(pdf.pages[words.page])
    for at in range(words.first, words.last):
        if str(parsed[at].operator) == "Tm":
            *matrix, x, y = (float(operand) for operand in parsed[at].operands)
            parsed[at] = ContentStreamInstruction([*matrix, x + across, y + down], Operator("Tm"))
    rewrite(pdf, words.page, parsed)


def move_by_the_state(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    way = chance.choice((b"900 Ts", b"60 Tc", b"1 Tz", b"-100 Tz", b"-300 Ts"))
    parsed = instructions(pdf.pages[words.page])
    undone = {b"Ts": b"0 Ts", b"Tc": b"0 Tc", b"Tz": b"100 Tz"}[way[-2:]]
    parsed[words.last : words.last] = raw(undone)
    # a line sets its own scaling and spacing before it is shown: what comes later counts
    for at in reversed(range(words.first + 1, words.last)):
        if str(parsed[at].operator) in ("Tj", "TJ"):
            parsed[at:at] = raw(way)
    rewrite(pdf, words.page, parsed)


def move_the_frame(chance: Random, pdf: Pdf) -> None:
    page = pdf.pages[some_words(chance, pdf).page]
    width, height = float(page.mediabox[2]), float(page.mediabox[3])
    match chance.randrange(5):
        case 0:
            page.obj.Rotate = chance.choice((90, 180, 270))
        case 1:
            page.obj.UserUnit = chance.choice((2, 5))
        case 2:
            page.obj.CropBox = Array([0, 0, width, height * chance.uniform(0.2, 0.8)])
        case 3:
            page.obj.MediaBox = Array([width * chance.uniform(0.2, 0.6), 0, width, height])
        case _:
            page.obj.TrimBox = Array([0, 0, width / 2, height])


def order_of_lines(chance: Random, pdf: Pdf) -> None:
    """Exchanges two lines on their page; they are read as before."""
    while True:
        words = some_words(chance, pdf)
        near = [
            text_object
            for text_object in text_objects(pdf, words.page)
            if text_object.size == words.size
            and text_object.letters > 8
            and abs(text_object.x - words.x) < 1
            and text_object.y > words.y
        ]
        if near:
            other = near[0]
            break
    parsed = instructions(pdf.pages[words.page])
    for item, to in ((words, other), (other, words)):
        for at in range(item.first, item.last):
            if str(parsed[at].operator) == "Tm":
                *matrix, _, _ = (float(operand) for operand in parsed[at].operands)
                parsed[at] = ContentStreamInstruction([*matrix, to.x, to.y], Operator("Tm"))
    rewrite(pdf, words.page, parsed)


def order_of_pages(chance: Random, pdf: Pdf) -> None:
    full = [at for at in range(len(pdf.pages)) if any(True for _ in text_objects(pdf, at))]
    number, other = sorted(chance.sample(full, 2))
    kids = pages_of(pdf)
    kids[number], kids[other] = kids[other], kids[number]


def pages_of(pdf: Pdf) -> Any:
    """The list of pages, which is flat in the edition."""
    return pdf.Root.Pages.Kids


def order_of_reading(chance: Random, pdf: Pdf) -> None:
    sections = [
        element for element in elements(pdf) if element.S in (Name.Sect, Name.L, Name.Table, Name.TBody, Name.Div)
    ]
    wide = [section for section in sections if isinstance(section.K, Array) and len(section.K) > 2]
    kids = chance.choice(wide).K
    number, other = sorted(chance.sample(range(len(kids)), 2))
    kids[number], kids[other] = kids[other], kids[number]


def elements(pdf: Pdf) -> list[Any]:
    """Every structure element."""
    found: list[Any] = []

    def look(value: Any) -> None:
        if isinstance(value, Array):
            for kid in value:
                look(kid)
        elif isinstance(value, Dictionary) and "/S" in value:
            found.append(value)
            look(value.get("/K", Array()))

    look(pdf.Root.StructTreeRoot.K)
    return found


def add_words(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    parsed = instructions(pdf.pages[words.page])
    shown = parsed[words.first : words.last + 1]
    if chance.random() < 0.5:
        extra = [*raw(b"/Artifact BMC"), *shown, *raw(b"EMC")]
        parsed += extra
    else:
        parsed[words.last + 1 : words.last + 1] = shown
    rewrite(pdf, words.page, parsed)
    if chance.random() < 0.5:
        moved(pdf, words, 0, chance.choice((-3, 3)))


def draw_where_nothing_is(chance: Random, pdf: Pdf) -> None:
    """Paint something into an empty part of a page, which may pass itself off as a decoration."""
    page = chance.randrange(len(pdf.pages))
    picture = pdf.make_stream(b"\x00\x80\xff")
    for key, value in {"/Width": 1, "/Height": 1, "/BitsPerComponent": 8}.items():
        picture[key] = value
    picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    form = pdf.make_stream(b"0 g 0 0 m 1 1 l 1 0 l f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    tile = pdf.make_stream(b"0 g 0 0 2 2 re f")
    tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = Name.Pattern, 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep, tile.Resources = Array([0, 0, 4, 4]), 4, 4, Dictionary()
    ramp = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1)
    shade = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Coords=Array([0, 0, 50, 0]), Function=ramp)
    resources(pdf, page, "/XObject")["/Seal"] = picture
    resources(pdf, page, "/XObject")["/Sign"] = form
    resources(pdf, page, "/Pattern")["/Tile"] = tile
    resources(pdf, page, "/Shading")["/Ramp"] = shade
    size = chance.randint(4, 30)
    drawn = chance.choice(
        (
            b"0 0 %d %d re f" % (size, size),
            b"0 0 m %d %d l S" % (size, size),
            b"1 0 0 RG 0 0 m 0 %d %d %d %d 0 c S" % (size, size, size, size),
            b"%d 0 0 %d 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI" % (size, size),
            b"%d 0 0 %d 0 0 cm /Seal Do" % (size, size),
            b"%d 0 0 %d 0 0 cm /Sign Do" % (size, size),
            b"/Pattern cs /Tile scn 0 0 %d %d re f" % (size, size),
            b"0 0 %d %d re W n /Ramp sh" % (size, size),
        )
    )
    place = b"q 1 0 0 1 %d %d cm %s Q" % (chance.randint(3, 12), chance.randint(3, 500), drawn)
    pdf.pages[page].contents_add(b"/Artifact BMC " + place + b" EMC" if chance.random() < 0.7 else place)


def strike_words_out(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    x, _, width, _ = over_letters(chance, words)
    y = words.y - 0.22 * words.size
    paint_over(pdf, words, b"0 G .5 w %f %f m %f %f l S" % (x, y, x + width + words.size, y))


def meaning_of_colours(chance: Random, pdf: Pdf) -> None:
    page = chance.randrange(len(pdf.pages))
    turned = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)
    if chance.random() < 0.5:
        resources(pdf, page, "/ExtGState")["/Turned"] = Dictionary({chance.choice(("/TR", "/TR2")): turned})
        pdf.pages[page].contents_add(b"/Turned gs", prepend=True)
    else:
        other = Array([Name.Separation, Name.White, Name.DeviceGray, turned])
        resources(pdf, page, "/ColorSpace")["/DefaultGray"] = other


def add_a_page(chance: Random, pdf: Pdf) -> None:
    at = some_words(chance, pdf).page
    pdf.pages.insert(chance.randrange(len(pdf.pages)), pdf.pages[at])


def add_to_what_is_heard(chance: Random, pdf: Pdf) -> None:
    item = chance.choice([element for element in elements(pdf) if element.S in (Name.P, Name.Span, Name.Link, Name.H1)])
    item[chance.choice(("/ActualText", "/Alt", "/E"))] = String("Nothing of the kind")


def replace_letters(chance: Random, pdf: Pdf) -> None:
    """Paints other letters; a reader is told the same as before only if the typeface says so."""
    words = some_words(chance, pdf)
    parsed = instructions(pdf.pages[words.page])
    for at in range(words.first, words.last):
        if str(parsed[at].operator) == "TJ":
            strings: list[Any] = [
                bytes(string) if isinstance(string, String) else float(string) for string in parsed[at].operands[0]
            ]
            spots = [
                i
                for i, string in enumerate(strings)
                if isinstance(string, bytes) and len({*codes(string)} - {*BLANK}) > 1
            ]
            if spots:
                i = chance.choice(spots)
                own = codes(strings[i])
                a, b = chance.choice([(j, k) for j in range(len(own)) for k in range(j) if own[j] != own[k]])
                own[a], own[b] = own[b], own[a]
                strings[i] = b"".join(code.to_bytes(2, "big") for code in own)
                parts = Array([String(string) if isinstance(string, bytes) else string for string in strings])
                parsed[at] = ContentStreamInstruction([parts], Operator("TJ"))
                rewrite(pdf, words.page, parsed)
                return
    replace_letters(chance, pdf)


def replace_what_is_heard(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    parsed = instructions(pdf.pages[words.page])
    told = "never".encode("utf-16-be").hex().encode()
    parsed[words.last + 1 : words.last + 1] = raw(b"EMC")
    parsed[words.first : words.first] = raw(b"/Span << /ActualText <feff%b> >> BDC" % told)
    rewrite(pdf, words.page, parsed)


def replace_the_map(chance: Random, pdf: Pdf) -> None:
    """Lets a typeface say another letter than it shows."""
    words = some_words(chance, pdf)
    parsed = instructions(pdf.pages[words.page])[words.first : words.last]
    shown = b"".join(
        bytes(string)
        for item in parsed
        if str(item.operator) == "TJ"
        for string in item.operands[0]
        if isinstance(string, String)
    )
    name = typeface(pdf, words)
    font = pdf.pages[words.page].obj.Resources.Font[name]
    content = font.ToUnicode.read_bytes()
    code = chance.choice([number for number in codes(shown) if number not in BLANK and b"<%04x> <" % number in content])
    says = re.search(rb"<%04x> <([0-9a-f]{4})" % code, content)
    assert says
    other = b"0061" if says[1] != b"0061" else b"006f"
    font.ToUnicode = pdf.make_stream(content.replace(says[0], b"<%04x> <%b" % (code, other)))


def typeface(pdf: Pdf, words: Shown) -> str:
    """The name of the typeface that some words are set in."""
    before = instructions(pdf.pages[words.page])[: words.last]
    return next(str(item.operands[0]) for item in reversed(before) if str(item.operator) == "Tf")


def leave_words_out(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    parsed = instructions(pdf.pages[words.page])
    del parsed[words.first : words.last + 1]
    rewrite(pdf, words.page, parsed)


def leave_out_of_the_tree(chance: Random, pdf: Pdf) -> None:
    holders = [
        element
        for element in elements(pdf)
        if element.S in (Name.Sect, Name.L, Name.TR) and isinstance(element.K, Array)
    ]
    kids = chance.choice([holder for holder in holders if len(holder.K) > 1]).K
    del kids[chance.randrange(len(kids))]


def replace_the_picture(chance: Random, pdf: Pdf) -> None:
    figure = next(element for element in elements(pdf) if Name.Figure == element.S)
    figure.Alt = String(chance.choice(("A ship at sea", "", "A shop at anchor")))


def replace_a_heading(chance: Random, pdf: Pdf) -> None:
    chance.choice([element for element in elements(pdf) if element.S in (Name.H1, Name.H2, Name.H3)]).S = Name.P


def replace_what_a_cell_is(chance: Random, pdf: Pdf) -> None:
    chance.choice([element for element in elements(pdf) if element.S == Name.TH]).S = Name.TD


def replace_the_shapes_of_letters(chance: Random, pdf: Pdf) -> None:
    """Lets a typeface show the letters of another one."""
    found = [font for page in pdf.pages for font in page.obj.Resources.get("/Font", Dictionary()).values()]
    embedded = {str(entry.BaseFont): entry.DescendantFonts[0].FontDescriptor for entry in found}
    item, other = chance.sample(sorted(embedded), 2)
    embedded[item].FontFile3 = embedded[other].FontFile3


def replace_the_typeface(chance: Random, pdf: Pdf) -> None:
    """Lets glyphs be those of another typeface, or others of the same one."""
    words = some_words(chance, pdf)
    below = resources(pdf, words.page, "/Font")[typeface(pdf, words)].DescendantFonts[0]
    if chance.random() < 0.5:
        below.CIDToGIDMap = pdf.make_stream(bytes(chance.randrange(2) for _ in range(400)))
    else:
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if key in below.FontDescriptor:
                del below.FontDescriptor[key]


def replace_how_words_look(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    parsed = instructions(pdf.pages[words.page])
    parsed[words.last : words.last] = raw(b"0 g")
    parsed[words.first + 1 : words.first + 1] = raw(b"0.8 0 0 rg")
    rewrite(pdf, words.page, parsed)


def move_a_little(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    moved(pdf, words, 0, chance.choice((-1.5, 1.5, 2)))


def links(pdf: Pdf) -> list[Any]:
    """Every link that leads to a place."""
    return [item for page in pdf.pages for item in page.obj.get("/Annots", ()) if "/Dest" in item]


def links_exchanged(chance: Random, pdf: Pdf) -> None:
    while True:
        item, other = chance.sample(links(pdf), 2)
        if item.Dest != other.Dest:
            item.Dest, other.Dest = String(bytes(other.Dest)), String(bytes(item.Dest))
            item.Contents, other.Contents = String(bytes(item.Dest)), String(bytes(other.Dest))
            return


def link_moved(chance: Random, pdf: Pdf) -> None:
    item = chance.choice(links(pdf))
    left, bottom, right, top = (float(entry) for entry in item.Rect)
    down = chance.choice((-60, 60, 200))
    item.Rect = Array([left, bottom + down, right, top + down])


def link_made_large(chance: Random, pdf: Pdf) -> None:
    chance.choice(links(pdf)).Rect = Array([0, 0, 360, 500])


def link_leads_out(chance: Random, pdf: Pdf) -> None:
    item = chance.choice(links(pdf))
    del item.Dest
    item.A = Dictionary(S=Name.URI, URI=String("https://example.org/"))


def link_described_otherwise(chance: Random, pdf: Pdf) -> None:
    chance.choice(links(pdf)).Contents = String(chance.choice(("Click here", "", "Page 1")))


def place_moved(chance: Random, pdf: Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    used = {bytes(link.Dest) for link in links(pdf)}
    spots = [at for at in range(0, len(names), 2) if bytes(names[at]) in used]
    number, other = chance.sample(spots, 2)
    while pikepdf.unparse_content_stream([([names[number + 1]], Operator("n"))]) == pikepdf.unparse_content_stream(
        [([names[other + 1]], Operator("n"))]
    ):
        number, other = chance.sample(spots, 2)
    place = names[number + 1]
    names[number + 1] = Array([*names[other + 1]]) if isinstance(names[other + 1], Array) else names[other + 1]
    names[other + 1] = Array([*place]) if isinstance(place, Array) else place


def bookmarks(pdf: Pdf) -> list[Any]:
    """Every bookmark."""
    found: list[Any] = []

    def look(item: Any) -> None:
        while item is not None:
            found.append(item)
            look(item.get("/First"))
            item = item.get("/Next")

    look(pdf.Root.Outlines.get("/First"))
    return found


def bookmark_targets_exchanged(chance: Random, pdf: Pdf) -> None:
    item, other = chance.sample(bookmarks(pdf), 2)
    while str(item.Dest[0].objgen) == str(other.Dest[0].objgen) and item.Dest[3] == other.Dest[3]:
        item, other = chance.sample(bookmarks(pdf), 2)
    item.Dest, other.Dest = Array([*other.Dest]), Array([*item.Dest])


def bookmark_titles_exchanged(chance: Random, pdf: Pdf) -> None:
    item, other = chance.sample(bookmarks(pdf), 2)
    item.Title, other.Title = String(str(other.Title)), String(str(item.Title))


def bookmark_changed(chance: Random, pdf: Pdf) -> None:
    item = chance.choice(bookmarks(pdf))
    match chance.randrange(3):
        case 0:
            item.Title = String("Preface")
        case 1:
            del item.Dest
        case _:
            item.Dest = Array([pdf.pages[0].obj, Name.Fit])


def bookmark_shown_open(chance: Random, pdf: Pdf) -> None:
    item = chance.choice([bookmark for bookmark in bookmarks(pdf) if "/First" in bookmark])
    item.Count = abs(int(item.Count))


def another_language(chance: Random, pdf: Pdf) -> None:
    tag = String(chance.choice(("de", "en-US", "ru")))
    match chance.randrange(3):
        case 0:
            pdf.Root.Lang = tag
        case 1:
            chance.choice(
                [element for element in elements(pdf) if element.S in (Name.Sect, Name.P, Name.H1, Name.Note)]
            ).Lang = tag
        case _:
            next(element for element in elements(pdf) if "/Lang" in element).Lang = tag


def language_lost(chance: Random, pdf: Pdf) -> None:
    if chance.random() < 0.5:
        del pdf.Root.Lang
    else:
        del next(element for element in elements(pdf) if "/Lang" in element)["/Lang"]


def a_claim(chance: Random, pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    old, new = chance.choice(
        (
            (b"<pdfaid:part>3<", b"<pdfaid:part>4<"),
            (b"<pdfaid:conformance>A<", b"<pdfaid:conformance>U<"),
            (b"<pdfuaid:part>1</pdfuaid:part>", b""),
            (b"The text is free.", b"The text is sold."),
            (b"Quay Press", b"Kay Press"),
            (b"The editors", b"The printers"),
            (b"</rdf:Description>", b"<dc:coverage>World</dc:coverage></rdf:Description>"),
            (b"2026-11-24</rdf:li>", b"1926-11-24</rdf:li>"),
        )
    )
    assert old in packet
    stream = pdf.make_stream(packet.replace(old, new))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream


def a_claim_of_the_file(chance: Random, pdf: Pdf) -> None:
    match chance.randrange(5):
        case 0:
            pdf.docinfo.Title = String("On Threats")
        case 1:
            pdf.docinfo.Subject = String("Threats")
        case 2:
            pdf.Root.MarkInfo = Dictionary(Marked=False)
        case 3:
            pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=chance.choice((Name.D, Name.R, Name.A)))]))
        case _:
            pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, HideMenubar=True)


def opened_otherwise(chance: Random, pdf: Pdf) -> None:
    match chance.randrange(3):
        case 0:
            pdf.Root.PageMode = chance.choice((Name.FullScreen, Name.UseThumbs))
        case 1:
            pdf.Root.PageLayout = chance.choice((Name.TwoColumnLeft, Name.OneColumn))
        case _:
            pdf.Root.OutputIntents = Array([])


def a_file_is_attached(chance: Random, pdf: Pdf) -> None:
    pdf.attachments[chance.choice(("a.txt", "text.md", "run.js"))] = b"More."


def something_more_is_held(chance: Random, pdf: Pdf) -> None:
    match chance.randrange(4):
        case 0:
            pdf.Root.AcroForm = Dictionary(Fields=Array([]), NeedAppearances=True)
        case 1:
            pdf.Root.Collection = Dictionary(Type=Name.Collection)
        case 2:
            layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
            pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        case _:
            pdf.pages[0].obj.PieceInfo = Dictionary(A=Dictionary(LastModified=String("D:2026"), Private=String("x")))


def hidden_in_a_layer(chance: Random, pdf: Pdf) -> None:
    words = some_words(chance, pdf)
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    resources(pdf, words.page, "/Properties")["/Layer"] = layer
    parsed = instructions(pdf.pages[words.page])
    parsed[words.last + 1 : words.last + 1] = raw(b"EMC")
    parsed[words.first : words.first] = raw(b"/OC /Layer BDC")
    rewrite(pdf, words.page, parsed)


def an_action(chance: Random) -> Any:
    """Something that happens."""
    return chance.choice(
        (
            Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")),
            Dictionary(S=Name.Launch, F=String("program")),
            Dictionary(S=Name.URI, URI=String("https://example.org/")),
            Dictionary(S=Name.SubmitForm, F=String("https://example.org/")),
            Dictionary(S=Name.Named, N=Name.Print),
        )
    )


def action_of_the_file(chance: Random, pdf: Pdf) -> None:
    if chance.random() < 0.5:
        pdf.Root.OpenAction = an_action(chance)
    else:
        pdf.Root.AA = Dictionary(WC=an_action(chance))


def action_of_a_name(chance: Random, pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))


def action_of_a_page(chance: Random, pdf: Pdf) -> None:
    chance.choice(list(pdf.pages)).obj.AA = Dictionary({chance.choice(("/O", "/C")): an_action(chance)})


def action_of_a_bookmark(chance: Random, pdf: Pdf) -> None:
    item = chance.choice(bookmarks(pdf))
    if chance.random() < 0.5:
        del item.Dest
        item.A = an_action(chance)
    else:
        place = item.Dest
        del item.Dest
        item.A = Dictionary(S=Name.GoTo, D=place, Next=an_action(chance))


def action_of_a_link(chance: Random, pdf: Pdf) -> None:
    item = chance.choice(links(pdf))
    match chance.randrange(3):
        case 0:
            item.AA = Dictionary(E=an_action(chance))
        case 1:
            item.A = an_action(chance)
        case _:
            place = item.Dest
            del item.Dest
            item.A = Dictionary(S=Name.GoTo, D=place, Next=an_action(chance))


def meaning_of_elements(chance: Random, pdf: Pdf) -> None:
    """Gives the elements of the tree another meaning."""
    root = pdf.Root.StructTreeRoot
    match chance.randrange(3):
        case 0:
            root.RoleMap = Dictionary(H1=Name.P, P=Name.Artifact)
        case 1:
            root.ClassMap = Dictionary(x=Dictionary(O=Name.Layout, Placement=Name.Inline))
        case _:
            chance.choice(elements(pdf)).PhoneticAlphabet = Name.ipa


COMPARED: tuple[Spoil, ...] = (
    replace_what_a_cell_is,
    replace_the_shapes_of_letters,
    replace_how_words_look,
    move_a_little,
)
"""What only a comparison with what a build makes can name."""
KINDS: tuple[Kind, ...] = tuple(
    Kind(name=f"{kind}: {spoil.__name__.replace('_', ' ')}", spoil=spoil, proved=spoil not in COMPARED)
    for kind, spoils in {
        "cover": (
            cover_with_a_rectangle,
            cover_with_a_line,
            cover_with_a_picture,
            cover_with_a_form,
            cover_with_a_shading,
            cover_with_an_annotation,
        ),
        "clip": (clip,),
        "colour": (colour, meaning_of_colours),
        "move": (move_off_the_page, move_onto_others, move_by_the_state, move_the_frame, move_a_little),
        "order": (order_of_lines, order_of_pages, order_of_reading),
        "add": (draw_where_nothing_is, strike_words_out, add_words, add_a_page, add_to_what_is_heard),
        "replace": (
            replace_letters,
            replace_what_is_heard,
            replace_the_map,
            leave_words_out,
            leave_out_of_the_tree,
            replace_the_picture,
            replace_a_heading,
            replace_what_a_cell_is,
            replace_the_typeface,
            replace_the_shapes_of_letters,
            replace_how_words_look,
        ),
        "link": (
            links_exchanged,
            link_moved,
            link_made_large,
            link_leads_out,
            link_described_otherwise,
            place_moved,
            bookmark_targets_exchanged,
            bookmark_titles_exchanged,
            bookmark_changed,
            bookmark_shown_open,
        ),
        "language": (another_language, language_lost),
        "claim": (a_claim, a_claim_of_the_file, opened_otherwise),
        "container": (a_file_is_attached, something_more_is_held, hidden_in_a_layer, meaning_of_elements),
        "action": (action_of_the_file, action_of_a_name, action_of_a_page, action_of_a_bookmark, action_of_a_link),
    }.items()
    for spoil in spoils
)
