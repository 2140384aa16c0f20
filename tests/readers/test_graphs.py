"""Readers that take units from readers: each is read once, and their readings are bounded."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.load import reader as loading
from publisher.load.reader import load_reader
from publisher.model.reader import Reader
from publisher.workspace import Folder, RememberedFolder

HEAD = "title: Course\nlanguage: en\ndate: 2026-09-01\nunits:\n"
LINK = "{link: 'https://a.example/', slug: s, title: L, citation: A.}"
UNIT = f"  - title: One\n    readings: [{LINK}]\n"


def laid_down(root: Path, readers: dict[str, str]) -> Folder:
    """The folder of the first of some readers; each is given by its units, `> name` being those of another."""
    for name, units in readers.items():
        written = "".join(f"  - reader: ../{part[2:]}\n" if part[:1] == ">" else UNIT for part in units.split(";"))
        (root / name).mkdir()
        (root / name / "reader.yaml").write_text(HEAD + written, encoding="utf-8")
    return Folder(root / next(iter(readers)))


def fan(depth: int, width: int) -> dict[str, str]:
    """Readers in a row, each of which names the next one so often."""
    return {f"r{at}": ";".join([f"> r{at + 1}"] * width) if at + 1 < depth else "unit" for at in range(depth)}


def errors(folder: Folder) -> tuple[Diagnostic, ...]:
    """What is wrong with a reader."""
    with pytest.raises(PublisherError) as caught:
        load_reader(folder)
    return caught.value.diagnostics


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read, as they are."""
    names: list[str] = []
    original = RememberedFolder.read

    def recorded(self: RememberedFolder, name: str) -> bytes:
        names.append(f"{self.root.name}/{name}")
        return original(self, name)

    monkeypatch.setattr(RememberedFolder, "read", recorded)
    return names


@pytest.mark.parametrize(("depth", "width"), [(10, 10), (20, 2), (3, 900), (15, 50)])
def test_a_fan_of_readers_ends_at_the_line_that_goes_too_far(
    tmp_path: Path, read: list[str], depth: int, width: int
) -> None:
    (error,) = errors(laid_down(tmp_path, fan(depth, width)))
    assert error.code == "C-020"
    assert "reader.yaml:" in str(error.span)
    assert len(read) == depth, "each reader is read once"


def test_readings_count_up_to_the_limit(tmp_path: Path) -> None:
    found: Reader = load_reader(laid_down(tmp_path, {"a": ";".join(["> b"] * 10), "b": ";".join(["unit"] * 100)}))
    assert len(tuple(found.readings)) == loading.MOST_READINGS == 1_000
    (error,) = errors(laid_down(tmp_path, {"c": "unit;> d", "d": ";".join(["unit"] * 1_000)}))
    assert (error.code, str(error.span).rpartition("/")[2]) == ("C-020", "reader.yaml:7:13")


def test_a_reader_with_too_many_readings_of_its_own(tmp_path: Path) -> None:
    many = "  - title: Many\n    readings:\n" + f"      - {LINK}\n" * 1_001
    (tmp_path / "reader.yaml").write_text(HEAD + many, encoding="utf-8")
    (error,) = errors(Folder(tmp_path))
    assert error.code == "C-020"


def test_units_without_readings_count_as_well(tmp_path: Path) -> None:
    readers = {"a": ";".join(["> b"] * 100), "b": ";".join(["> c"] * 100), "c": "unit"}
    laid_down(tmp_path, readers)
    (tmp_path / "c" / "reader.yaml").write_text(HEAD + "  - title: One\n    readings: []\n", encoding="utf-8")
    assert "C-020" in {diagnostic.code for diagnostic in errors(Folder(tmp_path / "a"))}


@pytest.mark.parametrize("length", [2, 20])
def test_readers_in_a_row(tmp_path: Path, length: int) -> None:
    assert len(tuple(load_reader(laid_down(tmp_path, fan(length, 1))).readings)) == 1


@pytest.mark.parametrize("length", [22, 400])
def test_a_row_that_is_too_long(tmp_path: Path, length: int) -> None:
    (error,) = errors(laid_down(tmp_path, fan(length, 1)))
    assert (error.code, str(error.span).rpartition("/")[2]) == ("C-021", "reader.yaml:5:13")


@pytest.mark.parametrize(
    "readers",
    [
        {"a": "> a"},
        {"a": "> b", "b": "> a"},
        {"a": "> b;> c", "b": "> c", "c": "> b"},
        {"a": ";".join(["> b"] * 20), "b": ";".join(["> c"] * 20), "c": "> a;unit"},
        {"a": "unit;> b", "b": "unit;> c", "c": "unit;> d", "d": "unit;> b"},
    ],
)
def test_a_circle_is_found_once_for_each_line_that_closes_it(tmp_path: Path, readers: dict[str, str]) -> None:
    assert {diagnostic.code for diagnostic in errors(laid_down(tmp_path, readers))} == {"C-003"}


def test_a_link_to_a_reader_leads_to_the_same_one(tmp_path: Path, read: list[str]) -> None:
    folder = laid_down(tmp_path, {"a": "> b;> linked;> b", "b": "unit"})
    (tmp_path / "linked").symlink_to("b", target_is_directory=True)
    assert len(tuple(load_reader(folder).readings)) == 3
    assert read == ["a/reader.yaml", "b/reader.yaml"]
