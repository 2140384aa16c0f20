"""Whether a named place is that of a line, where notes in the margin stand beside those at the foot."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from publisher.pdf.read.chunks import Chunk
from publisher.pdf.read.document import Place
from publisher.verify.line import Expected, Link
from publisher.verify.pdf.found import FoundInPdf, PdfReading
from publisher.verify.pdf.places import link_faults


def found(text: str, *, left: float, right: float, y: float, links: tuple[Link, ...] = ()) -> FoundInPdf:
    """A line on the first page."""
    word = Chunk(text=text, page=0, x=left, end=right, y=y, size=8, seen=True)
    return FoundInPdf(text=text, place="page 1", page=0, x=left, y=y, words=(word,), links=links)


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        (28, 60, False),
        (70, 120, False),
        (380, 410, False),
        (133, 400, True),
        (143, 160, True),
    ],
    ids=["the margin on the left", "a cell near the text", "the margin on the right", "above it", "above it, indented"],
)
def test_a_place_above_another_line_leads_there_unless_that_stands_in_the_margin(
    left: float, right: float, told: bool
) -> None:
    link = Link(start=0, text="here", target="the-note")
    line = found("A note at the foot.", left=133, right=400, y=158)
    beside = found("A cell of a note.", left=left, right=right, y=161)
    calling = found("here", left=133, right=150, y=400, links=(link,))
    reading = PdfReading(lines=[calling], notes=[line, beside])
    document: Any = SimpleNamespace(places={"the-note": Place(page=0, x=133, y=165.6)})
    pairs = (
        (Expected(name="paragraph 1", text="here", links=(link,)), calling),
        (Expected(name="note 1", text=line.text, ids=("the-note",)), line),
    )
    faults = list(link_faults(pairs, document, reading, artifact="a.pdf", leads=True))
    assert [diagnostic.code for diagnostic in faults] == (["V-007"] if told else [])


@pytest.mark.parametrize(("left", "told"), [(75, False), (55, True)], ids=["beside it", "no room between them"])
def test_a_place_in_a_narrow_margin_leads_to_its_note_beside_a_list_of_notes(left: float, told: bool) -> None:
    link = Link(start=0, text="here", target="the-note")
    line = found("A note.", left=22, right=60, y=295)
    beside = found("A note of the section.", left=left, right=200, y=299)
    calling = found("here", left=75, right=90, y=400, links=(link,))
    reading = PdfReading(lines=[calling], notes=[line, beside])
    document: Any = SimpleNamespace(places={"the-note": Place(page=0, x=22, y=301)})
    pairs = (
        (Expected(name="paragraph 1", text="here", links=(link,)), calling),
        (Expected(name="note 1", text=line.text, ids=("the-note",)), line),
    )
    faults = list(link_faults(pairs, document, reading, artifact="a.pdf", leads=True))
    assert [diagnostic.code for diagnostic in faults] == (["V-007"] if told else [])
