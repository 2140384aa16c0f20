"""The words of the pages set against those of the document: what is where, and what the layout has added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import normalize

from publisher.pdf.assemble.content import PageContent, Sequence
from publisher.pdf.assemble.structure import Mark, Node

HYPHENS = frozenset("-\u2010\u2011\u00ad")
UNSEEN = frozenset(
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters of a text that leave no trace on a page: soft hyphens, joiners, marks of direction."""


@dataclass(slots=True, kw_only=True)
class Words:
    """What the alignment found."""

    counts: dict[Mark, int] = field(default_factory=dict)
    """How many characters of the document each sequence holds, white space not counted; 0 where it is generated."""
    hyphens: set[Mark] = field(default_factory=set)
    """Sequences that end with a hyphen which the text does not have."""


def align(document: Node, contents: tuple[PageContent, ...]) -> Words:
    """The words of every node, its own text apart from that of its children."""
    words = Words()
    sequences = sequences_of(contents)
    for node in document.walk():
        marks = [child for child in node.children if isinstance(child, Mark)]
        if marks and node.origin and node.kind == "Formula":
            words.counts[marks[0]] = len("".join(node.origin.attributes.get("alt", "").split()))
        elif marks and node.origin and not node.pseudo:
            _align(node.origin.text, marks, sequences, words)
    return words


def sequences_of(contents: tuple[PageContent, ...]) -> Mapping[Mark, Sequence]:
    """Every sequence of every page by its mark."""
    return {
        Mark(page=content.index, mcid=mcid): sequence
        for content in contents
        for mcid, sequence in content.sequences.items()
    }


def _align(text: str, marks: list[Mark], sequences: Mapping[Mark, Sequence], words: Words) -> None:
    """Follows the text through the sequences; where they differ, as after `text-transform`, one represents one."""
    source = "".join(text.split())
    at = 0
    for mark in marks:
        begin = at
        shown = "".join(sequences[mark].text.split()) if mark in sequences else ""
        for index, character in enumerate(shown, 1):
            while at < len(source) and source[at] in UNSEEN and source[at] != character:
                at += 1
            if index == len(shown) and character in HYPHENS and not (at < len(source) and source[at] in HYPHENS):
                words.hyphens.add(mark)
            else:
                at = min(at + _letters(character, source, at), len(source))
        words.counts[mark] = at - begin


def _letters(character: str, source: str, at: int) -> int:
    """How many characters of the text one shown represents: those of a ligature, if the text has them apart."""
    apart = normalize("NFKC", character)
    return len(apart) if apart != character and source.startswith(apart, at) else 1
