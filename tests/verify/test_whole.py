"""A volume is the whole edition: whatever composing leaves out is missed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from publisher import annotate, compose, load
from publisher.diagnostics import ExitCode, PublisherError
from publisher.model.apparatus import Lemma
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.publication import Publication, Role, Section
from publisher.verify import verify_whole
from publisher.workspace import Folder

EDITION = Path(__file__).parent / "edition"
Change = Callable[[Section], Section | None]


@pytest.fixture(scope="module")
def annotated() -> AnnotatedEdition:
    """The edition, with its notes in their places."""
    return annotate.annotate(load.load_edition(Folder(EDITION)))


def changed(publication: Publication, role: Role, change: Change) -> Publication:
    """The publication with another section of a kind, or without it."""
    sections = (change(section) if section.role is role else section for section in publication.sections)
    return replace(publication, sections=tuple(section for section in sections if section is not None))


LEFT_OUT: dict[str, tuple[Role, Change, str]] = {
    "a note": (Role.TEXT, lambda section: replace(section, notes=section.notes[1:]), "no section prints the note"),
    "the words of a note": (
        Role.TEXT,
        lambda section: replace(section, notes=(replace(section.notes[0], blocks=()), *section.notes[1:])),
        "no section prints “",
    ),
    "a paragraph of the text": (Role.TEXT, lambda section: replace(section, blocks=section.blocks[1:]), "The harbour"),
    "the title of the text": (Role.TEXT, lambda section: replace(section, title=()), "On Promises"),
    "an agreement": (
        Role.AGREEMENTS,
        lambda section: replace(section, blocks=section.blocks[:-1]),
        "prints the agreement",
    ),
    "the agreements": (Role.AGREEMENTS, lambda item: None, "prints the agreement"),
    "the introduction": (Role.INTRODUCTION, lambda item: None, "no section prints “"),
    "a part of the introduction": (
        Role.INTRODUCTION,
        lambda section: replace(section, blocks=section.blocks[:-1]),
        "no section prints “",
    ),
}


def test_the_whole_edition_is_whole(annotated: AnnotatedEdition) -> None:
    verify_whole((annotated.edition,), compose.compose(annotated, moment="2026-11-24T00:00:00Z"))


@pytest.mark.parametrize(("role", "change", "words"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_whatever_is_left_out_of_a_volume_is_missed(
    annotated: AnnotatedEdition, role: Role, change: Change, words: str
) -> None:
    publication = compose.compose(annotated, moment="2026-11-24T00:00:00Z")
    with pytest.raises(PublisherError) as caught:
        verify_whole((annotated.edition,), changed(publication, role, change))
    assert caught.value.exit_code is ExitCode.UNPROVED
    assert {diagnostic.code for diagnostic in caught.value.diagnostics} == {"V-009"}
    assert any(words in diagnostic.message for diagnostic in caught.value.diagnostics), caught.value
    assert all(diagnostic.span is not None for diagnostic in caught.value.diagnostics)


UNREAD: dict[str, Callable[[Edition], Edition]] = {
    "a note": lambda edition: replace(edition, notes=edition.notes[1:]),
    "a paragraph of a note": lambda edition: replace(
        edition, notes=tuple(replace(note, blocks=note.blocks[:1]) for note in edition.notes)
    ),
    "a paragraph of the introduction": lambda edition: replace(
        edition,
        front=tuple(
            replace(matter, text=replace(matter.text, blocks=matter.text.blocks[:-1])) for matter in edition.front
        ),
    ),
    "a provision of an agreement": lambda edition: replace(
        edition,
        agreements=tuple(replace(agreement, provisions=agreement.provisions[1:]) for agreement in edition.agreements),
    ),
}


@pytest.mark.parametrize("change", UNREAD.values(), ids=UNREAD.keys())
def test_what_was_never_read_from_a_file_is_missed(
    annotated: AnnotatedEdition, change: Callable[[Edition], Edition]
) -> None:
    """As if reading the edition's files had lost it."""
    edition = change(annotated.edition)
    kept = tuple(anchor for anchor in annotated.anchors if any(note.id == anchor.note.id for note in edition.notes))
    notes = {note.id: note for note in edition.notes}
    anchors = tuple(replace(anchor, note=notes[anchor.note.id]) for anchor in kept)
    publication = compose.compose(AnnotatedEdition(edition=edition, anchors=anchors), moment="2026-11-24T00:00:00Z")
    with pytest.raises(PublisherError, match=r"V-009.*no section prints “") as caught:
        verify_whole((edition,), publication)
    assert all(diagnostic.span is not None for diagnostic in caught.value.diagnostics)


def test_a_passage_that_does_not_call_its_note_is_missed(annotated: AnnotatedEdition) -> None:
    first, *others = annotated.edition.notes
    twice = replace(first, again=(Lemma(selector=others[0].selector, span=others[0].lemma_span),))
    edition = replace(annotated.edition, notes=(twice, *others))
    whole = compose.compose(annotate.annotate(edition), moment="2026-11-24T00:00:00Z")
    verify_whole((edition,), whole)
    with pytest.raises(PublisherError, match=f"V-009.*one of the passages of the note “{first.id}”"):
        verify_whole((edition,), compose.compose(annotated, moment="2026-11-24T00:00:00Z"))


def test_several_editions_are_each_held_to_the_whole(annotated: AnnotatedEdition) -> None:
    publication = compose.compose(annotated, moment="2026-11-24T00:00:00Z")
    other = replace(annotated.edition, notes=(replace(annotated.edition.notes[0], id="never-printed"),))
    verify_whole((annotated.edition, annotated.edition), publication)
    with pytest.raises(PublisherError, match="never-printed"):
        verify_whole((annotated.edition, other), publication)
