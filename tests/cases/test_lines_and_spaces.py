"""Titles of several lines, line ends of other systems, and spaces of other widths."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cases.conftest import Make, demand_built

from publisher.cli.program import program

LINES = "On Reading\nProofs\n\nFirst paragraph\nof two lines.\n\nSecond paragraph.\n"
JUSTIFIED = (
    "*One two three four five six seven* seven eight internationalisation, *one two three four* "
    "incomprehensibility and *so on and so on* disproportionableness. "
)
SPACES = "\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CR LF"])
@pytest.mark.parametrize("name", ["text.txt", "text.md"])
def test_a_title_may_have_two_lines(small: Make, name: str, end: str) -> None:
    text = LINES if name.endswith(".txt") else LINES.replace("On Reading\nProofs", "On Reading\nProofs\n==========")
    more = "" if name.endswith(".md") else "  first-paragraph-is-title: true\n"
    edition = small(text.replace("\n", end).encode(), name=name)
    settings = edition.folder / "edition.yaml"
    settings.write_text(settings.read_text().replace("rights:\n", more + "rights:\n", 1))
    demand_built(edition.build())


def test_all_files_may_have_the_line_ends_of_another_system(tmp_path: Path) -> None:
    """The starter edition, whose agreements begin with YAML."""
    folder = str(tmp_path / "edition")
    demand_built(CliRunner().invoke(program, ["init", folder]))
    text = tmp_path / "edition" / "article.txt"
    for path in (tmp_path / "edition").rglob("*"):
        if path.is_file() and path != text:
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    demand_built(CliRunner().invoke(program, ["build", folder, "-o", str(tmp_path / "output"), "--no-cache"]))


@pytest.mark.parametrize("space", SPACES, ids=[f"U+{ord(space):04X}" for space in SPACES])
def test_a_space_of_another_width_leaves_the_word_spaces_of_its_typeface_alone(small: Make, space: str) -> None:
    edition = small(f"# T\n\nA *hair{space}space* in italics, in **bold{space}type** too.\n\n{JUSTIFIED * 4}\n")
    demand_built(edition.build("--format", "pdf"))
