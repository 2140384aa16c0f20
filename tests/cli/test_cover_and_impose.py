"""The commands for print: what they say, what they write, what they refuse."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def book(root: Path, tmp_path: Path) -> Path:
    """An edition without a fault."""
    return Path(shutil.copytree(root / "tests" / "checks" / "clean", tmp_path / "book"))


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A PDF of ten A5 pages."""
    path = tmp_path / "reader.pdf"
    with pikepdf.new() as document:
        for _ in range(10):
            document.add_blank_page(page_size=(419.53, 595.28))
        document.save(path)
    return path


def test_cover_prints_its_path_and_what_a_printer_asks(run: Run, book: Path) -> None:
    result = run("cover", "book", "--pages", "200", "--paper", "kdp white")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "output/book-cover.pdf",
        "spine 11.4 mm (200 pages, kdp white); cover 323.4 × 234.0 mm, bleed 3 mm",
    ]
    assert book.parent.joinpath("output/book-cover.pdf").read_bytes().startswith(b"%PDF")


def test_cover_says_why_the_spine_has_no_words(run: Run, book: Path) -> None:
    assert "no words on the spine, which need 5.3 mm" in run("cover", "book", "--pages", "60").stdout


def test_quiet_commands_print_nothing(run: Run, book: Path, pdf: Path) -> None:
    assert run("cover", "book", "--pages", "60", "-q").output == ""
    assert run("impose", "reader.pdf", "-q").output == ""


def test_cover_asks_for_pages_where_no_pdf_was_built(run: Run, book: Path) -> None:
    result = run("cover", "book")
    assert result.exit_code == 2
    assert "output/book.pdf is not there" in result.stderr
    assert "--pages" in result.stderr


def test_an_unknown_paper_is_answered_with_the_nearest(run: Run, book: Path) -> None:
    for words in (("cover", "book", "--pages", "60"), ("impose", "book/edition.yaml")):
        result = run(*words, "--paper", "80gsm offset")
        assert result.exit_code == 2
        assert "did you mean “80 gsm offset”?" in result.stderr


def test_impose_makes_a_booklet_beside_the_file(run: Run, pdf: Path) -> None:
    result = run("impose", "reader.pdf")
    assert result.stdout.splitlines() == [
        "reader-booklet.pdf",
        "3 sheets of A4, pages at 100%, 2 blank pages added; print on both sides, turn about the short edge",
    ]
    with pikepdf.open(pdf.with_name("reader-booklet.pdf")) as sheets:
        assert len(sheets.pages) == 6


def test_impose_knows_the_creep_from_the_paper(run: Run, pdf: Path) -> None:
    for more in (("--paper", "0.1mm"), ("--creep", "0.1"), ("--creep", "0.1", "--paper", "1mm")):
        assert run("impose", "reader.pdf", *more, "-o", f"{len(more)}.pdf").exit_code == 0
    assert pdf.with_name("2.pdf").read_bytes() == pdf.with_name("4.pdf").read_bytes()
    run("impose", "reader.pdf")
    assert pdf.with_name("2.pdf").read_bytes() != pdf.with_name("reader-booklet.pdf").read_bytes()


def test_impose_writes_signatures_and_pairs_where_it_is_told(run: Run, pdf: Path) -> None:
    result = run("impose", "reader.pdf", "--signature", "8", "--sheet", "letter", "-o", "there/sheets.pdf")
    assert result.stdout.startswith("there/sheets.pdf\n3 sheets of Letter in 2 signatures")
    two = run("impose", "reader.pdf", "--two-up", "--flip", "long")
    assert two.stdout.startswith("reader-two-up.pdf\n3 sheets of A4, pages at 100%; print")
    assert two.stdout.endswith("turn about the long edge\n")


def test_impose_does_one_thing_at_a_time(run: Run, pdf: Path) -> None:
    result = run("impose", "reader.pdf", "--booklet", "--two-up")
    assert (result.exit_code, "Choose one" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (("--signature", "18"), "O-031", 2),
        (("--folds", "3", "--sheet", "A5"), "O-032", 1),
        (("--full-size", "--fold-marks", "--strict"), "O-033", 1),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    words: tuple[str, ...], code: str, status: int, run: Run, pdf: Path
) -> None:
    before = sorted(pdf.parent.iterdir())
    result = run("impose", "reader.pdf", *words)
    assert (result.exit_code, f"error[{code} " in result.stderr) == (status, True)
    assert sorted(pdf.parent.iterdir()) == before


def test_a_file_that_is_no_pdf_is_named(run: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("reader.pdf").write_bytes(b"hello")
    result = run("impose", "reader.pdf")
    assert result.exit_code == 4
    assert "reader.pdf cannot be read as a PDF: it is damaged, or no PDF" in result.stderr


def test_a_doubt_is_printed_and_the_sheets_are_written(run: Run, pdf: Path) -> None:
    result = run("impose", "reader.pdf", "--full-size", "--crop-marks")
    assert result.exit_code == 0
    assert "warning[O-033 full-size-pages-do-not-fit]" in result.stderr
    with pikepdf.open(io.BytesIO(pdf.with_name("reader-booklet.pdf").read_bytes())) as sheets:
        assert len(sheets.pages) == 6
