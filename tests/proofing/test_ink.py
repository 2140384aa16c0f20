"""Ink as Ghostscript measures it, beside inks that are known."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publisher.judges.ghostscript import coverages
from publisher.model.ink import Coverage


def painted(*pages: bytes) -> bytes:
    """A PDF whose pages are 200 points square and hold these instructions."""
    with pikepdf.new() as pdf:
        for instructions in pages:
            function = Dictionary(
                FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 1, 1, 0]), N=1
            )
            spot = Array([Name.Separation, Name("/Warm Red"), Name.DeviceCMYK, function])
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, 200, 200]),
                Contents=pdf.make_stream(instructions),
                Resources=Dictionary(ColorSpace=Dictionary(Spot=spot)),
            )
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        file = BytesIO()
        pdf.save(file)
        return file.getvalue()


@pytest.mark.parametrize(
    ("instructions", "percent"),
    [
        (b"0 0 0 1 k 50 50 20 20 re f", 100),
        (b"1 1 1 1 k 50 50 20 20 re f", 400),
        (b"0.6 0.4 0.4 1 k 50 50 20 20 re f", 240),
        (b"0 g 50 50 20 20 re f", 100),
        (b"/Spot cs 1 scn 50 50 20 20 re f", 100),
        (b"", 0),
    ],
    ids=["black", "all four", "rich black", "gray", "spot colour", "nothing"],
)
def test_ink_is_the_sum_of_all_inks(instructions: bytes, percent: int) -> None:
    (found,) = coverages(painted(instructions), limit=300)
    assert found.percent == percent


def test_place_is_around_what_is_above_the_limit() -> None:
    light, heavy = b"0 0 0 1 k 10 10 20 20 re f ", b"1 1 1 0.5 k 50 60 30 20 re f"
    _, found = coverages(painted(light, light + heavy), limit=300)
    assert found == Coverage(page=1, percent=350, left=50, bottom=60, right=80, top=80)
