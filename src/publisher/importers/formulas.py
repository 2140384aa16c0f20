"""Formulas of other formats as TeX that this program can set; None if it cannot, and words take their place."""

from __future__ import annotations

import re
from dataclasses import replace

from publisher.importers.document import Formula
from publisher.importers.mathml_writer import NoTex, tex_of
from publisher.importers.package import Element
from publisher.mathematics.tex import WrongFormula, mathml

_COMMENT = re.compile(r"(?<!\\)%[^\n]*(?:\n|$)")
_DROPPED = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag|displaylimits|allowbreak)(?![A-Za-z])")
"""Numbers and names of equations, which this program does not print."""
_OTHERWISE = (
    (re.compile(r"\\begin\{(?:align|alignat|eqnarray|gather|multline|split|gathered)(\*?)\}"), r"\\begin{aligned}"),
    (re.compile(r"\\end\{(?:align|alignat|eqnarray|gather|multline|split|gathered)(\*?)\}"), r"\\end{aligned}"),
    (re.compile(r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}"), ""),
    (re.compile(r"\\(?:mathop|mathrel|mathbin|mathord|mathopen|mathclose|mathpunct|mathinner)(?![A-Za-z])"), ""),
    (re.compile(r"\\(?:ensuremath|boxed)(?![A-Za-z])"), ""),
    (re.compile(r"\\(?:lvert|rvert)(?![A-Za-z])"), "|"),
    (re.compile(r"\\\|"), r"\\Vert "),
)
"""Commands that LaTeX has, and others that set the same here."""


def formula_of_tex(tex: str, *, display: bool) -> Formula | None:
    """The formula of TeX that another format has; None if it cannot be set."""
    written = _DROPPED.sub("", _COMMENT.sub("", tex))
    for pattern, other in _OTHERWISE:
        written = pattern.sub(other, written)
    return next((found for text in (tex, written) if (found := _formula(text, display=display))), None)


def formula_of_mathml(element: Element, *, display: bool) -> Formula | None:
    """The formula of an element `math`, with the words that it is read as; None if it has what TeX cannot say here."""
    try:
        found = _formula(tex_of(element), display=display)
    except NoTex:
        return None
    words = " ".join(re.sub('["{}]', " ", element.get("alttext") or "").split())
    if found is None or not words or words == found.words:
        return found
    return replace(found, words=words, is_worded=True)


def _formula(tex: str, *, display: bool) -> Formula | None:
    """The formula; None if the program does not read the TeX, or the sign that ends formulas is in it."""
    given = " ".join(tex.split())
    if re.search(r"(?<!\\)(?:\\\\)*\$", given):
        return None
    try:
        made = mathml(given, display=display)
    except WrongFormula:
        return None
    return Formula(tex=given, words=made.words, display=display)
