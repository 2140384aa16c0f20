"""Selected words found again, changes taken back, candidates of lost lemmas, places of diagnostics."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.editing.candidates import lost_notes
from publisher.editing.change import Change
from publisher.editing.places import flat, place
from publisher.editing.saving import open_source, save, taken_back
from publisher.editing.selection import Selected, following_note, locate_selection
from publisher.load.findings import Findings
from publisher.load.notes import notes
from publisher.model.apparatus import Note
from publisher.selectors.fold import Folded
from publisher.selectors.match import match

TEXT = "The dog barked.\nThen the dog  slept, and the cat woke: the\u00a0dog slept on.\nAn e\u0301tude."


def noted(*lemmas: str) -> tuple[Note, ...]:
    text = "\n".join(f"## n{at}\n\n> {lemma}\n\nSaid.\n" for at, lemma in enumerate(lemmas))
    return notes(Source(name="notes.md", text=text), series="s", figures=[], findings=Findings())


@pytest.mark.parametrize(
    ("exact", "before", "after", "count"),
    [
        ("cat woke", "", "", 1),
        ("dog slept", "The dog barked. Then the ", ", and", 1),
        (" dog slept ", "woke: the", "on. An", 1),
        ("barked. Then", "The dog ", " the dog", 1),
        ("\u00e9tude", "An ", ".", 1),
        ("cat woke", "words that are on the page and not in the text ", "", 1),
    ],
)
def test_selected_words_get_a_selector_that_finds_them_alone(exact: str, before: str, after: str, count: int) -> None:
    folded = Folded.of(TEXT)
    found = locate_selection(Selected(exact=exact, before=before, after=after), folded)
    assert found is not None
    assert len(match(TEXT, found.selector)) == count
    assert folded.text[found.start : found.end] == " ".join(exact.split())


def test_context_decides_which_of_the_same_words_is_meant() -> None:
    folded = Folded.of(TEXT)
    first = locate_selection(Selected(exact="dog slept", before="Then the "), folded)
    second = locate_selection(Selected(exact="dog slept", after=" on."), folded)
    assert first is not None
    assert second is not None
    assert first.start < second.start


def test_words_that_are_not_there_or_not_only_once() -> None:
    folded = Folded.of(TEXT)
    assert locate_selection(Selected(exact="horse"), folded) is None
    for exact in ("dog", "   "):
        with pytest.raises(PublisherError) as error:
            locate_selection(Selected(exact=exact), folded)
        assert error.value.diagnostics[0].code == "H-003"


def test_a_new_note_goes_where_its_words_are_in_the_text() -> None:
    folded = Folded.of(TEXT)
    found = locate_selection(Selected(exact="cat woke"), folded)
    assert found is not None
    assert following_note(found, noted("barked", "slept on"), folded) == "n1"
    assert following_note(found, noted("barked"), folded) is None
    assert following_note(found, noted("slept on", "barked"), folded) is None, "the notes are in another order"


def test_lost_words_have_candidates_that_find_their_place() -> None:
    lost = lost_notes(noted("the catt wokee", "dog", "barked", "nothing like it whatsoever"), TEXT)
    assert [(entry.note, len(entry.candidates)) for entry in lost] == [("n0", 1), ("n1", 3), ("n3", 0)]
    for item in lost:
        for candidate in item.candidates:
            (note,) = noted(candidate.markdown)
            assert len(match(TEXT, note.selector)) == 1


def test_a_change_is_taken_back_though_other_lines_changed() -> None:
    before, after = "one\ntwo\nthree\n", "one\ntwo\nnew\nthree\n"
    change = Change(path="x", before=before, after=after, what="")
    assert change.applied(before) == after
    assert change.inverse().applied(after) == before
    assert change.inverse().applied("zero\n" + after) == "zero\n" + before
    assert change.inverse().applied("one\ntwo\nNEW\nthree\n") is None


def test_a_change_that_fits_two_places_is_not_taken_back() -> None:
    change = Change(path="x", before="a\n", after="a\nb\n", what="")
    assert change.inverse().applied("a\nb\na\nb\n") is None


def test_a_file_that_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_bytes(b"\xef\xbb\xbfone\r\n")
    source = open_source(file)
    change = save(source, "one\r\ntwo\r\n", what="two added")
    assert file.read_bytes() == b"\xef\xbb\xbfone\r\ntwo\r\n"
    with pytest.raises(PublisherError) as error:
        save(source, "other", what="")
    assert error.value.diagnostics[0].code == "H-004"
    assert file.read_bytes() == b"\xef\xbb\xbfone\r\ntwo\r\n"
    again = taken_back(change)
    assert file.read_bytes() == b"\xef\xbb\xbfone\r\n"
    assert taken_back(again).after == "one\r\ntwo\r\n"
    again = taken_back(change)
    file.write_text("something else")
    with pytest.raises(PublisherError):
        taken_back(change)
    assert file.read_text() == "something else"


def test_a_place_has_its_note_and_its_words() -> None:
    source = Source(name="notes.md", text="## one {kind=a}\n\n> words\n\n## two\n\n> other\n  words\n")
    start = source.text.index("other")
    found = place(source.span(start, len(source.text) - 1))
    assert (found.heading, found.line, found.column, found.end_line) == ("two", 7, 3, 8)
    assert found.words == "other words"
    assert found.excerpt == "> other"
    assert place(source.span(0, 2)).heading == "one"
    assert place(Source(name="x", text="no heading").span(3, 3)).words == "heading"


def test_what_is_beneath_a_diagnostic_is_listed_too() -> None:
    inner = Diagnostic(code="N-003", message="inner")
    assert [diagnostic.code for diagnostic in flat([Diagnostic(code="C-002", message="outer", beneath=(inner,))])] == [
        "C-002",
        "N-003",
    ]
