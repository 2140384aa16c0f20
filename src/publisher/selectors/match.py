"""Where the words of a selector are: all the places, character for character but for white space.

Selectors are those of https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import combining

from publisher.model.apparatus import Selector
from publisher.selectors.fold import Folded, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A stretch of plain text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A selector in the form in which it is looked for: folded, its lemma without white space at the edges."""

    text: str
    """Prefix, lemma and suffix."""
    lead: int
    """How many characters of it are prefix."""
    length: int
    """How many are lemma."""

    @classmethod
    def of(cls, selector: Selector) -> Quotation | None:
        """The quotation; None if the lemma is empty, or begins with a mark that belongs to the letter before it.

        White space at the lemma's edges joins prefix and suffix.
        """
        exact = selector.exact.strip()
        if not exact or combining(exact[0]):
            return None
        before, _, after = selector.exact.partition(exact)
        prefix, lemma, suffix = fold(selector.prefix + before), fold(exact), fold(after + selector.suffix)
        return cls(text=prefix + lemma + suffix, lead=len(prefix), length=len(lemma))

    def lemma_at(self, folded: Folded, start: int) -> Range:
        """The range of the lemma, in the text itself, where the quotation begins at `start` of the folded text."""
        lemma = start + self.lead
        return Range(start=folded.plain_offset(lemma), end=folded.plain_offset(lemma + self.length))


def match(plain: str, selector: Selector) -> tuple[Range, ...]:
    """Every place at which the selector's lemma is between its prefix and its suffix, overlapping ones too."""
    quotation = Quotation.of(selector)
    if quotation is None:
        return ()
    folded = Folded.of(plain)
    return tuple(quotation.lemma_at(folded, start) for start in starts(folded.text, quotation.text))


def starts(text: str, words: str) -> Iterator[int]:
    """Every offset at which the words begin in the text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
