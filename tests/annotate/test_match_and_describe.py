"""Selectors: all matches, white space folded, and the shortest description of a range."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from publisher.model.apparatus import Selector
from publisher.selectors.describe import describe
from publisher.selectors.match import Range, match


def found(plain: str, exact: str, prefix: str = "", suffix: str = "") -> list[str]:
    """The matches as `start-end` in the order of the text."""
    ranges = match(plain, Selector(exact=exact, prefix=prefix, suffix=suffix))
    return [f"{item.start}-{item.end}" for item in ranges]


@given(data=st.data(), plain=st.text(alphabet="ab \u00a0\n\t.é𝄞", min_size=1, max_size=60))
@example(data=None, plain="aaaaaaaa")
def test_description_of_a_range_matches_that_range_alone(data: st.DataObject | None, plain: str) -> None:
    if data is None:
        stretches = [Range(start=start, end=start + 2) for start in range(len(plain) - 1)]
    else:
        start = data.draw(st.integers(0, len(plain) - 1))
        stretches = [Range(start=start, end=data.draw(st.integers(start + 1, len(plain))))]
    for stretch in stretches:
        words = plain[stretch.start : stretch.end]
        assume(words == words.strip())
        assert match(plain, describe(plain, stretch)) == (stretch,)


@pytest.mark.parametrize(
    ("plain", "exact", "expected"),
    [
        ("one two", "two", ["4-7"]),
        ("one\u00a0two", "one two", ["0-7"]),
        ("one \n\t two", "one two", ["0-10"]),
        ("one two", "one \n two", ["0-7"]),
        ("one two", "one\u2003two", ["0-7"]),
        ("a   b  c d", "b c", ["4-8"]),
        ("inside", "sid", ["2-5"]),
        ("aaa", "aa", ["0-2", "1-3"]),
        ("One", "one", []),
        ("others’", "others'", []),
        ("café", "cafe\u0301", ["0-4"]),
        ("a cafe\u0301 is", "café", ["2-7"]),
        ("a cafe\u0301 is", "cafe", []),
        ("cafe\u0301  cafe\u0301", "café café", ["0-12"]),
        ("a\u0323\u0307b a\u0307\u0323b", "ạ\u0307b", ["0-4", "5-9"]),
        ("\u1112\u1161\u11ab x", "한", ["0-3"]),
        ("\u0958x", "\u0915\u093cx", ["0-2"]),
        ("x\u0958\u0958", "\u0915\u093c", ["1-2", "2-3"]),
        ("שׁ", "ש", ["0-1"]),
        ("onetwo", "one two", []),
        ("first.\nSecond", "first. Second", ["0-13"]),
        ("x", "", []),
        ("x", " \n", []),
        ("", "x", []),
        ("one two", " two", ["4-7"]),
        ("one  two ", "two ", ["5-8"]),
        ("two", " two", []),
    ],
)
def test_every_match_is_found_and_only_spaces_and_composition_are_forgiven(
    plain: str, exact: str, expected: list[str]
) -> None:
    assert found(plain, exact) == expected


def test_prefix_and_suffix_must_stand_around_the_lemma() -> None:
    assert found("a cat, the cat, the\u00a0cat", "cat", prefix="the ") == ["11-14", "20-23"]
    assert found("a cat, the cat, the\u00a0cat", "cat", prefix="the ", suffix=",") == ["11-14"]
    assert found("a cat, the cat", "cat", prefix="the  ", suffix="!") == []


@pytest.mark.parametrize(
    ("plain", "words", "nth", "expected"),
    [
        ("one word of many", "word", 0, Selector(exact="word")),
        ("the cat saw the dog", "the", 0, Selector(exact="the", suffix=" cat")),
        ("the cat saw the dog", "the", 1, Selector(exact="the", prefix="saw ")),
        ("big red cat, big red dog", "big", 1, Selector(exact="big", prefix="cat, ")),
        ("unseen sea", "se", 1, Selector(exact="se", suffix="a")),
        ("his is", "is", 1, Selector(exact="is", prefix="his ")),
    ],
)
def test_description_quotes_the_fewest_whole_words(plain: str, words: str, nth: int, expected: Selector) -> None:
    start = -1
    for _ in range(nth + 1):
        start = plain.index(words, start + 1)
    assert describe(plain, Range(start=start, end=start + len(words))) == expected


def test_white_space_cannot_be_described() -> None:
    with pytest.raises(ValueError, match="white space"):
        describe("a  b", Range(start=1, end=3))


def test_a_mark_without_its_letter_is_not_found() -> None:
    assert found("e\u0301\u0301 a \u0301", "\u0301") == []


@given(plain=st.text(alphabet="ab eéọ\u0301\u0323 한שׁ\n", max_size=40), data=st.data())
def test_words_are_found_however_their_marks_are_written(plain: str, data: st.DataObject) -> None:
    composed, decomposed = normalize("NFC", plain), normalize("NFD", plain)
    lemma = data.draw(st.sampled_from(composed.split() or ["x"]))
    here, there = found(composed, lemma), found(decomposed, normalize("NFD", lemma))
    assert len(here) == len(there) == len(found(decomposed, lemma)) == len(found(composed, normalize("NFD", lemma)))
    for text, other in zip(here, there, strict=True):
        words = composed[slice(*map(int, text.split("-")))], decomposed[slice(*map(int, other.split("-")))]
        assert words[1].startswith(normalize("NFD", words[0]))
