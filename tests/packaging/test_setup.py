"""tools/setup does what is missing, once, and says what it can't do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PYTHON = """#!/bin/sh
echo "$*" >>"$CALLS"
[ "$1" = -V ] && echo "Python 3.11.2"
exit 0
"""
"""A Python that has everything, and writes down what it was asked."""


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A folder with the files that setting up reads, and a Python of its own."""
    folder = tmp_path / "a checkout"
    shutil.copytree(root / "tools", folder / "tools")
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(root / name, folder / name)
    _place(folder)
    return folder


def _place(folder: Path) -> None:
    """Put the Python that has everything into the folder's `.venv`."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)


def pip_calls(checkout: Path, *, goal: str = "book") -> list[str]:
    """What pip was asked for by one run of tools/setup."""
    calls = checkout / "calls"
    calls.write_bytes(b"")
    environment = {"PATH": os.environ["PATH"], "CALLS": str(calls)}
    subprocess.run([checkout / "tools" / "setup", goal], env=environment, check=True, capture_output=True)
    return [line for line in calls.read_text(encoding="utf-8").splitlines() if line.startswith("-m pip")]


def shell(root: Path, code: str) -> subprocess.CompletedProcess[str]:
    """What a piece of shell prints in the project's folder, where no program is installed at all."""
    command = ["/bin/sh", "-c", code]
    return subprocess.run(command, cwd=root, env={"PATH": "/nowhere"}, capture_output=True, text=True, check=False)


def test_everything_is_installed_by_its_hash(checkout: Path) -> None:
    libraries, project = pip_calls(checkout)
    assert libraries.endswith("install --quiet --require-hashes --no-deps --only-binary :all: -r constraints.txt")
    assert project.endswith("install --quiet --no-deps --no-build-isolation --no-index -e .")


def test_nothing_is_done_twice(checkout: Path) -> None:
    assert len(pip_calls(checkout)) == 2
    assert pip_calls(checkout) == []
    assert len(pip_calls(checkout, goal="checks")) == 1
    assert pip_calls(checkout, goal="checks") == []


def test_new_pins_are_installed(checkout: Path) -> None:
    pip_calls(checkout)
    with (checkout / "constraints.txt").open("a", encoding="utf-8") as pins:
        pins.write("# another\n")
    (call,) = pip_calls(checkout)
    assert call.endswith("-r constraints.txt")


def test_a_folder_that_was_moved_is_set_up_again(checkout: Path) -> None:
    pip_calls(checkout)
    assert len(pip_calls(checkout.rename(checkout.parent / "moved"))) == 2


def test_an_unknown_goal_is_a_mistake_of_usage(root: Path) -> None:
    done = subprocess.run([root / "tools" / "setup", "everything"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "book|checks|tests|nightly|docs|bench|pins" in done.stderr


def test_what_cannot_be_installed_is_asked_for_in_one_line_a_system(root: Path) -> None:
    done = shell(root, ". tools/packages.sh; apt_install a || stop_with_advice 'the a' 'apt a' 'dnf a' 'brew a'")
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "publisher: missing: the a. Install it, then run this again:",
        "  Debian, Ubuntu:  apt a",
        "  Fedora:          dnf a",
        "  macOS:           brew a",
    ]


def test_every_missing_judge_is_named_by_its_package(root: Path) -> None:
    done = shell(root, ". tools/packages.sh; . tools/validators.sh; missing_judges")
    packages = {
        "default-jre-headless",
        "chromium",
        "firefox-esr",
        "qpdf",
        "poppler-utils",
        "ghostscript",
        "liblouis-bin",
        "libreoffice-writer-nogui",
        "mupdf-tools",
        "ocrmypdf",
        "tesseract-ocr",
    }
    assert set(done.stdout.split()) - {"libjaxb-java"} == packages
