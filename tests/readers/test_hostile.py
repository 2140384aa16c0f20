"""A course reader spoilt at random ends in diagnostics, never in a bug; PDFs that lock their pages are refused."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from publisher.cli.program import program
from publisher.diagnostics import ExitCode

CLEAN = Path(__file__).parents[1] / "checks" / "clean-reader"
JUNK = (
    b"\x00",
    b"\xff",
    b": ",
    b"- ",
    b"\n",
    b"[",
    b"{",
    b'"',
    b"&a ",
    b"*a ",
    b"!!x ",
    b"2026-13-45",
    b"-1",
    b"9999999",
    b"../",
    b"/etc/passwd",
    b"null",
    b"::: {audience=instructor}\n",
    b":::\n",
    b"[](reading:part#p2)",
    b"[](note:first)",
    b"[@guide-1]",
    b"%PDF-1.7",
    b"3-1",
)


def spoil(folder: Path, chance: random.Random) -> None:
    """Change a file somewhere: put something in, take something out, or put two lines in each other's place."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    file = chance.choice([*files, *[folder / "reader.yaml"] * len(files)])
    content = bytearray(file.read_bytes())
    at = chance.randint(0, len(content))
    match chance.randint(0, 2):
        case 0:
            content[at : at + chance.randint(0, 6)] = chance.choice(JUNK)
        case 1:
            del content[at : at + chance.randint(1, 40)]
        case _:
            lines = bytes(content).split(b"\n")
            chance.shuffle(lines)
            content = bytearray(b"\n".join(lines))
    file.write_bytes(bytes(content))


@pytest.mark.parametrize("seed", range(40))
def test_a_spoilt_reader_ends_in_diagnostics(tmp_path: Path, seed: int) -> None:
    folder = Path(shutil.copytree(CLEAN, tmp_path / "course"))
    spoil(folder, random.Random(seed))
    outcome = CliRunner().invoke(program, ("check", str(folder), "--copy", "proof"), prog_name="publisher")
    assert outcome.exit_code in (ExitCode.DONE, ExitCode.CONTENT), outcome.output


@pytest.mark.parametrize("password", ["", "secret"])
def test_pages_that_are_locked_are_refused_with_and_without_a_password(course: Path, password: str) -> None:
    file = course / "pdfs/pages.pdf"
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="owner", user=password))
    outcome = CliRunner().invoke(program, ("check", str(course), "--diagnostics", "short"), prog_name="publisher")
    assert outcome.exit_code == ExitCode.CONTENT
    assert "C-012" in outcome.stderr


def test_the_folder_of_a_reader_is_no_edition_and_the_hint_says_what_to_do(course: Path) -> None:
    other = course / "other"
    other.mkdir()
    other.joinpath("reader.yaml").write_text("title: x\n", encoding="utf-8")
    reader = course / "reader.yaml"
    reader.write_text(
        reader.read_text().replace("      - edition: edition\n      -", "      - edition: other\n      -")
    )
    outcome = CliRunner().invoke(program, ("check", str(course)), prog_name="publisher")
    assert "there is no edition in “other”" in outcome.stderr
    assert "take its units: write - reader: other among the units" in outcome.stderr


def test_a_document_outside_the_folder_is_refused(course: Path) -> None:
    reader = course / "reader.yaml"
    reader.write_text(reader.read_text().replace("readings/guide.md", "../guide.md"))
    outcome = CliRunner().invoke(program, ("check", str(course), "--diagnostics", "short"), prog_name="publisher")
    assert "E-011" in outcome.stderr
