"""Every code that a faulty edition can cause has a directory here: what differs from `clean`, and what is found.

`clean` is an edition without a fault. A directory named for a code holds only the files in which one small fault
stands, and `expected.txt`: each finding in a line, with its hint and related places below.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher.cli import program

HERE = Path(__file__).parent
FAMILIES = "ETMNARIFSGJ"
CODES = tuple(sorted(path.name for path in HERE.iterdir() if re.fullmatch(r"[A-Z]-\d{3}", path.name)))
BUILT = ("F-001", "G-007", "S-001")
"""What only the layout sees, so that `publisher build` has to be asked."""
ON_THE_COVER = ("J-002", "J-003", "J-004")
"""What only the layout of the printer's cover sees."""
NO_DIRECTORY = {
    "E-001": "the command line asks for a folder with edition.yaml before anything is read",
    "G-008": "only a build that freezes pages asks for it",
    "T-008": "its fault is 200,000 characters long, so a test writes it where it is needed",
}
"""Codes of these families for which there can be no directory, and why. The others (D, L, O, V) are not caused by what
an edition says, but by the machine, by the engines or by a mistake of ours."""

Finds = Callable[[str], str]


@pytest.fixture
def finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Finds:
    """What is found in the clean edition with the files of a directory laid over it."""
    monkeypatch.chdir(tmp_path)

    def find(code: str) -> str:
        shutil.copytree(HERE / "clean", tmp_path / "book")
        if code != "clean":
            shutil.copytree(HERE / code, tmp_path / "book", dirs_exist_ok=True)
            tmp_path.joinpath("book", "expected.txt").unlink(missing_ok=True)
        words: tuple[str, ...] = ("check", "book")
        if code in BUILT:
            words = ("build", "book", "-o", "output")
        elif code in ON_THE_COVER:
            words = ("cover", "book", "--pages", "60")
        outcome = CliRunner().invoke(program, (*words, "--diagnostics", "json"), prog_name="publisher")
        lines = (
            f"{one['file']}:{one['line']}:{one['column']}-{one['endLine']}:{one['endColumn']}: "
            f"{one['severity']}[{one['code']}]: {one['message']}\n  hint: {one['hint']}\n"
            + "".join(
                f"  {also['message']}: {also['file']}:{also['line']}:{also['column']}\n" for also in one["related"]
            )
            for one in json.loads(outcome.stderr)
        )
        told = "".join((*lines, f"exit {outcome.exit_code}\n"))
        return re.sub(r"lack .+ of this computer", "lack … of this computer", told)

    return find


def test_the_clean_edition_is_clean(finds: Finds) -> None:
    assert finds("clean") == "exit 0\n"


@pytest.mark.parametrize("code", CODES)
def test_a_fault_is_found_where_it_was_made(code: str, finds: Finds, update_golden: bool) -> None:
    expected = HERE / code / "expected.txt"
    found = finds(code)
    if update_golden:
        expected.write_text(found, encoding="utf-8")
    assert f"[{code}]" in found
    assert found == expected.read_text(encoding="utf-8")


def test_every_code_that_an_edition_can_cause_has_a_directory(root: Path) -> None:
    pages = {path.stem for path in (root / "src/publisher/codes").glob("*.md") if path.stem[0] in FAMILIES}
    assert sorted(pages - set(CODES) - NO_DIRECTORY.keys()) == []
    assert sorted(NO_DIRECTORY.keys() & set(CODES)) == []
    assert set(CODES) <= pages
