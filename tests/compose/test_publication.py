"""An edition becomes a publication: its sections, its notes in their places, everything resolved."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from publisher.annotate import annotate
from publisher.compose import compose, with_page_breaks
from publisher.load import load_edition
from publisher.model.agreement import Provision
from publisher.model.block import Block, BlockQuote, Division, Figure, Paragraph, Table, ThematicBreak
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.inline import (
    Citation,
    CitedReference,
    CrossReference,
    FootnoteCall,
    Inline,
    InternalLink,
    NoteCall,
    PageBreak,
    Run,
)
from publisher.model.publication import Publication, Role, Section
from publisher.model.rendition import PageStart
from publisher.model.target import Format
from publisher.model.walk import blocks_of, inlines_of, nest, plain, plain_of_inlines
from publisher.workspace import Folder

MOMENT = "2026-01-02T00:00:00Z"


@pytest.fixture(scope="module")
def edition(everything: Path) -> Edition:
    return load_edition(Folder(everything))


@pytest.fixture(scope="module")
def publication(edition: Edition) -> Publication:
    return compose(annotate(edition), moment=MOMENT)


def section(publication: Publication, role: Role) -> Section:
    return next(section for section in publication.sections if section.role is role)


def everything_inline(publication: Publication) -> list[Inline]:
    inlines: list[Inline] = []
    for item in publication.sections:
        inlines += [*nest(item.title), *inlines_of(item.blocks)]
        for note in item.notes:
            inlines += inlines_of(note.blocks)
    return inlines


def test_sections_stand_in_the_order_of_a_book(publication: Publication) -> None:
    assert [item.role.value for item in publication.sections] == [
        "half-title",
        "title-page",
        "imprint",
        "contents",
        "introduction",
        "text",
        "agreements",
        "notes",
        "references",
        "colophon",
    ]


def test_weaving_leaves_the_text_as_it_was(edition: Edition, publication: Publication) -> None:
    text = section(publication, Role.TEXT)
    woven = "\n".join((plain_of_inlines(text.title), plain(text.blocks)))
    assert woven == edition.text.plain


def test_each_note_is_called_once_and_each_call_has_its_note(edition: Edition, publication: Publication) -> None:
    calls = [inline for inline in everything_inline(publication) if isinstance(inline, NoteCall)]
    notes = {note.id: note for item in publication.sections for note in item.notes}
    assert Counter(call.note_id for call in calls) == Counter(notes.keys())
    assert {note.id for note in edition.notes} <= {note.note_id for note in notes.values()}
    assert all(notes[call.note_id].call_id == call.id and notes[call.note_id].mark == call.mark for call in calls)


def test_nothing_is_left_unresolved(publication: Publication) -> None:
    left = [
        item for item in everything_inline(publication) if isinstance(item, Citation | CrossReference | FootnoteCall)
    ]
    assert left == []


def test_a_title_may_cite_what_nothing_else_does(edition: Edition) -> None:
    matter = edition.front[0]
    cited = Citation(references=(CitedReference(key=edition.references[0].key),))
    front = replace(matter, text=replace(matter.text, title=(*matter.text.title, cited)))
    alone = replace(edition, text=replace(edition.text, footnotes=(), blocks=()), notes=(), agreements=(), back=())
    bare = replace(alone, front=(replace(front, text=replace(front.text, blocks=(), footnotes=())),))
    made = compose(AnnotatedEdition(edition=bare, anchors=()), moment=MOMENT)
    assert len(section(made, Role.REFERENCES).blocks) == 1


def test_ids_are_unique_and_every_link_leads_to_one(publication: Publication) -> None:
    ids = [entry.id for entry in publication.sections]
    for item in publication.sections:
        ids += [str(name) for block in blocks_of(item.blocks) if (name := getattr(block, "id", None))]
    ids += [call.id for call in everything_inline(publication) if isinstance(call, NoteCall)]
    ids += [note.id for entry in publication.sections if entry.role is not Role.NOTES for note in entry.notes]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    links = {
        internal_link.target_id
        for internal_link in everything_inline(publication)
        if isinstance(internal_link, InternalLink)
    }
    assert links <= set(ids)


def test_series_count_in_the_order_of_their_calls_with_marks_of_their_own(publication: Publication) -> None:
    marks: dict[str, list[str]] = {}
    for note in section(publication, Role.TEXT).notes:
        marks.setdefault(note.series, []).append(note.mark)
    assert marks == {
        "editorial": ["1", "2", "3", "4"],
        "textual": ["a", "b"],
        "sources": ["i", "ii"],
        "author": ["*", "†"],
    }


def test_two_series_at_one_place_are_called_in_the_order_of_the_series(publication: Publication) -> None:
    first = section(publication, Role.TEXT).blocks[0]
    assert isinstance(first, Paragraph)
    calls = [inline.mark for inline in first.children if isinstance(inline, NoteCall)]
    assert calls[:2] == ["1", "a"]


def test_paragraphs_of_the_text_are_numbered_and_no_others(publication: Publication) -> None:
    numbered = [
        block.number
        for item in publication.sections
        for block in blocks_of(item.blocks)
        if isinstance(block, Paragraph) and block.number
    ]
    assert numbered == list(range(1, 7))
    quotation = next(block for block in section(publication, Role.TEXT).blocks if isinstance(block, BlockQuote))
    assert all(block.number is None for block in quotation.blocks if isinstance(block, Paragraph))


def test_agreements_stand_in_order_of_time_under_a_table(publication: Publication) -> None:
    appendix = section(publication, Role.AGREEMENTS)
    table = appendix.blocks[0]
    assert isinstance(table, Table)
    assert [plain_of_inlines(row[2].children) for row in table.rows] == ["Second Book", "Rule Book"]
    assert [block.id for block in appendix.blocks[1:] if isinstance(block, Division)] == [
        "agreement-second-book",
        "agreement-rule-book",
    ]


def test_what_editors_add_to_an_agreement_is_set_apart_from_its_provisions(edition: Edition) -> None:
    first, *others = edition.agreements
    comment = Provision(id="comment", label=(Run(text="Comment"),), blocks=(), span=first.span)
    changed = replace(edition, agreements=(replace(first, provisions=(*first.provisions, comment)), *others))
    appendix = section(compose(annotate(changed), moment=MOMENT), Role.AGREEMENTS)
    kinds = {division.id: division.name for division in blocks_of(appendix.blocks) if isinstance(division, Division)}
    assert kinds.pop(f"agreement-{first.id}-comment") == "provision comment"
    assert set(kinds.values()) == {"agreement", "provision"}


def test_where_an_agreement_is_cited_is_computed(publication: Publication) -> None:
    said = {
        block.id: plain((last,))
        for block in section(publication, Role.AGREEMENTS).blocks
        if isinstance(block, Division) and (last := block.blocks[-1])
    }
    assert said == {
        "agreement-second-book": "Not cited in the notes.",
        "agreement-rule-book": "Cited in note 1; Introduction.",
    }


def test_a_cross_reference_without_words_says_what_it_leads_to(publication: Publication) -> None:
    words = [
        plain_of_inlines(internal_link.children)
        for internal_link in everything_inline(publication)
        if isinstance(internal_link, InternalLink)
    ]
    assert "Rule Book [A2], Rule 2" in words
    assert "note\u00a01" in words


def test_only_what_is_cited_stands_in_the_references(edition: Edition) -> None:
    silent = replace(edition, notes=(), front=())
    references = section(compose(annotate(silent), moment=MOMENT), Role.REFERENCES)
    assert [block.id for block in references.blocks if isinstance(block, Paragraph)] == ["ref-handbook1999"]


def test_an_edition_without_apparatus_has_neither_appendix_nor_references(edition: Edition) -> None:
    bare = replace(edition, notes=(), front=(), agreements=(), references=())
    roles = {item.role for item in compose(annotate(bare), moment=MOMENT).sections}
    assert not roles & {Role.AGREEMENTS, Role.REFERENCES, Role.NOTES, Role.INTRODUCTION}


def test_a_page_begins_at_the_very_word(publication: Publication) -> None:
    starts = (
        PageStart(page=0, label="i", element_id="half-title", offset=0),
        PageStart(page=1, label="1", element_id="text-title", offset=0),
        PageStart(page=2, label="2", element_id="p1", offset=len("Aproofisreadtwice:")),
    )
    paged = with_page_breaks(publication, starts)
    first = section(paged, Role.TEXT).blocks[0]
    assert isinstance(first, Paragraph)
    at = next(at for at, inline in enumerate(first.children) if isinstance(inline, PageBreak))
    assert plain_of_inlines(first.children[at:]).startswith("once for the sense")
    assert [(target.page.label, target.section_id) for target in paged.pages] == [
        ("i", "title-page"),
        ("1", "text"),
        ("2", "text"),
    ]


@pytest.mark.parametrize(
    "blocks",
    [(Figure(path="a.png", alternative="It"),), (ThematicBreak(),), (BlockQuote(blocks=(ThematicBreak(),)),)],
    ids=["a picture", "a break", "a quotation of a break"],
)
def test_a_page_that_begins_at_a_note_without_words_begins_before_it(
    publication: Publication, blocks: tuple[Block, ...]
) -> None:
    holder = next(item for item in publication.sections if item.role is Role.NOTES)
    note = replace(holder.notes[0], blocks=blocks)
    sections = tuple(
        replace(item, notes=(note, *item.notes[1:])) if item is holder else item for item in publication.sections
    )
    start = PageStart(page=0, label="1", element_id=note.id, offset=0)
    paged = with_page_breaks(replace(publication, sections=sections), (start,))
    first = section(paged, Role.NOTES).notes[0].blocks
    assert first == (Paragraph(children=(PageBreak(id="page-1", label="1"),)), *blocks)


def test_pages_of_what_the_epub_lacks_begin_with_its_next_section(publication: Publication) -> None:
    paged = with_page_breaks(publication, (PageStart(page=0, label="i", element_id="half-title", offset=0),))
    lacking = [item for item in paged.sections if Format.EPUB not in item.formats]
    assert all(not item.page_breaks for item in lacking)
    assert section(paged, Role.TITLE_PAGE).page_breaks == (PageBreak(id="page-i", label="i"),)


def test_a_page_at_an_element_that_is_not_there_is_refused(publication: Publication) -> None:
    with pytest.raises(ValueError, match="nowhere"):
        with_page_breaks(publication, (PageStart(page=0, label="1", element_id="nowhere", offset=0),))


def test_contents_follow_the_sections(publication: Publication) -> None:
    order = [item.id for item in publication.sections]
    listed = [entry.section_id for entry in publication.contents]
    assert listed == sorted(listed, key=order.index)
    assert [entry.label for entry in publication.contents[1].children] == ["What is marked", "What is lost"]
