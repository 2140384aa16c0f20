"""On which pages the sections of a PDF begin, and how large pages from elsewhere are printed."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.readers.conftest import Composes

from publisher.build.request import BuildResult
from publisher.model.page import FOREIGN_BOTTOM, FOREIGN_SIDE, FOREIGN_TOP, POINT, Openings, foreign_scale
from publisher.model.rendition import Side
from publisher.render import render_pdf


def sides(composes: Composes, course: Path, openings: Openings | None) -> Counter[Side]:
    publication = composes(course)
    output = publication.output if openings is None else replace(publication.output, openings=openings)
    return Counter(section.side for section in render_pdf(replace(publication, output=output)).sections)


def test_readings_begin_on_the_next_page(composes: Composes, course: Path) -> None:
    found = sides(composes, course, None)
    assert found == sides(composes, course, Openings.ANY)
    assert found[Side.RIGHT] == 2  # the title page and the first page with an Arabic number
    assert found[Side.LEFT] == 1  # the imprint


def test_sections_begin_on_right_hand_pages_where_that_is_asked_for(composes: Composes, course: Path) -> None:
    """The imprint alone is on the left, and the colophon begins on the next page."""
    assert set(sides(composes, course, Openings.RIGHT)) == {Side.RIGHT, Side.LEFT, Side.NEXT}


def test_no_page_stays_empty_where_that_is_asked_for(composes: Composes, course: Path) -> None:
    assert set(sides(composes, course, Openings.NONE)) == {Side.NEXT}


@pytest.mark.parametrize(("width", "height"), [(595.28, 841.89), (612.0, 792.0)], ids=["A4", "Letter"])
def test_pages_of_offices_are_readable_on_the_usual_page(width: float, height: float) -> None:
    assert foreign_scale((156.0, 234.0), (width, height)) >= 0.7


def test_the_margins_of_pages_from_elsewhere_are_those_of_the_style_sheet(root: Path) -> None:
    sheet = (root / "styles/print.css").read_text(encoding="utf-8")
    (margins,) = re.findall(r"@page foreign \{\s+margin: ([^;]+);", sheet)
    sizes = [float(part.removesuffix("mm")) for part in margins.split()]
    assert sizes == [FOREIGN_TOP, FOREIGN_SIDE, FOREIGN_BOTTOM, FOREIGN_SIDE]
    assert f"calc(var(--page-height) - {FOREIGN_TOP + FOREIGN_BOTTOM:g}mm)" in sheet


def test_pages_from_elsewhere_fill_the_page(proof: BuildResult) -> None:
    """The form that holds such a page is drawn as large as `foreign_scale` says."""
    content = next(artifact.content for artifact in proof.volume.artifacts if artifact.name.endswith(".pdf"))
    publication = proof.volume.publication
    foreign: Any = next(section.foreign for section in publication.sections if section.foreign)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        box: Any = next(page.mediabox for page in pdf.pages)
        trim = float(box[2]) * POINT, float(box[3]) * POINT
        scales = [float(matrix[0]) for page in pdf.pages for matrix, name in drawn(page) if name in foreign_names(page)]
    wanted = [foreign_scale(trim, size) for size in foreign.sizes]
    assert scales == pytest.approx(wanted, rel=0.01)


def drawn(page: pikepdf.Page) -> list[tuple[list[float], str]]:
    """The forms of a page with the matrix before each."""
    found, matrix = [], [1.0, 0, 0, 1.0, 0, 0]
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "cm":
            matrix = [float(operand) for operand in instruction.operands]
        elif str(instruction.operator) == "Do":
            found.append((matrix, str(instruction.operands[0])))
    return found


def foreign_names(page: pikepdf.Page) -> set[str]:
    """The names of the forms of a page."""
    forms: Any = page.resources.get("/XObject", {})
    return {str(name) for name, form in forms.items() if form.get("/Subtype") == "/Form"}
