"""The proof grows with the text, and takes a small part of the build's time."""

from __future__ import annotations

import cProfile
import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.rendition import Volume
from publisher.verify import verify
from publisher.verify.compare import Fault, compare
from publisher.verify.line import Expected, Found
from publisher.workspace import Folder

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "proving.py"
SMALL, LARGE = 40, 160
"""Paragraphs: about 25 and about 90 pages."""


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """The benchmark as a module."""
    spec = importlib.util.spec_from_file_location("proving_benchmark", BENCHMARK)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(benchmark: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Volume, float]]:
    """Volumes of two sizes, and the seconds that each took to build."""
    volumes: dict[int, tuple[Volume, float]] = {}
    for size in (SMALL, LARGE):
        folder = benchmark.edition(tmp_path_factory.mktemp("volumes") / str(size), paragraphs=size)
        begun = time.perf_counter()
        volumes[size] = (pipeline.build(BuildRequest(folder=Folder(folder))).volume, time.perf_counter() - begun)
    return volumes


def calls(work: Callable[[], object]) -> int:
    """How many functions were called, which no other program on the machine makes more or fewer."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def proof(volume: Volume) -> Callable[[], None]:
    """The proof of a volume, to be called."""
    return lambda: verify(volume.publication, volume.artifacts)


def test_four_times_the_text_takes_four_times_the_steps(built: dict[int, tuple[Volume, float]]) -> None:
    small, large = (calls(proof(built[size][0])) for size in (SMALL, LARGE))
    assert large / small < 1.25 * LARGE / SMALL


@pytest.mark.parametrize("every", [20, 2])
def test_faults_are_found_in_steps_that_grow_with_the_text(every: int) -> None:
    assert steps(4_000, every=every) / steps(1_000, every=every) < 5


def steps(count: int, *, every: int) -> int:
    """How many functions are called to find that every so many lines have changed."""
    texts = [f"Paragraph {number} speaks of harbours and of peace." for number in range(count)]
    changed = [text.replace("peace", "war") if at % every == 1 else text for at, text in enumerate(texts)]
    expected, found = [Expected(text=text, name="x") for text in texts], [Found(text=t, place="x") for t in changed]
    differences = compare(expected, found).differences
    assert [difference.fault for difference in differences] == [Fault.CHANGED] * (count // every)
    return calls(lambda: compare(expected, found))


def test_the_proof_takes_a_fifth_of_the_build_at_most(
    built: dict[int, tuple[Volume, float]], benchmark: ModuleType
) -> None:
    volume, whole = built[LARGE]
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        proof(volume)()
        took.append(time.perf_counter() - begun)
    assert min(took) / whole < benchmark.MOST


def test_the_benchmark_says_what_part_of_a_build_its_proof_is(benchmark: ModuleType) -> None:
    measured = benchmark.Measured(build=10.0, proof=1.5)
    assert measured.share == pytest.approx(0.15)
    assert set(benchmark.PARAGRAPHS) == {"about 200 pages", "about 900 pages"}
