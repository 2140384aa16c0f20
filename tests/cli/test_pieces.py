"""`publisher build --reading` and `--section`: what they refuse, and what they say instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result


def test_build_answers_an_unknown_piece_with_the_nearest(run: Callable[..., Result], everything: Path) -> None:
    result = run("build", str(everything), "--section", "txt")
    assert result.exit_code == 2
    assert "There is no section “txt”. Did you mean “text”?" in result.stderr
    assert "  agreements: " in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--section", "text", "--reading", "1"), "give one of them"),
        (("--reading", "1"), "for course readers"),
        (("--section", "text", "-f", "epub"), "handed out as a PDF"),
        (("--section", "text", "-p", "archive"), "an archive keeps the whole volume"),
        (("--section", "text", "--freeze-pages"), "leave --reading and --section out"),
    ],
)
def test_build_refuses_what_a_piece_has_not(
    run: Callable[..., Result], everything: Path, options: tuple[str, ...], said: str
) -> None:
    result = run("build", str(everything), *options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_build_prints_the_path_of_a_piece(run: Callable[..., Result], everything: Path) -> None:
    result = run("build", str(everything), "--section", "references")
    assert result.exit_code == 0, result.output
    assert (
        result.stdout == "output/everything.section-references.pdf\noutput/everything.section-references.proof.json\n"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--section", "txt"), "There is no section “txt”. Did you mean “text”?"),
        (("--reading", "1"), "for course readers"),
        (
            ("--section", "text"),
            "everything.section-text.pdf and output/everything.section-text.print.pdf are not there",
        ),
    ],
)
def test_verify_says_why_there_is_no_such_piece_to_prove(
    run: Callable[..., Result], everything: Path, words: tuple[str, ...], said: str
) -> None:
    result = run("verify", str(everything), *words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_verify_proves_a_piece_in_its_usual_place_and_nowhere_else(
    run: Callable[..., Result], everything: Path
) -> None:
    assert run("build", str(everything), "--section", "references").exit_code == 0
    result = run("verify", str(everything), "--section", "references")
    assert result.exit_code == 0, result.output
    line = "(excerpt section-references, profile screen)"
    assert result.stdout.startswith("everything.section-references.pdf: identical to the output of publisher")
    assert result.stdout.endswith(f"{line}\n")
    proved = run("verify", str(everything), "--section", "references", "--semantic")
    assert (
        proved.stdout == "everything.section-references.pdf: 0 paragraphs, 0 notes, 0 agreements, 1 section: proved\n"
    )
    alone = run("verify", str(everything), "output/everything.section-references.pdf")
    assert (alone.exit_code, alone.stdout) == (0, result.stdout)
    other = run("verify", str(everything), "--section", "text", "output/everything.section-references.pdf")
    assert (other.exit_code, "V-017" in other.stderr) == (5, True)
    assert (
        run(
            "verify", str(everything), "--section", "text", "output/everything.section-references.pdf", "--semantic"
        ).exit_code
        == 5
    )
