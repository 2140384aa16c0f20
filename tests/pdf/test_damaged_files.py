"""Whatever is damaged in a PDF, reading it back ends in V-011 or in a document."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from random import Random

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publisher.diagnostics import PublisherError
from publisher.pdf.read.document import read_pdf
from publisher.proof.reading.sheets import sheets

TOKENS = (
    b"<<",
    b">>",
    b"[",
    b"]",
    b"/K",
    b"/Nums",
    b"null",
    b"true",
    b"-1",
    b"9" * 40,
    b"1 0 R",
    b"99 0 R",
    b"(",
    b"x",
)


def small() -> bytes:
    """A page with text, a picture, a form, a link, a bookmark and labels, without compression."""
    with pikepdf.new() as pdf:
        form = pdf.make_stream(
            b"0 0 5 5 re f", {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])}
        )
        entries = {
            "/Subtype": Name.Image,
            "/Width": 1,
            "/Height": 1,
            "/ColorSpace": Name.DeviceGray,
            "/BitsPerComponent": 8,
        }
        picture = pdf.make_stream(b"\x80", entries)
        cmap = pdf.make_stream(b"1 beginbfchar <41> <0041> endbfchar")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, FirstChar=65, Widths=Array([500]), ToUnicode=cmap)
        link = Dictionary(
            Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.URI, URI=b"https://example.org")
        )
        content = b"/P <</MCID 0>> BDC BT /F 9 Tf 20 50 Td [<41>-20<41>] TJ ET EMC /X Do q 9 0 0 9 0 0 cm /I Do Q"
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 200, 200]),
            Contents=pdf.make_stream(content),
            Resources=Dictionary(Font=Dictionary(F=font), XObject=Dictionary(X=form, I=picture)),
            Annots=Array([link]),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Here", 0))
        made = BytesIO()
        pdf.save(made, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return made.getvalue()


def damaged(content: bytes, random: Random) -> bytes:
    """The file with a piece exchanged for something as long, so that objects are found where they were."""
    words = [*pieces(content)]
    start, end = random.choice(words)
    new: bytes = random.choice((*TOKENS, content[slice(*random.choice(words))]))
    return content[:start] + new[: end - start].ljust(end - start) + content[end:]


def pieces(content: bytes) -> list[tuple[int, int]]:
    """Where words are between white space, the header apart."""
    spaces = [at for at, byte in enumerate(content) if byte in b" \n" and at > 20]
    return [(first + 1, second) for first, second in pairwise(spaces) if second > first + 1]


def codes(content: bytes) -> list[str]:
    """The codes of what reading a file raises; none if it is read."""
    try:
        read_pdf(content)
    except PublisherError as error:
        return [diagnostic.code for diagnostic in error.diagnostics]
    return []


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    random, good = Random(seed), small()
    assert len(sheets(read_pdf(good))[0].stretches) == 1
    found = [codes(damaged(good, random)) for _ in range(150)]
    assert {*map(tuple, found)} == {(), ("V-011",)}


def test_labels_for_what_is_no_page_are_refused() -> None:
    with pikepdf.open(BytesIO(small())) as pdf:
        pdf.Root.PageLabels.Nums[0] = Array([0])
        changed = BytesIO()
        pdf.save(changed)
    assert codes(changed.getvalue()) == ["V-011"]
