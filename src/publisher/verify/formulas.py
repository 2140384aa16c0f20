"""The proof of formulas: what is written between dollar signs is the MathML of the EPUB and the glyphs of the PDF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

from lxml import etree

from publisher.diagnostics import Diagnostic, Span
from publisher.mathematics.dollars import formula_at
from publisher.mathematics.setting import set_formula
from publisher.mathematics.tex import WrongFormula, mathml
from publisher.model.inline import Formula
from publisher.model.publication import Publication
from publisher.model.walk import inlines_of, nest
from publisher.sanitize.xml import parse_xml
from publisher.verify.diagnose import HINT, wrong
from publisher.verify.epub.found import FoundFormula

_BESIDE = frozenset({"alttext", "xmlns", "{http://www.w3.org/2000/xmlns/}xmlns"})
"""Attributes that are no part of a formula: its words, and the name of its vocabulary as HTML parsers keep it."""


_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_CAPTION = re.compile(r"""!\[[^\[\]]*\]\([^\s"'(]+[ \t]+["'(]""")
"""What precedes the words of a caption: https://spec.commonmark.org/0.31.2/#images."""


def formulas_of(publication: Publication) -> Iterator[Formula]:
    """Yield every formula of a publication."""
    for section in publication.sections:
        parts = (section.blocks, *(note.blocks for note in section.notes))
        for inline in (*nest(section.title), *(item for part in parts for item in inlines_of(part))):
            if isinstance(inline, Formula):
                yield inline


def formula_source_faults(publication: Publication) -> Iterator[Diagnostic]:
    """V-009 for each formula that is not what its source has between dollar signs."""
    for formula in formulas_of(publication):
        span = formula.span
        found = None if span is None else formula_at(span.source.text, span.start)
        if span is None or found is None or "\n" in found.tex or "\\|" in found.tex:
            continue
        tex = _ESCAPED.sub(r"\1", found.tex) if _is_in_caption(span) else found.tex
        try:
            made = mathml(" ".join(tex.split()), display=found.display)
        except WrongFormula:
            made = None
        words = " ".join((found.alternative or "").split()) or (made.words if made else "")
        if made is None or made.markup != formula.markup or words != formula.text:
            yield Diagnostic(
                code="V-009",
                message=f"the formula “{formula.text[:70]}” is not the one that its source has",
                span=span,
                hint=HINT,
            )


def _is_in_caption(span: Span) -> bool:
    """Whether a place is between the quotation marks of a picture, where signs are escaped."""
    line = span.source.text[span.source.text.rfind("\n", 0, span.start) + 1 : span.start]
    return _CAPTION.search(line) is not None


def markup_faults(found: Iterable[FoundFormula], publication: Publication, *, artifact: str) -> Iterator[Diagnostic]:
    """V-005 for each formula of an EPUB whose MathML is not that of the formula with its words."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for item in formulas_of(publication):
        known[item.text].add(canonical(parse_xml(item.markup.encode())))
    for formula in found:
        if formula.markup not in known.get(formula.text, ()):
            message = f"({formula.place}) the formula “{formula.text[:70]}” has another MathML than its source"
            yield wrong("V-005", message, artifact=artifact)


def letters_by_words(publication: Publication) -> Mapping[str, frozenset[str]]:
    """Return the letters that are painted for the formulas with certain words."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for formula in formulas_of(publication):
        known["".join(formula.text.split())].add(_letters(set_formula(formula.markup).letters))
    return {words: frozenset(letters) for words, letters in known.items()}


def painted_faults(
    painted: Iterable[tuple[str, str]], known: Mapping[str, frozenset[str]], *, place: str, artifact: str
) -> Iterator[Diagnostic]:
    """V-008 for each formula of a page that is painted otherwise than the formula with its words."""
    for letters, words in painted:
        if _letters(letters) not in known.get("".join(words.split()), ()):
            message = f"({place}) what is painted as “{letters[:70]}” is read as the formula “{words[:70]}”"
            yield wrong("V-008", message, artifact=artifact)


def canonical(element: etree._Element) -> str:
    """Return an element of MathML as text that is the same for the same formula."""
    name = etree.QName(element).localname
    attributes = sorted((str(key), str(value)) for key, value in element.attrib.items() if str(key) not in _BESIDE)
    inner = "".join(canonical(child) for child in element if isinstance(child.tag, str))
    return f"<{name} {attributes}>{(element.text or '').strip()}{inner}</>"


def _letters(text: str) -> str:
    """The letters of a formula as they are compared."""
    return "".join(sorted(normalize("NFKC", "".join(text.split())).replace(" ", "")))
