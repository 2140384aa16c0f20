"""The passages in which a text differs from what it was."""

from __future__ import annotations

import pytest

from publisher.diagnostics import Source
from publisher.revision.words import changes

LONG = "\n".join(f"Line {number} of a long text with the same words." for number in range(4_000))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("one two three", "one 2 three", ["1:5 “two” is now “2”"]),
        ("one two three", "one three", ["1:5 “two” was removed"]),
        ("one three", "one two three", ["1:5 “two” was added"]),
        ("a\n\nb\n", "a\n\nnew words\n\nb\n", ["3:1 “new words” was added"]),
        ("a\n\nb\n\nc\n", "a\n\nc\n", ["3:1 “b” was removed"]),
        ("one two", "one  two", ["1:4 the spacing is different: 2 spaces instead of 1 space"]),
        ("don’t go, now", "don't go now", ["1:1 “don’t” is now “don't”", "1:9 “,” was removed"]),
        ("the old grey cat sat", "the new black cat sat", ["1:5 “old grey” is now “new black”"]),
        ("a\r\nb\r\n", "a\nB\n", ["2:1 “b” is now “B”"]),
        ("", "words", ["1:1 “words” was added"]),
        ("words", "", ["1:1 “words” was removed"]),
        ("same\n", "same\n", []),
        (LONG, LONG.replace("Line 2000 of", "Line two of"), ["2001:6 “2000” is now “two”"]),
        ("x " * 9_000, "y " * 9_000, None),
    ],
)
def test_each_passage_is_shown_with_its_place(before: str, after: str, said: list[str] | None) -> None:
    source = Source(name="text.txt", text=after)
    found = [f"{str(change.span).removeprefix('text.txt:')} {change.said}" for change in changes(before, source)]
    assert found == said if said is not None else len(found) == 1
