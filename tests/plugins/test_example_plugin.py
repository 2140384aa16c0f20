"""The example of a plugin, installed: each of the five things that it adds is there and works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

SUBTITLES = """1
00:00:01,000 --> 00:00:02,000
Hello there,
General.

2
00:00:03,000 --> 00:00:04,000
You are a <bold> one.
"""


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed packages that has the example."""
    place = tmp_path_factory.mktemp("packages")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    options = ("--no-index", "--no-deps", "--no-build-isolation", "--target")
    subprocess.run([*pip, *options, place, root / "examples" / "plugin"], check=True)
    return place


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Runs `publisher` in a folder, with the example installed."""

    def publisher(*words: str, plugins: bool = True) -> subprocess.CompletedProcess[str]:
        variables = os.environ | ({"PYTHONPATH": str(installed)} if plugins else {})
        program = Path(sys.executable).with_name("publisher")
        return subprocess.run(
            [program, *words], cwd=tmp_path, env=variables, capture_output=True, text=True, check=False
        )

    return publisher


@pytest.fixture
def edition(run: Run, tmp_path: Path) -> Path:
    """An edition that names the plugin and its citation style, and has what its check reports."""
    run("init", "edition")
    folder = tmp_path / "edition"
    settings = folder / "edition.yaml"
    text = settings.read_text(encoding="utf-8").replace("chicago-author-date", "house-brief")
    settings.write_text(f"{text}\nplugins: [house-rules]\n", encoding="utf-8")
    notes = folder / "notes" / "editorial.md"
    with notes.open("a", encoding="utf-8") as file:
        file.write("\n## spelt\n\n> The printers knew\n\nThe color, and the colour [@moxon1683].\n")
    return folder


def test_checks_run_for_an_edition_that_names_the_plugin(run: Run, edition: Path) -> None:
    found = run("check", "edition", "--diagnostics", "short")
    assert found.returncode == 0
    (line,) = found.stderr.splitlines()
    assert line.startswith("edition/notes/editorial.md:")
    assert "warning[Z-003 plugin-finding]: “color” here, and “colour” in other notes (house-rules: spelling)" in line


def test_build_uses_the_style_sheet_and_the_citation_style(run: Run, edition: Path, tmp_path: Path) -> None:
    assert run("build", "edition", "-f", "epub").returncode == 0
    with ZipFile(tmp_path / "output" / "on-reading-proofs.epub") as book:
        sheets = [name for name in book.namelist() if name.startswith("EPUB/styles/own-")]
        assert [b"italic" in book.read(name) for name in sheets] == [True]
        pages = b"".join(book.read(name) for name in book.namelist() if name.endswith(".xhtml"))
    assert re.search(rb"\[<a [^>]*>1", pages)
    verified = run("verify", "edition")
    assert verified.returncode == 0
    assert "identical" in verified.stdout


def test_exporter_is_a_command(run: Run, edition: Path, tmp_path: Path) -> None:
    assert "headings" in run("export", "--help").stdout
    done = run("export", "headings", "edition", "-o", "lists")
    assert done.stdout == "lists/on-reading-proofs.headings.txt\n"
    lines = (tmp_path / "lists" / "on-reading-proofs.headings.txt").read_text(encoding="utf-8").splitlines()
    assert "Introduction" in lines


def test_importer_reads_files_by_their_suffix(run: Run, tmp_path: Path) -> None:
    (tmp_path / "interview.srt").write_text(SUBTITLES, encoding="utf-8")
    assert run("import", "interview.srt", "imported").returncode == 0
    text = (tmp_path / "imported" / "text.md").read_text(encoding="utf-8")
    assert text.replace("\\", "") == "Hello there, General.\n\nYou are a <bold> one.\n"
    assert run("check", "imported").returncode == 0


def test_importer_says_why_a_file_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.srt").write_text("no subtitles\n", encoding="utf-8")
    done = run("import", "broken.srt", "imported")
    assert done.returncode == 1
    assert "[W-002 import-damaged]: broken.srt is damaged: it has no subtitle" in done.stderr
    assert not (tmp_path / "imported").exists()


def test_edition_can_only_name_an_installed_plugin(run: Run, edition: Path) -> None:
    done = run("check", "edition", plugins=False)
    assert done.returncode == 1
    assert "edition/edition.yaml" in done.stderr
    assert "error[Z-001 plugin-not-installed]: no plugin “house-rules” is installed" in done.stderr


def test_code_beside_an_edition_is_no_plugin(run: Run, edition: Path, tmp_path: Path) -> None:
    package = tmp_path / "stray_rules-1.0.dist-info"
    package.mkdir()
    (package / "entry_points.txt").write_text("[publisher]\nstray-rules = stray_rules\n", encoding="utf-8")
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: stray-rules\nVersion: 1.0\n", encoding="utf-8")
    (tmp_path / "stray_rules.py").write_text("open('ran', 'w').close()\n", encoding="utf-8")
    settings = edition / "edition.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("house-rules", "stray-rules"), encoding="utf-8")
    done = run("check", "edition")
    assert "[Z-001 plugin-not-installed]" in done.stderr
    assert not (tmp_path / "ran").exists()
