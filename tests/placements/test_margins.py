"""Notes in the margin stand at the outer edge, on the line that calls them, whole, and nowhere else."""

from __future__ import annotations

import hashlib
import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.target import Format
from publisher.workspace import Folder

Box = tuple[float, float, float, float]
HYPHEN = "\x02"
"""To PDFium, one at the end of a line."""


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
    artifacts = pipeline.build(BuildRequest(folder=Folder(folder), formats=(Format.PDF,))).volume.artifacts
    return next(artifact.content for artifact in artifacts if artifact.name.endswith(".pdf"))


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
        for _, column in itertools.groupby(notes, key=lambda box: round(box[0] / 40)):
            heights = [box[1] for box in column]
            assert heights == sorted(heights, reverse=True)


@pytest.mark.parametrize("sides", ["two", "one"])
@pytest.mark.parametrize("style", ["default", "accessible", "compact"])
def test_where_nothing_but_notes_goes_on_they_stand_in_columns_as_wide_as_the_page(
    tmp_path: Path, edition: Callable[..., Path], style: str, sides: str
) -> None:
    folder = edition(tmp_path / "e", count=12, series=("margin",), words=(120, 260), more=f", sides: {sides}")
    insert(folder, after=(folder / "text.md").read_text("utf-8").strip()[-40:], words=" Finis.")
    texts = [page.get_textpage() for page in pypdfium2.PdfDocument(pdf_of(dressed(folder, style)))]
    (last,) = (at for at, page in enumerate(texts) if "Finis" in page.get_text_bounded())
    *_, after = (at for at, page in enumerate(texts) if "Colophon" in page.get_text_bounded()[:40])
    full = [page for page in texts[last + 1 : after] if page.count_chars() > 200]
    assert full
    for textpage in full:
        lines = (textpage.get_rect(at) for at in range(textpage.count_rects()))
        assert len(list(_columns(line for line in lines if 40 < line[1] < 530))) >= 2


def _columns(lines: Iterable[Box]) -> Iterator[tuple[float, float]]:
    """The left and the right end of each column: between two, no word stands for at least 8 points."""
    left, right = math.inf, -math.inf
    for begin, _, end, _ in sorted(lines):
        if begin > right + 8 and right > left:
            yield left, right
            left, right = begin, end
        left, right = min(left, begin), max(right, end)
    yield left, right


def _long_lines(textpage: pypdfium2.PdfTextPage) -> list[float]:
    """The heights of the lines that what stands in the margin does not narrow."""
    rectangles = (textpage.get_rect(at) for at in range(textpage.count_rects()))
    return [bottom for left, bottom, right, _ in rectangles if right - left > 170]


def dressed(folder: Path, style: str) -> Path:
    """An edition in a style."""
    settings = folder / "edition.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}style: {style}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("style", ["default", "accessible", "compact"])
def test_notes_at_the_foot_are_not_put_off_for_notes_in_the_margin(
    tmp_path: Path, edition: Callable[..., Path], style: str
) -> None:
    folder = edition(tmp_path / "e", count=12, series=("foot", "margin"), words=(60, 90))
    foot = folder / "foot.md"
    foot.write_text(re.sub(r"^(Remark \d+ \(foot\)\.).*", r"\1", foot.read_text("utf-8"), flags=re.M), "utf-8")
    pdf = pypdfium2.PdfDocument(pdf_of(dressed(folder, style)))
    texts = [page.get_textpage().get_text_bounded() for page in pdf]
    called = [re.findall(r"Paragraph (\d\d?)\1[ s]", text) for text in texts]
    assert [re.findall(r"Remark (\d+) \(foot\)", text) for text in texts] == called
    assert sum(map(len, called)) == 12


@pytest.mark.parametrize("style", ["default", "accessible", "compact"])
def test_a_table_stands_below_the_line_before_it_whatever_stands_in_the_margin(
    tmp_path: Path, edition: Callable[..., Path], style: str
) -> None:
    folder = dressed(edition(tmp_path / "e", count=5, series=("margin",), words=(90, 120)), style)
    insert(
        folder,
        after="Paragraph 1 speaks.",
        words="\n\nThe table follows.\n\n| Year | Copies |\n| --- | --- |\n| 1840 | 971 |\n\n",
    )
    for page in pypdfium2.PdfDocument(pdf_of(folder)):
        textpage = page.get_textpage()
        before, table = list(boxes(textpage, "The table follows")), list(boxes(textpage, "Copies"))
        if before and table:
            assert 0 < before[0][1] - table[0][1] < 40
            return
    raise AssertionError("the table is not on the page of the line before it")


def insert(folder: Path, *, after: str, words: str) -> None:
    """Writes words into the text of an edition."""
    text = (folder / "text.md").read_text("utf-8")
    changed = text.replace(after, after + words, 1)
    (folder / "text.md").write_text(changed, "utf-8")
    settings = (folder / "edition.yaml").read_text("utf-8")
    old, new = (hashlib.sha256(item.encode()).hexdigest() for item in (text, changed))
    (folder / "edition.yaml").write_text(settings.replace(old, new), "utf-8")


def test_notes_that_wait_for_the_next_page_stand_as_close_as_others(
    tmp_path: Path, edition: Callable[..., Path]
) -> None:
    """Fourteen short notes behind a long one: wherever two stand one below the other, they do so at one distance."""
    folder = edition(tmp_path / "e", count=24, series=("margin",), words=(3, 3))
    notes = (folder / "margin.md").read_text("utf-8")
    long = notes.replace("Remark 1 (margin).", "Remark 1 (margin). " + "Peace of arms and peace of words. " * 150)
    (folder / "margin.md").write_text(long, "utf-8")
    apart = {
        round(above[1] - below[1])
        for _, _, found in pages(pdf_of(folder))
        for above, below in itertools.pairwise(found)
    }
    waiting = [found for _, paragraphs, found in pages(pdf_of(folder)) if len(found) > len(paragraphs)]
    assert waiting
    tops = [[box[1] for box in found] for found in waiting]
    assert {round(number - other) for page in tops for number, other in itertools.pairwise(page)} <= apart


@pytest.mark.parametrize("series", ["margin", "foot"])
def test_pages_that_only_notes_go_on_on_have_running_head_and_folio(
    tmp_path: Path, edition: Callable[..., Path], series: str
) -> None:
    folder = edition(tmp_path / "e", count=2, series=(series,), words=(900, 1200))
    pdf = pypdfium2.PdfDocument(pdf_of(folder))
    texts = [page.get_textpage().get_text_bounded() for page in pdf]
    last = max(at for at, text in enumerate(texts) if "Paragraph 2" in text)
    end = next(at for at, text in enumerate(texts) if at > last and "Colophon" in text)
    only_notes = [at for at in range(last + 1, end) if texts[at].strip()]
    assert len(only_notes) > 1
    for at in only_notes:
        head = pdf[at].get_textpage().get_text_bounded(bottom=pdf[at].get_height() - 50)
        label = pdf.get_page_label(at)
        works = ("A generated volume",) if int(label) % 2 == 0 else ("The text", "The text, ¶ 2")
        assert sorted(head.split()) in [sorted([label, *work.split()]) for work in works]


def test_a_quotation_and_a_table_in_a_note_are_no_wider_than_the_note(
    tmp_path: Path, edition: Callable[..., Path]
) -> None:
    folder = edition(tmp_path / "e", count=7, series=("margin",))
    notes = folder / "margin.md"
    quoted = "Quoted in remark 7. " + "Words of peace and of war. " * 8
    notes.write_text(notes.read_text("utf-8").replace("Quoted in remark 7.", quoted), "utf-8")
    checked = 0
    for page in pypdfium2.PdfDocument(pdf_of(folder)):
        textpage = page.get_textpage()
        rectangles = [textpage.get_rect(at) for at in range(textpage.count_rects())]
        for left, _, _, _ in boxes(textpage, "Quoted in remark"):
            note = min(begin for begin, _, _, _ in rectangles if left - 15 < begin <= left)
            edge = max(right for begin, _, right, _ in rectangles if abs(begin - left) < 1)
            assert edge <= note + 0.22 * page.get_width() + 0.5
            checked += 1
    assert checked == 1


def test_an_overlong_word_stays_in_its_line_beside_notes_of_the_page_before(
    tmp_path: Path, edition: Callable[..., Path]
) -> None:
    folder = dressed(edition(tmp_path / "e", count=4, series=("margin",), words=(160, 200)), "accessible")
    long = "Donaudampfschifffahrtsgesellschaftskapitän"
    insert(folder, after="Paragraph 2 speaks.", words=f" {long}")
    texts = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf_of(folder))]
    page = next(text for text in texts if "Paragraph 2" in text)
    assert long[:12] in page


@pytest.mark.parametrize("style", ["default", "accessible", "compact"])
def test_numbers_of_lines_stand_between_text_and_notes_and_those_of_paragraphs_never_among_them(
    tmp_path: Path, edition: Callable[..., Path], style: str
) -> None:
    more = ", line-numbers: {every: 5, by: section}"
    folder = dressed(edition(tmp_path / "e", count=14, series=("margin",), page="6x9in", more=more), style)
    room = 18 if style == "accessible" else 12  # the mark of a note stands before its first word
    numbers = []
    for page in pypdfium2.PdfDocument(pdf_of(folder)):
        textpage = page.get_textpage()
        rectangles = [textpage.get_rect(at) for at in range(textpage.count_rects())]
        text = next(boxes(textpage, "Paragraph "), None)
        if text is None:
            continue
        lines = [
            rectangle
            for rectangle in rectangles
            if abs(rectangle[0] - text[0]) < 20 and rectangle[2] - rectangle[0] > 100
        ]
        edge, head = max(line[2] for line in lines), max(line[3] for line in lines)
        notes = [box[0] for box in boxes(textpage, "Remark ") if box[0] > edge] or [page.get_width() + 12]
        beside = textpage.get_text_bounded(left=edge + 2, right=min(notes) - room, top=head).replace(HYPHEN, "").split()
        beside = [item for item in beside if item.isdigit() or style != "accessible"]
        assert not beside or [int(number) for number in beside] == sorted(map(int, beside))
        assert {int(number) % 5 for number in beside} <= {0}
        numbers += [int(number) for number in beside]
        ends = [right for left, _, right, top in rectangles if edge + 2 < left < min(notes) - room and top < head]
        assert max(ends, default=0) < min(notes) - 8, "a space and the mark of the note stand before its first word"
    assert len(numbers) > 20
    assert max(numbers) > 100
