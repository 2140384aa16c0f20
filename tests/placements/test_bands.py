"""Series in bands of their own at the foot, run in or in columns; notes that continue or face their text."""

from __future__ import annotations

import re

import pytest
from tests.cases.conftest import Make, Small, demand_built, small

__all__ = ["small"]
COUNT = 24
LONG = frozenset(range(3, COUNT, 5))
FILLING = "Filling words of it. "
PARAGRAPHS = [
    f"A sentence about term{at}x comes first, then a few words about word{at}y more. {FILLING * (at % 5)}"
    for at in range(1, COUNT + 1)
]
TEXT = "\n\n".join(("# Notes in bands", *PARAGRAPHS)) + "\n"


def _length(at: int, count: int) -> str:
    return " ".join(f"At some length {at}.{number}." for number in range(count))


NOTES = "\n\n".join(
    f"## n{at}\n\n> term{at}x\n\nComment {at} of the editor. {_length(at, 60 if at in LONG else 9)}"
    for at in range(1, COUNT + 1)
)
SLIPS = "\n\n".join(f"## s{at}\n\n> word{at}y\n\nSlip {at} here." for at in range(1, COUNT + 1))
MORE = """  - id: textual
    title: Textual notes
    file: slips.md
    marks: lower-alpha
    arrangement: {}
"""


def _volume(small: Make, arrangement: str, *, place: str = "foot") -> Small:
    edition = small(TEXT, notes=NOTES, place=place, files={"slips.md": SLIPS})
    settings = edition.folder / "edition.yaml"
    words = settings.read_text(encoding="utf-8")
    settings.write_text(_with_second(words, MORE.format(arrangement)), encoding="utf-8")
    return edition


def _with_second(settings: str, series: str) -> str:
    at = settings.index("series:")
    following = re.search(r"\n(?=\S)", settings[at:])
    end = len(settings) if following is None else at + following.start() + 1
    assert "series:\n" in settings, settings
    return settings[:end] + series + settings[end:]


@pytest.mark.parametrize("arrangement", ["paragraph", "columns"])
def test_each_series_has_a_band_and_every_note_is_printed_once(small: Make, arrangement: str) -> None:
    edition = _volume(small, arrangement)
    demand_built(edition.build("--format", "pdf"))
    pages = edition.pages()
    assert sorted(int(at) for page in pages for at in re.findall(r"Comment (\d+) of", page)) == [*range(1, COUNT + 1)]
    assert sorted(int(at) for page in pages for at in re.findall(r"Slip (\d+)", page)) == [*range(1, COUNT + 1)]
    for page in pages:
        kinds = re.findall(r"(Comment|Slip) \d+ (?:of|here)", page)
        assert kinds == sorted(kinds), page
    beside = [line for page in pages for line in page.splitlines() if len(re.findall(r"Slip \d+", line)) > 1]
    assert beside, "no two slips on one line"


def test_a_long_note_begins_below_its_call_and_continues_on_the_next_page(small: Make) -> None:
    edition = _volume(small, "list")
    demand_built(edition.build("--format", "pdf"))
    pages = edition.pages()
    for at in LONG:
        called = next(page for page in pages if f"about term{at}x" in " ".join(page.split()).replace("- ", ""))
        assert f"Comment {at} of" in called, at
    ends = {at: next(n for n, page in enumerate(pages) if f"length {at}.59." in page) for at in LONG}
    begins = {at: next(n for n, page in enumerate(pages) if f"Comment {at} of" in page) for at in LONG}
    assert any(ends[at] == begins[at] + 1 for at in LONG)


def test_notes_on_facing_pages_are_on_the_right_of_the_page_that_calls_them(small: Make) -> None:
    edition = _volume(small, "paragraph", place="facing")
    demand_built(edition.build("--format", "pdf"))
    pages = edition.pages()
    for at in range(1, COUNT + 1):
        called = next(n for n, page in enumerate(pages) if re.search(rf"term{at}x", page))
        printed = next(n for n, page in enumerate(pages) if f"Comment {at} of" in page)
        assert called % 2 == 1, "the text is on left-hand pages"
        assert printed == called + 1, at
        assert f"Slip {at} here" in " ".join(pages[called].split())


def test_on_leaves_printed_on_one_side_facing_notes_are_at_the_foot(small: Make) -> None:
    edition = _volume(small, "paragraph", place="facing")
    settings = edition.folder / "edition.yaml"
    words = settings.read_text(encoding="utf-8")
    assert "output:" not in words
    settings.write_text(words + "output: {sides: one}\n", encoding="utf-8")
    demand_built(edition.build("--format", "pdf"))
    for page in edition.pages():
        for at in re.findall(r"Comment (\d+) of", page):
            assert f"term{at}x" in page


def test_a_build_names_the_placement_that_has_room_for_the_notes_of_a_margin(small: Make) -> None:
    edition = _volume(small, "list", place="margin")
    built = edition.build("--format", "pdf")
    demand_built(built)
    assert "warning[D-023 " in built.output
    assert "placement: {pdf: facing}" in edition.run("explain", "D-023").output
