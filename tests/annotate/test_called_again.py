"""Notes with several lemmas: an anchor for each, and each mistake where its own quotation stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from publisher.annotate import annotate, crossings
from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.model.apparatus import Lemma, Selector
from publisher.model.edition import Edition

EditionOf = Callable[..., Edition]
ARTICLE = "The first conference met.\nThe people waited.\nIt met again, and the people went home."


@pytest.fixture
def edition(edition_of: EditionOf) -> Callable[..., Edition]:
    """An edition with one note on these lemmas, each quoted in a file of its own, and notes of one lemma."""

    def made(*lemmas: str, others: tuple[tuple[str, str], ...] = ()) -> Edition:
        plain = edition_of(ARTICLE, ("met", lemmas[0]), *others)
        note, *rest = plain.notes
        again = tuple(
            Lemma(selector=Selector(exact=lemma), span=Source(name=f"{at}.md", text=lemma).span(0, len(lemma)))
            for at, lemma in enumerate(lemmas[1:], 2)
        )
        return replace(plain, notes=(replace(note, again=again), *rest))

    return made


def errors(edition: Edition) -> list[Diagnostic]:
    with pytest.raises(PublisherError) as caught:
        annotate(edition)
    return list(caught.value.diagnostics)


def test_each_lemma_has_its_anchor_in_the_order_of_the_text(edition: Callable[..., Edition]) -> None:
    anchors = annotate(edition("again", "first conference", others=(("wait", "waited"),))).anchors
    assert [(anchor.note.id, ARTICLE[anchor.start : anchor.end], anchor.nth) for anchor in anchors] == [
        ("met", "first conference", 1),
        ("wait", "waited", 0),
        ("met", "again", 0),
    ]


@pytest.mark.parametrize(("lemma", "code"), [("second conference", "N-003"), ("people", "N-004"), (" ", "N-006")])
def test_what_is_wrong_with_the_second_lemma_is_told_at_the_second(
    edition: Callable[..., Edition], lemma: str, code: str
) -> None:
    (error,) = errors(edition("first conference", lemma))
    assert (error.code, str(error.span)) == (code, "2.md:1:1")


def test_lemmas_of_one_note_that_are_called_from_one_place_are_shown(edition: Callable[..., Edition]) -> None:
    (error,) = errors(edition("first conference", "again", "conference"))
    assert (error.code, str(error.span)) == ("N-015", "3.md:1:1")
    assert [str(span) for _, span in error.related] == ["notes/editorial.md:3:3"]


def test_a_lemma_that_crosses_another_of_the_same_note_is_shown(edition: Callable[..., Edition]) -> None:
    (error,) = crossings(annotate(edition("The first conference", "conference met")).anchors)
    assert (error.code, str(error.span)) == ("N-005", "2.md:1:1")
