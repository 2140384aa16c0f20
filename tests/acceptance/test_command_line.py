"""The command as a shell runs it, on whole editions."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Process = Callable[..., Any]
Command = Callable[..., Any]


@pytest.fixture
def outside(tmp_path: Path, process: Process, root: Path) -> Path:
    """A folder outside the project with a fresh edition in it, `mine`."""
    assert not tmp_path.is_relative_to(root)
    told = process("init", "mine", at=tmp_path)
    assert (told.status, told.complaints) == (0, "")
    return tmp_path


def test_a_fresh_edition_is_clean_and_becomes_both_files(outside: Path, process: Process) -> None:
    checked = process("check", "--strict", "mine", at=outside)
    assert (checked.status, checked.printed, checked.complaints) == (0, "", "")
    told = process("build", "mine", at=outside)
    made = {path.name: path.read_bytes()[:4] for path in (outside / "output").iterdir()}
    assert (told.status, told.complaints) == (0, "")
    assert sorted(told.printed.splitlines()) == sorted(f"output/{name}" for name in made)
    assert made["on-reading-proofs.epub"] == b"PK\3\4"
    assert made["on-reading-proofs.pdf"] == b"%PDF"


def test_a_build_in_one_format_makes_that_one(outside: Path, process: Process) -> None:
    told = process("build", "-f", "epub", "-o", "there", at=outside / "mine")
    assert told.status == 0
    made = [path.suffix for path in (outside / "mine" / "there").iterdir()]
    assert ".epub" in made
    assert ".pdf" not in made


def test_a_warning_is_told_and_is_an_error_where_it_is_strict(starting: Path, publisher: Command) -> None:
    for name, old, new in (
        ("introduction.md", "; @gaskell1972", ""),
        ("notes/editorial.md", " [@gaskell1972]", ""),
    ):
        text = (starting / name).read_text(encoding="utf-8")
        assert old in text
        (starting / name).write_text(text.replace(old, new), encoding="utf-8")
    lenient, strict = publisher("check", "mine"), publisher("check", "mine", "--strict")
    assert lenient.status == 0
    assert [place.split()[0] for place in lenient.places] == ["R-006"]
    assert strict.status == 1
    assert "error[R-006 unused-reference]" in strict.complaints


def test_exit_statuses_tell_what_happened(outside: Path, process: Process) -> None:
    (outside / "taken").write_text("", encoding="utf-8")
    (outside / "mine" / "article.txt").write_text("Other words.\n", encoding="utf-8")
    assert process("--version", at=outside).status == 0
    assert process("check", "mine", at=outside).status == 1
    assert process("build", "nowhere", at=outside).status == 2
    assert process("init", "taken/below", at=outside).status == 4


@pytest.mark.parametrize(
    ("shell", "test"),
    [
        ("bash", ("bash", "--norc", "-n")),
        ("zsh", ("zsh", "-f", "-n")),
        ("fish", ("fish", "--no-config", "--no-execute")),
    ],
)
def test_the_script_for_a_shell_is_a_script_of_that_shell(
    outside: Path, process: Process, shell: str, test: tuple[str, ...]
) -> None:
    told = process("completion", shell, at=outside)
    assert told.status == 0
    assert "_PUBLISHER_COMPLETE" in told.printed
    script = outside / f"publisher.{shell}"
    script.write_text(told.printed, encoding="utf-8")
    if shutil.which(test[0]):
        subprocess.run([*test, script], check=True)


COMPLETE = """
source "$1"
COMP_WORDS=(publisher ch); COMP_CWORD=1
_publisher_completion publisher
printf '%s\\n' "${COMPREPLY[@]}"
"""


def test_words_are_completed_in_bash(outside: Path, process: Process) -> None:
    (outside / "publisher.bash").write_text(process("completion", "bash", at=outside).printed, encoding="utf-8")
    command = ["bash", "--norc", "-c", COMPLETE, "bash", "publisher.bash"]
    done = subprocess.run(command, cwd=outside, capture_output=True, text=True, check=True)
    assert "check" in done.stdout.split()
