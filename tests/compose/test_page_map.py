"""Pages frozen and found again: wherever they begin, and whatever was corrected since."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from publisher.annotate import annotate
from publisher.compose import compose, in_print, page_map, with_page_breaks
from publisher.compose.pages.text_index import text_indexes
from publisher.diagnostics import PublisherError
from publisher.load import load_edition
from publisher.model.apparatus import Selector
from publisher.model.block import Figure
from publisher.model.inline import NoteCall, PageBreak
from publisher.model.page import FrozenPage, PageMap
from publisher.model.publication import Publication
from publisher.model.rendition import PageStart
from publisher.workspace import Folder


@pytest.fixture(scope="module")
def publication(everything: Path) -> Publication:
    """One of everything, composed."""
    return compose(annotate(load_edition(Folder(everything))), moment="2026-01-02T00:00:00Z")


def again(publication: Publication, frozen: PageMap) -> Publication:
    """The publication with the pages of a map."""
    return replace(in_print(replace(publication, page_map=frozen)), page_map=None)


def starts(publication: Publication, chance: random.Random) -> Iterator[PageStart]:
    """Pages that begin at any letter, in the order of the book; titles begin with their sections."""
    number = 0
    for ground in text_indexes(publication).values():
        lines, text = ground.wording.lines, ground.wording.text
        solid = [at for line in lines[1:] for at in range(line.start, line.start + len(line.text)) if text[at].strip()]
        for offset in sorted(chance.sample(solid, min(len(solid), 12))):
            element, count = ground.wording.place(offset)
            yield PageStart(page=number, label=str(number), element_id=element, offset=count)
            number += 1


@pytest.mark.parametrize("seed", range(12))
def test_pages_that_begin_anywhere_are_found_again(publication: Publication, seed: int) -> None:
    paged = with_page_breaks(publication, starts(publication, random.Random(seed)))
    frozen = page_map(paged)
    assert len(frozen.pages) == len(paged.pages) > 60
    assert again(publication, frozen) == paged


@pytest.mark.parametrize("kind", [NoteCall, Figure])
def test_a_page_that_begins_at_a_call_or_a_picture_is_found_by_it_or_else_by_its_words(
    publication: Publication, kind: type[NoteCall | Figure]
) -> None:
    marks = [mark for ground in text_indexes(publication).values() for mark in ground.wording.marks]
    node = next(mark.node for mark in marks if isinstance(mark.node, kind))
    assert not isinstance(node, PageBreak)
    assert node.id
    paged = with_page_breaks(publication, (PageStart(page=0, label="1", element_id=node.id, offset=0),))
    (page,) = page_map(paged).pages
    assert (page.note or page.picture) == (node.note_id if isinstance(node, NoteCall) else node.path)
    assert again(publication, PageMap(identifier="urn:a", pages=(page,))) == paged
    lost = replace(page, note="note-lost" if page.note else None, picture="lost.png" if page.picture else None)
    by_words = again(publication, PageMap(identifier="urn:a", pages=(lost,)))
    assert [page_target.page.label for page_target in by_words.pages] == ["1"]
    with pytest.raises(PublisherError) as raised:
        again(publication, PageMap(identifier="urn:a", pages=(replace(lost, words=None),)))
    assert [diagnostic.code for diagnostic in raised.value.diagnostics] == ["G-004"]


def test_everything_that_is_wrong_is_told_at_once(publication: Publication) -> None:
    pages = (
        FrozenPage(label="1", section="nowhere"),
        FrozenPage(label="2", section="text", words=Selector(exact="Words that nobody wrote.")),
        FrozenPage(label="3", section="text", words=Selector(exact="a")),
        FrozenPage(label="4", section="text"),
        FrozenPage(label="5", section="introduction"),
    )
    with pytest.raises(PublisherError) as raised:
        again(publication, PageMap(identifier="urn:a", pages=pages))
    assert [diagnostic.code for diagnostic in raised.value.diagnostics] == ["G-004", "G-004", "G-005", "G-006"]


def test_words_are_whole_and_no_more_than_needed(publication: Publication) -> None:
    paged = with_page_breaks(publication, starts(publication, random.Random(1)))
    for page in page_map(paged).pages:
        if page.words is not None:
            text = text_indexes(publication)[page.section].folded.text
            quoted = f"{page.words.prefix}{page.words.exact}{page.words.suffix}"
            assert text.count(quoted) == 1
            assert len(page.words.exact.split(" ")) <= 8
            end = text.index(quoted) + len(page.words.prefix + page.words.exact)
            endless = len(page.words.exact) == 60 and " " not in page.words.exact
            assert endless or not (text[end - 1].isalnum() and text[end : end + 1].isalnum()), page.words.exact
