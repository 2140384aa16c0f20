"""No command overwrites or removes a file that the program did not write, whatever lies where it writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import Result

from publisher import scaffold
from publisher.cache.store import Store
from publisher.diagnostics import ExitCode
from publisher.workspace.commit import PARTIAL, commit_files

Run = Callable[..., Result]
NAME = "on-reading-proofs"


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def started(run: Run, tmp_path: Path) -> Path:
    """An edition, and the folder in which commands run."""
    assert run("init", "edition").exit_code == 0
    return tmp_path


def build(run: Run, *words: str) -> Result:
    """A build of the EPUB, which is quick."""
    return run("build", "edition", "-f", "epub", *words)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pdf(path: Path) -> Path:
    """A PDF of two pages."""
    with pikepdf.new() as document:
        for _ in range(2):
            document.add_blank_page(page_size=(419.53, 595.28))
        document.save(path)
    return path


@pytest.mark.parametrize("name", [f"{NAME}.pdf", f"{NAME}.epub", f"{NAME}.proof.json"])
def test_a_file_that_is_not_ours_is_refused_before_anything_is_laid_out(
    run: Run, started: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def lay_out(*_: object, **__: object) -> object:
        raise AssertionError("nothing is to be laid out")

    monkeypatch.setattr("publisher.layout.document.write_pdfs", lay_out)
    started.joinpath("output").mkdir()
    mine = started / "output" / name
    mine.write_bytes(b"mine")
    result = run("build", "edition")
    assert (result.exit_code, "error[O-051 file-not-from-publisher]" in result.stderr) == (ExitCode.FILES, True), (
        result.output
    )
    assert mine.read_bytes() == b"mine"


def test_the_first_build_into_a_folder_refuses_files_that_are_not_ours(run: Run, started: Path) -> None:
    (started / "output").mkdir()
    (started / "output" / f"{NAME}.epub").write_bytes(b"mine")
    result = build(run)
    assert (result.exit_code, result.stdout) == (ExitCode.FILES, "")
    assert (
        f"error[O-051 file-not-from-publisher]: output/{NAME}.epub was not written by publisher, "
        "as far as is known\n" in result.stderr
    )
    assert "--output" in result.stderr
    assert snapshot(started / "output") == {f"{NAME}.epub": b"mine"}


def test_later_builds_ask_nothing_also_after_a_clone(
    run: Run, started: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(run).exit_code == 0
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("another-computer")))
    shutil.copytree(started / "output", started / "clone")
    settings = started / "edition" / "edition.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("On Reading", "Of Reading"), encoding="utf-8")
    for output in ("output", "clone"):
        result = build(run, "-o", output)
        assert (result.exit_code, "O-0" in result.stderr) == (0, False), result.stderr
    assert snapshot(started / "output") == snapshot(started / "clone")


def test_a_file_that_was_edited_by_hand_is_kept_aside(run: Run, started: Path, state: Path) -> None:
    assert build(run).exit_code == 0
    epub = started / "output" / f"{NAME}.epub"
    built = epub.read_bytes()
    epub.write_bytes(b"edited by hand")
    result = build(run, "--diagnostics", "json")
    assert result.exit_code == 0
    assert epub.read_bytes() == built
    (told,) = json.loads(result.stderr)
    (copy,) = (state / "publisher" / "replaced").iterdir()
    assert (told["code"], told["message"].endswith(str(copy))) == ("O-062", True)
    assert copy.read_bytes() == b"edited by hand"


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("target", ["../elsewhere", "inside", "output"])
def test_an_output_folder_that_is_a_link_out_has_to_be_named(
    run: Run, started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, named: bool
) -> None:
    (started / "elsewhere").mkdir()
    (started / "elsewhere" / "thesis.txt").write_bytes(b"mine")
    here = started / "here"
    here.mkdir()
    (here / "inside").mkdir()
    (here / "output").symlink_to(target)
    monkeypatch.chdir(here)
    words = ("build", "../edition", "-f", "epub", *(["-o", "output"] if named else []))
    result = run(*words)
    expected = {
        "../elsewhere": (0, "") if named else (ExitCode.FILES, "O-052"),
        "inside": (0, ""),
        "output": (ExitCode.FILES, "O-002"),
    }[target]
    assert (result.exit_code, expected[1] in result.stderr) == (expected[0], True), result.stderr
    assert (started / "elsewhere" / "thesis.txt").read_bytes() == b"mine"
    assert (started / "elsewhere" / f"{NAME}.epub").exists() == (target == "../elsewhere" and named)


@pytest.mark.parametrize("words", [("build-all", "."), ("cover", "edition", "--pages", "60")])
def test_every_command_with_an_output_folder_asks_for_its_name(run: Run, started: Path, words: tuple[str, ...]) -> None:
    (started / "output").symlink_to("/")
    result = run(*words)
    assert (result.exit_code, "error[O-052 output-link-outside]: output leads to /, outside of" in result.stderr) == (
        ExitCode.FILES,
        True,
    )


@pytest.mark.parametrize("source", ["scan.pdf", "scan.accessibility.json"])
def test_a_source_is_never_overwritten(run: Run, tmp_path: Path, source: str) -> None:
    """Not even if it looks like a file of ours, such as a bound PDF that was built here, or was written here."""
    (tmp_path / "reader.yaml").write_text(READER, encoding="utf-8")
    pdf(tmp_path / "scan.pdf")
    (tmp_path / "scan.accessibility.json").write_text("[]", encoding="utf-8")
    content = (tmp_path / source).read_bytes()
    if source == "scan.pdf":
        (tmp_path / "scan.accessibility.json").rename(tmp_path / "references.json")
        settings = READER.replace("scan.accessibility.json", "references.json")
        (tmp_path / "reader.yaml").write_text(settings, encoding="utf-8")
    (tmp_path / source).unlink()
    commit_files(tmp_path, [(source, content)])
    before = snapshot(tmp_path)
    result = run("build", ".", "-o", ".", "-f", "epub" if source.endswith("json") else "pdf")
    assert result.exit_code == ExitCode.FILES, result.stderr
    assert f"error[O-050 output-overwrites-source]: {source} is a file that was read" in result.stderr
    assert snapshot(tmp_path) == before


READER = """\
title: Course
language: en
date: 2026-09-01
copy: proof
output: {name: scan}
references: scan.accessibility.json
units:
  - title: One
    readings:
      - title: A scan
        pdf: scan.pdf
        citation: A scan, 2020
        rights: {status: public-domain, statement: Free.}
"""


@pytest.mark.parametrize(
    ("words", "target"),
    [
        (("impose", "book.pdf"), "book-booklet.pdf"),
        (("impose", "book.pdf", "-o", "taken.pdf"), "taken.pdf"),
        (("impose", "book.pdf", "-o", "edition/edition.yaml"), "edition/edition.yaml"),
        (("impose", "book.pdf", "-o", "book.pdf"), "book.pdf"),
        (("impose", "link.pdf", "-o", "book.pdf"), "book.pdf"),
        (("cover", "edition", "--pages", "60"), f"output/{NAME}-cover.pdf"),
    ],
)
def test_other_commands_overwrite_nothing(run: Run, started: Path, words: tuple[str, ...], target: str) -> None:
    pdf(started / "book.pdf")
    (started / "link.pdf").symlink_to("book.pdf")
    (started / target).parent.mkdir(exist_ok=True)
    if not (started / target).exists():
        (started / target).write_bytes(b"mine")
    before = snapshot(started)
    result = run(*words)
    assert result.exit_code == ExitCode.FILES, result.stderr
    assert f"{target} " in result.stderr
    assert "O-051" in result.stderr or "O-050" in result.stderr
    assert snapshot(started) == before


@pytest.mark.parametrize("computer", [pytest.param("this one", marks=pytest.mark.nightly), "another one"])
def test_imposed_sheets_and_framed_pages_are_replaced_by_those_of_the_next_run(
    run: Run,
    started: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    computer: str,
) -> None:
    pdf(started / "book.pdf")
    assert run("build", "edition", "-f", "pdf", "-q").exit_code == 0
    proof = ("proof", "edition", "--highlight", "marked.pdf", "--loose", "1")
    assert [run("impose", "book.pdf").exit_code, run(*proof).exit_code] == [0, 0]
    if computer == "another one":
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("another-computer")))
    before = snapshot(started)
    assert run("impose", "book.pdf", "--sheet", "A3").exit_code == 0
    assert run(*proof, "--last-page", "30").exit_code == 0
    after = snapshot(started)
    assert {name for name in before if before[name] != after[name]} == {"book-booklet.pdf", "marked.pdf"}


def test_what_came_with_a_manuscript_is_not_obeyed_and_not_removed(run: Run, started: Path) -> None:
    output = started / "output"
    output.mkdir()
    shipped = {
        "precious.pdf": b"mine",
        ".publisher-journal": f'[["{PARTIAL}0123456789abcdef", "precious.pdf"]]'.encode(),
        f"{PARTIAL}0123456789abcdef": b"unproved",
    }
    for name, content in shipped.items():
        (output / name).write_bytes(content)
    os.mkfifo(output / f"{PARTIAL}x")
    for _ in range(2):
        result = build(run)
        assert result.exit_code == 0, result.stderr
        assert result.stderr.count("warning[O-054 foreign-temporary-file]") == 1
    assert snapshot(output).items() >= shipped.items()
    (started / "edition" / "article.txt").write_bytes(b"\xff")
    result = build(run)
    assert (result.exit_code, "O-054" in result.stderr) == (ExitCode.CONTENT, True)
    assert snapshot(output).items() >= shipped.items()


@pytest.mark.parametrize(("output", "exit_code"), [("agreements", 4), (".", 0)])
def test_finished_files_among_the_sources_are_told(run: Run, started: Path, output: str, exit_code: int) -> None:
    result = build(run, "-o", f"edition/{output}")
    assert (result.exit_code, "O-053" in result.stderr) == (exit_code, True), result.stderr


def test_a_volume_that_is_named_as_the_report_is_refused(run: Run, started: Path) -> None:
    (started / "catalogue").mkdir()
    for name in ("a-good", "report.json", "z-good"):
        shutil.copytree(started / "edition", started / "catalogue" / name)
    result = run("build-all", "catalogue", "--quiet")
    assert result.exit_code == ExitCode.CONTENT
    assert "error[O-063 output-name-conflict]: the volume report.json has a name that is reserved" in result.stderr
    report = json.loads((started / "output" / "report.json").read_bytes())
    assert {item["volume"]: item["built"] for item in report["volumes"]} == {
        "a-good": True,
        "report.json": False,
        "z-good": True,
    }


def test_volumes_that_links_put_into_one_folder_are_told(run: Run, started: Path) -> None:
    (started / "catalogue").mkdir()
    for name in ("a", "b", "c"):
        shutil.copytree(started / "edition", started / "catalogue" / name)
    (started / "output" / "a").mkdir(parents=True)
    (started / "output" / "b").symlink_to("a")
    (started / "output" / "c").symlink_to("/tmp")
    result = run("build-all", "catalogue", "--quiet")
    assert result.exit_code == ExitCode.CONTENT
    assert (
        f"error[O-063 output-name-conflict]: output/b/{NAME}.epub was written for the volume a in this run"
        in result.stderr
    )
    assert "error[O-052 output-link-outside]: output/c leads to /tmp, outside of output, by a link" in result.stderr


def test_a_report_of_somebody_else_is_not_overwritten(run: Run, started: Path) -> None:
    (started / "output").mkdir()
    (started / "output" / "report.json").write_bytes(b'{"mine": 1}')
    result = run("build-all", "edition", "--quiet")
    assert (result.exit_code, "error[O-051 file-not-from-publisher]: output/report.json" in result.stderr) == (
        ExitCode.FILES,
        True,
    )
    assert (started / "output" / "report.json").read_bytes() == b'{"mine": 1}'


KILLED = """
import os, sys
from pathlib import Path
from publisher.cli import main
number, replace, count = int(sys.argv[1]), Path.replace, [0]
def counted(self, target):
    if ".publisher-partial" in str(self):
        count[0] += 1
        if count[0] == number: os.kill(os.getpid(), 9)
    return replace(self, target)
Path.replace = counted
sys.argv[1:] = sys.argv[2:]
main()
"""
"""A command that is killed before it puts a file in its place."""


@pytest.mark.parametrize("reader", [False, pytest.param(True, marks=pytest.mark.nightly)])
def test_an_init_that_was_killed_can_be_repeated(run: Run, tmp_path: Path, reader: bool) -> None:
    words = ("init", "new", *(["--reader"] if reader else []))
    whole = dict(scaffold.reader_contents() if reader else scaffold.contents())
    for number in (1, len(whole) // 2, len(whole)):
        killed = subprocess.run([sys.executable, "-c", KILLED, str(number), *words], cwd=tmp_path, check=False)
        assert killed.returncode == -9
        result = run(*words)
        assert result.exit_code == 0, result.stderr
        assert snapshot(tmp_path / "new") == {str(name): content for name, content in whole.items()}
        assert len(result.stdout.splitlines()) == len(whole)
        shutil.rmtree(tmp_path / "new")


@pytest.mark.parametrize("there", range(8))
def test_an_init_goes_on_from_any_file(run: Run, tmp_path: Path, there: int) -> None:
    """Whatever is there is the user's as soon as it is changed, or as there is something else."""
    files = scaffold.contents()
    for name, content in files[:there]:
        path = tmp_path / "new" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    result = run("init", "new")
    assert result.exit_code == (0 if there < len(files) else ExitCode.USAGE), result.stderr
    assert snapshot(tmp_path / "new") == {str(name): content for name, content in files}


@pytest.mark.parametrize("change", ["a file is changed", "there is a file more", "there is a link", "there is a pipe"])
def test_an_init_never_overwrites_what_was_changed_meanwhile(run: Run, tmp_path: Path, change: str) -> None:
    run("init", "new")
    (tmp_path / "new" / "edition.yaml").unlink()
    notes = tmp_path / "new" / "notes"
    match change:
        case "a file is changed":
            (notes / "editorial.md").write_bytes(b"mine")
        case "there is a file more":
            (notes / "mine.md").write_bytes(b"mine")
        case "there is a link":
            (notes / "mine.md").symlink_to("editorial.md")
        case _:
            os.mkfifo(notes / "mine.md")
    before = snapshot(tmp_path / "new")
    result = run("init", "new")
    assert (result.exit_code, "new is not empty; nothing was written" in result.stderr) == (ExitCode.USAGE, True)
    assert snapshot(tmp_path / "new") == before


def test_clean_tells_what_it_could_not_remove(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Store, "clear", lambda shelf: (2, 3_000_000))
    monkeypatch.setattr(Store, "count", lambda shelf: 1 if shelf.root.name == "sections" else 0)
    result = run("clean")
    assert result.exit_code == ExitCode.FILES
    assert result.stdout.startswith("2 sections, 3.0 MB, removed from ")
    assert "error[O-064 cache-not-emptied]: 1 section could not be removed from " in result.stderr
    assert "files could not" not in result.stderr
