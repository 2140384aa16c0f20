"""The printer's cover, read back from its bytes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from publisher.build.cover import CoverOrder, printed_cover
from publisher.build.pipeline import check
from publisher.build.request import BuildRequest
from publisher.compose.cover import plan_cover
from publisher.diagnostics import PublisherError
from publisher.layout.document import write_pdf
from publisher.model.cover import PALETTES, Design
from publisher.model.paper import PAPERS
from publisher.model.profile import Profile
from publisher.pdf.press.cover import _tops
from publisher.render.cover_art import motif
from publisher.render.covers import render_printed_cover
from publisher.validators import pagevalidation, qpdf, verapdf
from publisher.workers.executor import SerialExecutor
from publisher.workspace import Folder, NotThere

Edition = Callable[..., Folder]
POINT = 25.4 / 72
SLUG = 9.0


def opened(content: bytes) -> pikepdf.Pdf:
    """The file."""
    return pikepdf.open(io.BytesIO(content))


def box(page: Any, name: str) -> list[float]:
    """A boundary of a page in millimetres."""
    return [round(float(edge) * POINT, 2) for edge in page[name]]


def characters(content: bytes) -> Iterator[tuple[str, float, float]]:
    """Each character with the middle of its box, in millimetres from the lower left corner of the page."""
    document = pypdfium2.PdfDocument(content)
    text = document[0].get_textpage()
    for at in range(text.count_chars()):
        left, bottom, right, top = (edge * POINT for edge in text.get_charbox(at))
        yield text.get_text_range(at, 1), (left + right) / 2, (bottom + top) / 2
    document.close()


def words_between(content: bytes, left: float, right: float) -> str:
    """The words that stand between two places on the page, counted from its left edge."""
    inside = "".join(character for character, x, _ in characters(content) if left <= x <= right)
    return " ".join(inside.split())


def test_the_boxes_are_trim_and_bleed(made: Any) -> None:
    with opened(made.content) as pdf:
        (page,) = pdf.pages
        spine = 9.76
        width, height = 2 * 156 + spine, 234
        assert box(page, "/TrimBox") == pytest.approx([12, 12, 12 + width, 12 + height], abs=0.02)
        assert box(page, "/BleedBox") == pytest.approx([9, 9, 15 + width, 15 + height], abs=0.02)
        assert box(page, "/MediaBox") == pytest.approx([0, 0, 24 + width, 24 + height], abs=0.02)


def test_without_marks_the_page_ends_with_the_bleed(edition: Edition) -> None:
    folder = edition()
    content = printed_cover(BuildRequest(folder=folder, output=folder.root), CoverOrder(pages=200)).artifact.content
    with opened(content) as pdf:
        (page,) = pdf.pages
        assert box(page, "/MediaBox") == box(page, "/BleedBox") == [0, 0, 327.76, 240]
        assert box(page, "/TrimBox") == [3, 3, 324.76, 237]


def test_each_panel_has_its_words(made: Any) -> None:
    spine, front = SLUG + made.plan.spine_left, SLUG + made.plan.front_left
    assert words_between(made.content, 0, spine - 3).startswith("Everybody reads proofs, and nobody likes it.")
    assert "The Press" in words_between(made.content, 0, spine - 3)
    assert "£14.99" in words_between(made.content, 0, spine - 3)
    assert "ISBN 978-3-16-148410-0" in words_between(made.content, 0, spine - 3)
    assert words_between(made.content, spine, front) == "Some Writer On proofs The Press"
    assert sorted(words_between(made.content, front + 3, 1000).split()) == sorted(
        ["Some", "Writer", "On", "proofs", "First", "edition"]
    )


def test_the_spine_is_read_from_top_to_bottom_in_its_middle(made: Any) -> None:
    spine = SLUG + made.plan.spine_left
    found = [(c, x, y) for c, x, y in characters(made.content) if spine <= x <= spine + made.plan.spine and c.strip()]
    heights = [y for _, _, y in found]
    assert heights == sorted(heights, reverse=True)
    middle = sum(x for _, x, _ in found) / len(found)
    assert middle == pytest.approx(spine + made.plan.spine / 2, abs=0.6)


def test_marks_stand_outside_the_bleed(made: Any) -> None:
    with opened(made.content) as pdf:
        (page,) = pdf.pages
        bleed = [float(edge) for edge in page.BleedBox]
        strokes = marks(page)
        trim = [float(edge) for edge in page.TrimBox]
    assert len(strokes) == 12
    for (x, y), (to_x, to_y) in strokes:
        beside = max(x, to_x) <= bleed[0] + 0.01 or min(x, to_x) >= bleed[2] - 0.01
        over = max(y, to_y) <= bleed[1] + 0.01 or min(y, to_y) >= bleed[3] - 0.01
        assert beside or over
    upright = {round(x, 1) for (x, _), (to_x, _) in strokes if x == to_x}
    spine = (SLUG + made.plan.spine_left) / POINT
    folds = {round(spine, 1), round(spine + made.plan.spine / POINT, 1)}
    assert upright == {round(trim[0], 1), round(trim[2], 1)} | folds


def marks(page: Any) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The strokes that the page ends with."""
    strokes, start = [], (0.0, 0.0)
    instructions = pikepdf.parse_content_stream(page)
    last = max(at for at, item in enumerate(instructions) if str(item.operator) == "BDC")
    for instruction in instructions[last:]:
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "m":
            start = (float(operands[0]), float(operands[1]))
        elif str(operator) == "l":
            strokes.append((start, (float(operands[0]), float(operands[1]))))
    return strokes


def test_validators_find_nothing(made: Any, tmp_path: Path) -> None:
    path = tmp_path / "cover.pdf"
    path.write_bytes(made.content)
    assert qpdf.validate(path) == ()
    assert pagevalidation.validate(path) == ()
    assert verapdf.validate(path) == ()


def test_typefaces_are_embedded_and_are_those_of_the_house(made: Any) -> None:
    with opened(made.content) as pdf:
        faces = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
        assert faces
        assert all("/FontFile3" in face or "/FontFile2" in face for face in faces)
        assert all("Source" in str(face.FontName) for face in faces)


def test_the_file_says_what_it_is_and_keeps_nothing_of_ours(made: Any) -> None:
    with opened(made.content) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Cover: On proofs"
        assert str(pdf.Root.Lang) == "en"
        keys = {key for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) for key in thing.keys()}  # noqa: SIM118
        assert [key for key in keys if key.startswith("/Publisher")] == []
        assert "/Names" not in pdf.Root
        assert "/Annots" not in pdf.pages[0]
        figures = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
        ]
        assert [str(figure.Alt) for figure in figures] == ["ISBN 978-3-16-148410-0, 51499"]


def test_the_barcode_is_drawn_in_black_and_in_vectors(made: Any) -> None:
    with opened(made.content) as pdf:
        assert not [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]


def test_the_same_order_gives_the_same_bytes(edition: Edition) -> None:
    folder, order = edition(), CoverOrder(pages=200, design=Design.MOTIF, marks=True)
    content, other = (
        printed_cover(BuildRequest(folder=folder, output=folder.root), order).artifact.content for _ in range(2)
    )
    assert content == other


@pytest.mark.parametrize("variables", [{"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"}, {"LANG": "de_DE.UTF-8"}])
def test_no_clock_locale_or_hash_seed_changes_a_cover(
    variables: dict[str, str], edition: Edition, tmp_path: Path
) -> None:
    folder, order = edition(), CoverOrder(pages=200, design=Design.TYPOGRAPHIC)
    here = printed_cover(BuildRequest(folder=folder, output=folder.root), order).artifact.content
    command = ["cover", str(folder.root), "--pages", "200", "--design", "typographic", "-o", str(tmp_path / "there")]
    code = "from publisher.cli import main; main()"
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code, *command], env=bare | variables, check=True, capture_output=True)
    assert (tmp_path / "there" / "edition-cover.pdf").read_bytes() == here


def test_another_title_has_another_motif() -> None:
    palette = PALETTES[Design.MOTIF]
    assert motif("a", palette, width=156, height=130) == motif("a", palette, width=156, height=130)
    assert motif("a", palette, width=156, height=130) != motif("b", palette, width=156, height=130)


def test_an_order_wins_over_the_edition(edition: Edition) -> None:
    folder = edition("  design: typographic\n  paper: kdp cream\n")
    order = CoverOrder(pages=200)
    usual = printed_cover(BuildRequest(folder=folder, output=folder.root), order)
    assert (usual.plan.design, usual.plan.spine) == (Design.TYPOGRAPHIC, 12.7)
    ordered = printed_cover(
        BuildRequest(folder=folder, output=folder.root), replace(order, paper=PAPERS[0], design=Design.BANDED)
    )
    assert (ordered.plan.design, ordered.plan.spine) == (Design.BANDED, 9.76)


def test_pages_are_those_of_the_pdf_that_was_built(edition: Edition, tmp_path: Path) -> None:
    folder = edition()
    pdf = pikepdf.new()
    for _ in range(119):
        pdf.add_blank_page(page_size=(100, 100))
    pdf.save(tmp_path / "edition.pdf")
    made = printed_cover(BuildRequest(folder=folder, output=tmp_path), CoverOrder())
    assert made.pages == 119
    assert made.plan.spine == pytest.approx(60 * 0.0976, abs=0.01)


def test_without_a_pdf_or_with_a_damaged_one_the_pages_are_not_known(edition: Edition, tmp_path: Path) -> None:
    folder = edition()
    with pytest.raises(NotThere):
        printed_cover(BuildRequest(folder=folder, output=tmp_path), CoverOrder())
    (tmp_path / "edition.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(PublisherError, match=r"O-030.*edition\.pdf"):
        printed_cover(BuildRequest(folder=folder, output=tmp_path), CoverOrder())


def test_the_cover_has_the_trim_of_the_pages_that_it_is_for(edition: Edition, tmp_path: Path) -> None:
    folder = edition("output:\n  page: A5\n  profiles: {screen: , print: {page: 129x198mm}}\n")
    plans = {
        profile: printed_cover(
            BuildRequest(folder=folder, output=tmp_path), CoverOrder(pages=200, profile=profile)
        ).plan
        for profile in Profile
    }
    assert (plans[Profile.PRINT].trim_width, plans[Profile.PRINT].trim_height) == (129, 198)
    assert (plans[Profile.SCREEN].trim_width, plans[Profile.SCREEN].trim_height) == (148, 210)


def test_on_a_small_book_the_imprint_keeps_clear_of_the_barcode(edition: Edition, tmp_path: Path) -> None:
    folder = edition("output:\n  page: [105mm, 148mm]\n")
    settings = folder.root / "edition.yaml"
    words = settings.read_text(encoding="utf-8").replace("publisher: The Press", "publisher: The Press of the Proofs")
    settings.write_text(words, encoding="utf-8")
    made = printed_cover(BuildRequest(folder=folder, output=tmp_path), CoverOrder(pages=200))
    foot = [
        (c, x) for c, x, y in characters(made.artifact.content) if x < made.plan.spine_left and y < 40 and c.strip()
    ]
    text = "".join(c for c, _ in foot)
    assert text.startswith("ThePressoftheProofsSomewhere£14.99ISBN")
    end = text.index("ISBN")
    quiet = 11 * 0.33
    assert max(x for _, x in foot[:end]) < min(x for _, x in foot[end:]) - quiet


def blurb_of(lines: int) -> str:
    """A blurb of so many lines."""
    return "cover:\n  blurb: |\n" + "    One line.\n\n" * lines


def test_a_blurb_fits_to_the_last_line(edition: Edition, tmp_path: Path) -> None:
    folder = edition(cover=blurb_of(17))
    publication = check(BuildRequest(folder=folder)).publication
    assert publication is not None
    plan = plan_cover(publication, design=Design.BANDED, spine=10)
    rendition = render_printed_cover(publication, plan, names="")
    made = write_pdf(lambda *_: rendition, executor=SerialExecutor(), name="cover.pdf", moment="2026-11-24T00:00:00Z")
    tops = _tops(made.artifact.content, plan)
    room = tops["blurb-limit"] - tops["blurb-end"]
    assert room > 0
    line = 1.1 * 156 / 38 * (1.46 + 0.62)
    more = int((room + 0.3) / line)
    for lines, fits in ((17 + more, True), (17 + more + 1, False)):
        settings = folder.root / "edition.yaml"
        settings.write_text(
            settings.read_text(encoding="utf-8").partition("cover:")[0] + blurb_of(lines), encoding="utf-8"
        )
        if fits:
            printed_cover(BuildRequest(folder=folder, output=tmp_path), CoverOrder(pages=200))
        else:
            with pytest.raises(PublisherError, match="J-002"):
                printed_cover(BuildRequest(folder=folder, output=tmp_path), CoverOrder(pages=200))


def test_a_spine_title_that_is_too_long_is_told(edition: Edition, tmp_path: Path) -> None:
    words = "On proofs and on those who read them at night in the light of one small lamp while others sleep well"
    folder = edition(cover=f"short-title: {words}\n")
    with pytest.raises(PublisherError, match=r"J-004.*spine"):
        printed_cover(BuildRequest(folder=folder, output=tmp_path), CoverOrder(pages=200))


@pytest.mark.parametrize("design", list(Design))
def test_names_on_a_spine_are_set_as_small_as_they_must_be(edition: Edition, tmp_path: Path, design: Design) -> None:
    folder = edition()
    settings = folder.root / "edition.yaml"
    words = settings.read_text(encoding="utf-8")
    for name, fits in (("Some Writer With Names", True), ("Some Writer With Names " * 8, False)):
        settings.write_text(words.replace("name: Some Writer", f"name: {name}"), encoding="utf-8")
        order = CoverOrder(pages=400, design=design)
        if fits:
            printed_cover(BuildRequest(folder=folder, output=tmp_path), order)
        else:
            with pytest.raises(PublisherError, match=r"J-004.*names.*spine") as caught:
                printed_cover(BuildRequest(folder=folder, output=tmp_path), order)
            assert "before the comma" in str(caught.value.diagnostics[-1].hint)


def test_characters_that_no_typeface_has_are_refused(edition: Edition, tmp_path: Path) -> None:
    folder = edition(cover="cover:\n  blurb: A sign, \u6f22, that no typeface has.\n")
    with pytest.raises(PublisherError, match="F-002") as caught:
        printed_cover(BuildRequest(folder=folder, output=tmp_path), CoverOrder(pages=200))
    assert str(caught.value.diagnostics[0].span).endswith("edition.yaml:21:18")
