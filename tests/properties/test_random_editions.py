"""Whatever an editor combines: an edition that `check` passes is built and proved; else each error has a place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.properties.editions import Texts, brought, editions

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import ExitCode, PublisherError, Severity
from publisher.workspace import Folder

FEW, MANY, PART = 60, 2_000, 50
"""How many editions are tried first, how many after them, and how many of these in one test."""
SHORT = 3
"""How many blocks the texts of the first ones have at most, so that they take a minute."""
LEAST_BUILT = 0.6
"""The part of the editions that is built, at least: else little is said of builds."""
RULES = settings(
    database=None,
    deadline=None,
    derandomize=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


def is_built(folder: Path, texts: Texts) -> bool:
    """Whether an edition has no errors and is built; fails if an error has no place, or only the build finds it."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in brought(texts).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    try:
        pipeline.check(BuildRequest(folder=Folder(folder)))
    except PublisherError as error:
        demand_places(error)
        return False
    return bool(pipeline.build(BuildRequest(folder=Folder(folder))).volume.artifacts)


def demand_places(error: PublisherError) -> None:
    """Nothing; fails unless it reports errors in the edition, each with its place."""
    errors = [diagnostic for diagnostic in error.diagnostics if diagnostic.severity is Severity.ERROR]
    assert error.exit_code is ExitCode.CONTENT
    assert errors
    assert [diagnostic for diagnostic in errors if diagnostic.span is None] == []


def try_editions(folder: Path, *, first: int, count: int, most: int = 7) -> None:
    """Nothing; so many editions from a seed keep the promise, and enough of them are built."""
    built = []

    @seed(first)
    @settings(RULES, max_examples=count)
    @given(editions(most=most))
    def holds(texts: Texts) -> None:
        built.append(is_built(folder, texts))

    holds()
    assert len(built) >= count / 2, "hypothesis has drawn too few"
    assert sum(built) >= LEAST_BUILT * len(built)


def test_any_edition_that_check_passes_is_built_and_proved(tmp_path: Path) -> None:
    try_editions(tmp_path / "edition", first=0, count=FEW, most=SHORT)


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(1, 1 + MANY // PART))
def test_two_thousand_editions_that_check_passes_are_built_and_proved(tmp_path: Path, first: int) -> None:
    try_editions(tmp_path / "edition", first=first, count=PART)
