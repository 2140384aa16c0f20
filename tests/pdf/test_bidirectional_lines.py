"""A line from right to left shows a text as UAX #9 lays it out, and no other."""

from __future__ import annotations

import pytest

from publisher.pdf.read.bidi import OPEN, shows
from publisher.pdf.read.line_text import line_text_property


@pytest.mark.parametrize(
    ("painted", "text"),
    [
        ("גבא", "אבג"),
        ("abc 12 בא", "אב 12 abc"),
        ("12 בא abc", "אב 12 abc"),
        ("הז דע 1918–1914 זמ", "מז 1914–1918 עד זה"),
        ("(בא", "אב)"),
        (")בא(", ")אב("),
        (".בא PDF", "PDF אב."),
        ("PDF בא", "PDF אב"),
        ("ברע ةيبرع", "عربية ערב"),
        ("3.5 א", "א 3.5"),
        ("abc", "abc"),
    ],
)
def test_a_line_shows_its_text(painted: str, text: str) -> None:
    assert shows(tuple(painted), text)


@pytest.mark.parametrize(
    ("painted", "text"),
    [
        ("אבג", "אבג"),
        ("גבא", "אבד"),
        ("גבא", "אב"),
        ("בא", "אבג"),
        ("12 בא", "אב 13"),
        ("abd", "abc"),
    ],
)
def test_a_line_shows_no_other_text(painted: str, text: str) -> None:
    assert not shows(tuple(painted), text)


def test_marks_are_counted_and_a_ligature_keeps_its_letters() -> None:
    assert shows(("\u05b7", "ב", "א"), "אב\u05b7")
    assert not shows(("\u05b7", "ב", "א"), "אב\u05b8")
    assert not shows(("ב", "א"), "אב\u05b7")
    assert shows(("م", "لا", "س"), "سلام")
    assert not shows(("م", "ال", "س"), "سلام")


def test_an_open_glyph_shows_what_is_left_over_and_adds_nothing() -> None:
    assert shows((OPEN, "א"), "אב")
    assert not shows((OPEN, "ג"), "אב")
    assert not shows(("ב", "א"), "אבג")


def test_a_soft_hyphen_at_the_end_of_a_line_is_painted_as_a_hyphen() -> None:
    assert shows(tuple("cafe\u0301s-"), "cafe\u0301s\u00ad")
    assert not shows(tuple("cafe\u0301s"), "cafe\u0301s\u00ad")


def test_the_text_of_a_line_is_written_in_utf_16() -> None:
    assert line_text_property("א1") == b"/Span <</PUBL_Text <feff05d00031>>> BDC"


def test_a_raised_figure_may_share_the_glyph_of_a_mark_of_a_note() -> None:
    assert shows(("e\u0301", " ", "x", "2"), "e\u0301 x²")
    assert not shows(("e\u0301", " ", "x", "3"), "e\u0301 x²")
