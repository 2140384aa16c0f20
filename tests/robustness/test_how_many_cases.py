"""How many cases the generators make: 500 always, 10,000 at night; a fifth of each kind reaches what writes files."""

from __future__ import annotations

from tests.cached_builds import test_forged_records as caches
from tests.robustness import test_any_foreign_pdf as foreign
from tests.robustness import test_any_style_or_drawing as appearance
from tests.robustness import test_any_template as templates
from tests.robustness import test_generated_builds as builds
from tests.robustness.generated import GENERATORS
from tests.workspace import test_journal as journals

ALWAYS, NIGHTLY, LEAST = 500, 10_000, 0.2
CASES: dict[str, tuple[int, int, float]] = {
    "templates": (templates.FEW, templates.MANY, templates.LEAST_MADE),
    "foreign PDFs": (foreign.FEW, foreign.MANY, foreign.LEAST_BOUND),
    "drawings": (*appearance.DRAWINGS, appearance.LEAST),
    "style sheets": (*appearance.STYLES, appearance.LEAST),
    "caches": (caches.FEW, caches.MANY, 1.0),
    "journals": (*journals.FORGED, 1.0),
    **{f"editions: {kind}": (builds.FEW, builds.MANY, least) for kind, least in builds.LEAST.items()},
}
"""Of each kind how many cases are tried always and at night, and the part of them that the test wants to succeed."""
KINDS = {"fonts", "page map", "reader", "references", "settings"}
"""The files of editions that have a generator, beside Markdown and plain text."""


def test_there_are_five_hundred_cases_always_and_ten_thousand_at_night() -> None:
    assert sum(always for always, _, _ in CASES.values()) >= ALWAYS
    assert sum(nightly for _, nightly, _ in CASES.values()) >= NIGHTLY


def test_a_fifth_of_the_cases_of_each_kind_succeeds() -> None:
    assert {kind for kind, (_, _, least) in CASES.items() if least < LEAST} == set()


def test_each_kind_of_file_has_a_generator() -> None:
    assert set(GENERATORS) == set(builds.LEAST)
    assert set(builds.LEAST) >= KINDS
