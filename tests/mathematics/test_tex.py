"""TeX becomes MathML, words and glyphs, or is refused with a reason."""

from __future__ import annotations

import time
from collections import Counter
from unicodedata import normalize
from xml.etree import ElementTree

import pytest

from publisher.mathematics.setting import set_formula, typeface
from publisher.mathematics.tex import ATTRIBUTES, ELEMENTS, NAMESPACE, WrongFormula, mathml

WORDS = {
    r"E=mc^2": "E = mc²",
    r"x=\frac{-b\pm\sqrt{b^2-4ac}}{2a}": "x = (−b ± √(b² − 4ac))/(2a)",
    r"\sum_{i=0}^{n} x_i": "∑ᵢ₌₀ⁿ xᵢ",
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix}": "(a, b; c, d)",
    r"\lim_{x\to 0} f(x)": "lim_(x → 0) f(x)",
    r"\mathbb{R}\to\mathcal{L}": "ℝ → ℒ",
    r"\hat{x}+\overline{AB}": "x̂ + A̅B̅",
    r"\sqrt[3]{2}": "³√2",
    r"\binom{n}{k}": "(n; k)",
    r"\sin x+2\cos^2 y": "sin x + 2 cos² y",
    r"\Delta U=\tfrac12 mv^2": "ΔU = 1/2 mv²",
    r"\text{if } x>0": "if x > 0",
    r"-a + (-b)": "−a + (−b)",
    r"\operatorname{rank} A": "rank A",
    r"100\%": "100%",
    r"\left(\frac{1}{1+\frac{1}{x}}\right)^{2}": "(1/(1 + 1/x))²",
    r"\underline{abc}+\underbrace{a+b}_{n}": "(abc) + (a + b)ₙ",
    r"\begin{aligned} a&=b\\ c&=d\end{aligned}": "a = b; c = d",
}
WRONG = {
    r"\frac{a}": "arguments",
    r"x_": "nothing behind it",
    r"a^b^c": "two superscripts",
    r"{a": "{ without a }",
    r"a}": "} without a {",
    r"\left( a": "\\left",
    r"\begin{matrix} a": "\\begin",
    r"\nosuch x": "“\\nosuch”",
    r"\newcommand{\a}{b}": "not allowed",
    r"\href{https://example.org}{x}": "not allowed",
    r"\color{red} x": "not allowed",
    r"\cancel{x}": "strokes and frames",
    r"50% of": "comment",
    r"\text{漢}": "“漢”",
    r"\mathbin{b}[1em]-1.5em": "cannot be laid out",
    "x\u202e": "no letter or sign",
    r"\,": "empty",
    "x" * 2001: "2000 characters",
    "{" * 13 + "x" + "}" * 13: "12 groups",
    "\\hat" * 37 + " x": "36 commands",
}


@pytest.mark.parametrize(("tex", "words"), WORDS.items())
def test_a_formula_has_words_and_glyphs(tex: str, words: str) -> None:
    made = mathml(tex, display=False)
    assert made.words == words
    root = ElementTree.fromstring(made.markup)
    assert root.tag == f"{{{NAMESPACE}}}math"
    assert {element.tag.removeprefix(f"{{{NAMESPACE}}}") for element in root.iter()} <= ELEMENTS
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    made_of = Counter(normalize("NFKC", "".join("".join(root.itertext()).split())))
    painted = Counter(normalize("NFKC", "".join(set_formula(made.markup).letters.split())))
    painted -= Counter({"√": painted["√"], "―": painted["―"]})
    assert painted.keys() - made_of.keys() == set()


@pytest.mark.parametrize(("tex", "reason"), WRONG.items(), ids=range(len(WRONG)))
def test_what_is_no_formula_is_refused(tex: str, reason: str) -> None:
    with pytest.raises(WrongFormula) as found:
        mathml(tex, display=True)
    assert reason in str(found.value)


@pytest.mark.parametrize(
    "tex",
    [
        "{x^" * 12 + "y" + "}" * 12,
        r"\frac{1}{1+" * 12 + "x" + "}" * 12,
        r"\left(" * 12 + "x" + r"\right)" * 12,
        r"\sqrt{" * 12 + "x" + "}" * 12,
        (r"\frac{1}{1+" * 8 + "x" + "}" * 8) * 8,
        r"\hat" * 30 + " x",
        r"\begin{matrix}" + r"\frac{a}{b}&" * 140 + r"\end{matrix}",
        "x+" * 999 + "x",
        r"\int" * 60,
        "&" * 1000,
        r"\\" * 900,
        "^" * 2000,
        r"\begin{matrix}" + "a&" * 500 + r"\end{matrix}",
        r"\widehat{" * 12 + "a+b" * 500 + "}" * 12,
        r"\underbrace{" * 12 + "a+b" * 60 + "}" * 12,
        r"\left(" * 12 + "a+b" * 600 + r"\right)" * 12,
        r"\left(\frac{a+" * 6 + "b" + r"}{2}\right)^2" * 6,
        "{" * 11 + "a+b" * 500 + "}" * 11,
    ],
    ids=range(18),
)
def test_large_formulas_take_little_time(tex: str) -> None:
    begun = time.process_time()
    try:
        made = mathml(tex, display=True)
    except WrongFormula:
        pass
    else:
        assert set_formula(made.markup).glyphs
    assert time.process_time() - begun < 5


def test_high_brackets_are_put_together_of_glyphs_of_the_typeface() -> None:
    rows = r"\\".join("a" * 1 for _ in range(12))
    made = set_formula(mathml(rf"\left\{{\begin{{matrix}}{rows}\end{{matrix}}\right.", display=True).markup)
    assert sum(glyph.character == "{" for glyph in made.glyphs) > 2
    assert min(glyph.number for glyph in made.glyphs) > 0
    assert typeface()[:4] == b"\0\1\0\0"
