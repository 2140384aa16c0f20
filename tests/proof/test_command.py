"""`publisher proof` on the command line: what it prints, in which order, and how it exits."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pikepdf
import pytest
from click.testing import CliRunner, Result

from publisher.cli.program import program
from publisher.diagnostics import ExitCode
from publisher.validators import ghostscript
from publisher.validators.process import Need

Run = Callable[..., Result]
FAULTY = (
    "# A title\n\nSome words that are here,\\\nit.\n\n## A part\n\nWords below.\n\nWords over them.\n\n"
    "A heading follows.\n\n## Another\n\nIts text.\n"
)
SHEET = """
.section > h2 + p + p { margin-top: -1.4em !important; }
.section > h2:last-of-type + p { break-before: page !important; }
.section > h2 { break-after: auto !important; }
"""


class Laid(Protocol):
    """A tiny edition, as conftest.py lays it out."""

    @property
    def content(self) -> bytes: ...
    @property
    def folder(self) -> Path: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `publisher proof` with some words in an empty folder."""
    tmp_path.joinpath("here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return lambda *words: CliRunner().invoke(program, ("proof", *map(str, words)), prog_name="publisher")


@pytest.fixture
def faulty(lay_out: Callable[..., Laid], tmp_path: Path) -> tuple[Path, Path]:
    """The folder of an edition with an error, a warning and a note in its pages, and its PDF."""
    laid = lay_out(FAULTY, sheet=SHEET)
    tmp_path.joinpath("faulty.pdf").write_bytes(laid.content)
    return laid.folder, tmp_path / "faulty.pdf"


def test_findings_are_told_the_gravest_first_with_page_and_place(run: Run, faulty: tuple[Path, Path]) -> None:
    result = run(*faulty, "--diagnostics", "json")
    found = json.loads(result.stderr)
    severities = [item["severity"] for item in found]
    assert set(severities) == {"error", "warning", "note"}
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    over = next(item for item in found if item["code"] == "P-014")
    assert (Path(over["file"]).name, over["line"], over["column"]) == ("text.md", 10, 1)
    assert over["message"].startswith("page 1 (sheet 7): ")
    assert over["hint"]
    assert result.exit_code == ExitCode.CONTENT


def test_short_form_is_a_line_each(run: Run, faulty: tuple[Path, Path]) -> None:
    lines = run(*faulty, "--diagnostics", "short").stderr.splitlines()
    assert any(
        line.endswith("“it.”") and "text.md:4:1: note[P-003 short-last-line]: page 1 (sheet 7): " in line
        for line in lines
    )


def test_human_form_shows_the_source_and_counts_every_severity(run: Run, faulty: tuple[Path, Path]) -> None:
    told = run(*faulty).stderr
    assert "   10 | Words over them." in told
    assert "hint: make the column" in told
    assert told.splitlines()[-1].startswith("1 error, ")
    assert "note" in told.splitlines()[-1]


def test_clean_file_says_so_and_exits_well(run: Run, clean: Laid, tmp_path: Path) -> None:
    tmp_path.joinpath("clean.pdf").write_bytes(clean.content)
    result = run(clean.folder, tmp_path / "clean.pdf", "--strict")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no findings" in result.stderr


def test_notes_never_fail_and_warnings_only_where_it_is_strict(
    run: Run, lay_out: Callable[..., Laid], tmp_path: Path
) -> None:
    noted = lay_out("# A title\n\nSome words that are here,\\\nit.\n")
    tmp_path.joinpath("noted.pdf").write_bytes(noted.content)
    assert run(noted.folder, tmp_path / "noted.pdf", "--strict").exit_code == 0
    lines = "\\\n".join(f"Line {number} of it" for number in range(12))
    warned = lay_out(f"# A title\n\n{lines}\n\nMore.\n")
    tmp_path.joinpath("warned.pdf").write_bytes(warned.content)
    assert run(warned.folder, tmp_path / "warned.pdf").exit_code == 0
    assert run(warned.folder, tmp_path / "warned.pdf", "--strict").exit_code == ExitCode.CONTENT


def test_usual_file_is_that_in_the_output_folder(run: Run, clean: Laid) -> None:
    result = run(clean.folder)
    assert (result.exit_code, "output/tiny.pdf is not there" in result.stderr) == (ExitCode.USAGE, True)
    Path("output").mkdir()
    Path("output/tiny.pdf").write_bytes(clean.content)
    assert run(clean.folder).exit_code == 0


def test_one_file_at_a_time(run: Run, clean: Laid, tmp_path: Path) -> None:
    tmp_path.joinpath("one.pdf").write_bytes(clean.content)
    result = run(clean.folder, tmp_path / "one.pdf", tmp_path / "one.pdf")
    assert (result.exit_code, "One PDF at a time" in result.stderr) == (ExitCode.USAGE, True)


def test_what_is_no_pdf_cannot_be_read(run: Run, clean: Laid, tmp_path: Path) -> None:
    tmp_path.joinpath("no.pdf").write_bytes(b"no PDF")
    result = run(clean.folder, tmp_path / "no.pdf", "--diagnostics", "json")
    assert (result.exit_code, json.loads(result.stderr)[0]["code"]) == (ExitCode.FILES, "P-016")


def test_ink_is_measured_where_it_is_asked_for(run: Run, clean: Laid, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(clean.content)) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"1 1 0.8 0.5 k 100 200 50 40 re f 0 0 0 1 k 9 9 9 9 re f")
        pdf.save(tmp_path / "heavy.pdf")
    result = run(clean.folder, tmp_path / "heavy.pdf", "--ink", "320", "--diagnostics", "json")
    (heavy,) = (load for load in json.loads(result.stderr) if load["code"] == "P-013")
    assert heavy["message"] == "page i (sheet 1): 330 % of ink at one point, where 320 % are allowed"
    assert "P-013" not in run(clean.folder, tmp_path / "heavy.pdf", "--ink", "330").stderr


def test_missing_ghostscript_is_told_with_how_to_get_it(
    run: Run, clean: Laid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.joinpath("clean.pdf").write_bytes(clean.content)
    need = Need(name="Ghostscript", locate=lambda: None, remedy="sudo apt-get install ghostscript")
    monkeypatch.setattr(ghostscript, "NEEDS", (need,))
    result = run(clean.folder, tmp_path / "clean.pdf", "--ink", "300")
    assert result.exit_code == ExitCode.MISSING
    assert "sudo apt-get install ghostscript" in result.stderr
    assert run(clean.folder, tmp_path / "clean.pdf").exit_code == 0


def test_highlight_writes_a_copy_and_prints_its_path(run: Run, faulty: tuple[Path, Path]) -> None:
    before = faulty[1].read_bytes()
    result = run(*faulty, "--highlight", "marked.pdf")
    assert result.stdout == "marked.pdf\n"
    assert Path("marked.pdf").read_bytes().startswith(b"%PDF-")
    assert faulty[1].read_bytes() == before


def test_limits_and_waivers_of_the_edition_hold_and_options_come_first(
    run: Run, lay_out: Callable[..., Laid], tmp_path: Path
) -> None:
    laid = lay_out("# A title\n\nSome words that are here,\\\nit.\n")
    tmp_path.joinpath("noted.pdf").write_bytes(laid.content)
    settings = laid.folder / "edition.yaml"
    before = settings.read_text(encoding="utf-8")
    words = (laid.folder, tmp_path / "noted.pdf", "--diagnostics", "short")
    assert "P-003" in run(*words).stderr
    settings.write_text(f"{before}proof: {{last-line: 2}}\n", encoding="utf-8")
    assert run(*words).stderr == ""
    assert "P-003" in run(*words, "--last-line", "5").stderr
    waiver = "  - {code: P-003, where: 'text.md:4', reason: It is short.}\n"
    settings.write_text(f"{before}{waiver}", encoding="utf-8")
    assert run(*words).stderr == ""
    marked = run(*words, "--highlight", "marked.pdf")
    assert (marked.exit_code, marked.stderr) == (0, "")
    settings.write_text(f"{before}{waiver.replace('text.md:4', 'text.md:9')}", encoding="utf-8")
    assert "E-020" in run(*words).stderr
