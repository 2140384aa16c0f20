"""Many volumes at once: every one below a folder, past those with errors, with a table and a report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.build.batch import volumes
from publisher.cli.program import program
from publisher.diagnostics import ExitCode
from publisher.workspace import Folder


@pytest.fixture
def catalogue(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a sound edition, one with an error, and a reader that has an edition of its own."""
    starter = root / "src" / "publisher" / "scaffold" / "edition"
    for name in ("sound", "years/1909/faulty"):
        shutil.copytree(starter, tmp_path / "catalogue" / name)
    with (tmp_path / "catalogue/years/1909/faulty/edition.yaml").open("a", encoding="utf-8") as settings:
        settings.write("colour: red\n")
    shutil.copytree(starter, tmp_path / "catalogue/reader/part")
    (tmp_path / "catalogue/reader/reader.yaml").write_text("nothing: yet\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "catalogue"


def build_all(*words: str) -> Result:
    return CliRunner().invoke(program, ("build-all", "--jobs", "1", *words), prog_name="publisher")


def test_what_lies_in_the_folder_of_a_reader_is_no_volume_of_its_own(catalogue: Path) -> None:
    assert volumes(Folder(catalogue)) == ("reader", "sound", "years/1909/faulty")


def test_volumes_with_errors_are_told_and_passed_over(catalogue: Path, tmp_path: Path) -> None:
    result = build_all("catalogue")
    assert result.exit_code == ExitCode.CONTENT
    assert "catalogue/years/1909/faulty/edition.yaml" in result.stderr
    assert "E-003" in result.stderr
    marks = [line.split("\t")[:2] for line in result.stdout.splitlines()]
    assert marks == [["✗", "reader"], ["✓", "sound"], ["✗", "years/1909/faulty"]]
    assert sorted(path.name for path in (tmp_path / "output").iterdir()) == ["report.json", "sound"]


def test_the_report_has_every_volume_with_its_files_and_diagnostics(catalogue: Path, tmp_path: Path) -> None:
    build_all("catalogue", "--quiet")
    report = json.loads((tmp_path / "output" / "report.json").read_text(encoding="utf-8"))
    assert (report["built"], report["failed"]) == (1, 2)
    sound, faulty = report["volumes"][1:]
    assert all((tmp_path / name).is_file() for name in sound["files"])
    assert [(item["code"], item["file"]) for item in faulty["diagnostics"]] == [
        ("E-003", "catalogue/years/1909/faulty/edition.yaml")
    ]


def test_a_volume_has_the_bytes_that_it_has_when_it_is_built_alone(catalogue: Path, tmp_path: Path) -> None:
    build_all("catalogue", "--no-cache")
    alone = CliRunner().invoke(program, ("build", "catalogue/sound", "-o", "alone"), prog_name="publisher")
    assert alone.exit_code == 0, alone.stderr
    both = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("output/sound", "alone")
    ]
    assert both[0] == both[1]


def test_what_was_built_is_no_volume(catalogue: Path) -> None:
    shutil.copytree(catalogue / "sound", catalogue / "output" / "copy")
    result = build_all("catalogue", "-o", "catalogue/output")
    assert "copy" not in result.stdout


def test_a_folder_without_volumes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = build_all()
    assert result.exit_code == ExitCode.USAGE
    assert "there is no edition.yaml" in result.stderr


def test_a_volume_of_which_nothing_has_changed_is_not_built_again(catalogue: Path, tmp_path: Path) -> None:
    build_all("catalogue")
    before = {path.name: path.read_bytes() for path in (tmp_path / "output" / "sound").iterdir()}
    (tmp_path / "output" / "sound" / "on-reading-proofs.epub").unlink()
    again = build_all("catalogue")
    assert [line.split("\t")[:2] for line in again.stdout.splitlines()][1] == ["=", "sound"]
    report = json.loads((tmp_path / "output" / "report.json").read_text(encoding="utf-8"))
    assert [(item["built"], item["unchanged"]) for item in report["volumes"]] == [
        (False, False),
        (True, True),
        (False, False),
    ]
    assert {path.name: path.read_bytes() for path in (tmp_path / "output" / "sound").iterdir()} == before
    (catalogue / "sound" / "article.txt").touch()
    with (catalogue / "sound" / "edition.yaml").open("a", encoding="utf-8") as settings:
        settings.write("# more\n")
    third = build_all("catalogue")
    assert [line.split("\t")[:2] for line in third.stdout.splitlines()][1] == ["✓", "sound"]
