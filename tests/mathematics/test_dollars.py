"""What between dollar signs is a formula, what may be one, and what is a price."""

from __future__ import annotations

import pytest

from publisher.mathematics.dollars import doubts, formula_at

FORMULAS = (
    ("$x$", "x"),
    ("$E = mc^2$", "E = mc^2"),
    ("$n$th", "n"),
    ("$x$-axis", "x"),
    ("$ABC$", "ABC"),
    ("$12.5$", "12.5"),
    ("$f'$.", "f'"),
    ("$a+b$", "a+b"),
    ("$\\text{if it is so } x$", "\\text{if it is so } x"),
    ("$\\$5 = x$", "\\$5 = x"),
    ("$a < b$,", "a < b"),
    ("$$a and b$$", "a and b"),
    ("$$\na = b\n$$", "\na = b\n"),
    ('$a and b${alt="both"}', "a and b"),
)
WORDS = (
    "$5 and $10",
    "$20,000 and $30,000",
    "$ x $",
    "$x $",
    "$ x$",
    "$x = $5",
    "$HOME and $PATH",
    "$HOME/bin:$PATH",
    "$5 or 10$",
    "$",
    "$$",
    "$$$$",
    "$500 million for it, and then some$",
    "$x",
)


@pytest.mark.parametrize(("text", "tex"), FORMULAS)
def test_a_formula_begins_at_a_dollar_sign(text: str, tex: str) -> None:
    found = formula_at(text, 0)
    assert found is not None
    assert found.tex == text[slice(*found.inside)] == tex
    assert found.display is text.startswith("$$")
    assert found.alternative == ("both" if "alt" in text else None)


@pytest.mark.parametrize("text", WORDS)
def test_other_dollar_signs_are_words(text: str) -> None:
    assert [at for at in range(len(text)) if formula_at(text, at)] == []


def test_a_sign_behind_a_letter_begins_no_formula() -> None:
    assert formula_at("US$x$", 2) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It costs $5 or 10$.", ["$5 or 10$"]),
        ("So $\\alpha is.", ["$"]),
        ("$HOME/bin:$PATH", ["$HOME/bin:$"]),
        ("It cost $20,000 and then $30,000, or $5-$10, or US$5.", []),
        ("A \\$x\\$ is meant, and $x$ is one.", []),
    ],
)
def test_what_may_be_a_formula_is_in_doubt(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in doubts(text)] == found
