"""`publisher verify` says what is proved, and what is not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from publisher import __version__
from publisher.cli.program import program
from publisher.diagnostics import ExitCode

EDITION = str(Path(__file__).parent / "edition")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: dict[str, bytes]) -> Run:
    """Runs `publisher verify` beside a folder `output` with the finished files."""
    (tmp_path / "output").mkdir()
    for name, content in good.items():
        (tmp_path / "output" / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(program, ("verify", *words), prog_name="publisher")


def test_the_usual_files_are_identical(run: Run) -> None:
    result = run(EDITION)
    assert result.exit_code == ExitCode.DONE, result.output
    how = "(EPUB and PDF together, profile screen)"
    assert result.stdout.splitlines() == [
        f"{name}: identical to the output of publisher {__version__} for this edition {how}"
        for name in ("on-promises.epub", "on-promises.pdf")
    ]


def test_the_usual_files_are_proved_from_the_sources(run: Run) -> None:
    result = run(EDITION, "--semantic")
    assert result.exit_code == ExitCode.DONE, result.output
    assert [line.rpartition(", ")[0] for line in result.stdout.splitlines()] == [
        "on-promises.epub: 4 paragraphs, 6 notes, 2 agreements",
        "on-promises.pdf: 4 paragraphs, 6 notes, 2 agreements",
    ]
    assert all(line.endswith("sections: proved") for line in result.stdout.splitlines())


def test_one_file_alone_is_identical(run: Run) -> None:
    result = run(EDITION, "output/on-promises.pdf")
    assert (result.exit_code, len(result.stdout.splitlines())) == (ExitCode.DONE, 1)


def test_a_damaged_file_ends_with_5_and_says_where(run: Run, tmp_path: Path, good: dict[str, bytes]) -> None:
    (tmp_path / "output" / "on-promises.pdf").write_bytes(good["on-promises.pdf"][:-900])
    result = run(EDITION, "--diagnostics", "json")
    assert result.exit_code == ExitCode.UNPROVED
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == ["on-promises.epub"]
    assert {load["code"] for load in json.loads(result.stderr)} <= {"V-049", "V-051"}
    proved = run(EDITION, "--semantic", "--diagnostics", "json")
    assert (proved.exit_code, "V-011" in proved.stderr) == (ExitCode.UNPROVED, True)


def test_a_file_of_another_edition_is_not_this_one(run: Run, tmp_path: Path, good: dict[str, bytes]) -> None:
    (tmp_path / "x.epub").write_bytes(good["on-promises.epub"])
    assert CliRunner().invoke(program, ["init", "mine"]).exit_code == ExitCode.DONE
    result = run("mine", "x.epub")
    assert result.exit_code == ExitCode.UNPROVED
    assert "error[V-019 unrecognised-file]: x.epub is no file of this edition" in result.stderr
    proved = run("mine", "x.epub", "--semantic")
    assert (proved.exit_code, "error[V-002 content-missing]: x.epub" in proved.stderr) == (ExitCode.UNPROVED, True)


@pytest.mark.parametrize("option", [(), ("--semantic",)])
def test_what_is_neither_epub_nor_pdf_is_refused(run: Run, tmp_path: Path, option: tuple[str, ...]) -> None:
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    result = run(EDITION, "x.txt", *option)
    assert (result.exit_code, "x.txt is" in result.stderr) == (ExitCode.USAGE, True)


def test_nothing_built_is_said(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "output").iterdir():
        path.unlink()
    result = run(EDITION)
    assert (result.exit_code, "Nothing is built yet" in result.stderr) == (ExitCode.USAGE, True)


@pytest.mark.parametrize("form", ["epub", "pdf"])
def test_a_file_that_was_built_alone_is_proved(run: Run, tmp_path: Path, form: str) -> None:
    built = CliRunner().invoke(program, ("build", EDITION, "-f", form, "-o", str(tmp_path / "alone")))
    assert built.exit_code == ExitCode.DONE, built.output
    alone = str(tmp_path / "alone" / f"on-promises.{form}")
    result = run(EDITION, alone, f"output/on-promises.{'pdf' if form == 'epub' else 'epub'}")
    assert result.exit_code == ExitCode.DONE, result.output
    assert result.stdout.count(": identical to the output") == 2
    assert f"({form.upper()} alone" in result.stdout
    assert run(EDITION, alone, "--semantic").stdout.count("sections: proved") == 1


def test_a_file_that_was_built_at_another_moment_is_identical(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert run(EDITION).exit_code == ExitCode.DONE
    assert run(EDITION, "--semantic").exit_code == ExitCode.DONE


def test_an_epub_whose_pages_were_taken_out_is_not_one_that_was_built_alone(
    run: Run, tmp_path: Path, good: dict[str, bytes]
) -> None:
    files = dict[str, bytes]()
    with ZipFile(BytesIO(good["on-promises.epub"])) as archive:
        for name in archive.namelist():
            text = re.sub(rb'<span epub:type="pagebreak"[^>]*></span>', b"", archive.read(name))
            files[name] = re.sub(rb'<nav epub:type="page-list".*?</nav>', b"", text, flags=re.DOTALL)
    with ZipFile(tmp_path / "output" / "on-promises.epub", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    result = run(EDITION, "output/on-promises.epub")
    assert (result.exit_code, "V-045" in result.stderr) == (ExitCode.UNPROVED, True)
    result = run(EDITION, "output/on-promises.epub", "--semantic")
    assert result.exit_code == ExitCode.UNPROVED
    assert "V-020" in result.stderr
    assert "promises page numbers" in result.stderr


def test_the_file_of_claims_says_what_was_measured(run: Run, tmp_path: Path) -> None:
    claims = tmp_path / "output" / "on-promises.accessibility.json"
    assert run(EDITION, str(claims), "output/on-promises.epub").exit_code == ExitCode.DONE
    claims.write_bytes(claims.read_bytes().replace(b'"earned": [', b'"earned": ["largePrint",'))
    for option in ((), ("--semantic",)):
        result = run(EDITION, str(claims), "output/on-promises.epub", *option)
        assert (result.exit_code, "V-020" in result.stderr) == (ExitCode.UNPROVED, True)


def test_a_build_that_is_not_proved_writes_nothing(tmp_path: Path) -> None:
    shutil.copytree(EDITION, tmp_path / "edition")
    (tmp_path / "edition" / "styles").mkdir()
    (tmp_path / "edition" / "styles" / "screen.css").write_text(".paragraph-number { display: none }", encoding="utf-8")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "mine.txt").write_bytes(b"old")
    result = CliRunner().invoke(
        program, ("build", str(tmp_path / "edition"), "-f", "epub", "-o", str(tmp_path / "output"))
    )
    assert (result.exit_code, "V-008" in result.stderr) == (ExitCode.UNPROVED, True), result.output
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "output").iterdir()] == [("mine.txt", b"old")]
