"""The size of a page by the name of its trim."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from publisher.diagnostics import PublisherError
from publisher.load import load_edition
from publisher.model.output import Output
from publisher.model.page import Margins, Sides
from publisher.model.profile import Style
from publisher.workspace import Folder

Files = dict[str, str | bytes]


@pytest.fixture
def output(edition: Callable[[Files], Folder], settings: Callable[..., str]) -> Callable[[str], Output]:
    """What is built of a small edition with some more keys."""
    return lambda more: load_edition(edition({"edition.yaml": settings(more)})).settings.output


@pytest.mark.parametrize(
    ("spelt", "width", "height"),
    [
        ("A4", "210mm", "297mm"),
        ("a5", "148mm", "210mm"),
        ("B5", "176mm", "250mm"),
        ("letter", "8.5in", "11in"),
        ("6x9in", "6in", "9in"),
        ("6×9 in", "6in", "9in"),
        ("6 x 9 inches", "6in", "9in"),
        ("6in x 9in", "6in", "9in"),
        ("'5.5 × 8.5\"'", "5.5in", "8.5in"),
        ("129 x 198 mm", "129mm", "198mm"),
        ("129mm × 198mm", "129mm", "198mm"),
        ("17 × 24 cm", "17cm", "24cm"),
        ("[170mm, 240mm]", "170mm", "240mm"),
    ],
)
def test_a_trim_is_known_by_its_name(output: Callable[[str], Output], spelt: str, width: str, height: str) -> None:
    read = output(f"output: {{page: {spelt}}}\n" if spelt[0] != "[" else f"output:\n  page: {spelt}\n")
    assert (read.page_width, read.page_height) == (width, height)


@pytest.mark.parametrize(
    ("spelt", "hint"),
    [
        ("A55", "did you mean “A5”? Else give width and height: [156mm, 234mm]"),
        ("Lettre", "did you mean “Letter”? Else give width and height: [156mm, 234mm]"),
        ("0x9in", "did you mean “6x9in”? Else give width and height: [156mm, 234mm]"),
        ("folio", "use one of: A4, A5, B5, Letter, 6x9in, 5.5x8.5in, 129x198mm, 156x234mm; or give width and height: "
        "[156mm, 234mm]"),
    ],
)  # fmt: skip
def test_an_unknown_trim_gets_the_nearest_name(output: Callable[[str], Output], spelt: str, hint: str) -> None:
    with pytest.raises(PublisherError) as caught:
        output(f"output: {{page: {spelt}}}\n")
    (found,) = caught.value.diagnostics
    assert (found.code, found.message, found.hint) == ("S-014", f"there is no trim “{spelt}”", hint)


def test_style_sides_and_margins_are_read_with_their_place(output: Callable[[str], Output]) -> None:
    read = output("style: compact\noutput:\n  page: A5\n  sides: one\n  margins: {inside: 20mm, top: 1in}\n")
    assert (read.style, read.sides) == (Style.COMPACT, Sides.ONE)
    assert read.margins == Margins(top="1in", inside="20mm")
    assert str(read.page_span) == "edition.yaml:18:12"


def test_without_a_word_on_them_they_are_those_of_the_house(output: Callable[[str], Output]) -> None:
    read = output("")
    assert (read.style, read.sides, read.margins) == (Style.DEFAULT, Sides.TWO, Margins())
    assert (read.page_width, read.page_height) == ("156mm", "234mm")


def test_large_print_has_a_wider_trim_unless_one_is_named(output: Callable[[str], Output]) -> None:
    read = output("style: accessible\noutput: {sides: one}\n")
    assert (read.page_width, read.page_height) == ("176mm", "250mm")
    assert output("style: accessible\noutput: {page: A5}\n").page_width == "148mm"
    assert output("style: accessible\n").page_width == "176mm"
