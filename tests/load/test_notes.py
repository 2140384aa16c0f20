"""A note is a heading, the words that it is about, and what it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.notes import notes
from publisher.model.apparatus import Note, Selector
from publisher.model.inline import Run
from publisher.model.walk import inlines_of, plain

Read = Callable[[str], tuple[tuple[Note, ...], list[str]]]


@pytest.fixture
def read() -> Read:
    """The notes of a file, and the code, line and column of each mistake."""

    def reading(content: str) -> tuple[tuple[Note, ...], list[str]]:
        findings = Findings()
        found = notes(Source(name="", text=content), series="editorial", figures=[], findings=findings)
        return found, [f"{diagnostic.code}{diagnostic.span}" for diagnostic in findings.diagnostics]

    return reading


def selector(read: Read, quotation: str) -> Selector:
    (note,), mistakes = read(f"## a-note\n\n{quotation}\n\nWords.\n")
    assert mistakes == []
    return note.selector


def test_a_note_has_an_id_a_kind_a_lemma_and_words(read: Read) -> None:
    (note,), mistakes = read(
        "# Notes\n\n## count-of-states {kind=correction}\n\n> (57) OSCE\n\nA *later* year.\n\nMore.\n"
    )
    assert mistakes == []
    assert (note.id, note.kind, note.series) == ("count-of-states", "correction", "editorial")
    assert note.selector == Selector(exact="(57) OSCE")
    assert plain(note.blocks) == "A later year.\nMore."
    assert (str(note.span), str(note.lemma_span)) == (":3:1", ":5:3")


def test_the_words_of_each_note_count_from_an_origin_of_their_own(read: Read) -> None:
    found, _ = read("## a\n\n> x\n\nOne.\n\n## b\n\n> y\n\nTwo.\n")
    assert [run.start for note in found for run in inlines_of(note.blocks) if isinstance(run, Run)] == [0, 0]


def test_bold_words_are_the_lemma_and_the_rest_stands_around_them(read: Read) -> None:
    assert selector(read, "> ministers of **(57)** OSCE") == Selector(
        exact="(57)", prefix="ministers of ", suffix=" OSCE"
    )


@pytest.mark.parametrize(
    ("quotation", "exact"),
    [
        ("> at the\n> expense", "at the expense"),
        ("> at *the* [expense]{lang=en}", "at the expense"),
        ("> one\n>\n> two", "one two"),
        ("> one  \n> two", "one two"),
        ("> “quoted” & \\*starred\\*", "“quoted” & *starred*"),
        ("> — who said so", "— who said so"),
        ("> one\n>\n> — two", "one — two"),
        ("> in\u00a0one", "in\u00a0one"),
        ("> `literal`", "literal"),
    ],
)
def test_a_lemma_is_its_words_without_markup(read: Read, quotation: str, exact: str) -> None:
    assert selector(read, quotation) == Selector(exact=exact)


@pytest.mark.parametrize(
    ("quotation", "parts"),
    [
        ("> states**,** and", ("states", ",", " and")),
        ("> exp**ens**e", ("exp", "ens", "e")),
        ("> *all **of** it*", ("all ", "of", " it")),
        ("> at **the\n> end** of", ("at ", "the end", " of")),
        ("> word**”** he", ("word", "”", " he")),
    ],
)
def test_the_lemma_may_be_punctuation_or_lie_in_a_word(read: Read, quotation: str, parts: tuple[str, str, str]) -> None:
    prefix, exact, suffix = parts
    assert selector(read, quotation) == Selector(exact=exact, prefix=prefix, suffix=suffix)


@pytest.mark.parametrize(
    ("content", "mistakes"),
    [
        ("Words.\n\n## a\n\n> x\n\nWords.\n", ["N-002:1:1"]),
        ("## a\n\n>\n\nWords.\n", ["N-006:3:1"]),
        ("## a\n\nWords.\n", ["N-007:1:1"]),
        ("## a\n", ["N-007:1:1"]),
        ("## a\n\n> **x** y **z**\n\nWords.\n", ["N-008:3:3"]),
        ("## a\n\n> x\n", ["N-009:1:1"]),
        ("## Two words\n\n> x\n\nWords.\n", ["N-010:1:1"]),
        ("##\n\n> x\n\nWords.\n", ["N-010:1:1"]),
        ("## a\n\n> x\n\n### Heading\n\nWords.\n", ["N-011:5:1"]),
        ("## a {kind=b, calls=2}\n\n> x\n\nWords.\n", ["M-004:1:6"]),
        ("## a {calls=2}\n\n> x\n\nWords.\n", ["N-014:1:1"]),
        ("## a {calls=3}\n\n> x\n\n> y\n\nWords.\n", ["N-014:1:1"]),
        ("## a {calls=2}\n\n> x\n\nWords.\n\n> y\n", ["N-014:1:1"]),
        ("## a {calls=0}\n\n> x\n\nWords.\n", ["N-014:1:1"]),
        ("## a {calls=twice}\n\n> x\n\nWords.\n", ["N-014:1:1"]),
        ("## a {calls=2}\n\n> x\n\n> y\n", ["N-009:1:1"]),
        ("## a {calls=2}\n\n> x\n\n>\n\nWords.\n", ["N-006:5:1"]),
        ("## a {sort=1}\n\n> x\n\nWords.\n", ["M-004:1:6"]),
        ("## a\n\n> x <b>\n\nWords.\n", ["M-001:3:5"]),
        ("## a\n\n> x\n\nWords.[^1]\n\n[^1]: Foot.\n", ["M-011:7:1"]),
        ("## a\n\n> x\n\n# Title\n\nWords.\n", ["M-002:5:1"]),
    ],
)
def test_what_is_no_note_is_shown(read: Read, content: str, mistakes: list[str]) -> None:
    assert read(content)[1] == mistakes


def test_a_note_that_is_called_twice_has_two_lemmas_each_in_its_own_place(read: Read) -> None:
    (note,), mistakes = read("## a {calls=2 kind=context}\n\n> x **y**\n\n> z\n\n> Quoted.\n\nWords.\n")
    assert mistakes == []
    assert [lemma.selector for lemma in note.lemmas] == [Selector(exact="y", prefix="x "), Selector(exact="z")]
    assert [str(lemma.span) for lemma in note.lemmas] == [":3:3", ":5:3"]
    assert plain(note.blocks) == "Quoted.\nWords."


def test_without_a_number_a_second_quotation_is_what_the_note_says(read: Read) -> None:
    (note,), mistakes = read("## a\n\n> x\n\n> y\n\nWords.\n")
    assert (mistakes, len(note.lemmas), plain(note.blocks)) == ([], 1, "y\nWords.")


@pytest.mark.parametrize(
    ("note", "quoted"),
    [
        ("## a\n\n> x\n\n> y\n\n> z **b** z\n\nWords.\n\n> w\n", ["y", "b"]),
        ("## a\n\n> x\n\n> y **b** z **b**\n\n>\n\nWords.\n", []),
        ("## a\n\n> x\n\nWords.\n\n> y\n", []),
        ("## a {calls=1}\n\n> x\n\n> y\n\nWords.\n", []),
        ("## a {calls=2}\n\n> x\n\n> y\n\n> z\n\nWords.\n", []),
    ],
)
def test_quotations_that_nothing_counts_are_remembered(read: Read, note: str, quoted: list[str]) -> None:
    (found,), mistakes = read(note)
    assert (mistakes, [lemma.selector.exact for lemma in found.quoted]) == ([], quoted)


def test_what_separates_attributes_is_said_where_they_are_not_understood() -> None:
    findings = Findings()
    source = Source(name="", text="## a {kind=b, calls=2}\n\n> x\n\nWords.\n")
    notes(source, series="editorial", figures=[], findings=findings)
    assert [found.hint for found in findings.diagnostics] == [
        "write {kind=… audience=… calls=… in=…}: any of these, with spaces and no commas between them"
    ]


def test_five_thousand_notes_are_read_in_a_few_seconds(read: Read) -> None:
    content = "".join(f"## n{number}\n\n> words of **it**\n\nSome *words* on it.\n\n" for number in range(5000))
    found, mistakes = read(content)
    assert (len(found), mistakes) == (5000, [])
