"""The finish of a page: what stands beside a line stands on its baseline, and no line is stretched."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.profile import Style
from publisher.render import render_pdf
from publisher.workspace import Folder

NEAR = 0.3
"""In points."""


def near(found: Any, text: str, other: str) -> float:
    """How far the line that begins with some words stands below another that does, on the same page."""
    for page in found:
        lines = {words: line for line in page for words in (text, other) if line.text.startswith(words)}
        if len(lines) == 2:
            return float(lines[other].baseline - lines[text].baseline)
    raise AssertionError(f"no page has both “{text}” and “{other}”")


@pytest.mark.parametrize("style", Style)
def test_a_note_in_the_margin_stands_on_the_baseline_of_its_call(
    everything_in: Callable[[Style], Any], style: Style
) -> None:
    pages = everything_in(style)
    assert near(pages, "A proof is read twice", "a A second") == pytest.approx(0, abs=NEAR)
    assert near(pages, "A turned letter, as", "b A note on") == pytest.approx(0, abs=0.8)


@pytest.mark.parametrize("style", Style)
def test_a_paragraph_number_stands_on_the_baseline_of_its_paragraph(
    laid_out: Callable[[str], Any], prose: str, style: Style
) -> None:
    begins = prose.split("\n\n")[1][:10]
    pages = laid_out(f"style: {style}\n")
    page = next(page for page in pages if any(line.text.startswith(begins) for line in page))
    first = next(line for line in page if line.text.startswith(begins))
    numbers = [line.baseline for line in page if line.text in ("1", "2") and line.right < first.left]
    assert numbers == pytest.approx([first.baseline], abs=NEAR)


@pytest.mark.parametrize(
    ("style", "size", "leading", "share"),
    [(Style.DEFAULT, 10.4, 1.42, 5 / 7), (Style.COMPACT, 10.4, 1.25, 3 / 4)],
)
def test_notes_at_the_foot_stand_on_the_grid_and_end_where_the_text_does(
    noted_book_in: Callable[[Style], Any], style: Style, size: float, leading: float, share: float
) -> None:
    """So that the last lines of facing pages stand side by side, whether they are of the text or of a note."""
    line = size * leading
    seen = 0
    for page in noted_book_in(style):
        if not any("Putin and Lavrov" in item.text or "The text" in item.text for item in page[-3:]):
            continue
        if any("Short title" in item.text for item in page):
            continue
        text = [item.baseline for item in page if item.size == pytest.approx(size, abs=0.05)]
        notes = {item.baseline for item in page if item.size < size - 1 and len(item.text) > 5}
        notes = {note for note in notes if text and note < min(text)}
        if len(notes) > 3 and len(text) > 1 and max(text) > 0.84 * 663:
            seen += 1
            rows = (max(text) - min(notes)) / line
            assert rows == pytest.approx(round(rows), abs=0.03)
            steps = [(above - below) / (share * line) for below, above in pairwise(sorted(notes))]
            assert all(step == pytest.approx(1, abs=0.02) or 1 < step < 2 for step in steps), "room between two notes"
            assert sum(step == pytest.approx(1, abs=0.02) for step in steps) > len(steps) / 2
    assert seen > 5


@pytest.mark.parametrize("trim", ["A5", "129x198mm", "5.5x8.5in", "156x234mm", "A4"])
@pytest.mark.parametrize("style", [Style.DEFAULT, Style.COMPACT])
def test_no_line_is_stretched(laid_out: Callable[[str], Any], prose: str, style: Style, trim: str) -> None:
    lines = [line for page in laid_out(f"style: {style}\noutput: {{page: {trim}}}\n") for line in page]
    text = [line for line in lines if line.text.rstrip("-") in prose and line.text[-1] not in ".?"]
    size = statistics.median(line.size for line in text)
    spaces = [line.space / size for line in text if len(line.text) > 45]
    assert len(spaces) > 50
    assert statistics.median(spaces) < 0.36
    assert max(spaces) < 0.6


def test_calls_side_by_side_are_told_apart_and_no_others(everything: Path) -> None:
    publication = pipeline.check(BuildRequest(folder=Folder(everything))).publication
    assert publication is not None
    document = "".join(section.document for section in render_pdf(publication).sections)
    after = re.findall(r'class="note-call series-[a-z]+ after-call" id="([^"]+)"', document)
    assert after == ["call-textual-same-place"]
    assert 'class="note-call series-editorial" id="call-editorial-twice"' in document


def test_a_short_line_is_not_justified(everything_in: Callable[[Style], Any]) -> None:
    """Beside notes in the margin, the default style sets its text ragged."""
    (page,) = (
        item for item in everything_in(Style.DEFAULT) if any("A proof is read twice" in line.text for line in item)
    )
    spaces = [line.space / line.size for line in page if len(line.text) > 40 and not line.text.isupper()]
    assert len(spaces) > 8
    assert max(spaces) < 0.3


def test_a_line_with_a_call_is_as_high_as_every_other(everything_in: Callable[[Style], Any]) -> None:
    page = next(page for page in everything_in(Style.COMPACT) if any("Nobody does both" in line.text for line in page))
    lines = [line.baseline for line in page if line.size == pytest.approx(9.2, abs=0.05)]
    steps = [before - after for before, after in itertools.pairwise(lines)]
    close = [step for step in steps if 0 < step < 14]
    assert len(close) > 8
    assert close == pytest.approx([1.25 * 9.2] * len(close), abs=0.05)


def test_pages_begin_at_one_height_whatever_they_begin_with(book_in: Callable[[Style], Any]) -> None:
    """A paragraph that is put off whole to the next page leaves the space above it behind."""
    tops = []
    for page in book_in(Style.ACCESSIBLE):
        heads = [line for line in page if "Putin and Lavrov" in line.text and line.size < 15]
        body = [line for line in page if not heads or line.baseline < heads[0].baseline - 10]
        if heads and len(body) > 12:
            tops.append(max(body, key=lambda line: line.baseline))
    found = {round(line.baseline, 1) for line in tops if line.size == pytest.approx(16, abs=0.05)}
    assert len(tops) > 20
    assert len(found) == 1, found


@pytest.mark.parametrize("style", Style)
def test_every_call_stands_above_the_words_that_it_follows(
    composed: Callable[..., Any], measured: ModuleType, style: Style
) -> None:
    """Daggers too, for which typefaces have no raised form; and none makes its line higher."""
    words = [f"Word{at}[^{at}] and what follows it, on lines as high as all the others." for at in range(1, 5)]
    notes = [f"[^{at}]: A note.\n" for at in range(1, 5)]
    text = f"# Calls\n\n{' '.join(words)}\n\n" + "\n".join(notes)
    pdf = measured.pages_of(composed(f"style: {style}\nfront: [calls.md]\n", **{"calls.md": text}))
    lifted = {}
    for page in pypdfium2.PdfDocument(pdf):
        textpage = page.get_textpage()
        for at, mark in enumerate("*†‡§", 1):
            if found := textpage.search(f"Word{at}{mark}", match_case=True).get_next():
                letter, call = (textpage.get_charbox(found[0] + step) for step in (4, 5))
                height = letter[3] - letter[1]
                lifted[mark] = ((call[1] - letter[1]) / height, (call[3] - letter[3]) / height)
    assert lifted.keys() == set("*†‡§")
    assert all(low > 0.15 and high < 0.6 for low, high in lifted.values()), lifted
    lines = [line.baseline for page in measured.lines_of(pdf) for line in page if "others" in line.text]
    steps = [above - below for above, below in itertools.pairwise(lines)]
    assert steps == pytest.approx([steps[0]] * len(steps), abs=0.05)


@pytest.mark.parametrize("style", [Style.DEFAULT, Style.COMPACT])
def test_no_line_beside_notes_in_the_margin_is_stretched(
    composed: Callable[..., Any], measured: ModuleType, prose: str, style: Style
) -> None:
    """On A5 they leave too short a line for long words: the text is ragged."""
    series = "series: [{id: one, title: Notes, file: one.md, placement: {pdf: margin}}]\n"
    note = f"## first\n\n> {prose.split(chr(10), maxsplit=1)[0]}\n\nA note in the margin.\n"
    long = "Die Unternehmensverfassungsgrundsätze der Donaudampfschifffahrtsgesellschaft und die Rechtschreibreform "
    files = {"one.md": note, "long.md": f"# Long words\n\n[{long * 20}]{{lang=de}}\n"}
    publication = composed(f"style: {style}\nfront: [long.md]\noutput: {{page: A5}}\n{series}", **files)
    lines = [line for page in measured.lines_of(measured.pages_of(publication)) for line in page]
    words = set(long.split())
    spaces = [line.space / line.size for line in lines if len(line.text) > 30 and words & set(line.text.split())]
    assert len(spaces) > 20
    assert max(spaces) < 0.4


def test_ragged_lines_have_no_pieces_of_two_letters(
    composed: Callable[..., Any], measured: ModuleType, prose: str
) -> None:
    series = "series: [{id: one, title: Notes, file: one.md, placement: {pdf: margin}}]\n"
    note = f"## first\n\n> {prose.split(chr(10), maxsplit=1)[0]}\n\nA note in the margin.\n"
    publication = composed(f"style: compact\noutput: {{page: A5}}\n{series}", **{"one.md": note})
    lines = [line.text for page in measured.lines_of(measured.pages_of(publication)) for line in page]
    long = [line for line in lines if len(line) > 30]
    assert len(long) > 30
    broken = [line.split()[-1] for line in long if line[-1] == "\ufffe"]
    assert not [piece for piece in broken if len(piece) < 4]


@pytest.mark.parametrize("style", Style)
def test_what_is_defined_stands_on_the_page_of_its_definition(
    composed: Callable[..., Any], measured: ModuleType, style: Style
) -> None:
    for more in range(2):
        text = "# Terms\n\n" + "A line.\n\n" * more + "".join(f"Term {at}\n: Meaning {at}.\n\n" for at in range(40))
        publication = composed(f"style: {style}\nfront: [terms.md]\noutput: {{page: A5}}\n", **{"terms.md": text})
        pages = measured.lines_of(measured.pages_of(publication))
        for page in pages:
            terms, meanings = (
                {line.text.strip(".").split()[-1] for line in page if line.text.startswith(word)}
                for word in ("Term ", "Meaning ")
            )
            assert terms == meanings
