"""LaTeX in the fields of BibTeX as text with the markup of CSL: accents, macros, dashes, italics, protected words."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

DEEPEST = 30
"""How deep braces may be nested in a field."""
_MARKUP = {
    "emph": "i",
    "textit": "i",
    "mkbibemph": "i",
    "textsl": "i",
    "textbf": "b",
    "mkbibbold": "b",
    "textsuperscript": "sup",
    "textsubscript": "sub",
}
_OPEN, _CLOSE = "\ue000", "\ue001"
_PROTECTED = re.compile(r"(?<![\\\w}'\"`^~=.])\{([^{}\\$]*[^\W\d_][^{}\\$]*)\}")
"""Words in braces of their own, which no style may write with other capitals."""


class NoText(ValueError):
    """LaTeX that cannot be read."""


def text_of(latex: str, *, title: bool = False) -> str:
    """The text; in a title, words in braces keep their capitals. Raises `NoText`."""
    if _depth(latex) > DEEPEST:
        raise NoText("braces are nested too deep")
    if "\\" in latex or "$" in latex or "{" in latex or "~" in latex or "--" in latex or "``" in latex or "''" in latex:
        latex = _PROTECTED.sub(rf"{_OPEN}\1{_CLOSE}", latex) if title else latex
        try:
            with silent("pylatexenc"):
                latex = str(_converter().latex_to_text(latex))
        except (LatexWalkerError, ValueError, IndexError, KeyError, AttributeError, TypeError, RecursionError) as error:
            raise NoText("its LaTeX cannot be read") from error
    text = latex.replace(_OPEN, '<span class="nocase">').replace(_CLOSE, "</span>")
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


@contextmanager
def silent(library: str) -> Iterator[None]:
    """Let a library log nothing; what it says is in what it returns."""
    logger = logging.getLogger(library)
    before, logger.propagate = logger.propagate, False
    handler = logging.NullHandler()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = before


def _depth(latex: str) -> int:
    depth = deepest = 0
    for sign in re.findall(r"(?<!\\)[{}]", latex):
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
    return deepest


@cache
def _converter() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=f"<{tag}>%s</{tag}>") for name, tag in _MARKUP.items()]
    macros += [MacroTextSpec("textsc", simplify_repl='<span style="font-variant:small-caps;">%s</span>')]
    macros += [MacroTextSpec("enquote", simplify_repl="“%s”"), MacroTextSpec("mkbibquote", simplify_repl="“%s”")]
    context.add_context_category("csl", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=context, math_mode="text", strict_latex_spaces=False, keep_comments=True)
