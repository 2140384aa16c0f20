"""`publisher --help` loads next to nothing."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

import pytest

OURS = "from publisher.cli import main; main()"
EMPTY = "import click; click.command()(lambda: None)()"
HEAVY = {
    "PIL", "ahocorasick", "ebooklib", "fontTools", "jinja2", "lxml", "markdown_it", "mdit_py_plugins",
    "pikepdf", "py_mini_racer", "pypdfium2", "rapidfuzz", "rich", "ruamel", "weasyprint",
}  # fmt: skip


def answer(program: str, *words: str) -> float:
    """The seconds that a program takes to answer."""
    begin = perf_counter()
    subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True)
    return perf_counter() - begin


def test_help_answers_as_fast_as_an_empty_program() -> None:
    answer(OURS, "--help"), answer(EMPTY, "--help")
    times = [(answer(OURS, "--help"), answer(EMPTY, "--help")) for _ in range(15)]
    ours, empty = (min(column) for column in zip(*times, strict=True))
    assert ours < 1.5 * empty, f"{ours:.3f} s against {empty:.3f} s"


@pytest.mark.parametrize(
    "words", [("--help",), ("--version",), ("build", "--help"), ("check", "--help"), ("explain", "--help")]
)
def test_help_loads_no_heavy_library(words: tuple[str, ...]) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", OURS, *words], check=True, capture_output=True, text=True
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert "click" in loaded
    assert not loaded & HEAVY
