"""Generated editions are built: each ends with a proved book, or with errors that have a place."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.robustness.generated import GENERATORS, Files
from tests.robustness.test_any_edition import within_bounds

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Severity
from publisher.diagnostics.report import caret, json, short
from publisher.model.target import Format
from publisher.workspace import Folder

LayDown = Callable[[Path, Files], Path]

FEW, MANY = 8, 1_400
"""How many editions of a kind are built always, and how many more at night."""
STEP = 100
"""How many editions of a kind are built in one test at night."""
PAGES_EACH = 25
"""One edition in so many is built as a PDF too."""
LEAST = {
    "markdown": 0.5,
    "settings": 0.2,
    "references": 0.2,
    "fonts": 0.2,
    "page map": 0.2,
    "plain text": 0.5,
    "reader": 0.2,
}
"""How many of the editions of a kind become a book at least: so many reach the writers."""


def built(folder: Path, *, formats: tuple[Format, ...]) -> bool:
    """Whether an edition becomes a book; if not, what is wrong with it has a place, and can be printed in every form.

    A book that is not proved (exit code 5) is a fault of the program, and so is any other exception.
    """
    with within_bounds():
        try:
            return bool(pipeline.build(BuildRequest(folder=Folder(folder), formats=formats)).volume.artifacts)
        except PublisherError as error:
            if error.exit_code != ExitCode.CONTENT:
                raise
            demand_places(error.diagnostics)
            return False


def demand_places(found: tuple[Diagnostic, ...]) -> None:
    """Every error has a place; all can be printed."""
    for diagnostic in found:
        assert (
            diagnostic.severity is not Severity.ERROR
            or diagnostic.span is not None
            or diagnostic.code.startswith(("D-", "F-001"))
        ), diagnostic
    for form in (caret, short, json):
        form.render(found)


def books(kind: str, seeds: range, folder: Path, small: Files, lay_down: LayDown) -> int:
    """How many of the editions of a kind become books."""
    count = 0
    for seed in seeds:
        files = GENERATORS[kind](random.Random(f"{kind} {seed}"), small)
        formats = tuple(Format) if seed % PAGES_EACH == PAGES_EACH - 1 else (Format.EPUB,)
        count += built(lay_down(folder / str(seed), {**small, **files}), formats=formats)
    return count


@pytest.mark.parametrize("kind", GENERATORS)
def test_generated_editions_are_built_or_refused_at_a_place(
    kind: str, tmp_path: Path, small: Files, lay_down: LayDown
) -> None:
    assert books(kind, range(FEW), tmp_path, small, lay_down) >= LEAST[kind] * FEW


@pytest.mark.nightly
@pytest.mark.parametrize("first", range(FEW, FEW + MANY, STEP))
@pytest.mark.parametrize("kind", GENERATORS)
def test_many_generated_editions_are_built_or_refused_at_a_place(
    kind: str, first: int, tmp_path: Path, small: Files, lay_down: LayDown
) -> None:
    assert books(kind, range(first, first + STEP), tmp_path, small, lay_down) >= LEAST[kind] * STEP
