"""The screen of README that goes from nothing to a bound volume does what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from publisher.cli.program import program

SECTION = re.compile(r"^## A course reader.*?(?=^## )", flags=re.M | re.S)


def test_its_lines_end_with_a_volume(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    section = SECTION.search(root.joinpath("README.md").read_text(encoding="utf-8"))
    assert section
    shutil.copytree(root / "src/publisher/scaffold/edition", tmp_path / "my-edition")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")
    (units,) = re.findall(r"```yaml\n(.*?)```", section[0], flags=re.S)
    for line in re.findall(r"^(?:publisher|\$EDITOR) .*$", section[0], flags=re.M):
        words = shlex.split(line.partition("#")[0])
        if words[0] == "$EDITOR":
            edit(tmp_path / "my-reader", units)
            continue
        outcome = CliRunner().invoke(program, words[1:], prog_name="publisher")
        assert (outcome.exit_code, outcome.stderr) == (0, ""), line
    assert {"reading-for-print.epub", "reading-for-print.pdf"} <= {path.name for path in Path("output").iterdir()}


def edit(reader: Path, units: str) -> None:
    """What an editor does: the units of README in the place of those that are there, and a PDF."""
    text = reader.joinpath("reader.yaml").read_text(encoding="utf-8")
    head, _, rest = text.partition("\nunits:\n")
    reader.joinpath("reader.yaml").write_text(
        head + "\n" + units + "\noutput:" + rest.partition("\noutput:")[2],
        encoding="utf-8",
    )
    introduction = "# Introduction\n\nSee [](reading:passage).\n"
    reader.joinpath("introduction.md").write_text(introduction, encoding="utf-8")
    reader.joinpath("pdfs").mkdir()
    with pikepdf.new() as pdf:
        for _ in range(9):
            pdf.add_blank_page()
        pdf.save(reader / "pdfs/chapter.pdf")
