"""The clock, the environment and what the project ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.diagnostics import ExitCode, PublisherError
from publisher.workspace import is_occupied, moment, resources, seconds, variable


def test_the_moment_is_the_edition_date(clean_environment: pytest.MonkeyPatch) -> None:
    assert moment("2026-11-24") == "2026-11-24T00:00:00Z"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu"])
def test_the_moment_is_source_date_epoch_in_every_zone(clean_environment: pytest.MonkeyPatch, zone: str) -> None:
    clean_environment.setenv("TZ", zone)
    clean_environment.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert moment("2026-11-24") == "2023-11-14T22:13:20Z"


@pytest.mark.parametrize("epoch", ["yesterday", "", "1" * 30, "1.5"])
def test_a_source_date_epoch_that_is_no_number_is_a_mistake_of_usage(
    clean_environment: pytest.MonkeyPatch, epoch: str
) -> None:
    clean_environment.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(PublisherError, match="O-004") as caught:
        moment("2026-11-24")
    assert caught.value.exit_code == ExitCode.USAGE


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHER_TRIAL", "")
    assert variable("PUBLISHER_TRIAL") is None
    monkeypatch.setenv("PUBLISHER_TRIAL", "a")
    assert variable("PUBLISHER_TRIAL") == "a"


def test_the_stopwatch_never_goes_back() -> None:
    first = seconds()
    assert seconds() >= first


def test_a_place_is_occupied_by_a_file_and_by_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    assert [is_occupied(tmp_path / name) for name in ("empty", "file", "nothing", ".")] == [False, True, False, True]


@pytest.mark.parametrize("name", ["diagnostics/codes", "styles", "templates"])
def test_what_the_project_ships_is_found(root: Path, name: str) -> None:
    places = {
        "diagnostics/codes": "src/publisher/diagnostics/codes",
        "styles": "styles",
        "templates": "src/publisher/render/templates",
    }
    assert resources(name).root.resolve() == root / places[name]
