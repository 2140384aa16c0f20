"""The cover for the printer: PDF/X-4 in the inks of the pages, and the preflight finds what is planted in it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publisher.build.cover import CoverOrder, printed_cover
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.model.cover import Design
from publisher.model.profile import Profile
from publisher.preflight import preflight
from publisher.workspace import Folder, NotThere

Edition = Callable[..., Folder]
Plant = Callable[[pikepdf.Pdf], None]
BLEED = 3 * 72 / 25.4
NAME = "edition-cover.print.pdf"


def ordered(folder: Folder, design: Design = Design.MOTIF, *, marks: bool = True) -> bytes:
    order = CoverOrder(pages=200, design=design, marks=marks, profile=Profile.PRINT)
    artifact = printed_cover(BuildRequest(folder=folder, output=folder.root), order).artifact
    assert artifact.name == NAME
    return artifact.content


@pytest.fixture
def content(edition: Edition) -> bytes:
    """A cover for the printer, with marks."""
    return ordered(edition())


def test_each_design_is_printed_in_inks_alone_and_as_large_as_on_screen(edition: Edition) -> None:
    folder = edition()
    for design in Design:
        printed = ordered(folder, design)
        preflight(printed, name=NAME, least_bleed=BLEED)
        order = CoverOrder(pages=200, design=design, marks=True, profile=Profile.SCREEN)
        shown = printed_cover(BuildRequest(folder=folder, output=folder.root), order).artifact.content
        with pikepdf.open(io.BytesIO(printed)) as ink, pikepdf.open(io.BytesIO(shown)) as light:
            assert ink.pdf_version == "1.6"
            for key in ("/TrimBox", "/BleedBox", "/MediaBox"):
                here, there = (list(map(float, pdf.pages[0].obj[key])) for pdf in (ink, light))
                assert here == pytest.approx(there, abs=0.01)


def inks(content: bytes) -> set[tuple[float, ...]]:
    """The inks of areas and words, as parts of 1."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = (item for item in pikepdf.parse_content_stream(pdf.pages[0]) if str(item.operator) == "k")
        return {tuple(map(float, item.operands)) for item in found}


def test_near_black_is_printed_with_black_ink_alone(edition: Edition) -> None:
    folder = edition()
    for design in Design:
        found = inks(ordered(folder, design))
        assert (0, 0, 0, 1) in found
        assert [ink for ink in found if any(ink[:3]) and min(ink[:3]) + ink[3] >= 1] == []
    assert any(ink[0] > 0.5 for ink in found), "a dark blue ground stays blue"


def test_marks_are_drawn_in_all_inks(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        (space,) = page.obj.Resources.ColorSpace.values()
        assert [str(part) for part in (space[0], space[1])] == ["/Separation", "/All"]
        assert b"/PublisherAll CS 1 SCN" in b"".join(Content.read_bytes() for Content in page.obj.Contents)


def test_it_is_another_document_than_the_pages_and_the_same_each_time(edition: Edition) -> None:
    folder = edition()
    content = ordered(folder)
    assert ordered(folder) == content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert b"#cover</dc:identifier>" in pdf.Root.Metadata.read_bytes()


def test_the_profiles_of_the_edition_decide_where_nothing_is_said(edition: Edition) -> None:
    folder = edition("output:\n  profiles:\n    print: {inks: black}\n")
    made = printed_cover(BuildRequest(folder=folder, output=folder.root), CoverOrder(pages=200))
    assert made.artifact.name == NAME
    with pikepdf.open(io.BytesIO(made.artifact.content)) as pdf:
        inks = [item.operands for item in pikepdf.parse_content_stream(pdf.pages[0]) if str(item.operator) == "k"]
    assert inks
    assert all([float(part) for part in ink[:3]] == [0, 0, 0] for ink in inks)


def test_the_pages_of_the_printed_file_are_counted(edition: Edition) -> None:
    folder = edition()
    with pytest.raises(NotThere, match=r"edition\.print\.pdf"):
        printed_cover(BuildRequest(folder=folder, output=folder.root), CoverOrder(profile=Profile.PRINT))


def in_rgb(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q 1 0 0 rg 100 100 50 50 re f Q")


def shining_through(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.ExtGState["/Planted"] = Dictionary(ca=0.5)
    pdf.pages[0].contents_add(b"q /Planted gs 0 0 0 1 k 100 100 50 50 re f Q")


def without_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def without_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.TrimBox


def bleeding_less(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.BleedBox = pdf.pages[0].obj.TrimBox


def with_a_link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([100, 100, 200, 200]))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


@pytest.mark.parametrize(
    ("plant", "code"),
    [
        (in_rgb, "X-005"),
        (shining_through, "X-008"),
        (without_intent, "X-002"),
        (without_trim, "X-003"),
        (bleeding_less, "X-004"),
        (with_a_link, "X-009"),
    ],
)
def test_what_is_planted_in_a_cover_is_found(content: bytes, plant: Plant, code: str) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        plant(pdf)
        pdf.save(out, force_version="1.6")
    with pytest.raises(PublisherError) as raised:
        preflight(out.getvalue(), name=NAME, least_bleed=BLEED)
    assert code in {diagnostic.code for diagnostic in raised.value.diagnostics}
