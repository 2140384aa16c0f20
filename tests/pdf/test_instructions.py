"""The instructions of a page are read as they were written, whoever wrote them."""

from __future__ import annotations

import pikepdf
import pytest

from publisher.pdf.assemble.instructions import Instruction, read, write

ENGINE = b"""q
0.75 0 0 0.75 0 0 cm
/Span
<</MCID 3>>
BDC
BT
/F1 12.5 Tf
1 0 0 -1 10 20.25 Tm
[<00410042>-12.5 3<0043>] TJ
ET
EMC
Q"""
OTHERS = b"""q /F1 9 Tf BT (A(b)\\)) Tj [(c) -20 <64>] TJ ET
BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI
% a remark
/Span << /MCID 4 /ActualText (no) >> BDC EMC Q"""


class Paper:
    """An empty PDF that pages are put into."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()

    def page(self, content: bytes) -> pikepdf.Page:
        """One more page, with this content."""
        self.pdf.add_blank_page()
        self.pdf.pages[-1].Contents = self.pdf.make_stream(content)
        return self.pdf.pages[-1]


@pytest.fixture
def paper() -> Paper:
    return Paper()


def test_what_the_engine_writes_is_read_with_operands_on_lines_of_their_own(paper: Paper) -> None:
    found = read(paper.page(ENGINE))
    assert [instruction.operator for instruction in found] == [
        "q",
        "cm",
        "BDC",
        "BT",
        "Tf",
        "Tm",
        "TJ",
        "ET",
        "EMC",
        "Q",
    ]
    assert found[2] == Instruction("BDC", b"/Span <</MCID 3>>")
    assert (found[2].mcid(), found[2].name(), found[2].properties()) == (3, "/Span", {"MCID": "3"})
    assert found[5].numbers() == [1, 0, 0, -1, 10, 20.25]
    assert found[6].shown() == b"\0A\0B\0C"
    assert write(found).split() == ENGINE.split()


def test_what_others_write_is_brought_into_the_same_form(paper: Paper) -> None:
    found = read(paper.page(OTHERS))
    assert [instruction.operator for instruction in found] == [
        "q",
        "Tf",
        "BT",
        "TJ",
        "TJ",
        "ET",
        "EI",
        "BDC",
        "EMC",
        "Q",
    ]
    assert [found[at].shown() for at in (3, 4)] == [b"A(b))", b"cd"]
    assert found[7].mcid() == 4
    again = [str(item.operator) for item in pikepdf.parse_content_stream(paper.page(write(found)))]
    assert again == [
        "q",
        "Tf",
        "BT",
        "TJ",
        "TJ",
        "ET",
        "INLINE IMAGE",
        "BDC",
        "EMC",
        "Q",
    ]


@pytest.mark.parametrize(
    ("length", "before", "after"),
    [
        (0, b"", b"<00410042> -12.5 3 <0043>"),
        (2, b"<0041>", b"<0042> -12.5 3 <0043>"),
        (4, b"<00410042> -12.5 3", b"<0043>"),
        (6, b"<00410042> -12.5 3 <0043>", b""),
    ],
)
def test_what_is_shown_is_split_with_its_adjustments(length: int, before: bytes, after: bytes) -> None:
    assert Instruction("TJ", b"[<00410042>-12.5 3<0043>]").split(length) == (before, after)
