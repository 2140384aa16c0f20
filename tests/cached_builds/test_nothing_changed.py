"""A volume of which nothing has changed is not built again, and all is said as it was."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from publisher.build import pipeline
from publisher.cli.program import program

Build = Callable[..., Any]

HEAVY = {
    "PIL", "ahocorasick", "babel", "cssselect2", "ebooklib", "fontTools", "jinja2", "lxml", "markdown_it",
    "mdit_py_plugins", "msgspec", "multiprocessing", "pikepdf", "py_mini_racer", "pydyf", "pypdfium2",
    "rapidfuzz", "rich", "ruamel",
    "tinycss2", "uharfbuzz", "weasyprint",
}  # fmt: skip
HEAVY_OF_OURS = {
    "pipeline",
    "load",
    "annotate",
    "compose",
    "render",
    "write",
    "verify",
    "checks",
    "validators",
    "doctor",
}


@pytest.fixture
def built_once(starter: Path, build: Build) -> Any:
    """The first run."""
    first = build()
    assert (first.exit_code, first.unchanged) == (0, False), first.stderr
    return first


def test_a_second_build_makes_nothing_and_says_so(
    built_once: Any, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(pipeline, "build")
    second = build()
    assert second.unchanged
    assert (second.exit_code, second.stdout, second.files) == (0, built_once.stdout, built_once.files)


def test_it_is_said_to_people_only(built_once: Any, build: Build) -> None:
    assert build("--quiet").stderr == build("--quiet").stdout == ""
    assert build("--diagnostics", "json").stderr == "[]\n"
    assert build("--diagnostics", "short").stderr == ""


def test_the_quick_path_loads_nothing_that_builds(place: Path, starter: Path) -> None:
    words = ("build", "edition", "-f", "epub", "--jobs", "1")
    program = "import sys; from publisher.cli.program import program; program(prog_name='publisher')"
    subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True, cwd=place)
    command = [sys.executable, "-X", "importtime", "-c", program, *words]
    second = subprocess.run(command, check=True, capture_output=True, text=True, cwd=place)
    assert "unchanged" in second.stderr
    loaded = {line.rpartition("|")[2].strip() for line in second.stderr.splitlines() if "|" in line}
    assert "publisher.cache.builds" in loaded
    assert not {name.partition(".")[0] for name in loaded} & HEAVY
    assert not {name.split(".")[1] for name in loaded if name.startswith("publisher.")} & HEAVY_OF_OURS


def test_warnings_are_told_again_in_every_form(starter: Path, build: Build) -> None:
    notes = next(starter.glob("notes/*.md"))
    notes.write_text(notes.read_text(encoding="utf-8") + "\n\nSee \u200bhere.\n", encoding="utf-8")
    first = build()
    assert "warning[" in first.told
    assert build().told == first.told
    for form in ("short", "json"):
        clean = build("--diagnostics", form, "--no-cache")
        assert build("--diagnostics", form).stderr == clean.stderr != ""
    strict = build("--strict")
    assert (strict.exit_code, strict.unchanged) == (1, False)
    assert build("--strict").stderr == strict.stderr


def test_an_altered_file_is_put_back_and_a_missing_one(built_once: Any, build: Build, place: Path) -> None:
    names = sorted(built_once.files)
    (place / "output" / names[0]).write_bytes(b"edited by hand")
    (place / "output" / names[1]).unlink()
    second = build()
    assert second.unchanged
    assert second.files == built_once.files


def test_another_output_folder_gets_the_same_files(built_once: Any, build: Build) -> None:
    second = build(output="elsewhere")
    assert second.unchanged
    assert second.files == built_once.files
    assert second.stdout == built_once.stdout.replace("output/", "elsewhere/")


def test_a_folder_deleted_is_made_again(built_once: Any, build: Build, place: Path) -> None:
    for path in (place / "output").iterdir():
        path.unlink()
    (place / "output").rmdir()
    assert build().files == built_once.files


def test_neither_jobs_nor_cluster_change_what_is_made(built_once: Any, build: Build) -> None:
    assert build("--jobs", "3").unchanged
    assert build("--cluster", "tcp://127.0.0.1:1").unchanged


def test_without_the_cache_everything_is_built(built_once: Any, build: Build) -> None:
    second = build("--no-cache")
    assert not second.unchanged
    assert second.files == built_once.files


def test_after_clean_everything_is_built(built_once: Any, build: Build) -> None:
    assert CliRunner().invoke(program, ["clean"]).exit_code == 0
    assert not build().unchanged


def test_time_stamps_are_not_looked_at(built_once: Any, build: Build, starter: Path) -> None:
    for path in starter.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes())
    assert build().unchanged
