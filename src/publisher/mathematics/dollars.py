"""Formulas between dollar signs: `$…$` in a line, `$$…$$` set off, with `{alt="…"}` behind it for other words.

As in Pandoc (https://pandoc.org/MANUAL.html#extension-tex_math_dollars), the first sign has no space behind it, the
second none before it and no digit behind it, so that prices remain words. What can be either remains words too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SET_OFF = re.compile(r"\$\$(?P<tex>(?:[^$\\]|\\.)+)\$\$(?!\$)", re.DOTALL)
_IN_LINE = re.compile(r"\$(?P<tex>(?=[^\s$])(?:[^$\\]|\\.)*(?:[^\s$\\]|\\.))\$(?![\d$])", re.DOTALL)
_ALTERNATIVE = re.compile(r"\{\s*alt=(?:\"(?P<double>[^\"{}\n]*)\"|“(?P<curly>[^”{}\n]*)”)\s*\}")
_SURE = re.compile(r"[\\^_=<>{}≤≥∈√∑∫±×÷]|^[\w.,]$|^[^\W\d_]['′]+$|^\d+(?:[.,]\d+)*$|^[A-Z]{2,3}$")
"""What formulas have, and prices and names have not."""
_LIKELY = re.compile(r"[+*|/−]|\d\s*[A-Za-z]\b|\b[A-Za-z]\s*\d|^[A-Za-z]\s*\(")
"""What formulas have, and now and then prices."""
_SHORT = 60
"""How long what is between two signs may be to be taken for a formula that is written otherwise."""
_ARGUMENT = re.compile(r"\\(?:text\w*|mbox|operatorname|mathrm|begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+")
_PROSE = re.compile(r"[^\W\d_]{2,}[,.;:]?\s+[^\W\d_]{2,}|\s[^\W\d_]{2,}\s")
"""Words, which formulas have in `\text{…}` alone."""
_BEGUN = re.compile(r"(?<![\w\\$])\$(?=\\[A-Za-z]|[A-Za-z][_^]|\{|[A-Za-z]\s*=)")
"""A dollar sign with TeX behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dollars:
    """A formula between dollar signs, and its place in a text."""

    start: int
    end: int
    """Behind its last dollar sign, or behind the words that it is read as."""
    tex: str
    inside: tuple[int, int]
    """Where its TeX begins and ends."""
    display: bool
    alternative: str | None
    """The words that it is read as, if the author has written them."""


def formula_at(text: str, at: int) -> Dollars | None:
    """Return the formula that begins at an offset; None if there is none."""
    if not text.startswith("$", at) or (at and (text[at - 1].isalnum() or text[at - 1] == "$")):
        return None
    found = _SET_OFF.match(text, at) or _IN_LINE.match(text, at)
    if found is None:
        return None
    alternative = _ALTERNATIVE.match(text, found.end())
    if alternative is None and not _is_sure(found):
        return None
    return Dollars(
        start=at,
        end=found.end() if alternative is None else alternative.end(),
        tex=found["tex"],
        inside=found.span("tex"),
        display=text.startswith("$$", at),
        alternative=None if alternative is None else alternative["double"] or alternative["curly"] or "",
    )


def doubts(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is printed with its dollar signs and may be meant as a formula: its place, and why it is none."""
    at = 0
    while (at := text.find("$", at)) >= 0:
        known = formula_at(text, at)
        escaped = at > 0 and text[at - 1] == "\\"
        found = None if known or escaped or (at and text[at - 1].isalnum()) else _IN_LINE.match(text, at)
        if known is not None:
            at = known.end
        elif found is not None and len(found["tex"]) <= _SHORT:
            yield at, found.end(), "it may be a formula or prices"
            at = found.end()
        elif not escaped and _BEGUN.match(text, at):
            yield at, at + 1, "no dollar sign ends the formula"
            at += 1
        else:
            at += 1


def _is_sure(found: re.Match[str]) -> bool:
    """Whether what is between two dollar signs is a formula, and no price."""
    if found[0].startswith("$$"):
        return True
    tex = found["tex"]
    if _PROSE.search(_ARGUMENT.sub("", tex)):
        return False
    behind = found.string[found.end() : found.end() + 1]
    return bool(_SURE.search(tex) or (_LIKELY.search(tex) and not behind.isalnum()))
