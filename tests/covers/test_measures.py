"""How wide a spine is, and what stands on it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.compose.cover import NARROWEST, plan_cover, spine_names, spine_width, title_size
from publisher.diagnostics import PublisherError
from publisher.load import schema
from publisher.model.cover import Design, SpineText, art_box
from publisher.model.page import millimetres
from publisher.model.paper import PAPERS, paper_called
from publisher.model.publication import Publication
from publisher.model.settings import Contributor
from publisher.workspace import Folder


@pytest.fixture(scope="module")
def publication(root: Path) -> Publication:
    """The clean edition, composed."""
    publication = pipeline.check(BuildRequest(folder=Folder(root / "tests" / "checks" / "clean"))).publication
    assert publication is not None
    return publication


@pytest.mark.parametrize(
    ("pages", "paper", "spine"),
    [
        (200, "80 gsm offset", 9.76),
        (200, "kdp white", 11.44),
        (200, "kdp cream", 12.7),
        (200, "60 lb offset", 11.68),
        (222, "lulu", 14.22),
        (201, "0.1mm", 10.1),
        (2, "0.1 mm", 0.1),
        (444, "444 ppi", 25.4),
    ],
)
def test_a_spine_is_as_wide_as_its_leaves(pages: int, paper: str, spine: float) -> None:
    found = paper_called(paper)
    assert found is not None
    assert spine_width(pages, found) == pytest.approx(spine, abs=0.011)


def test_a_paper_has_a_name_a_caliper_and_a_source() -> None:
    assert len({paper.name for paper in PAPERS}) == len(PAPERS)
    assert all(0.05 < paper.caliper < 0.16 and paper.source for paper in PAPERS)
    assert paper_called(" 80  GSM Offset ") == PAPERS[0]


@pytest.mark.parametrize("words", ["80 gsm", "thick", "2mm", "0mm", "5 ppi", "mm", ""])
def test_what_is_no_paper_is_none(words: str) -> None:
    assert paper_called(words) is None


def test_the_docs_list_every_paper_with_its_caliper(root: Path) -> None:
    page = (root / "docs" / "covers.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([^`]+)` \| ([0-9.]+) ", page, flags=re.MULTILINE))
    assert rows == {paper.name: f"{paper.caliper:.4f}" for paper in PAPERS}


def test_the_schema_takes_the_calipers_that_are_understood() -> None:
    (_, own) = json.loads(schema())["properties"]["cover"]["properties"]["paper"]["anyOf"]
    assert [bool(re.search(own["pattern"], words)) for words in ("0.1mm", ".1 mm", "444 ppi", "thick")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_narrow_spine_has_no_words_and_a_wide_one_has(publication: Publication) -> None:
    narrow = plan_cover(publication, design=Design.MOTIF, spine=NARROWEST - 0.01)
    wide = plan_cover(publication, design=Design.MOTIF, spine=NARROWEST)
    assert narrow.spine_size is None
    assert wide.spine_size == pytest.approx(2.117, abs=0.001)
    assert pytest.approx(5.317, abs=0.001) == NARROWEST


def test_words_on_a_spine_keep_their_distance_from_the_folds_and_do_not_grow_for_ever(publication: Publication) -> None:
    sizes = [plan_cover(publication, design=Design.MOTIF, spine=spine).spine_size or 0 for spine in (6, 8, 30, 60)]
    assert sizes[0] <= 6 - 3.2
    assert sizes[1] <= 8 - 3.2
    assert sizes[2] == sizes[3] == pytest.approx(5.292, abs=0.001)


def test_words_that_must_stand_on_a_narrow_spine_are_an_error(publication: Publication) -> None:
    forced = replace(publication, cover=replace(publication.cover, spine_text=SpineText.ALWAYS))
    with pytest.raises(PublisherError, match=r"J-003.*3\.0 mm.*5\.3 mm"):
        plan_cover(forced, design=Design.BANDED, spine=3.0)
    never = replace(publication, cover=replace(publication.cover, spine_text=SpineText.NEVER))
    assert plan_cover(never, design=Design.BANDED, spine=20).spine_size is None


def test_the_page_is_back_spine_front_and_bleed(publication: Publication) -> None:
    plan = plan_cover(publication, design=Design.BANDED, spine=10)
    assert (plan.width, plan.height) == (156 + 10 + 156 + 6, 234 + 6)
    assert (plan.spine_left, plan.front_left) == (159, 169)


def test_a_longer_title_is_set_smaller_and_a_long_word_has_room() -> None:
    lengths = ("War", "On Promises and Paper", "On Promises and " * 4, "On Promises and " * 12)
    sizes = [title_size(title, design=Design.BANDED, width=156) for title in lengths]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)
    word = "Donaudampfschifffahrtsgesellschaft"
    assert title_size(word, design=Design.TYPOGRAPHIC, width=156) * 0.5 * len(word) < 120


def test_a_spine_names_authors_by_family_name_and_not_too_many(publication: Publication) -> None:
    def named(*sorts: str) -> str:
        people = tuple(Contributor(name=sort, role="aut", sort=sort) for sort in sorts)
        return spine_names(replace(publication, metadata=replace(publication.metadata, contributors=people)))

    assert named("Writer, Some") == "Writer"
    assert named("Writer, Some", "Other, An") == "Writer · Other"
    assert named("Writer, Some", "Other, An", "Third, The", "Fourth, The") == "Writer et al."


def test_a_spine_does_not_hide_that_an_author_is_only_attributed(publication: Publication) -> None:
    people = (
        Contributor(name="Some Writer", role="att", sort="Writer, Some"),
        Contributor(name="An Editor", role="com", sort="Editor, An"),
    )
    said = replace(publication, metadata=replace(publication.metadata, contributors=people))
    assert spine_names(said) == "Writer (attributed)"


def test_a_motif_ends_with_a_whole_row_of_tiles() -> None:
    for width, height in ((156, 234), (148, 210), (210, 297), (129, 198)):
        across, down = art_box(Design.MOTIF, width=width, height=height, bleed=3)
        rows = (down - 3) / (across / 6)
        assert rows == pytest.approx(round(rows))
        assert 0.45 < down / height < 0.68


@pytest.mark.parametrize(
    ("length", "expected"), [("10mm", 10), ("1.5cm", 15), ("6in", 152.4), ("72pt", 25.4), ("4Q", 1)]
)
def test_lengths_are_millimetres(length: str, expected: float) -> None:
    assert millimetres(length) == pytest.approx(expected)
