"""Notes find their places, and an editor is told why where one does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from publisher.annotate import annotate, crossings
from publisher.annotate.locate import Locations
from publisher.diagnostics import Diagnostic, PublisherError, Severity, Source
from publisher.model.apparatus import Selector
from publisher.model.block import Paragraph
from publisher.model.edition import Edition
from publisher.model.inline import Code, Emphasis, LineBreak, Run, Styled
from publisher.model.text import Text

EditionOf = Callable[..., Edition]

ARTICLE = (
    "The agreements prohibit nations from strengthening their security at the expense or others.\n"
    "“We want to be treated honestly,” he stressed.\n"
    "One of (57) countries, another of\u00a0(57) countries, and the countries."
)


def errors(edition: Edition) -> list[Diagnostic]:
    with pytest.raises(PublisherError) as caught:
        annotate(edition)
    return list(caught.value.diagnostics)


def anchored(edition: Edition) -> list[tuple[str, str]]:
    """The ids with what precedes each call, the last ten characters of it."""
    return [(anchor.note.id, edition.text.plain[: anchor.call][-10:]) for anchor in annotate(edition).anchors]


def test_anchors_hold_the_lemma_and_the_place_of_the_call(edition_of: EditionOf) -> None:
    edition = edition_of(ARTICLE, ("honest", "treated honestly"))
    (anchor,) = annotate(edition).anchors
    assert ARTICLE[anchor.start : anchor.end] == "treated honestly"
    assert ARTICLE[anchor.end : anchor.call] == ",”"


def test_lemma_may_span_blocks_and_cross_a_no_break_space(edition_of: EditionOf) -> None:
    edition = edition_of(ARTICLE, ("blocks", "expense or others. “We want"), ("nbsp", "another of (57) countries"))
    assert anchored(edition) == [("blocks", ".\n“We want"), ("nbsp", "countries,")]


def test_lemma_may_begin_and_end_at_the_edge_of_a_block_and_of_the_text(edition_of: EditionOf) -> None:
    edition = edition_of(ARTICLE, ("first", "The agreements"), ("last", "the countries."), ("block", "others."))
    assert [name for name, _ in anchored(edition)] == ["first", "block", "last"]


def test_lemma_inside_a_word_is_called_inside_it(edition_of: EditionOf) -> None:
    assert anchored(edition_of(ARTICLE, ("inside", "hibi"))) == [("inside", "nts prohibi"[-10:])]


def test_lemma_may_cross_inline_markup(edition_of: EditionOf) -> None:
    source = Source(name="article.md", text="one *two* three")
    children = (
        Run(text="one ", start=0, span=source.span(0, 4)),
        Styled(style=Emphasis.ITALIC, children=(Run(text="two", start=4, span=source.span(5, 8)),)),
        Run(text=" three", start=7, span=source.span(9, 15)),
    )
    text = Text(title=(), blocks=(Paragraph(children=children),), plain="one two three", source=source)
    edition = edition_of("x", ("crossing", "ne two thr"))
    (anchor,) = annotate(replace(edition, text=text)).anchors
    assert (anchor.start, anchor.end) == (1, 11)


def test_calls_follow_by_call_then_start_then_wider_then_series_then_file(edition_of: EditionOf) -> None:
    edition = edition_of(
        "alpha beta gamma, delta",
        ("textual-same", "gamma", "textual"),
        ("late", "delta"),
        ("narrow", "gamma"),
        ("wide", "beta gamma,"),
        ("middle", "beta gamma"),
        ("narrow-again", "gamma"),
        ("early", "alpha"),
    )
    names = [anchor.note.id for anchor in annotate(edition).anchors]
    assert names == ["early", "wide", "middle", "narrow", "narrow-again", "textual-same", "late"]


def test_lemmas_of_two_series_may_cross(edition_of: EditionOf) -> None:
    edition = edition_of("alpha beta gamma", ("one", "alpha beta"), ("two", "beta gamma", "textual"))
    assert [anchor.note.id for anchor in annotate(edition).anchors] == ["one", "two"]


def test_crossing_lemmas_of_one_series_are_remarked_on_with_both_names(edition_of: EditionOf) -> None:
    edition = edition_of("alpha beta gamma", ("one", "alpha beta"), ("two", "beta gamma"), ("in", "beta"))
    (error,) = crossings(annotate(edition).anchors)
    assert (error.code, error.severity) == ("N-005", Severity.NOTE)
    assert "“two”" in error.message
    assert "“one”" in error.message
    assert [span.source.text for _, span in error.related] == [edition.notes[0].lemma_span.source.text]


def test_lost_lemma_is_an_error_with_the_nearest_text_and_its_place(edition_of: EditionOf) -> None:
    (error,) = errors(edition_of(ARTICLE, ("lost", "at the expence or others")))
    assert error.code == "N-003"
    assert error.message == "lemma not found in article.txt"
    assert error.hint == 'nearest text is "at the expense or others" (article.txt:1:67)'
    assert str(error.span) == "notes/editorial.md:3:3"


def test_lost_lemma_without_anything_like_it_says_so(edition_of: EditionOf) -> None:
    (error,) = errors(edition_of(ARTICLE, ("lost", "qqqq xxxx zzzz")))
    assert error.hint == "nothing in article.txt is like it; copy the words from there"


def test_ambiguous_lemma_is_an_error_with_every_candidate_and_a_quotation_to_paste(edition_of: EditionOf) -> None:
    (error,) = errors(edition_of(ARTICLE, ("twice", "(57)")))
    assert error.code == "N-004"
    assert error.message == "lemma is ambiguous: article.txt has it 2 times"
    assert [(words, str(span)) for words, span in error.related] == [
        ("…he stressed. One of [(57)] countries, another of …", "article.txt:5:8"),
        ("…countries, another of [(57)] countries, and the …", "article.txt:5:35"),
    ]
    assert error.hint == "quote more and put the lemma itself in bold; for the first place: > One of **(57)**"


def test_pasted_quotation_is_unambiguous(edition_of: EditionOf) -> None:
    edition = edition_of(ARTICLE, ("twice", Selector(exact="(57)", prefix="One of ")))
    assert anchored(edition) == [("twice", "ne of (57)"[-10:])]


def test_pasted_quotation_escapes_what_markdown_would_read(edition_of: EditionOf) -> None:
    (error,) = errors(edition_of("a *b* [c] d; a *b* [c] e", ("twice", "*b* [c]")))
    assert error.hint is not None
    assert error.hint.endswith(r"> **\*b\* \[c\]** d;")


def test_more_than_twenty_candidates_are_counted_and_twenty_listed(edition_of: EditionOf) -> None:
    (error,) = errors(edition_of("word " * 500 + "end", ("often", "word")))
    assert error.message == "lemma is ambiguous: article.txt has it 500 times (20 of them are listed)"
    assert len(error.related) == 20


@pytest.mark.parametrize("lemma", ["", "  \n", "\u00a0"])
def test_empty_lemma_is_an_error(edition_of: EditionOf, lemma: str) -> None:
    (error,) = errors(edition_of(ARTICLE, ("empty", lemma)))
    assert error.code == "N-006"


def test_everything_wrong_is_reported_at_once(edition_of: EditionOf) -> None:
    edition = edition_of(
        ARTICLE, ("lost", "expence"), ("twice", "(57)"), ("empty", ""), ("a", "We want to"), ("b", "to be")
    )
    assert [error.code for error in errors(edition)] == ["N-003", "N-004", "N-006"]


def test_empty_text_loses_every_lemma(edition_of: EditionOf) -> None:
    assert [error.code for error in errors(edition_of("", ("lost", "word")))] == ["N-003"]


def test_locations_follow_runs_code_and_line_ends() -> None:
    source = Source(name="article.md", text="*ab*  \n`cd` e\\*f")
    children = (
        Styled(style=Emphasis.ITALIC, children=(Run(text="ab", start=0, span=source.span(1, 3)),)),
        LineBreak(start=2),
        Code(text="cd", start=3, span=source.span(8, 10)),
        Run(text=" e*f", start=5, span=source.span(11, 16)),
    )
    text = Text(title=(), blocks=(Paragraph(children=children),), plain="ab\ncd e*f", source=source)
    locations = Locations(text)
    assert str(locations.span(0, 2)) == "article.md:1:2"
    assert str(locations.span(3, 5)) == "article.md:2:2"
    assert str(locations.span(6, 7)) == "article.md:2:6"
