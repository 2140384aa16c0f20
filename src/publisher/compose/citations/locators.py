"""What follows a key in a citation: a locator with its label, and a suffix.

The forms are those of Pandoc: https://pandoc.org/MANUAL.html#extension-citations
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

from publisher.csl import locale_text

LABELS = (
    "act",
    "appendix",
    "article-locator",
    "book",
    "canon",
    "chapter",
    "column",
    "elocation",
    "equation",
    "figure",
    "folio",
    "issue",
    "line",
    "note",
    "opus",
    "page",
    "paragraph",
    "part",
    "rule",
    "scene",
    "section",
    "sub-verbo",
    "supplement",
    "table",
    "timestamp",
    "title-locator",
    "verse",
    "version",
    "volume",
)
"""The terms of CSL for locators; `version` only so that no other term takes its words."""
_MORE = {
    "art.": "article-locator",
    "arts.": "article-locator",
    "bk.": "book",
    "bks.": "book",
    "c.": "chapter",
    "cap.": "chapter",
    "ch.": "chapter",
    "chs.": "chapter",
    "chap.": "chapter",
    "chaps.": "chapter",
    "col.": "column",
    "cols.": "column",
    "fig.": "figure",
    "figs.": "figure",
    "fol.": "folio",
    "fols.": "folio",
    "ff.": "folio",
    "l.": "line",
    "ll.": "line",
    "n.": "note",
    "nn.": "note",
    "no.": "issue",
    "nos.": "issue",
    "op.": "opus",
    "p.": "page",
    "pp.": "page",
    "page": "page",
    "pages": "page",
    "para.": "paragraph",
    "paras.": "paragraph",
    "¶": "paragraph",
    "¶¶": "paragraph",
    "pt.": "part",
    "pts.": "part",
    "sec.": "section",
    "secs.": "section",
    "sect.": "section",
    "§": "section",
    "§§": "section",
    "s.v.": "sub-verbo",
    "s.vv.": "sub-verbo",
    "v.": "verse",
    "vv.": "verse",
    "vol.": "volume",
    "vols.": "volume",
}
"""Words that are understood in every language: those of Pandoc."""
_ROMAN = r"(?=[ivxlcdm])m*(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = rf"(?:\w*\d[\w.:/*]*(?<![.:])|(?i:{_ROMAN})(?!\w|\.\s*\d))"
_NUMBERS = re.compile(
    rf"{_NUMBER}(?:(?:\s*(?:[-–—]+|,|&)\s*|\s+(?:and|und|et|y|e|en|och|og|i|и|та)\s+){_NUMBER})*(?:\s?(?:ff?|sqq?)\b\.?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """What follows a key, taken apart."""

    label: str = "page"
    """A term of CSL."""
    value: str = ""
    """The numbers; empty if there are none."""
    suffix: str = ""
    """What follows them, with the space or comma before it."""


def locator_of(words: str, *, locale: str) -> Locator:
    """A locator as the editor wrote it, by the terms of a language: `S. 3` is a page in German."""
    if words.startswith("{") and "}" in words:
        inside, _, after = words[1:].partition("}")
        found = _locator(inside.strip(), locale=locale)
        return Locator(
            label=found.label, value=found.value + found.suffix if found.value else inside.strip(), suffix=after
        )
    return _locator(words, locale=locale)


def _locator(words: str, *, locale: str) -> Locator:
    label, rest = _label(words, _terms(locale))
    numbers = _NUMBERS.match(rest)
    if numbers is None or (label is None and re.match(r"[\w]", rest[numbers.end() :])):
        return Locator(suffix=f", {words}" if words and not words.startswith((",", ";", ".")) else words)
    value = re.sub(r"(?<=\w)\s*(?:[-–—]+)\s*(?=\w)", "–", numbers[0])
    return Locator(label=label or "page", value=value, suffix=rest[numbers.end() :])


def _label(words: str, terms: Mapping[str, str]) -> tuple[str | None, str]:
    """The label that the words begin with, and what follows it."""
    for term in _longest_first(locale_terms=terms):
        if words.lower().startswith(term) or words.startswith(term):
            rest = words[len(term) :]
            if not rest or rest[0].isspace() or not (term[-1].isalnum() and rest[0].isalnum()):
                return terms[term], rest.lstrip()
    return None, words


def _longest_first(*, locale_terms: Mapping[str, str]) -> Iterable[str]:
    return sorted(locale_terms, key=len, reverse=True)


@cache
def _terms(locale: str) -> Mapping[str, str]:
    """The words for each label in a language, and those that every language has; in small letters."""
    found = dict(_MORE)
    for name in ("en-US", locale):
        found.update((word, label) for word, label in _terms_of(name) if word not in _MORE)
    return found


def _terms_of(locale: str) -> Iterator[tuple[str, str]]:
    space = "{http://purl.org/net/xbiblio/csl}"
    for term in ElementTree.fromstring(locale_text(locale)).iter(f"{space}term"):
        label = term.get("name", "")
        if label not in LABELS:
            continue
        forms = [child.text for child in term] or [term.text]
        for words in forms:
            if words and words.strip():
                yield words.strip().lower(), label
