"""TeX to MathML (https://www.w3.org/TR/mathml-core/), by latex2mathml, within limits, and corrected.

The library takes a tree of elements from TeX and knows no errors for much that is wrong: unknown commands become words,
braces may be missing. What it returns is checked against a list of elements and attributes, and written again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from unicodedata import category
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from publisher.mathematics.library import depends, stretches
from publisher.mathematics.setting import REMEMBERED, NotSet, set_formula
from publisher.mathematics.words import words_of

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
LONGEST = 2_000
"""How many characters a formula may have."""
DEEPEST = 12
"""How deep groups may be in each other."""
WORK = 8_000
"""How often an element of a formula may be laid out, all together: about a second."""
_ROWS = frozenset({"math", "mrow", "mtd"})
"""Elements that are laid out once more for each of those around them, if their brackets stretch."""
ELEMENTS = frozenset(
    {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup"}
    | {"munder", "mover", "munderover", "mtable", "mtr", "mtd", "mpadded", "mphantom", "mstyle"}
)
"""The elements that a formula may have."""
ATTRIBUTES = frozenset(
    {"display", "alttext", "mathvariant", "stretchy", "fence", "form", "accent", "accentunder", "columnalign"}
    | {"columnspacing", "rowspacing", "linethickness", "width", "height", "depth", "displaystyle", "scriptlevel"}
    | {"movablelimits", "minsize", "maxsize", "separator", "lspace", "rspace"}
)
"""The attributes that they may have."""
_REFUSED = re.compile(
    r"\\(newcommand|renewcommand|providecommand|def|let|href|url|class|style|color|textcolor|colorbox|fcolorbox|verb"
    r"|tag|label|ref|eqref|require|input|include|htmlClass|htmlId|htmlData|includegraphics|unicode)(?![A-Za-z])"
)
_OPENING = re.compile(
    r"(?<!\\)(?:\\\\)*(?P<sign>[{}]|\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\(?:begin|end)(?![A-Za-z]))"
)
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_CHAIN = re.compile(r"(?:[_^]?\s*\\[A-Za-z]+\s*)+")
"""Commands that follow each other."""
_COMMAND = re.compile(r"\\[A-Za-z]+")
_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
"""How many children an element has to have."""
_UNSEEN = frozenset("\u2061\u2062\u2063\u2064")
"""Operators without a sign: application of a function, multiplication, separation, addition."""
_ALIGNED = re.compile(r"\\(begin|end)\s*\{(?:aligned|split|gathered)\}")
"""Environments that the library knows by another name."""
_ATOMS = frozenset("∞∂∇∅ℵ℘ℏℓ√◊△▽□")
"""Signs that Unicode counts among the symbols and that are quantities, not operators."""
_ACCENTS = {"^": "ˆ", "~": "˜", "\u0302": "ˆ", "\u0303": "˜"}
"""What is over a letter, as typefaces for mathematics have it."""
_RULE = "\u2015"
"""What the library has for the rule over or under letters."""
_BINOMIAL = "2.047em"
"""How high it makes the brackets of binomial coefficients, which is right where a formula is set off."""
_WRONG = {
    "MissingSuperScriptOrSubscriptError": ("a ^ or _ has nothing behind it", r"write \^{} or \_ for the sign itself"),
    "DoubleSubscriptsError": ("one thing has two subscripts", "put braces around them: x_{ab}"),
    "DoubleSuperscriptsError": ("one thing has two superscripts", "put braces around them: x^{ab}"),
    "ExtraLeftOrMissingRightError": (
        r"a \left has no \right, or a \right no \left",
        r"write both; \right. is a bracket that is not shown",
    ),
    "MissingEndError": (r"a \begin has no \end", r"write \end with the same name"),
    "NumeratorNotFoundError": ("a fraction has no numerator", r"a fraction has two parts: \frac{a}{b}"),
    "DenominatorNotFoundError": ("a fraction has no denominator", r"a fraction has two parts: \frac{a}{b}"),
    "NoAvailableTokensError": ("something is missing at the end", r"write what the last command is about"),
    "LimitsMustFollowMathOperatorError": (r"\limits follows no operator", r"write it behind \sum, \int or the like"),
    "InvalidAlignmentError": ("the columns of a table are not aligned by l, c or r", r"write \begin{array}{lcr}"),
}
_UNKNOWN = ("the formula is not understood", "look for a command without its arguments")
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
)


class WrongFormula(Exception):
    """A formula that cannot be set; the first argument says why, the second what to do."""

    def __init__(self, reason: str, hint: str) -> None:
        """Take the reason and a hint."""
        super().__init__(reason)
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class MathMl:
    """A formula as MathML and as words."""

    markup: str
    """The element `math`, without `alttext`."""
    words: str
    """How it is read in one line of text: `E = mc²`."""
    work: int
    """How often elements are laid out to set it: at least once each."""


@lru_cache(maxsize=REMEMBERED)
def mathml(tex: str, *, display: bool) -> MathMl:
    """Return the MathML of a formula in TeX. Raises `WrongFormula`."""
    _demand_bounded(tex)
    root = _convert(tex, display=display)
    _clean(root)
    work = _work(root)
    if work > WORK:
        raise WrongFormula("too many groups are in each other", "divide the formula")
    markup = ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")
    words = words_of(root)
    if not words:
        raise WrongFormula("the formula is empty", "write something between the dollar signs, or \\$ for the sign")
    try:
        set_formula(markup)
    except NotSet as error:
        raise WrongFormula(str(error), "write it with other commands, or as words outside of the formula") from error
    return MathMl(markup=markup, words=words, work=work)


def _demand_bounded(tex: str) -> None:
    """Raises `WrongFormula` for a formula that is too long or too deep, or whose groups do not end."""
    if len(tex) > LONGEST:
        raise WrongFormula(f"the formula has more than {LONGEST} characters", "divide it into several")
    refused = _REFUSED.search(tex)
    if refused is not None:
        raise WrongFormula(f"\\{refused[1]} is not allowed in a formula", "take it out")
    if re.search(r"(?<!\\)%", tex):
        raise WrongFormula("a % begins a comment in TeX", "write \\% for the sign itself")
    depth = {"{": 0, "\\left": 0, "\\begin": 0}
    partners = {"}": "{", "\\right": "\\left", "\\end": "\\begin"}
    for found in _OPENING.finditer(tex):
        sign = found["sign"]
        depth[partners.get(sign, sign)] += -1 if sign in partners else 1
        if sign == "}" and depth["{"] < 0:
            raise WrongFormula("there is a } without a {", "write \\} for the sign itself")
        if sum(depth.values()) > DEEPEST:
            raise WrongFormula(f"more than {DEEPEST} groups are in each other", "divide the formula")
    if depth["{"]:
        raise WrongFormula("there is a { without a }", "write \\{ for the sign itself")
    _demand_shallow_scripts(tex)


def _demand_shallow_scripts(tex: str) -> None:
    """Raises `WrongFormula` for commands that take the next as their argument again and again."""
    longest = max((len(_COMMAND.findall(found[0])) for found in _CHAIN.finditer(tex)), default=0)
    if longest > 3 * DEEPEST:
        raise WrongFormula(f"more than {3 * DEEPEST} commands follow each other", "put letters or braces between them")


def _convert(tex: str, *, display: bool) -> Element:
    """The tree that the library makes. Raises `WrongFormula`."""
    try:
        converter = import_module("latex2mathml.converter")
        root: Element = converter.Converter(display="block" if display else "inline").convert_to_element(
            _ALIGNED.sub(r"\\\1{align*}", tex)
        )
        return root
    except _FAULTS as error:
        raise WrongFormula(*_UNKNOWN) from error
    except Exception as error:
        if not type(error).__module__.startswith("latex2mathml"):
            raise
        raise WrongFormula(*_WRONG.get(type(error).__name__, _UNKNOWN)) from error


def _clean(root: Element) -> None:
    """Put right what is wrong in a tree. Raises `WrongFormula`."""
    for element in root.iter():
        if element.tag not in ELEMENTS:
            raise WrongFormula("strokes and frames in formulas are not set", r"leave out \boxed, \cancel and the like")
        element.attrib.pop("linebreak", None)
        unknown = {*element.attrib} - ATTRIBUTES - {"xmlns"}
        if unknown:
            raise WrongFormula(f"a formula cannot set {min(unknown)}", "write it with other commands")
        element.text = _text(element.text or "") or None
        element.tail = None
        if element.tag in ("mi", "mo"):
            element.tag = _kind(element)
        if (len(element) and element.text) or len(element) != _PARTS.get(element.tag, len(element)):
            raise WrongFormula("a command has not all of its arguments", "a fraction has two: \\frac{a}{b}")
    _mend_accents(root)
    _space_functions(root)


def _work(element: Element, times: int = 1, level: int = 0) -> int:
    """How often the elements are laid out: a row with brackets that stretch is measured before, with all rows in it.

    If its height depends on that of the row around it, it is measured for each of these.
    """
    if element.tag in _ROWS and stretches(element):
        level += 1
        times += level if any(map(depends, element)) else 1
    return times + sum(_work(child, times, level) for child in element)


def _text(written: str) -> str:
    """The characters of a leaf. Raises `WrongFormula` for a command that the library does not know."""
    text = _REFERENCE.sub(lambda found: chr(int(found[1], 16)), written)
    command = _COMMAND.search(text)
    if command is not None:
        raise WrongFormula(f"“{command[0]}” is not a command of TeX that is known here", "look for a typing error")
    if text == "&":
        raise WrongFormula("an & is outside of a matrix", "write \\& for the sign itself")
    if "\\" in text:
        raise WrongFormula("a backslash begins no command", "write \\backslash for the sign itself")
    if any(category(letter) in ("Cc", "Cf", "Cs", "Cn", "Co") and letter not in _UNSEEN for letter in text):
        raise WrongFormula("the formula has a character that is no letter or sign", "delete it")
    return text


def _kind(element: Element) -> str:
    """Whether a leaf is an identifier or an operator: the library takes many operators for identifiers."""
    text = element.text or ""
    if len(text) != 1 or text in _ATOMS:
        return "mi" if text in _ATOMS or (len(text) > 1 and text.isalpha()) else element.tag
    return "mo" if category(text) == "Sm" else element.tag


def _mend_accents(root: Element) -> None:
    """Give what is over letters the signs that typefaces have for it."""
    for marked in root.iter():
        accent = marked[-1] if marked.tag in ("mover", "munder") and len(marked) == 2 else None
        if accent is None or accent.tag != "mo":
            continue
        if accent.text == _RULE:
            accent.text = "‾" if marked.tag == "mover" else "_"
            accent.attrib.clear()
            accent.set("stretchy", "true")
        elif marked.tag == "mover" and accent.text in _ACCENTS:
            accent.text = _ACCENTS[accent.text]
            marked.set("accent", "true")
    for sign in root.iter("mo"):
        if root.get("display") != "block" and sign.get("minsize") == _BINOMIAL:
            del sign.attrib["minsize"], sign.attrib["maxsize"]
            sign.set("stretchy", "true")


def _space_functions(root: Element) -> None:
    """Put a thin space between the name of a function and what it is a function of: `sin x`."""
    for row in root.iter():
        if row.tag not in ("mrow", "math", "mtd", "msqrt"):
            continue
        children = list(row)
        for at in range(len(children) - 1, 0, -1):
            before, after = children[at - 1], children[at]
            if (_is_name(before) and _is_operand(after)) or (_is_name(after) and _is_operand(before)):
                row.insert(at, Element("mspace", {"width": "0.167em"}))


def _is_name(element: Element) -> bool:
    inner = element[0] if element.tag in ("msub", "msup", "msubsup", "munder") and len(element) else element
    return inner.tag == "mi" and len(inner.text or "") > 1


def _is_operand(element: Element) -> bool:
    return element.tag not in ("mo", "mspace", "mtext")
