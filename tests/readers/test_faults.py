"""Every code that a faulty course reader can cause has a directory here: what differs from `clean`, and what is found.

`clean` is a reader without a fault. A directory named for a code holds only the files in which one fault stands, and
`expected.txt`: each finding in a line, with its hint and related places below.
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

CHECKS = Path(__file__).parent / "checks"
CODES = tuple(sorted(path.name for path in CHECKS.iterdir() if re.fullmatch(r"C-\d{3}", path.name)))
EPOCH = "1795478400"
"""24 November 2026, so that permissions are as valid as on that day."""

Finds = Callable[..., str]


@pytest.fixture
def finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Finds:
    """What is found in the clean reader with the files of a directory laid over it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)

    def find(code: str, *options: str) -> str:
        shutil.copytree(CHECKS / "clean", tmp_path / "course", dirs_exist_ok=True)
        if code != "clean":
            shutil.copytree(CHECKS / code, tmp_path / "course", dirs_exist_ok=True)
            tmp_path.joinpath("course", "expected.txt").unlink()
        words = ("check", "course", "--diagnostics", "json", *options)
        outcome = CliRunner().invoke(program, words, prog_name="publisher")
        lines = (
            f"{one['file']}:{one['line']}:{one['column']}-{one['endLine']}:{one['endColumn']}: "
            f"{one['severity']}[{one['code']}]: {one['message']}\n  hint: {one['hint']}\n"
            + "".join(
                f"  {also['message']}: {also['file']}:{also['line']}:{also['column']}\n" for also in one["related"]
            )
            for one in json.loads(outcome.stderr)
        )
        return "".join((*lines, f"exit {outcome.exit_code}\n"))

    return find


def test_the_clean_reader_is_clean(finds: Finds) -> None:
    assert finds("clean") == "exit 0\n"


@pytest.mark.parametrize("code", CODES)
def test_a_fault_is_found_where_it_was_made(code: str, finds: Finds, update_golden: bool) -> None:
    expected = CHECKS / code / "expected.txt"
    found = finds(code)
    if update_golden:
        expected.write_text(found, encoding="utf-8")
    assert f"[{code}]" in found
    assert found == expected.read_text(encoding="utf-8")


def test_every_code_that_a_reader_can_cause_has_a_directory(root: Path) -> None:
    pages = {path.stem for path in (root / "src/publisher/codes").glob("C-*.md")}
    assert pages == set(CODES)


RIGHTS = ("C-007", "C-008", "C-009", "C-010")


@pytest.mark.parametrize("code", RIGHTS)
def test_a_proof_is_let_through_and_says_what_a_copy_for_distribution_would_lack(code: str, finds: Finds) -> None:
    found = finds(code, "--copy", "proof")
    assert f"warning[{code}]" in found
    assert found.endswith("exit 0\n")


def test_what_an_edition_lacks_is_told_beneath_its_reading(finds: Finds) -> None:
    codes = re.findall(r"\[([A-Z]-\d{3})\]", finds("C-002"))
    assert codes == ["C-002", "N-003", "A-005", "C-002"]
