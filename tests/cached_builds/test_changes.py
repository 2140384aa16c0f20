"""Whatever changes is noticed: the result is that of a build without the cache."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publisher import workspace
from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.cache import builds
from publisher.workspace import resources

Build = Callable[..., Any]
Change = Callable[[Path], object]


def replaced(name: str, old: str, new: str) -> Change:
    """Other words in a file."""

    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def added(name: str, content: str | bytes) -> Change:
    """A new file."""

    def change(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return change


def font(folder: Path) -> None:
    """A typeface of the edition's own."""
    content = workspace.packaged_path("font_source_sans_pro", "files/SourceSansPro-Bold.otf")
    added("fonts/Own.otf", content)(folder)


def template(folder: Path) -> None:
    """A template of the edition's own, the house's with one more comment."""
    house = resources("templates")
    name = next(name for name in house.matching("*.j2") if b"{% macro" not in house.read(name))
    added(f"templates/{name}", house.read(name) + b"<!-- own -->")(folder)


CHANGES: dict[str, Change] = {
    "a setting": replaced("edition.yaml", "language: en", "language: en  #"),
    "a style sheet": added("styles/own.css", "p { color: #222 }"),
    "a style sheet for print": added("styles/own.print.css", "p { color: #222 }"),
    "a font": font,
    "a template": template,
}


def resources_of(folder: Path) -> list[str]:
    """The files in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def assert_noticed(build: Build, **options: Any) -> None:
    """That a build is what one without the cache is."""
    found = build(**options)
    assert not found.unchanged
    shutil.rmtree("output")
    clean = build("--no-cache", **options)
    assert (found.exit_code, found.stdout, found.stderr) == (clean.exit_code, clean.stdout, clean.stderr)
    if clean.exit_code == 0:
        assert found.files == clean.files


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_kind_of_change_is_noticed(starter: Path, build: Build, change: Change) -> None:
    build()
    change(starter)
    assert_noticed(build)


def test_every_file_of_an_edition_counts(starter: Path, build: Build) -> None:
    first = build()
    for name in resources_of(starter):
        if name.endswith((".yaml", ".md", ".txt", ".json", ".css", ".j2")):
            path = starter / name
            before = path.read_bytes()
            path.write_bytes(before + b"\n")
            assert not build().unchanged, name
            path.write_bytes(before)
            assert build().files == first.files


def test_a_file_that_a_pattern_takes_in_is_noticed(starter: Path, build: Build) -> None:
    build()
    agreement = next(starter.glob("agreements/*.md"))
    shutil.copy(agreement, agreement.with_name("zz-another.md"))
    assert_noticed(build)


def test_a_file_that_is_gone_is_noticed(starter: Path, build: Build) -> None:
    build()
    next(starter.glob("notes/*.md")).unlink()
    found = build()
    assert (found.exit_code, found.unchanged) == (1, False)


def test_what_was_undone_is_as_it_was(starter: Path, build: Build) -> None:
    first = build()
    settings = starter / "edition.yaml"
    before = settings.read_bytes()
    settings.write_bytes(before + b"nonsense: yes\n")
    assert build().exit_code == 1
    settings.write_bytes(before)
    again = build()
    assert again.unchanged
    assert again.files == first.files


@pytest.mark.parametrize(
    ("words", "formats"),
    [(("--strict",), ("epub",)), (("--audience", "all"), ("epub",)), ((), ("pdf",)), ((), ("epub", "pdf"))],
)
def test_each_option_is_noticed(starter: Path, build: Build, words: tuple[str, ...], formats: tuple[str, ...]) -> None:
    build()
    assert not build(*words, formats=formats).unchanged
    assert build(*words, formats=formats).unchanged


def test_the_moment_is_noticed(starter: Path, build: Build, clean_environment: pytest.MonkeyPatch) -> None:
    first = build()
    clean_environment.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert_noticed(build)
    clean_environment.delenv("SOURCE_DATE_EPOCH")
    assert build().files == first.files


def test_the_folder_that_it_is_run_in_is_noticed(
    starter: Path, build: Build, place: Path, clean_environment: pytest.MonkeyPatch
) -> None:
    notes = next(starter.glob("notes/*.md"))
    notes.write_text(notes.read_text(encoding="utf-8") + "\n\nSee \u200bhere.\n", encoding="utf-8")
    build()
    clean_environment.chdir(starter)
    found = build(folder=".", output="../output")
    assert not found.unchanged
    assert "edition/notes" not in found.stderr


def test_another_version_of_anything_is_noticed(starter: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    monkeypatch.setattr(builds, "toolchain", lambda: "another version of the engine")
    assert not build().unchanged


def test_another_colour_profile_of_the_computer_is_noticed(
    starter: Path, build: Build, place: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "own.icc").write_bytes(Path(workspace.HOUSE_PROFILES[0]).read_bytes())
    monkeypatch.setattr(workspace, "HOUSE_PROFILES", (str(place / "own.icc"),))
    build("--profile", "print", formats=("pdf",))
    assert build("--profile", "print", formats=("pdf",)).unchanged
    (place / "own.icc").write_bytes(b"none")
    assert not build("--profile", "print", formats=("pdf",)).unchanged


def test_sources_that_change_while_they_are_read_are_not_remembered(
    starter: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pipeline.build

    def meddled(request: BuildRequest) -> Any:
        request.folder.read("edition.yaml")
        with (starter / "edition.yaml").open("a", encoding="utf-8") as settings:
            settings.write("# more\n")
        return whole(request)

    monkeypatch.setattr(pipeline, "build", meddled)
    build()
    monkeypatch.setattr(pipeline, "build", whole)
    assert not build().unchanged


def test_what_changes_after_it_was_read_is_noticed(
    starter: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = pipeline.build

    def meddled(request: BuildRequest) -> Any:
        built = whole(request)
        with (starter / "edition.yaml").open("a", encoding="utf-8") as settings:
            settings.write("# more\n")
        return built

    monkeypatch.setattr(pipeline, "build", meddled)
    build()
    monkeypatch.setattr(pipeline, "build", whole)
    assert not build().unchanged
