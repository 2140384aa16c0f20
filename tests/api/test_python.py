"""The program as Python calls it: the examples of docs/python.md, the surface, and what each function returns."""

from __future__ import annotations

import doctest
import inspect
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import publisher
from publisher import Edition, PublisherError, Reader, api
from publisher.diagnostics import Severity

SURFACE = {
    "__init__": ["folder", "audience", "copy"],
    "load": ["folder", "audience", "copy"],
    "check": ["strict"],
    "build": ["output", "formats", "profiles", "strict", "jobs", "cached"],
    "verify": ["files"],
    "cite": ["words", "nth", "prefix", "suffix", "style"],
    "export": ["name", "output", "words"],
    "settings": [],
}
"""The functions with their parameters. Programs of others call them: they change in a new major version only."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the editions that `publisher init` writes."""
    folder = tmp_path_factory.mktemp("python")
    program = Path(sys.executable).with_name("publisher")
    subprocess.run([program, "init", "my-edition"], cwd=folder, check=True, capture_output=True)
    subprocess.run([program, "init", "--reader", "my-reader"], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("kind", [Edition, Reader])
def test_surface_is_pinned(kind: type) -> None:
    public = {name: value for name, value in inspect.getmembers(kind, callable) if not name.startswith("_")}
    assert {name: [*inspect.signature(value).parameters][name != "load" :] for name, value in public.items()} == {
        name: words for name, words in SURFACE.items() if name != "__init__"
    }
    assert [*inspect.signature(kind).parameters] == SURFACE["__init__"]
    assert len(public) <= 10
    assert all(value.__doc__ for value in public.values())


def test_package_has_four_names_and_nothing_else() -> None:
    assert publisher.__all__ == ["Diagnostic", "Edition", "PublisherError", "Reader", "__version__"]
    assert all(getattr(publisher, name) for name in publisher.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Book'"):
        publisher.Book  # noqa: B018


def test_import_of_the_package_imports_nothing_else(tmp_path: Path) -> None:
    code = "import sys; before = set(sys.modules); import publisher; print(len(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert int(done.stdout) == 1


def test_examples_of_the_documentation(place: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    found = doctest.testfile(str(root / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert found.attempted >= 10
    assert found.failed == 0


def test_example_of_the_module(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    found = doctest.testmod(api)
    assert (found.attempted > 1, found.failed) == (True, 0)


def test_errors_are_returned_by_check_and_raised_by_build(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place / "my-edition", tmp_path / "wrong")
    notes = tmp_path / "wrong" / "notes" / "editorial.md"
    notes.write_text(notes.read_text(encoding="utf-8") + "\n## lost\n\n> no such words\n\nA note.\n", encoding="utf-8")
    edition = Edition.load(tmp_path / "wrong")
    (found,) = edition.check()
    assert (found.code, found.severity) == ("N-003", Severity.ERROR)
    assert found.span is not None
    with pytest.raises(PublisherError) as raised:
        edition.build(tmp_path / "output")
    assert [diagnostic.code for diagnostic in raised.value.diagnostics] == ["N-003"]
    assert not (tmp_path / "output").exists()
    shown = edition._repr_html_()
    assert "N-003" in shown
    assert "<th scope='row'>Errors</th><td>1</td>" in shown


def test_second_build_builds_nothing(place: Path, tmp_path: Path) -> None:
    edition = Edition.load(place / "my-edition")
    first = edition.build(tmp_path, formats=["epub"])
    again = edition.build(tmp_path, formats=["epub"])
    assert again.paths == first.paths
    assert again.unchanged
    changed = first.paths[0].read_bytes()
    first.paths[0].write_bytes(changed[:-1])
    (found,) = edition.verify(first.paths[0])
    assert (found.verdict, found.passed) == ("different", False)


def test_notebook_shows_what_it_is(place: Path) -> None:
    shown = Edition.load(place / "my-edition")._repr_html_()
    assert "<h3>On Reading Proofs</h3>" in shown


def test_folder_must_have_the_file(place: Path) -> None:
    with pytest.raises(PublisherError, match=r"there is no .*my-edition/reader\.yaml"):
        Reader.load(place / "my-edition")
    with pytest.raises(ValueError, match="teacher"):
        Reader.load(place / "my-reader", audience="teacher")
