"""`publisher preflight`, and `publisher build --profile`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from publisher.cli.program import program


def test_a_file_that_is_ready_is_said_to_be(volume: Any) -> None:
    outcome = CliRunner().invoke(program, ["preflight", str(volume.path(".print.pdf"))])
    assert (outcome.exit_code, outcome.output) == (0, "everything.print.pdf: PDF/X-4, ready for the printer\n")


def test_what_is_wrong_with_each_file_is_told_with_its_name(volume: Any) -> None:
    paths = [str(volume.path(ending)) for ending in (".pdf", ".print.pdf")]
    outcome = CliRunner().invoke(program, ["preflight", *paths, "--diagnostics", "short"])
    assert outcome.exit_code == 5
    assert outcome.stdout == "everything.print.pdf: PDF/X-4, ready for the printer\n"
    assert "error[X-001 not-pdf-x]: everything.pdf: its XMP does not say PDF/X-4 but nothing" in outcome.stderr
    (annotated,) = (line for line in outcome.stderr.splitlines() if line.endswith("lies on the page: Link"))
    assert re.match(r"error\[X-009 [a-z-]+\]: everything\.pdf, pages .*\bv.*: an annotation", annotated)


def test_a_bleed_that_the_printer_asks_for_can_be_given(volume: Any) -> None:
    outcome = CliRunner().invoke(program, ["preflight", "--bleed", "5", str(volume.path(".print.pdf"))])
    assert outcome.exit_code == 5
    assert "less than 5.0 mm" in outcome.stderr


def test_an_unknown_profile_is_told_with_the_nearest_name(everything: Path) -> None:
    outcome = CliRunner().invoke(program, ["build", str(everything), "--profile", "prnt"])
    assert outcome.exit_code == 2
    assert "Did you mean “print”?" in outcome.output


def test_the_proof_takes_the_files_of_every_profile(volume: Any, everything: Path) -> None:
    paths = [str(volume.path(ending)) for ending in (".pdf", ".print.pdf", ".archive.pdf")]
    outcome = CliRunner().invoke(program, ["verify", "--semantic", str(everything), *paths])
    assert outcome.exit_code == 0, outcome.output
    assert outcome.stdout.count(": proved") == 3


def test_a_profile_without_a_pdf_is_refused(everything: Path) -> None:
    outcome = CliRunner().invoke(program, ["build", str(everything), "-f", "epub", "--profile", "print"])
    assert outcome.exit_code == 2
    assert "add --format pdf" in outcome.output
