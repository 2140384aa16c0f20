"""The commands that need no edition."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from ruamel.yaml import YAML

from publisher import doctor
from publisher.diagnostics import ExitCode, codes
from publisher.diagnostics.names import NAMES
from publisher.doctor import Need, Part

Run = Callable[..., Result]


def test_init_writes_an_edition_that_proves_its_text(run: Run, tmp_path: Path) -> None:
    result = run("init", "mine")
    assert result.exit_code == 0
    folder = tmp_path / "mine"
    assert result.stdout.splitlines()[-1] == "mine/edition.yaml"
    assert all((tmp_path / line).is_file() for line in result.stdout.splitlines())
    settings = YAML(typ="safe").load(folder / "edition.yaml")
    digest = hashlib.sha256(folder.joinpath(settings["source"]["file"]).read_bytes()).hexdigest()
    assert settings["source"]["sha256"] == digest


def test_the_starter_shows_what_an_edition_is_made_of(run: Run, tmp_path: Path) -> None:
    run("init", "mine")
    settings = YAML(typ="safe").load(tmp_path / "mine/edition.yaml")
    assert len(settings["series"]) == 2
    assert len(list(tmp_path.glob("mine/agreements/*.md"))) == 1
    assert settings["front"] == ["introduction.md"]
    assert json.loads(tmp_path.joinpath("mine/references.json").read_bytes())
    paragraphs = tmp_path.joinpath("mine/article.txt").read_text(encoding="utf-8").split("\n\n")[1:]
    assert 6 <= len(paragraphs) <= 8


def test_the_starter_has_nothing_wrong_with_it(run: Run) -> None:
    run("init", "mine")
    result = run("check", "mine", "--strict")
    assert (result.exit_code, result.output) == (0, "")


def test_init_writes_a_reader_with_an_edition_and_nothing_wrong_in_it(run: Run) -> None:
    result = run("init", "--reader", "mine")
    assert result.stdout.splitlines()[-1] == "mine/reader.yaml"
    assert "mine/on-reading-proofs/edition.yaml" in result.stdout.splitlines()
    result = run("check", "mine", "--strict", "--copy", "distribution")
    assert (result.exit_code, result.output) == (0, "")


def test_the_schema_of_readers_names_every_kind_of_reading(run: Run) -> None:
    told = json.loads(run("schema", "--reader").stdout)
    readings = told["properties"]["units"]["items"]["properties"]["readings"]["items"]["properties"]
    assert {"edition", "document", "pdf", "link", "paragraphs", "pages", "rights"} <= readings.keys()


def test_the_pages_of_a_reader_cannot_be_frozen(run: Run) -> None:
    run("init", "--reader", "mine")
    result = run("build", "mine", "--freeze-pages")
    assert result.exit_code == ExitCode.USAGE
    assert "--freeze-pages is for editions" in result.stderr


def test_a_folder_with_neither_file_is_refused(run: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("empty").mkdir()
    result = run("check", "empty")
    assert result.exit_code == ExitCode.USAGE
    assert "empty has no edition.yaml and no reader.yaml" in result.stderr


def test_init_takes_an_empty_folder_and_refuses_a_full_one(run: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("empty").mkdir()
    assert run("init", "empty").exit_code == 0
    before = sorted(tmp_path.joinpath("empty").rglob("*"))
    again = run("init", "empty")
    assert again.exit_code == ExitCode.USAGE
    assert "empty is not empty; nothing was written" in again.stderr
    assert sorted(tmp_path.joinpath("empty").rglob("*")) == before


def test_init_refuses_a_file(run: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("x", encoding="utf-8")
    assert run("init", "file").exit_code == ExitCode.USAGE


def test_init_where_nothing_can_be_written_exits_with_4(run: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("x", encoding="utf-8")
    result = run("init", "file/below")
    assert result.exit_code == ExitCode.FILES
    assert "error[O-002 output-not-writable]" in result.stderr


def test_explain_prints_the_page_whatever_the_case(run: Run) -> None:
    page = next(codes.pages())
    for words in ([page.code.lower()], [page.name], [page.name.upper()], [f"[{page.code} {page.name}]:"]):
        result = run("explain", *words)
        assert (result.exit_code, result.stdout) == (0, page.text)
    both = run("explain", "lemma-not-found", "N-003", "n-004")
    assert [line for line in both.stdout.splitlines() if line.startswith("# ")] == [
        "# N-003 lemma-not-found · the lemma is not in the text",
        "# N-004 lemma-ambiguous · the lemma is in the text more than once",
    ]


def test_explain_lists_all_codes(run: Run) -> None:
    lines = run("explain").stdout.splitlines()
    assert [line.split(":")[0].split() for line in lines] == [list(pair) for pair in NAMES.items()]
    assert all(line.partition(": ")[2] for line in lines)


def test_explain_guesses_a_mistyped_code(run: Run) -> None:
    for typed, near in (("N003", "N-003"), ("lema-not-found", "lemma-not-found"), ("lemma", "lemma-not-found")):
        result = run("explain", typed)
        assert result.exit_code == ExitCode.USAGE
        assert near in result.stderr
    assert "lists them all" in run("explain", "").stderr
    assert "lists them all" in run("explain", "zzzzzzz").stderr


def test_every_page_begins_with_its_code_and_a_title() -> None:
    for page in codes.pages():
        assert page.text.startswith(f"# {page.code} {page.name} · {page.title}\n"), page.code
        assert page.title, page.code


def test_schema_is_json(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    assert set(schema["required"]) == {"title", "language", "date", "contributors", "source", "rights"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run: Run, shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_PUBLISHER_COMPLETE" in result.stdout


def part(*, need: Need = Need.BUILDING, found: str | None = None) -> Part:
    """Something that is needed."""
    return Part(name="Pango", kind="library", need=need, found=found, remedy="sudo apt-get install libpango-1.0-0")


@pytest.mark.parametrize(
    ("examined", "status", "line"),
    [
        (part(found="1.50"), ExitCode.DONE, "✓\tPango\tlibrary\tbuilding\t1.50"),
        (part(), ExitCode.MISSING, "✗\tPango\tlibrary\tbuilding\tmissing: sudo apt-get install libpango-1.0-0"),
        (
            part(need=Need.TESTING),
            ExitCode.DONE,
            "–\tPango\tlibrary\ttesting\tmissing: sudo apt-get install libpango-1.0-0",
        ),
    ],
)
def test_doctor_says_what_is_missing_and_how_to_get_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, examined: Part, status: ExitCode, line: str
) -> None:
    monkeypatch.setattr("publisher.cli.doctor.examine", lambda: (examined,))
    result = run("doctor")
    assert (result.exit_code, result.stdout) == (status, f"{line}\n")


def test_doctor_finds_what_this_test_runs_with() -> None:
    found = {part.name: part for part in doctor.examine()}
    for name in ("Python", "click", "weasyprint", "font-source-serif-pro", "Pango", "CMYK", "pytest"):
        assert found[name].found, name
    assert not doctor.lacks_for_building(tuple(found.values()))
