"""Notes in the margin stand at the outer edge, on the line that calls them, whole, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from publisher import pipeline
from publisher.model.wish import Format
from publisher.workspace import Folder

Box = tuple[float, float, float, float]


def boxes(textpage: pypdfium2.PdfTextPage, words: str) -> Iterator[Box]:
    """Where words stand: left, bottom, right, top of their first character."""
    searcher = textpage.search(words, match_case=True)
    while found := searcher.get_next():
        yield textpage.get_charbox(found[0])


def pages(content: bytes) -> Iterator[tuple[int, list[Box], list[Box]]]:
    """For each page its number, where its paragraphs begin, and where its notes do."""
    pdf = pypdfium2.PdfDocument(content)
    for page in range(len(pdf)):
        textpage = pdf[page].get_textpage()
        yield page + 1, list(boxes(textpage, "Paragraph ")), list(boxes(textpage, "Remark "))


def pdf_of(folder: Path) -> bytes:
    """The finished PDF of an edition."""
    artifacts = pipeline.build(Folder(folder), formats=(Format.PDF,)).volume.artifacts
    return next(one.content for one in artifacts if one.name.endswith(".pdf"))


@pytest.mark.parametrize("sides", ["two", "one"])
def test_notes_stand_at_the_outer_edge_beside_the_line_that_calls_them(
    tmp_path: Path, edition: Callable[..., Path], sides: str
) -> None:
    folder = edition(tmp_path / "e", count=60, series=("margin",), page="A5", more=f", sides: {sides}")
    seen = {True: 0, False: 0}
    for number, paragraphs, notes in pages(pdf_of(folder)):
        left = sides == "two" and number % 2 == 0
        for paragraph, note in zip(paragraphs, notes, strict=False):
            assert (note[0] < paragraph[0] - 60) if left else (note[0] > paragraph[0] + 150)
            seen[left] += 1
        if paragraphs and notes:
            assert abs(paragraphs[0][1] - notes[0][1]) < 3
    assert sum(seen.values()) == 60
    assert (seen[True] > 10) is (sides == "two")


def test_what_a_note_goes_on_with_stands_in_the_margin_of_its_own_page(
    tmp_path: Path, edition: Callable[..., Path]
) -> None:
    """A build ends with the proof, which finds words off the page, and notes in pieces or out of order."""
    folder = edition(tmp_path / "e", count=240, series=("margin",), page="A5")
    content = pdf_of(folder)
    begun = [(max((box[1] for box in paragraphs), default=0.0), len(notes)) for _, paragraphs, notes in pages(content)]
    assert sum(notes for _, notes in begun) == 240
    pdf = pypdfium2.PdfDocument(content)
    lines = [_long_lines(pdf[page].get_textpage()) for page in range(len(pdf))]
    tops = [(max(page), begins) for page, (begins, _) in zip(lines, begun, strict=True) if len(page) > 15]
    first = sorted(top for top, _ in tops)[len(tops) // 2]
    assert len(tops) > 60
    narrowed = [top for top, begins in tops if top < first - 2 and begins < first - 2]
    assert len(narrowed) <= 1, "only the opening page begins lower"


def test_notes_that_are_longer_than_their_text_go_on_after_it(tmp_path: Path, edition: Callable[..., Path]) -> None:
    """A build ends with the proof, which finds words off the page, notes that are missing and notes out of order."""
    folder = edition(tmp_path / "e", count=12, series=("margin",), words=(120, 260))
    found = list(pages(pdf_of(folder)))
    last = max(number for number, paragraphs, _ in found if paragraphs)
    assert sum(len(notes) for _, _, notes in found) >= 12
    assert [number for number, _, notes in found if notes and number > last]
    for _, _, notes in found:
        heights = [box[1] for box in notes]
        assert heights == sorted(heights, reverse=True)


def _long_lines(textpage: pypdfium2.PdfTextPage) -> list[float]:
    """The heights of the lines that what stands in the margin does not narrow."""
    rectangles = (textpage.get_rect(at) for at in range(textpage.count_rects()))
    return [bottom for left, bottom, right, _ in rectangles if right - left > 170]
