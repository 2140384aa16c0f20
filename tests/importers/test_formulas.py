"""Equations of Word, and MathML, as formulas: OMML to MathML to TeX, and TeX of other formats as the program has it."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from tests.importers.docx_files import comment, docx, paragraph
from tests.importers.importing_files import made
from tests.mathematics.test_tex import WORDS

from publisher.importers.formulas import formula_of_mathml, formula_of_tex
from publisher.mathematics.tex import mathml

MML = "http://www.w3.org/1998/Math/MathML"


def run(text: str, properties: str = "") -> str:
    return f"<m:r>{f'<m:rPr>{properties}</m:rPr>' if properties else ''}<m:t>{text}</m:t></m:r>"


def part(name: str, *inner: str) -> str:
    return f"<m:{name}>{''.join(inner)}</m:{name}>"


def val(name: str, value: str) -> str:
    return f'<m:{name} m:val="{value}"/>'


X, Y, N = run("x"), run("y"), run("n")
PLAIN = val("sty", "p")
EQUATIONS = {
    part("f", part("num", X), part("den", run("2"))): r"\frac{x}{2}",
    part("f", part("fPr", val("type", "lin")), part("num", X), part("den", Y)): "x/y",
    part("rad", part("radPr", val("degHide", "1")), part("deg"), part("e", X)): r"\sqrt{x}",
    part("rad", part("deg", run("3")), part("e", X)): r"\sqrt[3]{x}",
    part("sSup", part("e", X), part("sup", run("2"))): "x^2",
    part("sSubSup", part("e", X), part("sub", N), part("sup", run("2"))): "x_n^2",
    part("sPre", part("sub", N), part("sup", run("2")), part("e", X)): "{}_n^2x",
    part("nary", part("naryPr", val("chr", "∑"), val("limLoc", "undOvr")), part("sub", run("i=1")), part("sup", N),
         part("e", X)): r"\sum\limits_{i=1}^nx",
    part("nary", part("naryPr", val("supHide", "1")), part("sub", N), part("sup"), part("e", X)): r"\int\nolimits_nx",
    part("d", part("dPr", val("begChr", "["), val("endChr", "")), part("e", X)): r"\left[ x \right.",
    part("d", part("e", X), part("e", Y)): r"\left( x\middle| y \right)",
    part("func", part("fName", run("sin", PLAIN)), part("e", X)): r"\sin x",
    part("func", part("fName", part("limLow", part("e", run("lim", PLAIN)), part("lim", run("x→0")))), part("e", X)):
        r"\lim\limits_{x→0}x",
    part("acc", part("accPr", val("chr", "\u20d7")), part("e", X)): r"\vec{x}",
    part("bar", part("barPr", val("pos", "top")), part("e", X, Y)): r"\overline{xy}",
    part("m", part("mr", part("e", X), part("e", Y)), part("mr", part("e", Y), part("e", X))):
        r"\begin{matrix} x & y \\ y & x \end{matrix}",
    part("eqArr", part("e", run("x&amp;=1")), part("e", run("y&amp;=2"))):
        r"\begin{aligned} x & =1 \\ y & =2 \end{aligned}",
    part("d", part("dPr", val("begChr", "{"), val("endChr", "")), part("e", part("eqArr", part("e", X), part("e", Y)))):
        r"\begin{cases} x \\ y \end{cases}",
    run("if 5% ", val("nor", "1")) + X: r"\text{if 5}\%\text{ }x",
    run("R", val("scr", "double-struck")) + run("v", val("sty", "b")): r"\mathbb{R}\mathbf{v}",
    part("borderBox", part("e", X)): "x",
    run("a&lt;b∪∅"): "a<b∪∅",
}  # fmt: skip


@pytest.mark.parametrize(("omml", "tex"), EQUATIONS.items())
def test_an_equation_of_word_is_a_formula(omml: str, tex: str) -> None:
    found = made(docx(paragraph("See ", f"<m:oMath>{omml}</m:oMath>", " there.")))
    assert f"See ${tex}$" in found.text
    assert found.lost == ()
    assert found.entries == ["changed: equations are formulas in TeX: look at them: 1"]


def test_an_equation_that_is_set_off_is_one_and_comments_in_it_are_about_it() -> None:
    inside = f'<w:commentRangeStart w:id="1"/>{X}<w:commentRangeEnd w:id="1"/>'
    body = paragraph("So ", f"<m:oMathPara><m:oMath>{inside}{run('=1')}</m:oMath></m:oMathPara>")
    found = made(docx(body, parts={"comments": comment(1, "Really?", author="Ann")}))
    assert found.text == "So $$x=1$$\n"
    assert "> x = 1\n\nReally?" in found.files["notes/ann.md"]


def test_what_tex_cannot_say_is_words() -> None:
    found = made(docx(paragraph("See ", f"<m:oMath>{run('漢')}</m:oMath>")))
    assert found.text == "See 漢\n"
    assert any("cannot be written in TeX" in entry for entry in found.entries)


def test_formulas_next_to_letters_figures_and_dollars_stay_formulas() -> None:
    x = f"<m:oMath>{X}</m:oMath>"
    body = paragraph("a", x, "b $", x, "5 ", f"<m:oMath>{run('ab cd')}</m:oMath>", " ", x, x)
    found = made(docx(body))
    assert found.text == 'a[$x$]{}b \\$[$x$]{}5 $abcd${alt="abcd"} [$x$]{}[$x$]{}\n'


@pytest.mark.parametrize("tex", WORDS)
@pytest.mark.parametrize("display", [False, True])
def test_mathml_of_the_program_is_the_same_formula_again(tex: str, display: bool) -> None:
    first = mathml(tex, display=display)
    found = formula_of_mathml(etree.fromstring(first.markup), display=display)
    assert found is not None
    assert found.words == first.words
    assert simplified(mathml(found.tex, display=display).markup) == simplified(first.markup)


def simplified(markup: str) -> str:
    """MathML without rows that have one element."""
    return re.sub(r"<mrow>(<m([ion])[^>]*>[^<]*</m\2>)</mrow>", r"\1", markup.replace("<mrow/>", ""))


@pytest.mark.parametrize(
    ("inner", "tex"),
    [
        ("<mfenced open='[' close=')'><mi>a</mi><mi>b</mi></mfenced>", r"\left[ a,b \right)"),
        ("<semantics><mi>x</mi><annotation>x</annotation></semantics>", "x"),
        ("<mmultiscripts><mi>F</mi><mn>3</mn><none/><mprescripts/><mn>2</mn><none/></mmultiscripts>", "{}_2F_3"),
        ("<mo>(</mo><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>)</mo>", r"\left( \frac{a}{b} \right)"),
        ("<mi>𝑥</mi><mo>∈</mo><mi>ℝ</mi>", r"x∈\mathbb{R}"),
        ("<mi>a</mi><mo>&#x2062;</mo><mi>b</mi>", "ab"),
    ],
)
def test_mathml_of_others(inner: str, tex: str) -> None:
    found = formula_of_mathml(etree.fromstring(f'<math xmlns="{MML}">{inner}</math>'), display=False)
    assert found is not None
    assert found.tex == tex


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (r"\begin{align*} a &= b \label{one} \\ c &= d \end{align*}",
         r"\begin{aligned} a &= b \\ c &= d \end{aligned}"),
        ("a % half\n+b", "a +b"),
        (r"\mathop{x} \nonumber", "{x}"),
        (r"\begin{equation} x \tag{1} \end{equation}", "x"),
    ],
)  # fmt: skip
def test_tex_of_latex_is_written_as_the_program_has_it(tex: str, written: str) -> None:
    found = formula_of_tex(tex, display=True)
    assert found is not None
    assert found.tex == written


def test_tex_with_commands_that_are_not_known_is_no_formula() -> None:
    assert formula_of_tex(r"\SI{3}{\metre}", display=False) is None
    assert formula_of_tex("a $ b", display=False) is None


def test_formulas_of_markdown_and_html() -> None:
    assert made(b"So $x^2$ and\n\n$$\\sum_i x_i$$\n", "a.md").text == "So $x^2$ and\n\n$$\\sum_i x_i$$\n"
    html = f'<html><body><p>So <math xmlns="{MML}"><msup><mi>x</mi><mn>2</mn></msup></math>.</p></body></html>'
    found = made(html.encode(), "a.html")
    assert found.text == "So $x^{2}$.\n"
    assert found.lost == ()
