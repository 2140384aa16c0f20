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
    assert result.stdout == "output/everything.section-references.pdf\n"
