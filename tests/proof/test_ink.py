"""Ink as Ghostscript measures it, beside inks that are known."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Protocol

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publisher import proof
from publisher.model.limits import Area, Coverage
from publisher.model.publication import Publication
from publisher.proof import Limits
from publisher.validators.ghostscript import coverages


class LaidOut(Protocol):
    """An edition as a PDF."""

    @property
    def publication(self) -> Publication: ...
    @property
    def content(self) -> bytes: ...


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


AREA = Area(left=20, bottom=30, right=180, top=170)
MARKS = b"1 1 1 1 k 0 100 19 1 re f 100 171 1 29 re f 181 100 19 1 re f 100 0 1 29 re f "


def test_marks_outside_of_the_bleed_are_no_ink_of_the_page() -> None:
    (found,) = coverages(painted(MARKS + b"0 0 0 1 k 50 50 20 20 re f"), limit=300, areas=(AREA,))
    assert found == Coverage(page=0, percent=100, left=50, bottom=50, right=70, top=70)


def test_ink_up_to_the_edge_of_the_bleed_is_found_where_it_is() -> None:
    heavy = b"1 1 1 0.5 k 0 0 40 40 re f"
    (found,) = coverages(painted(MARKS + heavy), limit=300, areas=(AREA,))
    assert found == Coverage(page=0, percent=350, left=20, bottom=30, right=40, top=40)


@pytest.mark.parametrize("boxes", ["/BleedBox", "/TrimBox", ""])
def test_a_proof_measures_within_bleed_or_trim_or_the_page(clean: LaidOut, boxes: str) -> None:
    asked: list[tuple[Area, ...]] = []
    changed = BytesIO()
    with pikepdf.open(BytesIO(clean.content)) as pdf:
        for page in pdf.pages:
            for box in {"/BleedBox", "/TrimBox", "/CropBox"} & {*page.obj.keys()}:
                del page.obj[box]
            page.obj.MediaBox = Array([-10, -20, 500, 600])
            if boxes:
                page.obj[boxes] = Array([5, 6, 400, 500])
        pdf.save(changed)

    def measure(limit: int, areas: Sequence[Area]) -> tuple[Coverage, ...]:
        asked.append(tuple(areas))
        return ()

    proof.proof(changed.getvalue(), clean.publication, limits=Limits(ink=300), measure=measure)
    within = Area(left=15, bottom=26, right=410, top=520)
    ((first, *_),) = asked
    assert first == (within if boxes else Area(left=0, bottom=0, right=510, top=620))
