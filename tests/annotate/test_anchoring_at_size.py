"""Anchoring holds at size, and so does what is said when it fails."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from publisher.annotate import annotate
from publisher.diagnostics import PublisherError
from publisher.model.apparatus import Selector
from publisher.model.edition import Edition
from publisher.selectors.nearest import nearest

EditionOf = Callable[..., Edition]

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "anchoring.py"


def _benchmark() -> ModuleType:
    """The benchmark as a module."""
    spec = importlib.util.spec_from_file_location("anchoring_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def volume() -> tuple[ModuleType, str, tuple[object, ...]]:
    """The benchmark with its text of 1,000,000 words and its 5,000 notes."""
    benchmark = _benchmark()
    text, notes = benchmark.volume()
    return benchmark, text, notes


def test_five_thousand_notes_in_a_million_words_anchor_in_under_five_seconds(
    volume: tuple[ModuleType, str, tuple[object, ...]],
) -> None:
    benchmark, text, notes = volume
    begun = time.process_time()
    anchors = benchmark.anchor(text, notes)
    assert time.process_time() - begun < 5
    assert len(anchors) == len(notes) == 5_000
    assert len(text.split()) >= 1_000_000
    for anchor in anchors:
        assert text[anchor.start : anchor.end].split() == anchor.note.selector.exact.split()


def test_nearest_text_is_found_in_a_long_text_in_a_moment(volume: tuple[ModuleType, str, tuple[object, ...]]) -> None:
    _, text, _ = volume
    wanted = text[4_000_000:4_000_080].replace("\n", " ")
    lost = f"{wanted[:30]}X{wanted[31:60]}YZ{wanted[61:]}"
    begun = time.process_time()
    (near,) = nearest(text, [lost])
    assert time.process_time() - begun < 5
    assert near is not None
    assert abs(near.start - 4_000_000) < 8


def test_lemma_of_a_million_characters_is_found_or_lost_in_a_moment(
    edition_of: EditionOf, volume: tuple[ModuleType, str, tuple[object, ...]]
) -> None:
    _, text, _ = volume
    long = text[1_000_000:2_000_000].strip()
    begun = time.process_time()
    (anchor,) = annotate(edition_of(text, ("long", long))).anchors
    with pytest.raises(PublisherError) as caught:
        annotate(edition_of(text, ("lost", f"{long}!")))
    assert time.process_time() - begun < 10
    assert text[anchor.start : anchor.end] == long
    (error,) = caught.value.diagnostics
    assert error.hint is not None
    assert len(error.hint) < 400


@pytest.mark.parametrize(
    ("text", "lemma", "code"),
    [
        ("a" * 3_000_000, "a" * 500_000, "N-004"),
        ("a" * 3_000_000, "a" * 500_000 + "b", "N-003"),
        ("a" * 3_000_000, "a", "N-004"),
        ("ab " * 1_000_000, "ab ab", "N-004"),
        ("ab " * 1_000_000, "abc", "N-003"),
    ],
    ids=["long within itself", "long and nearly there", "one letter", "a period", "nearly a period"],
)
def test_texts_that_repeat_themselves_take_no_longer(edition_of: EditionOf, text: str, lemma: str, code: str) -> None:
    begun = time.process_time()
    with pytest.raises(PublisherError) as caught:
        annotate(edition_of(text, ("note", lemma)))
    assert time.process_time() - begun < 10
    assert [error.code for error in caught.value.diagnostics] == [code]


def test_thousands_of_lost_and_ambiguous_lemmas_are_reported_in_a_moment(
    edition_of: EditionOf, volume: tuple[ModuleType, str, tuple[object, ...]]
) -> None:
    _, text, _ = volume
    words = text[:200_000].split()[:2_000]
    notes = [(f"n{n}", Selector(exact=word, suffix="~" if n % 2 else "")) for n, word in enumerate(words)]
    begun = time.process_time()
    with pytest.raises(PublisherError) as caught:
        annotate(edition_of(text, *notes))
    assert time.process_time() - begun < 20
    assert {error.code for error in caught.value.diagnostics} == {"N-003", "N-004"}
