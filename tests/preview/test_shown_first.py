"""What is on the screen is made before the rest, and as the rest is made."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from publisher.pdf.page_words import next_place, page_words
from publisher.pdf.raster import page_sizes, paint_page
from publisher.preview import job

Events = list[dict[str, Any]]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    folder = tmp_path_factory.mktemp("first") / "edition"
    shutil.copytree(root / "src" / "publisher" / "scaffold" / "edition", folder)
    return folder


def made(edition: Path, folder: Path, **screen: Any) -> Events:
    """Return what a job announces."""
    events: Events = []
    request = {"root": str(edition), "audience": "all", "screen": screen}
    folder.mkdir()
    job.run(request, folder, lambda **event: events.append(event))
    return events


@pytest.fixture(scope="module")
def jobs(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Events]:
    """The folders of a job and of one after it, of which a page of each kind is on the screen, and its events."""
    folder = tmp_path_factory.mktemp("jobs")
    made(edition, folder / "run-1")
    shown = json.loads((folder / "run-1" / "whole" / "text.json").read_text())
    sections = json.loads((folder / "run-1" / "pdf.json").read_text())["sections"]
    notes = edition / "notes" / "editorial.md"
    content = notes.read_text(encoding="utf-8")
    notes.write_text(content.rstrip() + " More words of this note.\n", encoding="utf-8")
    last_text, last_pdf = folder / "run-1" / "whole", folder / "run-1"
    place = next(first for section, first, _ in sections if section == "text")
    events = made(
        edition,
        folder / "run-2",
        text=shown["start"],
        page=place,
        last_text=str(last_text),
        last_pdf=str(last_pdf),
    )
    return folder / "run-1", folder / "run-2", events


def test_diagnostics_come_first_then_what_is_on_the_screen(jobs: tuple[Path, Path, Events]) -> None:
    kinds = [(record["event"], record.get("part", "")) for record in jobs[2] if record["event"] != "step"]
    wanted = [("problems", ""), ("text", "first"), ("section", ""), ("text", "draft"), ("pdf", ""), ("epub", "")]
    assert kinds == [*wanted, ("text", "whole"), ("findings", "")]


def test_the_page_made_first_is_the_one_of_the_whole_text(jobs: tuple[Path, Path, Events]) -> None:
    _, folder, _ = jobs
    first = json.loads((folder / "first" / "text.json").read_text())
    draft = json.loads((folder / "draft" / "text.json").read_text())
    (href,) = first.pop("only")
    assert first == draft
    page = (folder / "first" / "web" / href).read_bytes()
    whole = (folder / "draft" / "web" / href).read_bytes()
    assert b"More words of this note." in page
    assert page.partition(b"<main")[2].partition(b"</main>")[0] == whole.partition(b"<main")[2].partition(b"</main>")[0]
    sheets = list((folder / "draft" / "web").rglob("*.css"))
    assert sheets
    assert all((folder / "first" / "web" / path.relative_to(folder / "draft" / "web")).is_file() for path in sheets)


def test_the_pages_made_first_are_those_of_the_whole_pdf(jobs: tuple[Path, Path, Events]) -> None:
    _, folder, events = jobs
    event = next(record for record in events if record["event"] == "section")
    section, book = (folder / "section.pdf").read_bytes(), (folder / "book.pdf").read_bytes()
    labels = [label for label, _, _ in page_sizes(section)]
    assert len(labels) == event["count"] > 0
    assert labels == [label for label, _, _ in page_sizes(book)][event["first"] :][: event["count"]]
    for at in range(event["count"]):
        pictures = paint_page(section, index=at, width=400), paint_page(book, index=event["first"] + at, width=400)
        assert pictures[0] == pictures[1]


def test_a_page_that_is_gone_is_not_made_first(edition: Path, jobs: tuple[Path, Path, Events], tmp_path: Path) -> None:
    before, _, _ = jobs
    events = made(
        edition,
        tmp_path / "run",
        text="text/gone.html",
        page=10_000,
        last_text=str(before / "whole"),
        last_pdf=str(tmp_path / "gone"),
    )
    assert not [event for event in events if event["event"] == "section" or event.get("part") == "first"]
    assert events[-1]["event"] == "findings"


def test_words_of_the_pages_are_read_and_found_across_lines(jobs: tuple[Path, Path, Events], edition: Path) -> None:
    book = (jobs[1] / "book.pdf").read_bytes()
    paragraph = (edition / "article.txt").read_text(encoding="utf-8").split("\n\n")[2]
    words = re.findall(r"[^\W\d_]{5,}", paragraph)
    assert len(words) > 20
    for word in words:
        place = next_place(book, word.upper(), page=0, number=0)
        assert place is not None, word
        assert all(0 <= part <= 1 for box in place.boxes for part in box)
    assert next_place(book, "no page has these words", page=0, number=0) is None
    place = next_place(book, words[0], page=0, number=0)
    assert place is not None
    seen = page_words(book, index=place.page)
    assert words[0] in " ".join(stretch.text for stretch in seen)


def test_words_are_found_again_from_the_first_page(jobs: tuple[Path, Path, Events]) -> None:
    book = (jobs[1] / "book.pdf").read_bytes()
    count = len(page_sizes(book))
    first = next_place(book, "the", page=0, number=0)
    assert first is not None
    seen, place = [first], next_place(book, "the", page=first.page, number=first.number + 1)
    while place is not None and place != first and len(seen) < 5000:
        seen.append(place)
        place = next_place(book, "the", page=place.page, number=place.number + 1)
    assert place == first
    assert len({item.page for item in seen}) > count / 4
