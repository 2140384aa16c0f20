"""Scale, creep, marks, what becomes of boxes and links, and what is refused."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publisher.diagnostics import ExitCode, PublisherError
from publisher.pdf.impose import SHEETS, Flip, Imposed, Order, Scheme, impose
from publisher.validators import qpdf

Made = Callable[..., Imposed]
SHEET = {sheet.name: sheet for sheet in SHEETS}
POINT = 25.4 / 72
BOOK = (156.0, 234.0)


def test_pages_that_fit_keep_their_size_and_others_shrink(made: Made, drawn: Any) -> None:
    assert made(4, Order()).bed.scale == 1.0
    assert made(4, Order(sheet=SHEET["A3"])).bed.scale == 1.0
    imposed = made(4, Order(), size=BOOK)
    assert imposed.bed.scale == pytest.approx(210 / 234)
    left, *_, right = drawn(imposed.content, scale=4).edges(0, 20)
    width = 2 * 156 * 210 / 234
    assert (left, right) == (pytest.approx((297 - width) / 2, abs=0.15), pytest.approx((297 + width) / 2, abs=0.15))


def test_pages_meet_at_the_fold_in_the_middle_of_the_sheet(made: Made, drawn: Any) -> None:
    imposed = made(4, Order(sheet=SHEET["Tabloid"]))
    edges = drawn(imposed.content, scale=4).edges(0, 60)
    assert edges == pytest.approx([431.8 / 2 - 148, 431.8 / 2, 431.8 / 2 + 148], abs=0.15)


def test_pages_two_up_stand_in_the_middle_of_their_halves(made: Made, drawn: Any) -> None:
    imposed = made(2, Order(scheme=Scheme.TWO_UP, sheet=SHEET["A3"]), size=(100, 150))
    edges = drawn(imposed.content, scale=4).edges(0, 110)
    assert edges == pytest.approx([420 / 2 - 100, 420 / 2, 420 / 2 + 100], abs=0.15)


def test_creep_moves_inner_sheets_towards_the_fold(made: Made, drawn: Any) -> None:
    imposed = made(24, Order(sheet=SHEET["A3"], creep=0.5))
    sides = drawn(imposed.content, scale=3)
    for sheet in range(6):
        for side in (2 * sheet, 2 * sheet + 1):
            left, fold, right = sides.edges(side, 60)
            assert left == pytest.approx(210 - 148 + 0.5 * sheet, abs=0.2)
            assert right == pytest.approx(210 + 148 - 0.5 * sheet, abs=0.2)
            assert fold == pytest.approx(210, abs=0.2)


def test_creep_counts_folded_leaves_and_begins_anew_in_each_signature(made: Made, drawn: Any) -> None:
    imposed = made(16, Order(scheme=Scheme.SIGNATURES, signature=8, sheet=SHEET["A3"], creep=1.0))
    sheets = drawn(imposed.content, scale=3)
    lefts = [sheets.edges(side, 60)[0] for side in range(0, 8, 2)]
    assert lefts == pytest.approx([62, 63, 62, 63], abs=0.2)
    twice = made(8, Order(folds=2, sheet=SHEET["A2"], creep=1.0))
    sides = drawn(twice.content, scale=3)
    bottom, top = sides.edges(0, 594 / 2 + 60), sides.edges(0, 594 / 2 - 60)
    assert (bottom[0], bottom[-1]) == (pytest.approx(210 - 148, abs=0.2), pytest.approx(210 + 148, abs=0.2))
    assert (top[0], top[-1]) == (pytest.approx(210 - 148 + 1, abs=0.2), pytest.approx(210 + 148 - 1, abs=0.2))


def strokes(content: bytes, side: int) -> list[tuple[float, float, float, float, float]]:
    """The lines on a side: start, end and width, in millimetres."""
    found, width, start = [], 0.0, (0.0, 0.0)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for item in pikepdf.parse_content_stream(pdf.pages[side]):
            numbers = [float(value) * POINT for value in item.operands if not isinstance(value, pikepdf.Object)]
            match str(item.operator):
                case "w":
                    width = numbers[0]
                case "m":
                    start = (numbers[0], numbers[1])
                case "l":
                    found.append((*start, numbers[0], numbers[1], width))
    return found


def test_marks_stand_outside_the_pages(made: Made) -> None:
    order = Order(fold_marks=True, crop_marks=True, folds=2, sheet=SHEET["A3"])
    imposed = made(8, order)
    block = imposed.bed.block
    found = strokes(imposed.content, 0)
    assert len(found) == 8 + 4
    for x, y, to_x, to_y, _ in found:
        assert min(x, to_x) >= 0
        assert max(x, to_x) <= imposed.bed.width
        assert min(y, to_y) >= 0
        assert max(y, to_y) <= imposed.bed.height
        beside = max(x, to_x) <= block.left - 0.9 or min(x, to_x) >= block.right + 0.9
        over = max(y, to_y) <= block.bottom - 0.9 or min(y, to_y) >= block.top + 0.9
        assert beside or over
    assert strokes(imposed.content, 1) == []
    upright = {round(x, 2) for x, _, to_x, _, _ in found if x == to_x}
    assert upright == {round(edge, 2) for edge in (block.left, block.left + block.width / 2, block.right)}
    level = {round(y, 2) for _, y, _, to_y, _ in found if y == to_y}
    assert level == {round(edge, 2) for edge in (block.bottom, block.bottom + block.height / 2, block.top)}


def test_fold_marks_are_dashed_and_need_room(made: Made) -> None:
    bare, marked = made(4, Order()), made(4, Order(fold_marks=True))
    assert strokes(bare.content, 0) == []
    assert len(strokes(marked.content, 0)) == 2
    assert marked.bed.scale == pytest.approx((210 - 14) / 210)
    assert b"[3 2] 0 d" in pages_of(marked.content)[0]


def pages_of(content: bytes) -> list[bytes]:
    """The content stream of each side."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


def test_collation_marks_step_down_on_the_backs_of_signatures(made: Made) -> None:
    order = Order(scheme=Scheme.SIGNATURES, signature=8, collation_marks=True)
    imposed = made(24, order)
    found = [strokes(imposed.content, side) for side in range(12)]
    assert [side for side, marks in enumerate(found) if marks] == [0, 4, 8]
    bars = [found[side][0] for side in (0, 4, 8)]
    assert {round(x, 2) for x, *_ in bars} == {148.5}
    tops = [y for _, y, *_ in bars]
    assert [round(top - other, 2) for top, other in itertools.pairwise(tops)] == [5, 5]
    assert all(round(width, 2) == 1 for *_, width in bars)


def test_collation_marks_are_where_a_sheet_folded_thrice_has_its_back(made: Made) -> None:
    order = Order(scheme=Scheme.SIGNATURES, signature=16, folds=3, sheet=SHEET["A2"], collation_marks=True)
    imposed = made(32, order)
    ((x, *_),) = strokes(imposed.content, 0)
    assert x == pytest.approx(imposed.bed.block.left + 3 * imposed.bed.cell_width, abs=0.01)


def test_a_page_that_was_turned_is_seen_as_viewers_show_it(colours: Any, drawn: Any) -> None:
    content = colours(2, size=(210, 148), rotate=90)
    imposed = impose(content, Order(scheme=Scheme.TWO_UP), name="x.pdf")
    assert imposed.bed.scale == 1.0
    sides = drawn(imposed.content)
    # what was the upper half lies on the right
    assert sides.at(0, 40, 100) == (1, 0, 77)
    assert sides.at(0, 120, 100) == (1, 255, 77)


def test_pages_are_cut_to_their_trim(drawn: Any) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(168 / POINT, 230 / POINT))
    page.Contents = pdf.make_stream(f"0 1 0 rg 0 0 {168 / POINT} {230 / POINT} re f".encode())
    page.trimbox = pikepdf.Array([edge / POINT for edge in (10, 10, 158, 220)])
    buffer = io.BytesIO()
    pdf.save(buffer)
    imposed = impose(buffer.getvalue(), Order(sheet=SHEET["A3"]), name="x.pdf")
    assert imposed.bed.scale == 1.0
    assert drawn(imposed.content, scale=4).edges(0, 148) == pytest.approx([210, 210 + 148], abs=0.15)


def test_a_smaller_page_among_larger_ones_keeps_to_its_fold(drawn: Any, colours: Any) -> None:
    with pikepdf.open(io.BytesIO(colours(4))) as pdf:
        page = pdf.pages[0]
        page.mediabox = page.cropbox = page.trimbox = pikepdf.Array([0, 0, 100 / POINT, 210 / POINT])
        buffer = io.BytesIO()
        pdf.save(buffer)
    edges = drawn(impose(buffer.getvalue(), Order(), name="x.pdf").content, scale=4).edges(0, 60)
    assert edges == pytest.approx([0.5, 148.5, 248.5], abs=0.15)


def test_links_are_gone_title_and_language_stay(made: Made) -> None:
    with pikepdf.open(io.BytesIO(made(8, Order()).content)) as pdf:
        assert all("/Annots" not in page for page in pdf.pages)
        assert str(pdf.docinfo["/Title"]) == "Colours"
        assert str(pdf.Root.Lang) == "en"
        forms = [form for page in pdf.pages for form in page.Resources.XObject.values()]
        assert len(forms) == 8
        assert {str(form.Subtype) for form in forms} == {"/Form"}


def test_a_hidden_layer_stays_hidden(colours: Any, drawn: Any) -> None:
    with pikepdf.open(io.BytesIO(colours(1))) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("Draft")))
        usual = pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=usual)
        page = pdf.pages[0]
        page.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(L=layer))
        page.contents_add(b"/OC /L BDC 0 0 0 rg 0 0 1000 1000 re f EMC")
        buffer = io.BytesIO()
        pdf.save(buffer)
    imposed = impose(buffer.getvalue(), Order(), name="x.pdf")
    assert drawn(imposed.content).seen(0, 222, 105).page == 1


@pytest.mark.parametrize(
    ("order", "edge"),
    [
        (Order(), "/DuplexFlipShortEdge"),
        (Order(flip=Flip.LONG), "/DuplexFlipLongEdge"),
        (Order(folds=2, sheet=SHEET["A3"]), "/DuplexFlipLongEdge"),
    ],
)
def test_the_file_tells_the_printer_how_to_turn_the_sheet(order: Order, edge: str, made: Made) -> None:
    with pikepdf.open(io.BytesIO(made(8, order).content)) as pdf:
        assert str(pdf.Root.ViewerPreferences.Duplex) == edge
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"


def test_the_same_order_gives_the_same_bytes_and_qpdf_has_nothing_to_say(made: Made, tmp_path: Path) -> None:
    order = Order(scheme=Scheme.SIGNATURES, signature=8, creep=0.1, fold_marks=True, collation_marks=True)
    content, other = made(20, order).content, made(20, order).content
    assert content == other
    path = tmp_path / "sheets.pdf"
    path.write_bytes(content)
    assert qpdf.validate(path) == ()


@pytest.mark.parametrize(
    ("order", "near"),
    [
        (Order(scheme=Scheme.SIGNATURES, signature=18), "take 16"),
        (Order(scheme=Scheme.SIGNATURES, signature=2), "take 4"),
        (Order(scheme=Scheme.SIGNATURES, signature=0), "take 4"),
        (Order(scheme=Scheme.SIGNATURES, signature=-4), "take 4"),
        (Order(scheme=Scheme.SIGNATURES, signature=12, folds=2), "take 16"),
        (Order(blank_at=9), "8 behind the last"),
    ],
)
def test_orders_that_cannot_be_carried_out_are_refused(order: Order, near: str, made: Made) -> None:
    with pytest.raises(PublisherError, match="O-031") as caught:
        made(8, order)
    assert near in (caught.value.diagnostics[0].hint or "")
    assert caught.value.exit_code is ExitCode.USAGE


def test_a_sheet_that_is_too_small_is_refused(made: Made) -> None:
    with pytest.raises(
        PublisherError, match=r"O-032.*A5 is too small for 4 pages of 148 × 210 mm.*50%|O-032"
    ) as caught:
        made(8, Order(sheet=SHEET["A5"], folds=3))
    assert "A5 is too small for 8 pages" in caught.value.diagnostics[0].message
    with pytest.raises(PublisherError, match="O-032"):
        made(8, Order(sheet=SHEET["A5"], folds=3, full_size=True))


@pytest.mark.parametrize("size", [(841.89, 595.276), (842, 595), (841.92, 595.32)])
def test_half_the_size_is_not_too_small_however_it_is_rounded(size: tuple[float, float], made: Made) -> None:
    imposed = made(2, Order(scheme=Scheme.TWO_UP, sheet=SHEET["A4"]), size=(size[0] * POINT, size[1] * POINT))
    assert imposed.bed.scale == pytest.approx(0.5, abs=0.001)


def test_pages_at_full_size_that_do_not_fit_are_told_with_numbers(made: Made, drawn: Any) -> None:
    imposed = made(4, Order(full_size=True), size=BOOK)
    (doubt,) = imposed.warnings
    assert (doubt.code, doubt.severity) == ("O-033", "warning")
    assert "24 mm larger than A4" in doubt.message
    assert imposed.bed.scale == 1.0
    assert drawn(imposed.content).at(0, 140, 100)[0] == 4
    assert made(4, Order(full_size=True)).warnings == ()


def test_marks_without_room_at_full_size_are_told(made: Made) -> None:
    (doubt,) = made(4, Order(full_size=True, fold_marks=True)).warnings
    assert doubt.code == "O-033"
    assert "marks may be missing" in doubt.message


def locked(content: bytes) -> bytes:
    """The document with a password."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    return buffer.getvalue()


def without_pages() -> bytes:
    """A PDF that has no pages."""
    buffer = io.BytesIO()
    pikepdf.new().save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"GIF89a", "it is damaged, or no PDF"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type", "it is damaged, or no PDF"),
        (without_pages(), "it has no pages"),
    ],
    ids=["empty", "no PDF", "cut off", "no pages"],
)
def test_files_that_cannot_be_read_are_refused(content: bytes, reason: str) -> None:
    with pytest.raises(PublisherError, match=f"O-030.*{reason}") as caught:
        impose(content, Order(), name="reader.pdf")
    assert caught.value.exit_code is ExitCode.FILES


def test_a_locked_file_is_refused(colours: Any) -> None:
    with pytest.raises(PublisherError, match=r"O-030.*reader\.pdf.*password"):
        impose(locked(colours(4)), Order(), name="reader.pdf")


def test_a_file_that_had_to_be_mended_is_told(colours: Any, drawn: Any) -> None:
    content = colours(4)
    broken = content[: content.rindex(b"startxref")]
    imposed = impose(broken, Order(), name="reader.pdf")
    assert [doubt.code for doubt in imposed.warnings] == ["O-034"]
    assert drawn(imposed.content).seen(0, 222, 105).page == 1


def test_an_order_says_everything_that_is_usual() -> None:
    usual = Order()
    assert (usual.scheme, usual.sheet.name, usual.folds, usual.creep) == (Scheme.BOOKLET, "A4", 1, 0.0)
    assert replace(usual, sheet=SHEET["Letter"]).sheet.short == 215.9
