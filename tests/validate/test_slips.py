"""Markdown that does not say what was meant is reported, and what only looks alike is not."""

from __future__ import annotations

import pytest
from tests.cases.conftest import Make, small

__all__ = ["small"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#Chapter", ["3:1: warning[M-030 heading-without-space]"]),
        ("###Part one", ["3:1: warning[M-030 heading-without-space]"]),
        ("Words.\n#1 of them", ["4:1: warning[M-030 heading-without-space]"]),
        ("\\#Chapter", []),
        ("A #tag inside", []),
        ("####### seven", []),
        ("See [it](https://example.org/a b).", ["3:5: warning[M-031 address-with-space]"]),
        ("See ![it](images/a b.png).", ["3:5: error[M-031 address-with-space]"]),
        ("A [bracket] (and more) here", []),
        ("`[it](a b)`", []),
        ("    A paragraph that is indented.", ["3:1: warning[M-032 indented-paragraph]"]),
        ("\tA paragraph that is indented.", ["3:1: warning[M-032 indented-paragraph]"]),
        ("    x = 1\n    y = 2", []),
        ("```\nliteral lines of many more words\n```", []),
        ("~~~ text\nliteral lines of many more words\n~~~", []),
        ("1984. The year", ["3:1: warning[M-033 number-read-as-list]"]),
        ("> 1984. The year", ["3:1: warning[M-033 number-read-as-list]"]),
        ("7. Alone", ["3:1: warning[M-033 number-read-as-list]"]),
        ("1588.", ["3:1: warning[M-033 number-read-as-list]"]),
        ("1984\\. The year", []),
        ("1. one\n2. two", []),
        ("5. five\n6. six", []),
    ],
)
def test_a_slip_is_reported(small: Make, text: str, found: list[str]) -> None:
    lines = small(f"# Title\n\n{text}\n\nEnd.\n").check().output.splitlines()
    assert [line.split("text.md:")[1].partition("]")[0] + "]" for line in lines if "[M-03" in line] == found


def test_a_note_whose_heading_has_no_space_is_an_error(small: Make) -> None:
    notes = "## a\n\n> words\n\nA note.\n\n##b {kind=x}\n\n> words\n\nAnother.\n"
    found = small("# T\n\nThe words here.\n", notes=notes).check()
    assert found.exit_code == 1
    assert "notes.md:7:1: error[M-030 heading-without-space]" in found.output


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("The area is $\\pi r^2$.", []),
        ("So $x$ and $y_1$ are.", []),
        ("$$\na = b\n$$", []),
        ("It costs $5 or 10$, and $\\alpha is.", [10, 25]),
        ("It cost $20,000 and then $30,000.", []),
        ("It cost $5-$10 or US$5 and US$6.", []),
        ("Plain $ signs $ stay.", []),
        ("A \\$x\\$ is meant.", []),
        ("Code `$x$` is code, ``$y$ ` $z$`` too.", []),
        ("```\n$x$\n```", []),
        ("*$a*b$*", []),
        ("The $HOME$ of it.", [5]),
    ],
)
def test_what_may_be_a_formula_is_reported(small: Make, text: str, columns: list[int]) -> None:
    lines = small(f"# Title\n\n{text}\n\nEnd.\n").check().output.splitlines()
    found = [
        int(line.split("text.md:3:")[1].partition(":")[0]) for line in lines if "warning[T-040 unclear-formula]" in line
    ]
    assert found == columns
